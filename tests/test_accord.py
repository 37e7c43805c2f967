"""Pairs in accord: what is left out of a check is seen in no finding."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Result, commit_all, write
from validator import cache, engine
from validator.cli import main
from validator.corpus import Corpus
from validator.engine import build
from validator.tree import worktree
from validator.tree.disk import read_regular

COUNT = 8
HEAD = "| ID | Title | Status | Bytes | SHA-256 |\n| -- | ----- | ------ | ----: | ------- |\n"
CONTRACTS = {
    "declared": (
        'manifest: 1\ndocuments: "*.md"\nname: "{id}.md"\nid: {pattern: "[A-Za-z0-9]+"}\n'
        "delimiters: {header: yaml, newline: lf}\n"
        "fields:\n  title: {document: header.title, required: true}\n"
        "  status: {document: header.status, compare: text}\n"
        "  bytes: {document: content.bytes}\n  sha256: {column: SHA-256, document: content.sha256}\n"
    ),
    "by name": "",
    "normalized": 'manifest: 1\nname: "{id}.md"\nid: {normalize: [casefold, unpad], retired: [d9]}\n',
    "with a count": 'manifest: 1\nname: "{id}.md"\ncount: "([0-9]+) notes"\n',
    "ignoring": 'manifest: 1\nname: "{id}.md"\nignore:\n  - {rule: MT108, document: d3, reason: known}\n',
    "of stubs": 'manifest: 1\nname: "{id}.md"\nignore:\n  - {rule: CT105, reason: a header is all there is}\n',
    "strict": (
        'manifest: 1\nname: "{id}.md"\ndelimiters: {header: yaml, final_newline: required}\nschema: schema.json\n'
        "fields:\n  title: {document: header.title}\n  size: {column: Bytes, document: content.bytes}\n"
    ),
    "sorted": 'manifest: 1\nname: "{id}.md"\norder: id\n',
    "not unique": 'manifest: 1\nname: "{id}.md"\nid: {unique: false}\n',
}
SCHEMA = '{"type": "object", "required": ["title"], "properties": {"title": {"type": "string", "maxLength": 12}}}\n'


class Row(NamedTuple):
    id: str
    target: str
    title: str
    status: str
    size: str
    digest: str
    before: str = ""

    def text(self) -> str:
        cells = (f"[{self.id}]({self.target})", self.title, self.status, self.size, f"`{self.digest}`")
        return f"{self.before}| {' | '.join(cells)} |\n"


class Made(NamedTuple):
    """A corpus as it is changed: the rows of its table, its documents by name, what stands behind the table."""

    rows: tuple[Row, ...]
    documents: dict[str, bytes]
    behind: str = ""
    exclude: str = ""

    def files(self, contract: str) -> dict[str, bytes | str]:
        front = f"---\n{contract}---\n" if contract else ""
        index = f"{front}# Notes\n\nThese are 8 notes.\n\n{HEAD}{''.join(row.text() for row in self.rows)}{self.behind}"
        config: dict[str, bytes | str] = {"indexlint.yaml": f"exclude: [{self.exclude!r}]\n"} if self.exclude else {}
        return {"INDEX.md": index, "schema.json": SCHEMA, **self.documents, **config}


def sound(count: int = COUNT) -> Made:
    """A corpus in which nothing is wrong."""
    documents = {
        f"d{number}.md": (
            f'---\nid: "d{number}"\ntitle: Note {number}\nstatus: final\n---\nText of {number}, “so”.\n'
        ).encode()
        for number in range(count)
    }
    rows = tuple(
        Row(name[:-3], name, f"Note {name[1:-3]}", "final", str(len(data)), hashlib.sha256(data).hexdigest())
        for name, data in documents.items()
    )
    return Made(rows, documents)


class Outcome(NamedTuple):
    report: dict[str, Any]
    code: int
    left_out: int


def outcome(files: dict[str, bytes | str], *, sparingly: bool) -> Outcome:
    """The report of a check of some files, with pairs left out or with none."""
    folder = Path(tempfile.mkdtemp(prefix="indexlint-"))
    left_out: list[int] = []

    def counted(*arguments: Any) -> Corpus:  # noqa: ANN401 - whatever `build` takes
        corpus = build(*arguments)
        left_out.append(corpus.accord.size)
        return corpus

    out = StringIO()
    try:
        write(folder, files)
        with (
            chdir(folder),
            redirect_stdout(out),
            redirect_stderr(StringIO()),
            mock.patch.object(engine, "build", counted),
            mock.patch("validator.discover.prepared.is_large", return_value=sparingly),
        ):
            code = main(["check", "--format", "json"])
    finally:
        shutil.rmtree(folder)
    report = json.loads(out.getvalue())
    del report["checked"]["seconds"]
    return Outcome(report, code, sum(left_out))


def check_alike(files: dict[str, bytes | str]) -> Outcome:
    """Check files in both ways and hold the reports against each other."""
    sparing, whole = outcome(files, sparingly=True), outcome(files, sparingly=False)
    assert whole.left_out == 0
    assert (sparing.report, sparing.code) == (whole.report, whole.code)
    return sparing


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_all_but_the_first_and_the_last_row_are_left_out(contract: str) -> None:
    found = check_alike(sound().files(contract))
    assert found.left_out == (0 if "order" in contract else COUNT - 2)
    assert found.report["checked"]["entries"] == found.report["checked"]["documents"] == COUNT


def edited(made: Made, number: int, **changes: str) -> Made:
    rows = list(made.rows)
    rows[number] = rows[number]._replace(**changes)
    return made._replace(rows=tuple(rows))


def rewritten(made: Made, number: int, old: bytes, new: bytes, *, told: bool) -> Made:
    """A document with other text; its row tells of the new content, or still of the old one."""
    name = f"d{number}.md"
    data = made.documents[name].replace(old, new)
    changed = made._replace(documents={**made.documents, name: data})
    if not told:
        return changed
    return edited(changed, number, size=str(len(data)), digest=hashlib.sha256(data).hexdigest())


def renamed(made: Made, number: int, name: str) -> Made:
    documents = {name if old == f"d{number}.md" else old: data for old, data in made.documents.items()}
    return made._replace(documents=documents)


def without_row(made: Made, number: int) -> Made:
    return made._replace(rows=made.rows[:number] + made.rows[number + 1 :])


@pytest.mark.parametrize(
    ("made", "left_out"),
    [
        pytest.param(edited(sound(), 3, title="Other"), 5, id="a title that differs"),
        pytest.param(edited(sound(), 3, title="Note 3"), 6, id="a title that does not"),
        pytest.param(edited(sound(), 3, status="Final"), 6, id="a status in another case, which may be"),
        pytest.param(edited(sound(), 3, status=""), 5, id="an empty cell"),
        pytest.param(edited(sound(), 3, id="d4"), 4, id="another row's ID"),
        pytest.param(edited(sound(), 3, id="D4"), 4, id="an ID that looks like another"),
        pytest.param(edited(sound(), 3, id="d-3"), 5, id="an ID off the pattern"),
        pytest.param(edited(sound(), 3, target="./d3.md"), 6, id="a link that begins with a dot"),
        pytest.param(edited(sound(), 3, target="d4.md"), 4, id="a second row for a document"),
        pytest.param(edited(sound(), 3, target="d7.md"), 5, id="the document of the last row"),
        pytest.param(edited(sound(), 3, target="none.md"), 5, id="no document"),
        pytest.param(without_row(sound(), 3), 5, id="no row"),
        pytest.param(rewritten(sound(), 3, b"final", b"fin\xc3\xa4l", told=True), 5, id="a status in another alphabet"),
        pytest.param(
            edited(rewritten(sound(), 3, b"Note 3", "Nöte 3".encode(), told=True), 3, title="Nöte 3"), 6,
            id="a title beyond ASCII",
        ),
        pytest.param(
            edited(rewritten(sound(), 3, b"Note 3", "Note\u200b3".encode(), told=True), 3, title="Note\u200b3"), 5,
            id="a title with a character that nobody sees",
        ),
        pytest.param(rewritten(sound(), 3, b"status: final\n", b"", told=True), 6, id="a key that need not be there"),
        pytest.param(rewritten(sound(), 3, b"title: Note 3\n", b"", told=True), 5, id="a key that has to be there"),
        pytest.param(
            sound()._replace(documents={**sound().documents, "e.md": sound().documents["d3.md"]}), 5,
            id="a copy that no row links to",
        ),
        pytest.param(sound()._replace(behind="\n- [d3](d3.md)\n"), 5, id="a list that names a document again"),
        pytest.param(sound()._replace(exclude="d3.md"), 5, id="a document that is excluded"),
        pytest.param(sound()._replace(exclude="*.md"), 0, id="all documents excluded"),
        pytest.param(edited(sound(), 4, before="\n"), 2, id="rows that a blank line cuts off"),
        pytest.param(edited(sound(), 4, before="\n<!-- c -->\n"), 2, id="rows that a comment cuts off"),
        pytest.param(
            sound()._replace(documents=dict(list(sound().documents.items())[4:])), 3, id="documents that are gone"
        ),
    ],
)  # fmt: skip
def test_a_pair_that_has_something_to_it_is_left_in(made: Made, left_out: int) -> None:
    assert check_alike(made.files(CONTRACTS["declared"])).left_out == left_out


def test_a_document_that_the_contract_does_not_choose_is_left_in() -> None:
    contract = CONTRACTS["declared"].replace('documents: "*.md"', 'documents: ["*.md", "!d3.md"]')
    assert check_alike(sound().files(contract)).left_out == COUNT - 3


def test_rows_in_a_code_fence_are_no_rows() -> None:
    rows = "".join(row.text() for row in sound().rows)
    files = sound().files("")
    files["INDEX.md"] = f"# Notes\n\n```\n{HEAD}{rows}```\n\n- [d0](d0.md)\n"
    assert check_alike(files).left_out == 0


def test_a_field_that_no_document_answers_keeps_all_in() -> None:
    contract = "manifest: 1\nfields:\n  status: {document: header.state}\n"
    found = check_alike(sound().files(contract))
    assert found.left_out == 0
    assert [finding["code"] for finding in found.report["findings"]] == ["CF102"]


def test_a_document_that_answers_first_keeps_all_in() -> None:
    made, rows, documents = sound(130), [], {}
    for row, data in zip(*made[:2], strict=True):
        text = made.documents[data].replace(b"title: ", b"name: ") + f"\n# {row.title}\n".encode()
        documents[data] = text
        rows.append(row._replace(size=str(len(text)), digest=hashlib.sha256(text).hexdigest()))
    assert check_alike(Made(tuple(rows), documents).files("")).left_out == 128
    made = rewritten(Made(tuple(rows), documents), 2, b"name: ", b"title: ", told=True)  # Not one of the sample.
    assert check_alike(made.files("")).left_out == 0


def test_a_document_of_another_dialect_is_left_out_too() -> None:
    contract = (
        'manifest: 1\nname: "{id}.md"\ndelimiters: {header: rfc822}\nfields:\n  title: {document: header.Title}\n'
    )
    made = sound()
    documents = {name: f"Title: Note {name[1:-3]}\n\nText {name}.\n".encode() for name in made.documents}
    assert check_alike(made._replace(documents=documents).files(contract)).left_out == COUNT - 2


def test_a_row_that_moves_to_other_columns_is_judged_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    monkeypatch.setenv("INDEXLINT_CACHE_DIR", str(tmp_path / "kept"))
    monkeypatch.setattr(cache, "_TICK", -(10**18))
    rows = [f"| [d{number}](d{number}.md) | {'x | y' if number < 4 else 'y | x'} |\n" for number in range(8)]
    documents = {f"d{number}.md": f"---\nid: d{number}\na: x\nb: y\n---\nText {number}\n" for number in range(8)}

    def index(upper: list[str], lower: list[str]) -> dict[str, str]:
        tables = (("A | B", upper), ("B | A", lower))
        text = "\n".join(f"## {head}\n\n| ID | {head} |\n| - | - | - |\n{''.join(found)}" for head, found in tables)
        return {"INDEX.md": text}

    folder = tmp_path / "corpus"
    write(folder, {**documents, **index(rows[:4], rows[4:])})
    commit_all(folder)
    assert run(folder).codes == []
    write(folder, index([rows[0], *rows[2:4]], [*rows[4:6], rows[1], *rows[6:]]))
    assert run(folder).codes == run(folder, "--no-cache").codes == ["MT108", "MT108"]


def test_a_row_of_another_shape_makes_nobody_read_the_others_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    monkeypatch.setenv("INDEXLINT_CACHE_DIR", str(tmp_path / "kept"))
    monkeypatch.setattr(cache, "_TICK", -(10**18))
    folder = tmp_path / "corpus"
    write(folder, sound().files(CONTRACTS["declared"]))
    commit_all(folder)
    assert run(folder).codes == []
    seen: set[str] = set()

    def noted(root: str, path: str, limit: int) -> bytes:
        seen.add(path)
        return read_regular(root, path, limit)

    monkeypatch.setattr(worktree, "read_regular", noted)
    changed = edited(sound(), 3, title="**Note 3**").files(CONTRACTS["declared"])
    write(folder, {"INDEX.md": changed["INDEX.md"]})  # What is written again is other to git until it looks.
    found = run(folder)
    # Its neighbours are the ends of stretches now, and d1 is the sample.
    assert seen & set(sound().documents) == {"d1.md", "d2.md", "d3.md", "d4.md"}
    assert found.codes == run(folder, "--no-cache").codes


def test_a_document_that_cannot_be_read_is_left_in() -> None:
    files = sound().files(CONTRACTS["declared"].replace("delimiters:", "limits: {file: 200}\ndelimiters:"))
    name = "d3.md"
    files[name] = b"x" * 300
    assert check_alike(files).left_out == COUNT - 3


IDS = ["d3", "D3", "d03", "d9", "dl", "d1", "x", "", "-", "tbd", "dЗ", "d3 ", "d_3", "d*3*"]
TITLES = [
    "Note 3", "note 3", "Note  3", "", "-", "Note 3!", "Nöte 3", "Note\u00a03", "Note\u200b 3", "Note_3", "`Note 3`",
    "**Note 3**", "Note &amp; 3", "Note \\| 3", "a | b", "[Note](d4.md)", "<b>Note</b>", "x" * 13, "TBD",
]  # fmt: skip
TEXTS = [
    b"title: Note 9", b"title: note 3", b"title: 'Note 3'", b"title: ", b"title: 0010", b"title: no", b"title:  Note 3",
    b"title: Note 3 # indexlint: ignore=MT108 known", b"title: Note 3 # indexlint: disable",
    b"title: [Note 3]", b"title: N\xc3\xb6te 3", b"title: N\xf6te 3",
    b"Title: Note 3", b"title: Note 3\ntitle: Note 3", b"other: Note 3", b"title: &a Note 3", b"title: |\n  Note 3",
    b"title: Note\xc2\xa03", b"title: 2024-13-45", b"title: " + b"x" * 13, b"title: Note 3\r",
]  # fmt: skip
BODIES = [
    b"", b"\n", b"Text", b"Text.\n---\n", b"---\nb: c\n---\nText.\n", b"<<<<<<< a\nText\n", b"\xff\n", b"Text\r\n",
    b"Text of 4, \xe2\x80\x9cso\xe2\x80\x9d.\n", b"# Note 3\n\nText.\n",
]  # fmt: skip
BEHIND = [
    "\n- [d3](d3.md)\n", "\n- [d3](./d3.md): more\n- [d4](d4.md)\n", "\n[d3](d3.md)\n",
    "\n## More\n\n| ID | Title |\n| -- | -- |\n| [d3](d3.md) | Note 3 |\n",
    "\n## More\n\n| ID | Title |\n| -- | -- |\n| [x9](x9.md) | Note 3 |\n| [x8](x8.md) | Other |\n",
    "\n| [d3](d3.md) | Note 3 | final | 1 | `a` |\n", "\n```\n| [d3](d3.md) | Note 3 |\n", "\n<!-- d3.md -->\n",
    "| [d4](d4.md) | Note 4 | final | 1 |\n", "<!-- indexlint: ignore=MT108 all -->\n",
    "\n<!-- indexlint: disable=MT108 -->\n",
    "\nThere are 8 notes, or 9 notes.\n",
    "| d4 | Note 4 | final | - | - |\n", "| [d3](D3.md) | Note 3 | final | - | - |\n",
]  # fmt: skip


@st.composite
def changed(draw: st.DrawFn) -> Made:
    """The corpus with some changes, of which most are faults."""
    made = sound(draw(st.integers(4, COUNT)))
    for _ in range(draw(st.integers(0, 4))):
        made = draw(once_changed(made))
    return made


@st.composite
def once_changed(draw: st.DrawFn, made: Made) -> Made:
    number = draw(st.integers(0, len(made.rows) - 1))
    other = draw(st.integers(0, len(made.rows) - 1))
    row = made.rows[number]
    name, other_name = f"d{number}.md", f"d{other}.md"
    told = draw(st.booleans())
    if name not in made.documents or other_name not in made.documents:
        return made
    changes: list[Callable[[], Made]] = [
        lambda: edited(made, number, id=draw(st.sampled_from(IDS))),
        lambda: edited(made, number, title=draw(st.sampled_from(TITLES))),
        lambda: edited(made, number, status=draw(st.sampled_from(["Final", "draft", "", "-", "final (of 2)"]))),
        lambda: edited(made, number, size=draw(st.sampled_from(["0", "7,1", "x", "", row.size + " ", "0" + row.size]))),
        lambda: edited(made, number, digest=draw(st.sampled_from(["", "abc", row.digest.upper(), "0" * 64]))),
        lambda: edited(
            made, number, target=draw(st.sampled_from([f"./{name}", "x9.md", name.upper(), other_name, f"{name}#a"]))
        ),
        lambda: rewritten(made, number, f"title: Note {number}".encode(), draw(st.sampled_from(TEXTS)), told=told),
        lambda: rewritten(
            made, number, made.documents[name].rpartition(b"---\n")[2], draw(st.sampled_from(BODIES)), told=told
        ),
        lambda: rewritten(
            made, number, b"id: ", draw(st.sampled_from([b"Id: ", b"ID: ", b"x: ", b'id: "'])), told=told
        ),
        lambda: rewritten(made, number, f'"d{number}"'.encode(), draw(st.sampled_from(IDS)).encode(), told=told),
        lambda: made._replace(documents={**made.documents, name: made.documents[other_name]}),
        lambda: made._replace(documents={**made.documents, "extra.md": made.documents[name]}),
        lambda: made._replace(documents={**made.documents, name.upper(): made.documents[name]}),
        lambda: renamed(made, number, draw(st.sampled_from(["x9.md", "e3.md", f"d0{number}.md"]))),
        lambda: made._replace(rows=made.rows[:number] + made.rows[number + 1 :]),
        lambda: made._replace(rows=(*made.rows[:other], row, *made.rows[other:])),
        lambda: made._replace(behind=made.behind + draw(st.sampled_from(BEHIND))),
        lambda: edited(made, number, before=draw(st.sampled_from(["\n", "<!-- c -->\n", "\n# More\n\n", HEAD]))),
        lambda: made._replace(exclude=draw(st.sampled_from([name, "d*.md", "*/d3.md", "e*"]))),
    ]  # fmt: skip
    result: Made = draw(st.sampled_from(changes))()
    return result


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(changed(), st.sampled_from(list(CONTRACTS.values())))
def test_what_is_left_out_is_seen_in_no_finding(made: Made, contract: str) -> None:
    check_alike(made.files(contract))


def test_a_schema_that_allows_nothing_is_one_too() -> None:
    files = sound().files("manifest: 1\nfields: {status: {document: header.status, schema: false}}\n")
    found = check_alike(files).report["findings"]
    assert [finding["code"] for finding in found] == ["MT111"] * COUNT


def test_a_few_documents_are_read_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.accord.reading.MANY", COUNT + 1)
    monkeypatch.delattr("validator.accord.reading.compile_sound")
    assert check_alike(sound().files("")).left_out == COUNT - 2
