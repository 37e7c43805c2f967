"""IX105: a missing document and an unlisted one are the same by ID, by content, or by likeness of name and title."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Files, Result, brief, commit_all, git, write

HEAD = "| Title | No. |\n| ----- | --- |\n| [Apples](1-apples.md) | 1 |\n"
FRONT = '---\nmanifest: 1\ndocuments: "*.md"\nname: "{id}-{slug}.md"\nid: {column: No.}\n---\n'
APPLES = {"1-apples.md": "# Apples\n"}
PLAIN = "| Title |\n| ----- |\n| [Apples](apples.md) |\n"
HEADERS = '---\nmanifest: 1\ndocuments: "*.md"\ndelimiters: {header: yaml}\nid: {column: No.}\n---\n'
FOLDERS = '---\nmanifest: 1\ndocuments: "**/*.md"\nid: {column: No.}\n---\n'
HEADED = "---\nmanifest: 1\nfields: {title: heading}\n---\n"
LOOSE = "---\nmanifest: 1\nfields: {title: {document: heading, compare: text}}\n---\n"
TITLED = "| Title | SHA-256 |\n| ----- | ------- |\n"
DIGESTS = "| File | SHA-256 |\n| ---- | ------- |\n"


def _digest(line: str) -> str:
    return hashlib.sha256(f"{line}\n".encode()).hexdigest()


NOT_THE_SAME: dict[str, Files] = {
    "names that differ in a number": {
        "INDEX.md": f"{PLAIN}| [Old](note-2023.md) |\n", "apples.md": "# Apples\n", "note-2024.md": "# New\n",
    },
    "alike names of unlike titles": {
        "INDEX.md": f"{PLAIN}| [On bananas](bananas.md) |\n", "apples.md": "# Apples\n", "banana.md": "# Recipes\n",
    },
    "alike names of other suffixes": {
        "INDEX.md": f"{PLAIN}| [Pears](pears.txt) |\n| [P](p.txt) |\n", "apples.md": "# Apples\n", "pear.md": "# Q\n",
        "p.txt": "P\n",
    },
    "two that are equally alike": {
        "INDEX.md": f"{PLAIN}| [Pears](pears.md) |\n", "apples.md": "# Apples\n", "pear.md": "# Pear\n",
        "peart.md": "# Peas\n",
    },
    "an ID alone and a document of another": {
        "INDEX.md": f"{FRONT}{HEAD}| Pears | 2 |\n", **APPLES, "3-plums.md": "# Plums\n",
    },
    "an empty title and an alike name of another number": {
        "INDEX.md": f"{PLAIN}| [](pears-1.md) |\n", "apples.md": "# Apples\n", "pears-2.md": "# Q\n",
    },
    "another content and no title": {
        "INDEX.md": f"{DIGESTS}| [1](apples.md) | {_digest('# A')} |\n| [2](pears.md) | {_digest('x')} |\n",
        "apples.md": "# A\n", "q.md": "y\n",
    },
    "alike names of other IDs": {
        "INDEX.md": f"{FRONT}{HEAD}| [Pears](x-pears.md) | x |\n", **APPLES, "y-pears.md": "# Peas\n",
    },
}  # fmt: skip
SAME = {
    "by its ID": (f"{FRONT}{HEAD}| [Pears](2-pears.md) | 2 |\n", "2-birnen.md", "# Birnen\n"),
    "by its ID, normalized": (
        f"{FRONT.replace('No.', 'No., normalize: unpad')}{HEAD}| [Pears](2-pears.md) | 2 |\n", "002-pears.md", "# P\n",
    ),
    "by the ID in its header": (
        f"{HEADERS}{HEAD}| [Pears](pears.md) | 2 |\n", "birnen.md", "---\nid: 2\n---\n# Birnen\n",
    ),
    "by its digest": (
        f"{DIGESTS}| [1](1-apples.md) | {_digest('# Apples')} |\n| [2](pears.md) | `{_digest('x').upper()}` |\n",
        "q.md", "x\n",
    ),
    "by its title": (f"{PLAIN.replace('(', '(1-')}| [Pears](pears.md) |\n", "birnen.md", "# Pears\n"),
    "by its title, with another ID": (f"{FRONT}{HEAD}| [Pears](2-pears.md) | 2 |\n", "3-pears.md", "# Pears\n"),
    "by its title, as the contract compares it": (
        f"{LOOSE}{PLAIN.replace('(', '(1-')}| [PEARS!](pears.md) |\n", "birnen.md", "# Pears\n",
    ),
    "by name and title much alike": (f"{PLAIN.replace('(', '(1-')}| [Pear](pear.md) |\n", "pears.md", "# Pears\n"),
    "by its title, though not by its digest": (
        f"{TITLED}| [Apples](1-apples.md) | |\n| [Pears](pears.md) | {_digest('x')} |\n", "q.md", "# Pears\n",
    ),
    "by a name much alike, where no title is stated": (
        "| File |\n| ---- |\n| [1](1-apples.md) |\n| [2](the-pears.md) |\n", "the-pear.md", "# Pears\n",
    ),
    "by a name much alike, where the document has no title": (
        f"{HEADED}{PLAIN.replace('(', '(1-')}| [Pears](the-pears.md) |\n", "the-pear.md", "text\n",
    ),
    "by its name in another folder": (
        f"{FOLDERS}{HEAD}| [Pears](pears.md) | 2 |\n", "old/pears.md", "# Birnen\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("files", NOT_THE_SAME.values(), ids=NOT_THE_SAME)
def test_what_only_looks_alike_is_not_taken_for_the_same(files: Files, check: Callable[..., Result]) -> None:
    assert set(check(files).codes) == {"IX103", "IX104"}


@pytest.mark.parametrize(("index", "name", "text"), SAME.values(), ids=SAME)
def test_a_renamed_document_is_one_finding(index: str, name: str, text: str, check: Callable[..., Result]) -> None:
    header = {"1-apples.md": "---\nid: 1\n---\n# Apples\n"} if "header: yaml" in index else APPLES
    result = check({"INDEX.md": index, **header, name: text}, "--ignore", "MT,CT")
    assert result.codes == ["IX105"], result.findings
    finding = result.only()
    row = index.split("\n")[finding["line"] - 1]
    old = row[finding["column"] - 1 : finding["end_column"] - 1]
    assert finding["values"] == {"index": old, "document": name}
    assert finding["document"] == finding["related"][0]["path"] == name
    assert (finding["path"], finding["line"]) == ("INDEX.md", index.count("\n"))


def test_the_other_fields_of_the_pair_are_still_compared(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT}{HEAD}| [Plums](2-pears.md) | 2 |\n", **APPLES, "2-birnen.md": "# Pears\n"})
    assert brief(result) == ["MT108 INDEX.md:10:3-10:22", "IX105 INDEX.md:10:11-10:21"]


def test_an_id_that_leads_to_no_document_by_itself(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT}{HEAD}| Pears | 2 |\n", **APPLES, "3-pears.md": "# Pears\n"})
    assert brief(result) == ["IX105 INDEX.md:10:11-10:12"]
    assert result.only()["values"] == {"index": None, "document": "3-pears.md"}


def test_an_id_off_the_pattern_that_leads_to_no_document_by_itself(check: Callable[..., Result]) -> None:
    front = FRONT.replace("No.}", 'No., pattern: "[0-9]"}')
    renamed = check({"INDEX.md": f"{front}{HEAD}| Pears | Z |\n", **APPLES, "2-pears.md": "# Pears\n"})
    assert brief(renamed) == ["IX105 INDEX.md:10:11-10:12"]


def test_of_several_that_have_the_id_the_one_of_that_title_is_taken(check: Callable[..., Result]) -> None:
    files = {"2-a.md": "# Plums\n", "2-b.md": "# Pears\n"}
    front = FRONT.replace("No.}", "No., unique: false}")
    result = check({"INDEX.md": f"{front}{HEAD}| [Pears](2-pears.md) | 2 |\n", **APPLES, **files})
    assert [(finding["code"], finding["document"]) for finding in result.findings] == [
        ("IX104", "2-a.md"), ("IX105", "2-b.md"),
    ]  # fmt: skip


# An index that says nothing of its documents but where they are.
LINKS = "# Notes\n\n- [see this](apples.md)\n- [and that](pears.md)\n"


@pytest.fixture
def links(tmp_path: Path) -> Path:
    """Documents in git that have nothing in common with their entries but the link."""
    write(tmp_path, {"INDEX.md": LINKS, "apples.md": "# Apples\n", "pears.md": "# Pears\n"})
    commit_all(tmp_path)
    return tmp_path


WAYS: dict[str, list[str]] = {"in the working tree": [], "staged": ["--staged"], "at a revision": ["--rev", "HEAD"]}


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_what_git_has_stored_under_the_old_name_is_the_same(
    links: Path, options: list[str], run: Callable[..., Result]
) -> None:
    git(links, "mv", "pears.md", "fruit.md")
    if "--rev" in options:
        git(links, "commit", "-q", "-m", "moved")
    result = run(links, *options)
    assert brief(result) == ["IX105 INDEX.md:4:14-4:22"]
    assert result.only()["values"] == {"index": "pears.md", "document": "fruit.md"}


def test_a_file_that_is_only_gone_from_disk_is_known_to_git_too(links: Path, run: Callable[..., Result]) -> None:
    (links / "pears.md").rename(links / "fruit.md")
    git(links, "add", "fruit.md")
    assert run(links).codes == ["IX105"]


NOT_STORED: dict[str, tuple[str, ...]] = {"no copy": (), "another content": ("fruit.md",), "two": ("a.md", "b.md")}


@pytest.mark.parametrize("names", NOT_STORED.values(), ids=NOT_STORED)
def test_without_the_one_file_of_that_content_nobody_knows(
    links: Path, names: tuple[str, ...], run: Callable[..., Result]
) -> None:
    git(links, "rm", "-q", "pears.md")
    text = "# Plums\n" if len(names) == 1 else "# Pears\n"
    write(links, dict.fromkeys(names, text))
    git(links, "add", ".")
    assert sorted(run(links, "--select", "IX").codes) == ["IX103", *["IX104"] * len(names)]


def test_of_two_empty_files_nobody_knows_that_they_are_one(links: Path, run: Callable[..., Result]) -> None:
    write(links, {"pears.md": ""})
    commit_all(links)
    git(links, "rm", "-q", "pears.md")
    write(links, {"plums.md": ""})
    git(links, "add", ".")
    assert sorted(run(links, "--select", "IX").codes) == ["IX103", "IX104"]


def test_of_two_files_of_one_content_nobody_knows_which_was_moved(links: Path, run: Callable[..., Result]) -> None:
    write(links, {"pears.md": "# Apples\n"})
    git(links, "commit", "-q", "-a", "-m", "the same")
    git(links, "mv", "pears.md", "fruit.md")
    assert run(links, "--select", "IX").codes == ["IX105"]
    git(links, "rm", "-q", "apples.md")
    assert sorted(run(links, "--select", "IX").codes) == ["IX103", "IX103", "IX104"]


def test_what_another_row_names_already_is_not_taken(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{PLAIN}| [Apples](apple.md) |\n", "apples.md": "# Apples\n"})
    assert result.codes == ["IX103"]


def test_a_missing_row_that_stands_twice_takes_no_second_document(check: Callable[..., Result]) -> None:
    rows = "| [Pears](pears.md) |\n" * 2
    result = check({"INDEX.md": PLAIN + rows, "apples.md": "# Apples\n", "pear.md": "# Pears\n", "peers.md": "# P\n"})
    assert brief(result) == ["IX105 INDEX.md:4:11-4:19", "IX104 INDEX.md:5:1-5:22", "IX106 INDEX.md:5:1-5:22"]


def test_a_new_name_that_takes_the_id_of_another_document_is_only_renamed(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT}{HEAD}| [Pears](2-pears.md) | 2 |\n", **APPLES, "1-pears.md": "# Pears\n"})
    assert result.codes == ["IX105"]


def test_thousands_that_moved_are_matched_in_time(check: Callable[..., Result]) -> None:
    numbers = range(4000)
    rows = "".join(f"| [Title {number}](old-{number}.md) |\n" for number in numbers)
    began = time.process_time()
    result = check(
        {"INDEX.md": PLAIN + rows, "apples.md": "# Apples\n"} | {f"{n}.md": f"# Title {n}\n" for n in numbers}
    )
    assert set(result.codes) == {"IX105"}
    assert len(result.codes) == len(numbers)
    assert time.process_time() - began < 20


def test_thousands_that_are_gone_are_not_guessed_at_for_long(check: Callable[..., Result]) -> None:
    rows = "".join(f"| [{'x' * 500}](old-{'y' * 100}{chr(97 + n % 26)}-{n}.md) |\n" for n in range(3000))
    files = {f"new-{'y' * 100}{n}.md": f"# {'z' * 500}{n}\n" for n in range(100)}
    began = time.process_time()
    result = check({"INDEX.md": PLAIN + rows, "apples.md": "# Apples\n", **files})
    assert set(result.codes) == {"IX103", "IX104"}
    assert time.process_time() - began < 20
