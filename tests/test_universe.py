"""Where a link leads, and which files are the documents of a corpus."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import commit_all, write
from validator.contract import Contract
from validator.discover import find_tree
from validator.tree import Folder
from validator.universe import Target, Universe
from validator.universe.listing import Listing

NFC, NFD = (unicodedata.normalize(form, "docs/Übung.md") for form in ("NFC", "NFD"))
FILES = (
    "top.md", "docs/a.md", "docs/B.md", "docs/b c.md", "docs/100%.md", "docs/C#.md", "docs/why?.md", "docs/%20.md",
    "docs/#.md", "docs/sub/README.md", "docs/sub/x.md", "docs/bare/x.md", "docs/http/README.md", "docs/v1.2", NFD,
    "docs/straße.md", "other/docs/a.md",
)  # fmt: skip
ABSOLUTE, OUTSIDE = "it is an absolute path", "it leads out of the project"
FOUND = {
    "a.md": "docs/a.md",
    "./a.md": "docs/a.md",
    "././a.md": "docs/a.md",
    "sub/../a.md": "docs/a.md",
    "no-such-folder/../a.md": "docs/a.md",
    "sub//x.md": "docs/sub/x.md",
    "../top.md": "top.md",
    "../docs/a.md": "docs/a.md",
    "/docs/a.md": "docs/a.md",
    "/top.md": "top.md",
    "a.md#anchor": "docs/a.md",
    "a.md?raw=1": "docs/a.md",
    "a.md?raw=1#anchor": "docs/a.md",
    "a.md#a?b": "docs/a.md",
    "b%20c.md": "docs/b c.md",
    "b c.md": "docs/b c.md",
    "%61.md": "docs/a.md",
    "%2e%2e/top.md": "top.md",
    "100%25.md": "docs/100%.md",
    "100%.md": "docs/100%.md",
    "%20.md": "docs/%20.md",
    "%2520.md": "docs/%20.md",
    "C%23.md": "docs/C#.md",
    "C#.md": "docs/C#.md",
    "why%3F.md": "docs/why?.md",
    "why?.md": "docs/why?.md",
    "#.md": "docs/#.md",
    NFD.removeprefix("docs/"): NFD,
    "v1.2": "docs/v1.2",
}
PAGES = {
    "sub": "docs/sub/README.md",
    "sub/": "docs/sub/README.md",
    "./sub/.": "docs/sub/README.md",
    "sub/?x#y": "docs/sub/README.md",
    "http": "docs/http/README.md",
    "http/": "docs/http/README.md",
}
LED = {
    "": Target("external", ""),
    "#anchor": Target("external", "#anchor"),
    "?query": Target("external", "?query"),
    "https://example.org/docs/a.md": Target("external", "https://example.org/docs/a.md"),
    "HTTPS://example.org": Target("external", "HTTPS://example.org"),
    "//example.org/a.md": Target("external", "//example.org/a.md"),
    "mailto:a@example.org": Target("external", "mailto:a@example.org"),
    "javascript:alert(1)": Target("external", "javascript:alert(1)"),
    "gone.md": Target("missing", "docs/gone.md"),
    "gone.md#x": Target("missing", "docs/gone.md"),
    "%67one.md": Target("missing", "docs/gone.md"),
    "gone/": Target("missing", "docs/gone"),
    "a.md/x": Target("missing", "docs/a.md/x"),
    "a\0.md": Target("missing", "docs/a\0.md"),
    "%00": Target("missing", "docs/\0"),
    "x" * 5000: Target("missing", "docs/" + "x" * 5000),
    "bare": Target("folder", "docs/bare"),
    "bare/": Target("folder", "docs/bare"),
    ".": Target("folder", "docs"),
    "..": Target("folder", "."),
    "/": Target("folder", "."),
    "A.md": Target("case", "docs/A.md", "docs/a.md"),
    "b.MD": Target("case", "docs/b.MD", "docs/B.md"),
    "../Docs/a.md": Target("case", "Docs/a.md", "docs/a.md"),
    "SUB/": Target("case", "docs/SUB", "docs/sub/README.md", is_page=True),
    "BARE/": Target("missing", "docs/BARE"),
    NFC.removeprefix("docs/"): Target("case", NFC, NFD),
    "STRAẞE.md": Target("case", "docs/STRAẞE.md", "docs/straße.md"),
    "STRASSE.md": Target("missing", "docs/STRASSE.md"),
    "../../x.md": Target("escape", "../../x.md", OUTSIDE),
    "../..": Target("escape", "../..", OUTSIDE),
    "sub/../../../x.md": Target("escape", "sub/../../../x.md", OUTSIDE),
    "%2e%2e/%2e%2e/x.md": Target("escape", "../../x.md", OUTSIDE),
    "/../x.md": Target("escape", "/../x.md", OUTSIDE),
    "/etc/passwd": Target("escape", "/etc/passwd", ABSOLUTE),
    "/a.md": Target("escape", "/a.md", ABSOLUTE),
    "C:\\a.md": Target("escape", "C:\\a.md", ABSOLUTE),
    "c:/a.md": Target("escape", "c:/a.md", ABSOLUTE),
    "\\\\server\\share\\a.md": Target("escape", "\\\\server\\share\\a.md", ABSOLUTE),
    "\\a.md": Target("escape", "\\a.md", ABSOLUTE),
    "%5C%5Cserver\\a.md": Target("escape", "\\\\server\\a.md", ABSOLUTE),
    "file:///etc/passwd": Target("escape", "file:///etc/passwd", ABSOLUTE),
    "File:a.md": Target("escape", "File:a.md", ABSOLUTE),
    "file%3A///etc/passwd": Target("escape", "file:///etc/passwd", ABSOLUTE),
    "x:y.md": Target("missing", "docs/x:y.md"),
}


@pytest.fixture
def universe(tmp_path: Path) -> Callable[..., Universe]:
    """The universe of a corpus whose files are really there."""

    def of(
        folder: str = "docs", files: Iterable[str] = FILES, indexes: Iterable[str] = (), exclude: tuple[str, ...] = ()
    ) -> Universe:
        write(tmp_path, dict.fromkeys(files, ""))
        tree = Folder(str(tmp_path))
        listing = Listing(tree)
        return Universe(listing, folder, listing.under_all_names(indexes), exclude)

    return of


@pytest.mark.parametrize("target", FOUND)
def test_a_link_leads_to_a_file(target: str, universe: Callable[..., Universe]) -> None:
    assert universe().follow(target) == Target("file", FOUND[target])


@pytest.mark.parametrize("target", PAGES)
def test_a_link_to_a_folder_means_its_page(target: str, universe: Callable[..., Universe]) -> None:
    assert universe().follow(target) == Target("file", PAGES[target], is_page=True)


@pytest.mark.parametrize("target", LED, ids=lambda target: ascii(target[:40]))
def test_a_link_leads_elsewhere(target: str, universe: Callable[..., Universe]) -> None:
    assert universe().follow(target) == LED[target]


def test_the_page_of_the_root(universe: Callable[..., Universe]) -> None:
    found = universe(folder="", files=("README.md",))
    for target in (".", "./", "/"):
        assert found.follow(target) == Target("file", "README.md", is_page=True)
    assert found.follow("../x").kind == "escape"
    assert found.follow("..").kind == "escape"


@pytest.mark.parametrize("target", ["a.md", "sub/", "sub/README.md"])
def test_what_is_excluded_is_no_target(target: str, universe: Callable[..., Universe]) -> None:
    found = universe(exclude=("docs/a.*", "docs/sub/README.md")).follow(target)
    assert (found.kind, found.detail) == ("excluded", "`exclude` takes it away")


def test_what_git_does_not_track_is_there_all_the_same(tmp_path: Path, universe: Callable[..., Universe]) -> None:
    found = universe()
    write(tmp_path, {"docs/new.md": "", "docs/new/x.md": ""})
    assert found.follow("new.md") == Target("excluded", "docs/new.md", "git does not track it")
    assert found.follow("new/") == Target("folder", "docs/new")


def test_an_empty_folder_is_a_folder_and_a_linked_one_leads_on(
    tmp_path: Path, universe: Callable[..., Universe]
) -> None:
    write(tmp_path, {"real/x.md": "", "real/README.md": "", "docs/empty/x.md": ""})
    (tmp_path / "docs" / "empty" / "x.md").unlink()
    (tmp_path / "docs" / "linked").symlink_to(tmp_path / "real")
    found = universe()
    assert found.follow("empty") == Target("folder", "docs/empty")
    assert found.follow("linked/x.md") == Target("file", "real/x.md")
    assert found.follow("linked/y.md").kind == "missing"


WITHOUT_SUFFIX = {
    "one": Target("file", "docs/one.md"),
    "./two/#part": Target("file", "docs/two.rst"),
    "both": Target("file", "docs/both.md"),
    "both.rst": Target("file", "docs/both.rst"),
    "folder": Target("file", "docs/folder/README.md", is_page=True),
    "bare": Target("file", "docs/bare.md"),
    "picture": Target("missing", "docs/picture"),
}
NAMES = (
    "one.md", "two.rst", "both.rst", "both.md", "folder/README.md", "folder.md", "bare/x.md", "bare.md", "picture.png",
)  # fmt: skip


@pytest.mark.parametrize(("target", "expected"), WITHOUT_SUFFIX.items(), ids=list(WITHOUT_SUFFIX))
def test_a_link_may_leave_out_the_suffix_of_a_text(target: str, expected: Target) -> None:
    files = {f"docs/{name}": "file" for name in NAMES}
    assert Universe(Listing(Folder("/nowhere"), files), "docs").follow(target) == expected


BESIDE_LISTED = {
    "of the same folder and suffix": (["docs/a.md"], ["docs/a.md", "docs/b.md"]),
    "in a folder below": (["docs/sub/c.md"], ["docs/sub/c.md", "docs/sub/d.md"]),
    "of a file without suffix none": (["docs/Makefile"], ["docs/Makefile"]),
    "of a dotfile none": (["docs/.hidden.md"], ["docs/.hidden.md"]),
    "outside the index's folder none": (["other/e.md"], ["other/e.md"]),
}
NEAR = (
    "docs/a.md", "docs/b.md", "docs/sub/c.md", "docs/sub/d.md", "docs/Makefile", "docs/Dockerfile", "docs/.hidden.md",
    "other/e.md", "other/f.md",
)  # fmt: skip


@pytest.mark.parametrize(("listed", "expected"), BESIDE_LISTED.values(), ids=BESIDE_LISTED)
def test_by_default_the_neighbours_below_the_index_are_documents(listed: list[str], expected: list[str]) -> None:
    universe = Universe(Listing(Folder("/nowhere"), dict.fromkeys(NEAR, "file")), "docs")
    assert universe.documents(Contract("docs/I.md", "docs"), listed) == expected


def test_where_nothing_is_listed_the_template_of_names_says_what_a_document_is() -> None:
    files = dict.fromkeys(("docs/01-a.md", "docs/x.md", "docs/sub/02-b.md", "docs/README-1.md", "01-z.md"), "file")
    contract = Contract("docs/I.md", "docs", name="{id:02}-{slug}.md")
    assert Universe(Listing(Folder("/nowhere"), files), "docs").documents(contract, ()) == ["docs/01-a.md"]


@given(st.text(st.sampled_from("ab./\\%#?:2eEfF\0 ü"), max_size=16))
def test_no_link_leads_out_of_the_project(target: str) -> None:
    tree = Folder("/nowhere")
    listing = Listing(tree, {"docs/a.md": "file", "docs/b/README.md": "file"})
    found = Universe(listing, "docs").follow(target)
    assert found.kind in {"file", "missing", "escape", "case", "folder", "external"}
    if found.kind in {"file", "missing", "case", "folder"}:
        assert not found.path.startswith(("/", "../", "\\"))
        assert found.path != ".."


SIBLINGS = ("a.md", "b.md", "c.txt", "README.md", "readme.de.md", "LICENSE.md", "x.meta.json", "sub/d.md", "INDEX.md")


@pytest.mark.parametrize(
    ("listed", "documents"),
    [
        ([], []),
        (["a.md"], ["a.md", "b.md"]),
        (["c.txt"], ["c.txt"]),
        (["a.md", "sub/d.md"], ["a.md", "b.md", "sub/d.md"]),
        (["README.md"], ["README.md"]),
        (["a.md", "README.md"], ["README.md", "a.md", "b.md"]),
        (["INDEX.md"], ["INDEX.md"]),
        (["x.meta.json"], ["x.meta.json"]),
    ],
    ids=str,
)
def test_left_out_documents_are_the_siblings_of_what_is_listed(
    listed: list[str], documents: list[str], universe: Callable[..., Universe]
) -> None:
    found = universe(folder="", files=SIBLINGS, indexes=("INDEX.md",))
    assert found.documents(Contract("INDEX.md", ""), listed) == documents


@pytest.mark.parametrize(
    ("globs", "listed", "documents"),
    [
        (("*.md",), [], ["a.md", "b.md"]),
        (("*.md",), ["README.md"], ["README.md", "a.md", "b.md"]),
        (("*.md",), ["INDEX.md"], ["INDEX.md", "a.md", "b.md"]),
        (("*.md",), ["c.txt"], ["a.md", "b.md"]),
        (("**/*.md", "!b.md"), [], ["a.md", "sub/d.md"]),
        (("!b.md", "*.md"), [], ["a.md", "b.md"]),
        (("*.md", "README.md"), [], ["README.md", "a.md", "b.md"]),
        (("README*",), [], ["README.md"]),
        (("**",), [], ["a.md", "b.md", "c.txt", "sub/d.md"]),
        (("INDEX.md",), [], []),
        ((), ["a.md"], []),
    ],
    ids=str,
)
def test_declared_documents_are_what_the_globs_choose(
    globs: tuple[str, ...], listed: list[str], documents: list[str], universe: Callable[..., Universe]
) -> None:
    found = universe(folder="", files=SIBLINGS, indexes=("INDEX.md",))
    assert found.documents(Contract("INDEX.md", "", documents=globs), listed) == documents


def test_globs_reach_no_further_than_the_folder_of_the_index(universe: Callable[..., Universe]) -> None:
    found = universe(files=("a.md", "docs/b.md", "docs2/c.md"))
    contract = Contract("docs/INDEX.md", "docs", documents=("**", "../a.md"))
    assert found.documents(contract, ["a.md"]) == ["docs/b.md"]
    assert found.unmatched(contract) == [(1, "../a.md")]


def test_globs_that_match_nothing_are_told(universe: Callable[..., Universe]) -> None:
    found = universe(folder="", files=SIBLINGS)
    assert found.unmatched(Contract("INDEX.md", "", documents=("*.md", "*.rst", "!a.md", "!z.md"))) == [
        (1, "*.rst"),
        (3, "!z.md"),
    ]
    assert found.unmatched(Contract("INDEX.md", "")) == []


def test_symbolic_links_are_other_names_or_faults(tmp_path: Path, universe: Callable[..., Universe]) -> None:
    write(tmp_path, {"a.md": ""})
    for name, target in {"sound.md": "a.md", "broken.md": "gone.md", "round.md": "round.md", "out.md": "/etc"}.items():
        (tmp_path / name).symlink_to(target)
    found = universe(folder="", files=("a.md",))
    assert found.documents(Contract("INDEX.md", ""), ["a.md"]) == ["a.md", "broken.md", "out.md", "round.md"]
    assert found.documents(Contract("INDEX.md", ""), ["sound.md"])[-1] == "sound.md"
    assert found.follow("sound.md") == Target("file", "sound.md")


def test_excluded_files_are_no_documents(universe: Callable[..., Universe]) -> None:
    found = universe(folder="", files=SIBLINGS, indexes=("INDEX.md",), exclude=("b.*", "sub/**"))
    assert found.documents(Contract("INDEX.md", "", documents=("**/*.md",)), []) == ["a.md"]


@pytest.mark.parametrize(
    ("target", "globs", "rank"),
    [
        ("https://example.org/", None, 0),
        ("#x", None, 0),
        ("a.md", None, 2),
        ("A.md", None, 2),
        ("sub/", None, 2),
        ("README.md", None, 1),
        ("INDEX.md", None, 1),
        ("bare/", None, 1),
        ("gone", None, 2),
        ("../../x", None, 2),
        ("a.md", ("*.md",), 2),
        ("INDEX.md", ("*.md",), 1),
        ("c.txt", ("*.md",), 1),
        ("sub/", ("*.md",), 2),
        ("gone", ("*.md",), 1),
        ("gone.md", ("*.md",), 2),
        ("gone.txt", ("*.md",), 2),
        ("gone", ("*",), 2),
    ],
)
def test_a_link_counts_for_an_index_when_it_names_a_document(
    target: str, globs: tuple[str, ...] | None, rank: int, universe: Callable[..., Universe]
) -> None:
    files = ("a.md", "c.txt", "README.md", "INDEX.md", "sub/README.md", "bare/x")
    found = universe(folder="", files=files, indexes=("INDEX.md",))
    assert found.resolve(Contract("INDEX.md", "", documents=globs), target).rank == rank


def test_names_that_are_not_utf8_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / b"\xff.md".decode("utf-8", "surrogateescape")).write_bytes(b"")
    write(tmp_path, {"a.md": ""})
    commit_all(tmp_path)
    tree = find_tree((), str(tmp_path))
    found = Universe(Listing(tree), "")
    assert found.follow("%FF.md").kind == "missing"
    assert found.documents(Contract("INDEX.md", ""), ["a.md"]) == ["a.md", "\udcff.md"]


def test_a_sidecar_that_is_excluded_lacks_no_document(universe: Callable[..., Universe]) -> None:
    files = ["a.txt", "b.txt.meta.yaml", "c.txt.meta.yaml"]
    found = universe("", files, exclude=("c.*",)).orphans(Contract("INDEX.md", ""), ["a.txt"])
    assert list(found) == [("b.txt.meta.yaml", "b.txt")]


@pytest.mark.parametrize(
    ("folder", "below"),
    [
        ("", ["a.md", "a/x.md", "a/y/z.md", "a-b/c.md", "a0/d.md", "b/x.md"]),
        ("a", ["a/x.md", "a/y/z.md"]),
        ("a/y", ["a/y/z.md"]),
        ("a0", ["a0/d.md"]),
        ("c", []),
    ],
)
def test_what_lies_below_a_folder(folder: str, below: list[str]) -> None:
    files = ("a.md", "a/x.md", "a/y/z.md", "a-b/c.md", "a0/d.md", "b/x.md")
    assert list(Listing(Folder("/nowhere"), dict.fromkeys(files, "file")).below(folder)) == below


@given(st.sets(st.text(st.sampled_from("ab/.-0é\U00010000"), min_size=1, max_size=6)), st.text("ab/é", max_size=4))
def test_below_a_folder_is_what_begins_with_its_path(paths: set[str], folder: str) -> None:
    listing = Listing(Folder("/nowhere"), dict.fromkeys(paths, "file"))
    assert set(listing.below(folder)) == {path for path in paths if not folder or path.startswith(f"{folder}/")}
