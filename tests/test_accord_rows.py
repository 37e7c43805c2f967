"""The rows of an index that may be in accord: which of them are left out, and how a cache keeps them."""

from __future__ import annotations

import marshal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.accord.rows import Rows, candidates, is_large, packed, unpacked
from validator.tree import MODE_FILE, MODE_LINK

HEAD = "# Notes\n\n| ID | Title |\n| -- | ----- |\n"


def table(rows: list[tuple[str, bool]]) -> str:
    """A table of rows of one shape, some of which have a title of code instead, and so end a stretch."""
    return HEAD + "".join(f"| [{path}]({path}) | {'`T`' if is_odd else 'T'} |\n" for path, is_odd in rows)


@st.composite
def found(draw: st.DrawFn) -> Rows | None:
    """The candidates of an index of a few tables, some of whose targets are no plain files or named twice."""
    names = st.sampled_from([f"{number}.md" for number in range(30)])
    tables = draw(st.lists(st.lists(st.tuples(names, st.booleans()), max_size=12), min_size=1, max_size=3))
    data = "\n".join(map(table, tables)).encode()
    modes = {f"{number}.md": draw(st.sampled_from([MODE_FILE] * 6 + [MODE_LINK])) for number in range(28)}
    return candidates(data, 0, "", modes)


def lines_of(rows: Rows, shown: set[str]) -> list[int]:
    """The starts of the lines that are left out, as the definition has it."""
    return sorted(start for path, start in rows.starts.items() if path not in shown)


@given(found(), st.data())
def test_the_rows_of_all_paths_but_those_shown_are_left_out(rows: Rows | None, data: st.DataObject) -> None:
    if rows is None:
        return
    shown = data.draw(st.sets(st.sampled_from(sorted(rows.starts))))
    spans = rows.spans(shown)
    text = rows.data
    starts = [at for span in spans for at in range(span.start, span.end) if text[at - 1 : at] == b"\n"]
    assert starts == lines_of(rows, shown)
    assert all(text[span.end - 1 : span.end] == b"\n" for span in spans)
    # No run touches the next one.
    assert all(one.end < other.start for one, other in pairwise(spans))


@given(found())
def test_rows_are_kept_without_loss(rows: Rows | None) -> None:
    values = marshal.loads(marshal.dumps(packed(rows)))  # noqa: S302 - what was dumped here
    again = unpacked(b"" if rows is None else rows.data, b"digest", values)
    if rows is None or again is None:
        assert again is rows
        return
    assert again.digest == b"digest"
    assert again.data is rows.data
    assert list(again.starts.items()) == list(rows.starts.items())
    assert [(one.shape.kinds, one.starts, one.end) for one in again.stretches] == [
        (one.shape.kinds, one.starts, one.end) for one in rows.stretches
    ]


def test_a_stretch_that_is_all_there_shows_its_ends_alone() -> None:
    data = table([(f"{number}.md", False) for number in range(6)]).encode()
    rows = candidates(data, 0, "", {f"{number}.md": MODE_FILE for number in range(6)})
    assert rows is not None
    (stretch,) = rows.stretches
    assert [(span.start, span.end) for span in rows.spans()] == [(stretch.starts[1], stretch.starts[5])]
    assert [(span.start, span.end) for span in rows.spans(["3.md"])] == [
        (stretch.starts[1], stretch.starts[3]), (stretch.starts[4], stretch.starts[5]),
    ]  # fmt: skip


@pytest.mark.parametrize("values", [(), ("a", b"1"), ("a", b"x" * 8, [()]), ("a\0b", b"x" * 8, [])])
def test_what_was_not_packed_is_told(values: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        unpacked(b"", b"", values)


@pytest.mark.parametrize(("rows", "expected"), [(0, False), (2, False), (3, True), (7, True)])
def test_an_index_is_large_by_its_rows(rows: int, *, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.accord.rows.FEWEST", 3)
    assert is_large(b"# A | b\n" + b"\n| x |" * rows) == expected
