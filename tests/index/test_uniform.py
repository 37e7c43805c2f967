"""Rows of one shape: what is read of them by a pattern is what the reader of tables reads."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator.contract import Contract
from validator.index import Resolved, read_index
from validator.index.uniform import LEAST, Stretch, between, stretches
from validator.model import Index, Span

WIDTH = 3
HEAD = "| A | B | C |\n| - | - | - |\n"


def resolve(target: str) -> Resolved:
    return Resolved(2, target)


def read(data: bytes, left_out: tuple[Span, ...] = ()) -> Index:
    return read_index("INDEX.md", data, Contract(None, ""), resolve, left_out)


def found(rows: str) -> list[Stretch]:
    return list(stretches((HEAD + rows).encode(), 0))


CELLS = st.one_of(
    st.sampled_from([
        "[a](a.md)", "[a](b.md)", "[a b](c/d.md)", "[](x.md)", "[a_b](a_b.md)", "[_a_](a.md)", "[a](<a.md>)",
        "[a](a.md#x)",
        "`a`", "` a `", "``a``", "`a b`", "a", "a b", "", " ", "a_b_c", "_a_", "a*b", "a!", "![a](a.png)", "&amp;",
        "&", "é",
        "a\u00a0", "\u00a0a", "a\\|b", "<br>", "~~a~~", "http://x.example/a", "-", "---", "[a][b]", "a  b", "\ta",
        "a\t", "2_000", "x_", "_y",
    ]),
    st.text(alphabet="ab _`*[]()<>&!~\\é-:.\u00a0", max_size=6),
)  # fmt: skip


@given(
    st.lists(st.lists(CELLS, min_size=WIDTH, max_size=WIDTH), min_size=LEAST, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
)
@example([["[a_b](a_b.md)", "2_000", "`a b`"]] * 4, "\n")
def test_cells_are_what_the_reader_of_tables_reads(rows: list[list[str]], end: str) -> None:
    data = (HEAD + "".join(f"| {' | '.join(row)} |{end}" for row in rows)).encode()
    entries = {entry.span.start: entry for entry in read(data).entries}
    for stretch in stretches(data, 0):
        for row, target in zip(stretch.starts, stretch.targets, strict=True):
            entry = entries[row]
            parts = data[row : data.index(b"\n", row)].split(b"|")
            readers = [stretch.shape.reader(cell) for cell in range(WIDTH)]
            assert tuple(read_cell(parts[part]).decode().strip() for part, read_cell in readers) == entry.values
            assert [link.target for link in entry.links] == [target.decode()]
            assert entry.links[0].cell == stretch.shape.link


def row(number: int, end: str = "\n") -> str:
    return f"| [{number}]({number}.md) | Text {number} | `{number:x}` |{end}"


def test_a_stretch_ends_where_another_shape_begins() -> None:
    rows = "".join(map(row, range(4))) + "| [x](x.md) | `code` | `1` |\n" + "".join(map(row, range(5, 9)))
    first, second = found(rows)
    assert first.targets == (b"0.md", b"1.md", b"2.md", b"3.md")
    assert second.targets == (b"5.md", b"6.md", b"7.md", b"8.md")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("".join(map(row, range(LEAST - 1))), id="too few"),
        pytest.param("| a | b | c |\n" * 5, id="no link"),
        pytest.param("| [a](a.md) | [b](b.md) | c |\n" * 5, id="two links"),
        pytest.param("| [a](a.md) | b | c\n" * 5, id="no closing pipe"),
        pytest.param("| [a](a.md) | b <br> | c |\n" * 5, id="markup"),
        pytest.param("  | [a](a.md) | b | c |\n" * 5, id="indented"),
        pytest.param("- [a](a.md)\n" * 5, id="no rows"),
        pytest.param("|\n" * 5, id="nothing but a pipe"),
    ],
)
def test_there_is_no_stretch(rows: str) -> None:
    assert found(rows) == []


def test_a_last_row_without_a_line_end_is_none_of_it() -> None:
    (stretch,) = found("".join(map(row, range(4))) + row(4, ""))
    assert stretch.targets[-1] == b"3.md"


def test_rows_that_are_left_out_are_no_entries_and_change_no_place() -> None:
    data = (HEAD + "".join(map(row, range(6))) + "\n- [x](x.md)\n").encode()
    (stretch,) = stretches(data, 0)
    hidden = frozenset(stretch.starts[1:3] + stretch.starts[4:5])
    spans = tuple(between(stretch, [0, 3, 5]))
    assert [span.start for span in spans] == [stretch.starts[1], stretch.starts[4]]
    whole, sparing = read(data), read(data, spans)
    assert sparing.blocks == whole.blocks
    assert sparing.entries == tuple(entry for entry in whole.entries if entry.span.start not in hidden)


def test_the_rows_at_the_end_of_a_stretch_are_left_out_too() -> None:
    (stretch,) = found("".join(map(row, range(4))))
    assert list(between(stretch, [0, 1])) == [Span(stretch.starts[2], stretch.end)]
