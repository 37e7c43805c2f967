"""Spans of code in a text, held against an expression that says the same and takes longer."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from validator.model import Span
from validator.waivers import code_spans

_SPAN = re.compile(rb"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


@given(st.text("`a\n ", max_size=24))
def test_a_run_of_backticks_ends_at_the_next_one_of_its_length(text: str) -> None:
    data = text.encode()
    assert list(code_spans(data)) == [Span(*found.span()) for found in _SPAN.finditer(data)]


def test_many_runs_of_other_lengths_take_no_time() -> None:
    text = b" ".join(b"`" * size for size in range(1, 1500))
    started = time.process_time()
    assert list(code_spans(text)) == []
    assert time.process_time() - started < 1
