"""Document delimiters: where each document of a file begins and ends, however the file comes in pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief
from tests.rules.delimiters.several import (
    BEGINS,
    BETWEEN,
    DOC,
    ENDS,
    GOOD,
    GOOD_BEGINS,
    GOOD_BETWEEN,
    GOOD_DOC,
    GOOD_ENDS,
    PAIRS,
    changed,
)
from validator.contract import Delimiters
from validator.delimiters import Part, cut, cutter, pairs

IN_PAIRS = Delimiters(begin=("=== {id} ===",), end=("=== end {id} ===",))
OF_TWO_LINES = Delimiters(begin=("<DOC>\n<DOCNO>{id}</DOCNO>",), end=("</DOC>",))
SHAPES = {
    "pairs": IN_PAIRS,
    "two lines": OF_TWO_LINES,
    "begins": Delimiters(begin=("=== {id} ===",)),
    "separators": Delimiters(begin=("%%",)),
    "ends": Delimiters(end=("//",)),
    "JSON Lines": Delimiters(header="json-lines"),
}

# What is done to a delimiter line, and what the finding says of it. What is removed, doubled, put after text or inside
# a body stands in the tests of DL109 to DL112.
NEARLY: dict[str, Callable[[str], str]] = {
    "indented": lambda line: " " + line,
    "indented by a tab": lambda line: "\t" + line,
    "trailing blanks": lambda line: line + "  ",
    "lengthened": lambda line: line[0] + line,
    "lengthened at its end": lambda line: line + line[-1],
    "a zero-width space": lambda line: "\u200b" + line,
    "a no-break space behind": lambda line: line + "\u00a0",
}
SIGNS: dict[str, Callable[[str], str]] = {
    "shortened": lambda line: line[1:],
    "look-alikes": lambda line: line.replace("=", "\uff1d").replace("%", "\uff05").replace("/", "\u2215"),
}
LINES = [
    (PAIRS, GOOD, "=== 1 ==="), (PAIRS, GOOD, "=== 2 ==="), (PAIRS, GOOD, "=== 3 ==="),
    (PAIRS, GOOD, "=== end 1 ==="), (PAIRS, GOOD, "=== end 2 ==="), (PAIRS, GOOD, "=== end 3 ==="),
    (BEGINS, GOOD_BEGINS, "=== 1 ==="), (BEGINS, GOOD_BEGINS, "=== 2 ==="), (BEGINS, GOOD_BEGINS, "=== 3 ==="),
    (BETWEEN, GOOD_BETWEEN, "%%"), (ENDS, GOOD_ENDS, "//"),
]  # fmt: skip
TAGS = [(DOC, GOOD_DOC, line) for line in ("<DOC>", "</DOC>", "<DOCNO> 2 </DOCNO>")]


@pytest.mark.parametrize("eol", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("contract", "text", "line", "change"),
    [
        pytest.param(contract, text, line, change, id=f"{line} {name}")
        for lines, changes in ((LINES, {**NEARLY, **SIGNS}), (TAGS, NEARLY))
        for contract, text, line in lines
        for name, change in changes.items()
    ],
)
def test_a_line_that_nearly_is_a_delimiter_is_one_finding(
    contract: str, text: str, line: str, change: Callable[[str], str], eol: str, check: Callable[..., Result]
) -> None:
    new = change(line)
    number = text.split("\n").index(line) + 1
    result = check({"INDEX.md": contract, "all.txt": changed(text, line, new + "\n").replace("\n", eol)})
    assert brief(result) == [f"DL105 all.txt:{number}:1-{number}:{len(new) + 1}"]
    assert result.report["checked"]["documents"] == 3


def test_the_line_behind_a_begin_is_part_of_it(check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": DOC, "all.txt": changed(GOOD_DOC, "<DOCNO> 2 </DOCNO>", "")}).only()
    assert finding["code"] == "DL105"
    assert finding["message"] == (
        "the begin line of this document is not `<DOCNO> {id} </DOCNO>`: another line stands there, or none"
    )


def test_a_delimiter_that_is_not_utf8(check: Callable[..., Result]) -> None:
    text = GOOD.encode().replace(b"=== 2 ===", b"=== 2\xff ===").replace(b"end 2", b"end 2\xff")
    result = check({"INDEX.md": PAIRS.replace("| 2 |", "| 2\ufffd |"), "all.txt": text})
    assert [finding["code"] for finding in result.findings] == ["FS101", "FS101"]


def parts(declared: Delimiters, pieces: Iterable[bytes]) -> list[Part]:
    return list(cut(declared, pieces))


@settings(max_examples=60)
@given(
    st.sampled_from(list(SHAPES.values())),
    st.lists(
        st.sampled_from(
            ["=== 1 ===", "=== 2 ===", "=== end 1 ===", "=== end 2 ===", " === 1 ===", "== end 2 ==", "<DOC>", "</DOC>",
             "<DOCNO>1</DOCNO>", "<DOC> ", "%%", "%%%", "//", " //", "", "", "Text.", "\ufeff", '{"a": 1}', "é"]
        ),
        max_size=14,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 40),
)  # fmt: skip
@example(SHAPES["pairs"], ["=== 1 ===", "Text.", "=== 2 ===", "=== end 1 ===", "=== end 2 ==="], "\n", 1)
def test_pieces_make_no_difference(declared: Delimiters, lines: list[str], eol: str, size: int) -> None:
    data = eol.join(lines).encode()
    found = parts(declared, [data])
    # The first piece is never as short as a byte-order mark.
    assert parts(declared, [data[:3], *(data[at : at + size] for at in range(3, len(data), size))]) == found
    assert found
    for part in found:
        assert part.body is None or part.body == data[part.start : part.start + len(part.body)]
        for claim in part.claims:
            assert claim.span is not None
            assert data[slice(*claim.span)].decode() == claim.value


BODY = st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=20), max_size=5)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text("abc123äß", min_size=1, max_size=4), BODY), min_size=1, max_size=5), st.booleans())
def test_what_is_written_between_delimiters_is_read(written: list[tuple[str, list[str]]], blank: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    wanted: list[tuple[str, int, bytes]] = []
    data = b""
    for label, lines in written:
        # A body never reads as a delimiter, as nobody who writes such a file allows.
        body = "".join(f"{line}\n" for line in lines if "=" not in line and "\uff1d" not in line).encode()
        data += f"=== {label} ===\n".encode()
        wanted.append((label, len(data), body))
        data += body + f"=== end {label} ===\n".encode() + b"\n" * blank
    found = parts(IN_PAIRS, [data])
    read = [(part.claims[0].value, part.start, part.body) for part in found]
    assert read == wanted
    assert all(part.claims[1].value == label for part, (label, _, _) in zip(found, wanted, strict=True))
    assert not any(part.faults for part in found)


def test_what_is_finished_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 0
    original = cutter.Window.add

    def add(window: cutter.Window, piece: bytes, wanted: int) -> None:
        nonlocal most
        original(window, piece, wanted)
        most = max(most, sum(map(len, window.pieces)))

    monkeypatch.setattr(cutter.Window, "add", add)
    pieces = (f"=== {n} ===\n{'x' * 80}\n=== end {n} ===\n".encode() for n in range(2000))
    assert sum(len(part.body or b"") for part in cut(IN_PAIRS, pieces)) == 2000 * 81
    assert most < 1000


@pytest.mark.parametrize("shape", ["pairs", "begins", "JSON Lines"])
def test_a_document_that_is_too_large_is_not_kept(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutter, "LARGEST", 100)
    large = b"x" * 90 + (b"" if shape == "JSON Lines" else b"\n")
    before, behind = (
        (b"", b"\n{}\n")
        if shape == "JSON Lines"
        else (b"=== 1 ===\n", b"\n=== end 1 ===\n=== 2 ===\nB\n=== end 2 ===\n")
    )
    found = parts(SHAPES[shape], [before, large, large, large, behind])
    assert found[0].body is None
    assert found[0].faults[-1].kind == "too-large"
    assert found[-1].body is not None


def test_a_last_line_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutter, "LARGEST", 100)
    found = parts(SHAPES["JSON Lines"], [b"{}\n", b"x" * 90, b"x" * 90, b"x" * 90])
    assert [part.body for part in found] == [b"{}", None]


def test_text_outside_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutter, "LARGEST", 100)
    found = parts(IN_PAIRS, [b"x" * 90, b"x" * 90, b"x" * 90, b"\n=== 1 ===\nA\n=== end 1 ===\n"])
    assert [fault.kind for fault in found[0].faults] == ["text-outside"]


def test_a_line_longer_than_any_delimiter_is_none() -> None:
    long = b"=== " + b"1" * 5000 + b" ===\n"
    found = parts(IN_PAIRS, [b"=== 1 ===\n", long[:4500], long[4500:4600], long[4600:], b"=== end 1 ===\n"])
    assert [part.body for part in found] == [long]
    assert [part.body for part in parts(IN_PAIRS, [b"=== 1 ===\n" + long + b"=== end 1 ===\n"])] == [long]


TAGGED = Delimiters(begin=("<DOC>",), end=("</DOC>",))
# Lines of which a file may hold thousands: what stands before them, what is repeated, and as often what behind that.
MANY: dict[str, tuple[Delimiters, str, str, str]] = {
    "begins": (TAGGED, "", "<DOC>\n", ""),
    "begins, nearly": (TAGGED, "<DOC>\n", " <DOC>\n", ""),
    "begins, then ends": (TAGGED, "", "<DOC>\n", "</DOC>\n"),
    "begins, then ends with text": (TAGGED, "", "<DOC>\n", "Text.\n</DOC>\n"),
    "begins with text, then ends": (TAGGED, "", "<DOC>\nText.\n", "</DOC>\n"),
    "begins of one ID": (IN_PAIRS, "", "=== 1 ===\nText.\n", ""),
    "blank lines, then begins of one ID": (IN_PAIRS, "=== 1 ===\n", "\n", "Text.\n=== 1 ===\n"),
    "blank lines, then begins": (TAGGED, "<DOC>\n", "\n", "<DOC>\n"),
    "ends": (TAGGED, "<DOC>\nText.\n", "</DOC>\n", ""),
    "ends with text": (IN_PAIRS, "=== 1 ===\nText.\n", "Text.\n=== end 1 ===\n", ""),
    "ends, nearly, outside": (TAGGED, "<DOC>\nText.\n</DOC>\n", " </DOC>\n" * 3, ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MANY)
def test_time_grows_no_faster_than_the_file(name: str) -> None:
    declared, before, first, then = MANY[name]

    def seconds(count: int) -> float:
        data = f"{before}{first * count}{then * count}".encode()
        started = time.process_time()
        parts(declared, [data[at : at + 2**16] for at in range(0, len(data), 2**16)])
        return time.process_time() - started

    seconds(10)  # What is compiled once is no part of the time.
    # Of a time that grows with the square of the size it would be more than seventy times as much.
    assert seconds(40_000) < 40 * max(seconds(2500), 0.01)


def test_of_a_nest_without_bounds_only_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"<DOC>\nText.\n" * 30 + b"</DOC>\n" * 30
    kinds = [fault.detail[0] for part in parts(TAGGED, [data]) for fault in part.faults]
    assert kinds == ["unclosed"] * 13 + ["nested"] + ["unopened"] * 13
    monkeypatch.setattr(pairs, "_FARTHEST", 50)
    kinds = [fault.detail[0] for part in parts(TAGGED, [data]) for fault in part.faults]
    assert kinds == ["unclosed"] * 25 + ["nested"] + ["unopened"] * 25
