"""The navigation of MkDocs as an index: which part of the file it is, and where its paths start."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief
from validator.index.mkdocs import is_mkdocs, start_of_links

CONTRACT = """corpora:
- index: mkdocs.yml
  documents: "{0}/**/*.md"
  fields: {{title: {{column: key, document: heading}}}}
"""
SITE = """site_name: Notes
theme:
  logo: assets/logo.md
  custom_dir: docs/start.md
nav:
- Start: start.md
- Guide:
  - guide/index.md
  - First: guide/first.md
  - Forum: https://example.org/forum
- Group: group.md
- Gone: gone.md
extra:
  emoji: !!python/name:material.emoji.twemoji
  other: !ENV [X, other.md]
"""
PAGES = {
    "docs/start.md": "# Start\n",
    "docs/guide/index.md": "# Guide\n",
    "docs/guide/first.md": "# The first { #first }\n",
    "docs/group.md": "# Group\n",
    "docs/more.md": "# More\n",
    "start.md": "# Another\n",
    "assets/logo.md": "# Logo\n",
}


def told(result: Result) -> list[tuple[str, str, str | None]]:
    return [(finding["code"], finding["path"], finding["document"]) for finding in result.findings]


def test_paths_start_where_the_site_has_its_documents(check: Callable[..., Result]) -> None:
    result = check({"indexlint.yaml": CONTRACT.format("docs"), "mkdocs.yml": SITE, **PAGES})
    assert told(result) == [
        ("MT108", "mkdocs.yml", "docs/guide/first.md"),
        ("IX104", "mkdocs.yml", "docs/more.md"),
        ("IX103", "mkdocs.yml", "docs/gone.md"),
    ]
    assert brief(result)[2].startswith("IX103 mkdocs.yml:12:")


@pytest.mark.parametrize(
    "line",
    [
        "docs_dir: pages",
        "docs_dir: 'pages/' # here",
        'docs_dir:   "./pages"   ',
        "docs_dir: pages\r",
        '"docs_dir": pages',
        "'docs_dir' : 'pages'",
        'docs_dir: "p\\x61ges"',
        "docs_dir: &docs pages",
        "docs_dir: !ENV [DOCS, pages]",
        "docs_dir: !ENV [DOCS, FOLDER, 'pages/'] # here",
        "docs_dir: !ENV\n  - DOCS\n  - pages\r",
        "docs_dir: !ENV\n- DOCS\n- pages",
        "docs_dir:\n  pages",
    ],
)
def test_the_folder_of_the_documents_may_be_stated(line: str, check: Callable[..., Result]) -> None:
    pages = {path.replace("docs/", "pages/"): text for path, text in PAGES.items()}
    result = check({"indexlint.yaml": CONTRACT.format("pages"), "mkdocs.yml": f"{line}\n{SITE}", **pages})
    assert [document for _, _, document in told(result)] == [
        "pages/guide/first.md", "pages/more.md", "pages/gone.md",
    ]  # fmt: skip


@pytest.mark.parametrize("site", [SITE.partition("nav:")[0], "- start.md\n", "nav: start.md\n", ""])
def test_a_site_without_navigation_names_nothing(site: str, check: Callable[..., Result]) -> None:
    contract = "corpora:\n- index: mkdocs.yml\n"
    assert check({"indexlint.yaml": contract, "mkdocs.yml": site, **PAGES}).codes == ["IX102"]


STARTS = {
    ("mkdocs.yml", b""): "docs",
    ("a/mkdocs.yaml", b"docs_dir: x\n"): "a/x",
    ("a/mkdocs.yml", b"docs_dir: ../x\n"): "x",
    ("mkdocs.yml", b"docs_dir: .\n"): "",
    ("mkdocs.yml", b"docs_dir: !ENV [D, x]\n"): "x",
    ("mkdocs.yml", b"docs_dir: !ENV [D, x]"): "x",
    ("mkdocs.yml", b"docs_dir: !ENV [D]\n"): "docs",
    ("mkdocs.yml", b"docs_dir: !ENV D\n"): "docs",
    ("mkdocs.yml", b"docs_dir: !ENV [D, [x]]\n"): "docs",
    ("mkdocs.yml", b"docs_dir: [D, x]\n"): "docs",
    ("mkdocs.yml", b"docs_dir: x # !ENV\n"): "x",
    ("mkdocs.yml", b"docs_dir: *x\n"): "docs",
    ("mkdocs.yml", b"docs_dir:\nx: y\n"): "docs",
    ("mkdocs.yml", b"docs_dir:x\n"): "docs",
    ("mkdocs.yml", b"docs_dir:"): "docs",
    ("mkdocs.yml", b"\"docs_dir': x\n"): "docs",
    ("mkdocs.yml", b"docs_dir: caf\xc3\xa9\n"): "caf\u00e9",
    ("mkdocs.yml", b"a:\n  docs_dir: x\n"): "docs",
    ("mkdocs.de.yml", b"docs_dir: de # x\n"): "de",
    ("a/nav.yml", b"docs_dir: x\n"): "a",
}


@pytest.mark.parametrize(("path", "data"), STARTS)
def test_where_links_start(path: str, data: bytes) -> None:
    assert start_of_links(path, data) == STARTS[path, data]


@pytest.mark.parametrize("path", ["mkdocsx.yml", "mkdocs.md", "a/mkdocs/nav.yml", "my-mkdocs.yml"])
def test_other_files_are_no_sites(path: str) -> None:
    assert not is_mkdocs(path)


def test_paths_may_start_at_the_file_itself_where_the_site_has_none(check: Callable[..., Result]) -> None:
    contract = 'corpora:\n- index: mkdocs.yml\n  documents: ["docs/*.md", "*.md"]\n'
    site = "nav:\n- docs/a.md\n- b.md\n- c.md\n- ../d.md\n- gone.md\n"
    pages = {"docs/a.md": "# A\n", "docs/b.md": "# B\n", "b.md": "# B2\n", "c.md": "# C\n", "d.md": "# D\n"}
    assert told(check({"indexlint.yaml": contract, "mkdocs.yml": site, **pages})) == [
        ("IX103", "mkdocs.yml", "docs/gone.md"),
        ("IX104", "mkdocs.yml", "b.md"),
    ]


def test_a_section_may_be_named_all_the_same(check: Callable[..., Result]) -> None:
    contract = "corpora:\n- index: mkdocs.yml\n  section: other\n"
    site = f"{SITE}other:\n- start.md\n- guide/first.md\n- group.md\n"
    assert told(check({"indexlint.yaml": contract, "mkdocs.yml": site, **PAGES})) == [
        ("IX104", "mkdocs.yml", "docs/guide/index.md"),
        ("IX104", "mkdocs.yml", "docs/more.md"),
    ]


def test_a_missing_document_has_the_path_that_was_meant(check: Callable[..., Result]) -> None:
    contract = 'corpora:\n- index: mkdocs.yml\n  documents: "docs/**/*.md"\n'
    site = "nav:\n- docs/a.md\n- docs/gone.md\n- docs/B.md\n- guide/gone.md\n- docs/guide/lost.md\n"
    pages = {"docs/a.md": "# A\n", "docs/b.md": "# B\n", "docs/guide/c.md": "# C\n", "guide/x": ""}
    assert told(check({"indexlint.yaml": contract, "mkdocs.yml": site, **pages})) == [
        ("IX103", "mkdocs.yml", "docs/gone.md"),
        ("IX111", "mkdocs.yml", "docs/b.md"),
        ("IX103", "mkdocs.yml", "docs/guide/gone.md"),
        ("IX103", "mkdocs.yml", "docs/guide/lost.md"),
        ("IX104", "mkdocs.yml", "docs/guide/c.md"),
    ]


def test_of_two_navigations_the_last_counts(check: Callable[..., Result]) -> None:
    site = SITE.replace("extra:\n", "nav:\n- Start: start.md\n- guide/index.md\nextra:\n")
    result = check({"indexlint.yaml": CONTRACT.format("docs"), "mkdocs.yml": site, **PAGES})
    assert told(result)[0] == ("MT103", "mkdocs.yml", None)
    assert [document for _, _, document in told(result)[1:]] == [
        "docs/group.md", "docs/guide/first.md", "docs/more.md",
    ]  # fmt: skip
