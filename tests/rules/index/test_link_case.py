"""IX111: the target of a link exists only with other case, or in another Unicode normal form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Files, Result, brief, commit_all, write

NFC, NFD = (unicodedata.normalize(form, "Übung.md") for form in ("NFC", "NFD"))
FRONT = '---\nmanifest: 1\ndocuments: "**/*.md"\nname: "{id}.md"\n---\n| ID | Title |\n| -- | ----- |\n'
OTHERWISE = {
    "the name": ("A.md", "a.md", "3:7-3:11"),
    "the suffix": ("a.MD", "a.md", "3:7-3:11"),
    "a folder": ("Sub/a.md", "sub/a.md", "3:7-3:15"),
    "a folder whose page is meant": ("Sub/", "sub/README.md", "3:7-3:11"),
    "composed for decomposed": (NFC, NFD, "3:7-3:15"),
    "decomposed for composed": (NFD, NFC, "3:7-3:16"),
    "letters that have two forms of one case": ("ΟΔΟΣ.md", "οδος.md", "3:7-3:14"),
    "with an anchor": ("A.md#x", "a.md", "3:7-3:13"),
    "with percent escapes": ("%41.md", "a.md", "3:7-3:13"),
}


@pytest.mark.parametrize("name", ["a.md", "A.md", NFC, NFD, "ſ.md"])
def test_a_name_written_as_it_is_is_fine(name: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": f"| T |\n| - |\n| [A]({name}) |\n", name: "# A\n"}).findings == []


@pytest.mark.parametrize(("link", "path", "where"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_name_that_only_folds_alike_is_found_at_the_link(
    link: str, path: str, where: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": f"| Title |\n| ----- |\n| [A]({link}) |\n", path: "# A\n"})
    assert brief(result) == [f"IX111 INDEX.md:{where}"]
    finding = result.only()
    assert finding["document"] == finding["related"][0]["path"] == finding["values"]["document"] == path


def test_the_documents_fields_are_compared_all_the_same(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": "| Title |\n| ----- |\n| [B](A.md) |\n", "a.md": "# A\n"})
    assert brief(result) == ["MT108 INDEX.md:3:3-3:12", "IX111 INDEX.md:3:7-3:11"]


CASES: dict[str, Files] = {
    "in the file's name": {"INDEX.md": f"{FRONT}| [AB](AB.md) | A |\n", "ab.md": "# A\n"},
    "in a Unicode form": {"INDEX.md": f"{FRONT}| [{NFC[:-3]}]({NFC}) | A |\n", NFD: "# A\n"},
    "in the name, not the header": {
        "INDEX.md": f"{FRONT.replace('name:', 'delimiters: {header: yaml}' + chr(10) + 'name:')}| [AB](AB.md) | A |\n",
        "ab.md": "---\nid: AB\n---\n# A\n",
    },
}


@pytest.mark.parametrize("files", CASES.values(), ids=CASES)
def test_an_id_that_differs_as_the_name_does_is_no_mismatch_of_its_own(
    files: Files, check: Callable[..., Result]
) -> None:
    assert check(files).codes == ["IX111"]


def test_an_id_that_differs_otherwise_is(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT}| [x](AB.md) | A |\n", "ab.md": "# A\n"})
    assert brief(result) == ["ID104 INDEX.md:8:3-8:13", "IX111 INDEX.md:8:7-8:12"]


def test_a_tracked_file_of_other_case_that_is_gone_is_no_target(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n| [B](B.md) |\n", "a.md": "# A\n", "b.md": "# B\n"})
    commit_all(tmp_path)
    assert run(tmp_path).codes == ["IX111"]
    (tmp_path / "b.md").unlink()
    assert run(tmp_path).codes == ["IX103"]
