"""Conflict markers in documents; tests/index/test_index.py has those in indexes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief
from validator.conflicts import conflicts, is_inside

CONFLICT = "<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> other\n"
DOCUMENTS = {
    "none": ("Text.\n", []),
    "a heading's underline": ("Title\n=======\n", []),
    "in a code fence": (f"```\n{CONFLICT}```\n", []),
    "in a fence with tildes that is never closed": (f"~~~\n{CONFLICT}", []),
    "in a fence that holds a shorter one": (f"````\n```\n{CONFLICT}```\n````\n", []),
    "behind a fence": (f"```\nx\n```\n\n{CONFLICT}", ["DL117 a.md:7:1-7:13"]),
    "in the body": (CONFLICT, ["DL117 a.md:3:1-3:13"]),
    "with the common ancestor": (
        "<<<<<<< HEAD\nOurs.\n||||||| base\nWas.\n||||||| x\n=======\nTheirs.\n>>>>>>> other\n",
        ["DL117 a.md:3:1-3:13"],
    ),
    "two": (f"{CONFLICT}\n{CONFLICT}", ["DL117 a.md:3:1-3:13", "DL117 a.md:9:1-9:13"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_conflict_in_a_document_is_a_finding(text: str, expected: list[str], check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": "- [A](a.md)\n", "a.md": f"# A\n\n{text}"})) == expected


def test_a_conflict_in_a_header_is_no_second_fault(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\ndelimiters: {header: yaml}\nfields: {title: header.title}\n---\n"
    header = "---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> other\n---\n\nText.\n"
    files = {"INDEX.md": f"{contract}| Title |\n| - |\n| [A](a.md) |\n", "a.md": header}
    assert brief(check(files)) == ["DL117 a.md:2:1-2:13"]


def test_a_byte_order_mark_hides_neither_a_marker_nor_a_fence(check: Callable[..., Result]) -> None:
    index = "---\nmanifest: 1\ndelimiters: {bom: true}\n---\n- [A](a.md)\n- [B](b.md)\n"
    documents = {"a.md": f"\ufeff{CONFLICT}\n# A\n", "b.md": f"\ufeff```\n{CONFLICT}```\n\n# B\n"}
    assert brief(check({"INDEX.md": index, **documents})) == ["DL117 a.md:1:1-1:13"]


def test_an_offset_is_inside_a_conflict_or_not() -> None:
    found = conflicts(f"x\n{CONFLICT}y\n".encode())
    assert [is_inside(found, offset) for offset in (0, 2, 20, 200)] == [False, True, True, False]
