"""The main promise: a clean corpus is clean, and each thing done to it gives its one finding, with both places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT, Result, commit_all

DOCUMENT = min((ROOT / "seeds").glob("000_*.txt"))
NAME = DOCUMENT.name
IDENTITY = NAME[4:20]
OTHER = "0123456789abcdef"
CONTRACT = """---
manifest: 1
documents: "*.txt"
name: "{ordinal:03}_{id}.txt"
id: {pattern: "[0-9a-f]{16}"}
delimiters: {header: none, newline: lf}
fields:
  title: {document: first-line}
  bytes: {document: content.bytes}
  sha256: {column: SHA-256, document: content.sha256}
---

"""


class Corpus:
    """One document and its index in a git repository, and what can be done to them."""

    def __init__(self, folder: Path, *, contract: bool) -> None:
        self.folder = folder / "seeds"
        self.folder.mkdir()
        self.document = self.folder / NAME
        self.index = self.folder / "INDEX.md"
        self.document.write_bytes(DOCUMENT.read_bytes())
        self.front = CONTRACT if contract else ""
        self.write_index(self.row())

    @property
    def title(self) -> str:
        return DOCUMENT.read_text("utf-8").split("\n")[0]

    def row(self) -> str:
        data = self.document.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        return f"| 000 | [{IDENTITY}]({NAME}) | {self.title} | {len(data)} | `{digest}` |\n"

    def write_index(self, *rows: str) -> None:
        head = "| No. | ID | Title | Bytes | SHA-256 |\n| --: | :- | :---- | ----: | :------ |\n"
        self.index.write_text(f"{self.front}# Seeds\n\n{head}{''.join(rows)}", "utf-8", newline="")

    def edit(self, old: str, new: str, count: int = 1) -> None:
        text = self.index.read_text("utf-8")
        assert old in text
        self.index.write_text(text.replace(old, new, count), "utf-8", newline="")

    def edit_row(self, change: Callable[[str], str]) -> None:
        row = self.row()
        self.edit(row, change(row))

    def rewrite(self, data: bytes) -> None:
        """Another content, with size and digest made right."""
        self.document.write_bytes(data)
        self.write_index(self.row())

    def other_digest(self, row: str) -> str:
        return re.sub(r"`(.)", lambda match: "`" + ("0" if match[1] != "0" else "1"), row, count=1)


class Deed(NamedTuple):
    """What is done, the codes of which one has to come, and those that may come besides."""

    do: Callable[[Corpus], None]
    codes: set[str]
    besides: frozenset[str] = frozenset()
    code: int = 1


def _rename(corpus: Corpus, name: str) -> None:
    corpus.document.rename(corpus.folder / name)


def _latin1(corpus: Corpus) -> None:
    corpus.rewrite(corpus.document.read_bytes() + b"\ncaf\xe9")


def _conflict(corpus: Corpus) -> None:
    row = corpus.row()
    corpus.write_index("<<<<<<< HEAD\n", row, "=======\n", row, ">>>>>>> other\n")


def _escaped_pipe(corpus: Corpus) -> None:
    corpus.rewrite(corpus.document.read_bytes().replace(b" ", b" | ", 1))
    corpus.edit(corpus.title, corpus.title.replace(" ", r" \| ", 1))


def _empty(corpus: Corpus) -> None:
    corpus.document.write_bytes(b"")


DEEDS = {
    "nothing": Deed(lambda _: None, set(), code=0),
    "another ID in the text": Deed(lambda c: c.edit(f"[{IDENTITY}]", f"[{OTHER}]"), {"ID104"}),
    "another ID in text and link": Deed(
        lambda c: c.edit_row(lambda row: row.replace(IDENTITY, OTHER)),
        {"IX103", "IX105"},
        frozenset({"IX104", "ID104"}),
    ),
    "another ID in the file's name": Deed(lambda c: _rename(c, f"000_{OTHER}.txt"), {"IX105"}, frozenset({"ID104"})),
    "one word of the title": Deed(lambda c: c.edit(c.title, "Another " + c.title), {"MT108"}),
    "the title's case": Deed(lambda c: c.edit(c.title, c.title.upper()), {"MT109"}),
    "size off by one": Deed(
        lambda c: c.edit_row(lambda row: re.sub(r"\d+(?= \| `)", lambda n: str(int(n[0]) + 1), row)), {"CT102"}
    ),
    "one digit of the digest": Deed(lambda c: c.edit_row(c.other_digest), {"CT101"}),
    "a digit missing": Deed(
        lambda c: c.edit_row(lambda row: row.replace("` |", " |").replace("`", "")[:-4] + " |\n"), {"CT103"}
    ),
    "row removed": Deed(lambda c: c.write_index(), {"IX104"}, frozenset({"IX102"})),
    "file removed": Deed(lambda c: c.document.unlink(), {"IX103"}, frozenset({"CF102"}), code=2),
    "file renamed": Deed(lambda c: _rename(c, f"001_{IDENTITY}.txt"), {"IX105"}),
    "file renamed off the template": Deed(lambda c: _rename(c, "renamed.txt"), {"IX105"}),
    "row doubled": Deed(lambda c: c.write_index(c.row(), c.row()), {"IX106"}, frozenset({"ID103"})),
    "a header on top": Deed(
        lambda c: c.rewrite(b"---\ntitle: x\n---\n" + c.document.read_bytes()), {"DL102"}, frozenset({"MT108"})
    ),
    "CRLF": Deed(lambda c: c.rewrite(c.document.read_bytes().replace(b"\n", b"\r\n")), {"DL107"}),
    "a byte-order mark": Deed(lambda c: c.rewrite(b"\xef\xbb\xbf" + c.document.read_bytes()), {"DL106"}),
    "a Latin-1 byte": Deed(_latin1, {"FS101"}),
    "UTF-16": Deed(
        lambda c: c.rewrite(c.document.read_bytes().decode().encode("utf-16")),
        {"FS101"},
        frozenset({"DL106", "DL107", "FS102", "MT108", "MT109", "CT101", "CT102"}),
    ),
    "a bare pipe in the title": Deed(lambda c: c.edit(c.title, c.title.replace(" ", " | ", 1)), {"DL113"}),
    "an escaped pipe that the document has too": Deed(_escaped_pipe, set(), code=0),
    "the digest in upper case": Deed(
        lambda c: c.edit_row(lambda row: re.sub(r"`.*`", lambda digest: digest[0].upper(), row)), set(), code=0
    ),
    "the ID in upper case": Deed(
        lambda c: c.edit(f"[{IDENTITY}]", f"[{IDENTITY.upper()}]"), {"ID102", "ID104", "ID105"}
    ),
    "a misspelt contract key": Deed(lambda c: c.edit("documents:", "documnets:"), {"CF101"}, code=2),
    "an unclosed front matter": Deed(lambda c: c.edit("\n---\n\n# Seeds", "\n\n# Seeds"), {"DL103"}),
    "conflict markers round the doubled row": Deed(_conflict, {"DL117"}, frozenset({"IX106", "ID103"})),
    "a link out of the project": Deed(
        lambda c: c.edit(f"({NAME})", "(../../etc/passwd)"), {"FS106"}, frozenset({"IX104"})
    ),
    "an empty file": Deed(_empty, {"CT105"}),
}
# Without a contract nothing says what an ID or a delimiter has to be, nor which files are documents.
NEEDS_CONTRACT = {
    "another ID in the text",
    "row removed",
    "a header on top",
    "CRLF",
    "the ID in upper case",
    "a misspelt contract key",
    "an unclosed front matter",
    "file removed",
    "file renamed off the template",
    "another ID in text and link",
    "another ID in the file's name",
    "file renamed",
    "a link out of the project",
}
ONE_PLACE = {"CF101", "CF102", "DL103", "DL106", "DL113", "DL117", "FS101", "FS106", "CT105", "IX102"}


@pytest.mark.parametrize(
    ("name", "contract"),
    [(name, contract) for name in DEEDS for contract in (True, False) if contract or name not in NEEDS_CONTRACT],
)
def test_each_deed_gives_its_code(name: str, contract: bool, tmp_path: Path, run: Callable[..., Result]) -> None:  # noqa: FBT001
    corpus = Corpus(tmp_path, contract=contract)
    deed = DEEDS[name]
    deed.do(corpus)
    commit_all(tmp_path)
    result = run(tmp_path)
    codes = set(result.codes)
    assert codes <= deed.codes | deed.besides, result.findings
    assert bool(codes & deed.codes) == bool(deed.codes), result.findings
    assert len(result.codes) == len(codes), "one cause, one finding"
    assert result.code == deed.code
    for finding in result.findings:
        assert finding["related"] or finding["code"] in ONE_PLACE, finding


def test_the_row_of_another_folder_is_named_from_the_root(tmp_path: Path, run: Callable[..., Result]) -> None:
    corpus = Corpus(tmp_path, contract=True)
    corpus.edit(corpus.title, "Another title")
    finding = run(tmp_path).only()
    assert finding["path"] == finding["index"] == "seeds/INDEX.md"
    assert finding["document"] == f"seeds/{NAME}"
    assert finding["id"] == IDENTITY
    assert finding["field"] == "title"
    assert finding["values"] == {"index": "Another title", "document": corpus.title}
    line = corpus.index.read_text("utf-8").split("\n")[finding["line"] - 1]
    assert line[finding["column"] - 1 : finding["end_column"] - 1] == "Another title"
    related = finding["related"][0]
    assert (related["path"], related["line"], related["column"]) == (f"seeds/{NAME}", 1, 1)
    assert related["end_column"] == len(corpus.title) + 1
