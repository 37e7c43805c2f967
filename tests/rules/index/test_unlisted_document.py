"""IX104: a document that no entry names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Files, Result, brief, commit_all, git, place, write

INDEX = "| Title |\n| ----- |\n| [A](a.md) |\n"
LISTED: dict[str, Files] = {
    "another suffix": {"b.txt": "b\n"},
    "another folder": {"sub/b.md": "# B\n"},
    "a README": {"README.md": "# B\n"},
    "a README of another language": {"readme.de.md": "# B\n"},
    "a change log": {"CHANGELOG.md": "# B\n"},
    "how to contribute": {"CONTRIBUTING.md": "# B\n"},
    "a licence": {"LICENSE-MIT.md": "# B\n"},
    "an index of another folder": {"sub/INDEX.md": "| T |\n| - |\n| [B](b.md) |\n", "sub/b.md": "# B\n"},
    "a second table": {"INDEX.md": f"{INDEX}\n| File |\n| ---- |\n| [B](b.md) |\n", "b.md": "# B\n"},
    "a list besides the table": {"INDEX.md": f"{INDEX}\n- [B](b.md)\n", "b.md": "# B\n"},
    "a link of other case": {"INDEX.md": f"{INDEX}| [B](B.md) |\n", "b.md": "# B\n"},
    "what `documents` takes away": {
        "INDEX.md": f'---\nmanifest: 1\ndocuments: ["*.md", "!draft-*"]\n---\n{INDEX}',
        "draft-b.md": "# B\n",
    },
    "what `exclude` takes away": {"b.md": "# B\n", "indexlint.yaml": 'exclude: ["b.*"]\n'},
}
UNLISTED: dict[str, Files] = {
    "a file beside a listed one": {"b.md": "# B\n"},
    "a suffix in capitals": {"b.MD": "# B\n"},
    "what `documents` chooses in another folder": {
        "INDEX.md": f'---\nmanifest: 1\ndocuments: "**/*.md"\n---\n{INDEX}',
        "b.md": "# B\n",
    },
    "a table in a code fence lists nothing": {"INDEX.md": f"{INDEX}\n```\n| [B](b.md) |\n```\n", "b.md": "# B\n"},
    "prose lists nothing": {"INDEX.md": f"{INDEX}\nAnd there is [B](b.md), too.\n", "b.md": "# B\n"},
}


@pytest.mark.parametrize("files", LISTED.values(), ids=LISTED)
def test_what_is_listed_or_is_no_document_is_fine(files: Files, check: Callable[..., Result]) -> None:
    assert "IX104" not in check({"INDEX.md": INDEX, "a.md": "# A\n", **files}).codes


@pytest.mark.parametrize("files", UNLISTED.values(), ids=UNLISTED)
def test_a_document_that_no_entry_names_is_found_at_the_last_row(files: Files, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "a.md": "# A\n", **files})
    assert result.codes == ["IX104"]
    finding = result.only()
    line = finding["line"]
    assert place(finding) == f"INDEX.md:{line}:1-{line}:14"
    document = next(name for name in files if name.startswith("b."))
    assert finding["document"] == finding["related"][0]["path"] == document
    assert finding["related"][0]["line"] is None


@pytest.mark.parametrize("name", ["README.md", "LICENSE.md", "CHANGELOG.md"])
def test_a_readme_is_a_document_where_a_row_or_a_glob_says_so(name: str, check: Callable[..., Result]) -> None:
    listed = {"INDEX.md": f"{INDEX}| [R]({name}) |\n", "a.md": "# A\n", name: "# R\n"}
    assert check(listed).report["checked"]["documents"] == 2
    chosen = f'---\nmanifest: 1\ndocuments: ["*.md", "{name}"]\n---\n{INDEX}'
    assert brief(check({**listed, "INDEX.md": chosen})) == ["IX104 INDEX.md:7:1-7:14"]


@pytest.mark.parametrize("folder", ["", "docs/"])
def test_a_listed_index_says_nothing_of_its_neighbours(folder: str, check: Callable[..., Result]) -> None:
    files = {
        f"{folder}INDEX.md": f"{INDEX}| [Sub](sub/INDEX.md) |\n",
        f"{folder}a.md": "# A\n",
        f"{folder}sub/INDEX.md": "# Sub\n\n| Title |\n| ----- |\n| [B](b.md) |\n",
        f"{folder}sub/b.md": "# B\n",
    }
    assert check(files).findings == []


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_sidecar_is_no_document_unless_it_is_listed(suffix: str, check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"| File |\n| - |\n| [a](a.{suffix}) |\n", f"a.{suffix}": "x: 1\n", f"a.meta.{suffix}": "{}\n"}
    assert check(files).findings == []


def test_a_sound_symbolic_link_is_another_name_of_a_document(tmp_path: Path, check: Callable[..., Result]) -> None:
    (tmp_path / "b.md").symlink_to("a.md")
    assert check({"INDEX.md": INDEX, "a.md": "# A\n"}).findings == []


def test_without_an_entry_the_place_is_the_header_of_the_table(check: Callable[..., Result]) -> None:
    index = '---\nmanifest: 1\ndocuments: "*.md"\nid: {column: No.}\n---\n| No. |\n| --- |\n'
    result = check({"INDEX.md": index, "a.md": "# A\n"})
    assert brief(result) == ["IX102 INDEX.md", "IX104 INDEX.md:7:1-7:8"]


def test_the_id_is_what_the_document_states(check: Callable[..., Result]) -> None:
    index = '---\nmanifest: 1\ndocuments: "*.md"\nname: "{id}.md"\n---\n| Title |\n| ----- |\n| [A](1.md) |\n'
    result = check({"INDEX.md": index, "1.md": "# A\n", "2.md": "# B\n"})
    assert brief(result) == ["IX104 INDEX.md:8:1-8:14"]
    assert (result.only()["id"], result.only()["document"]) == ("2", "2.md")


def test_untracked_files_are_no_documents_where_the_index_is_tracked(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"INDEX.md": INDEX, "a.md": "# A\n"})
    commit_all(tmp_path)
    write(tmp_path, {"b.md": "# B\n"})
    assert run(tmp_path).findings == []
    git(tmp_path, "add", "b.md")
    assert run(tmp_path).codes == ["IX104"]


def test_where_no_listed_document_exists_those_that_should_tell_which_are(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": "- [A](a.md)\n", "b.md": "# B\n", "c.txt": "C\n", "sub/d.md": "# D\n"})
    assert [(finding["code"], finding["document"]) for finding in result.findings] == [
        ("IX104", "b.md"), ("IX103", "a.md"),
    ]  # fmt: skip
    assert result.code == 1
