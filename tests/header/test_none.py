"""The dialect `none`: all is body, and a header is a fault at its own place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief
from validator.header import read_header
from validator.model import Fault, Span

INDEX = """---
manifest: 1
documents: "*.txt"
delimiters: {header: none, bom: any}
fields: {title: {document: first-line}}
---

| Title |
| ----- |
| [A](a.txt) |
"""

NO_HEADER = {
    "plain text": "A\n\nText.\n",
    "nothing but a line": "A",
    "a title that reads as a key": "Kiev: strikes\n\nText.\n",
    "an opening that never closes": "---\ntitle: A\n\nText.\n",
    "a rule, text, a rule": "---\nText.\n---\n",
    "two rules": "---\n---\nText.\n",
    "a header that is not on line one": "A\n---\ntitle: A\n---\nText.\n",
    "a list between rules": "---\n- A\n---\n",
    "dashes and a title": "--- A ---\n",
}


@pytest.mark.parametrize("text", NO_HEADER.values(), ids=NO_HEADER)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
def test_what_is_no_header_is_body(text: str, mark: str) -> None:
    data = (mark + text).encode()
    header = read_header(data, "none")
    assert (header.dialect, header.fields, header.faults) == (None, (), ())
    assert data[header.start : header.end] == b""
    assert data[header.body :].decode() == text


HEADERS = {
    "a header": "---\ntitle: B\n---\n",
    "behind a byte-order mark": "\ufeff---\ntitle: B\n---\n",
    "with CRLF": "---\r\ntitle: B\r\n---\r\n",
    "closed by dots": "---\ntitle: B\n...\n",
    "with blanks behind its dashes": "--- \ntitle: B\n---\t\n",
    "a header with a fault of its own": "---\ntitle: B: C\nid: x\n---\n",
    "two headers": "---\ntitle: B\n---\n---\ntitle: C\n---\n",
    "a key that is not ASCII": "---\nназвание: B\n---\n",
}


@pytest.mark.parametrize("front", HEADERS.values(), ids=HEADERS)
def test_a_header_is_one_fault_and_the_body_begins_behind_it(front: str) -> None:
    data = f"{front}A\n".encode()
    header = read_header(data, "none")
    start = 3 if front.startswith("\ufeff") else 0
    assert header.faults == (Fault("unexpected-header", Span(start, len(front.encode())), ("yaml",)),)
    assert header.fields == ()
    assert data[header.body :] == b"A\n"


@pytest.mark.parametrize("front", HEADERS.values(), ids=HEADERS)
def test_a_header_is_one_finding_over_its_lines(front: str, check: Callable[..., Result]) -> None:
    lines = front.count("\n") + 1
    assert brief(check({"INDEX.md": INDEX, "a.txt": f"{front}A\n"})) == [f"DL102 a.txt:1:1-{lines}:1"]


def test_no_header_is_no_finding(check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": INDEX, "a.txt": "A\n---\ntitle: B\n---\n"})) == []
