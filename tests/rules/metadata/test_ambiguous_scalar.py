"""MT107: YAML reads a value as something else than is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief


@pytest.mark.parametrize(
    "value",
    [
        '"0010"',
        "'no'",
        "|\n  no",
        "10",
        "2026-01-31",
        "true",
        "1.5",
        "v1.10",
        "no way",
        "!!str 0010",
        "",
        "0x",
        "1,000",
    ],
)
def test_what_every_reader_reads_as_it_is_written(value: str, check_header: Callable[..., Result]) -> None:
    assert check_header(f"title: A\nn: {value}\n").findings == []


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        ("0010", "the octal number 8"),
        ("no", "the boolean false"),
        ("1e3", "a number with an exponent"),
        ("2021-26-02", "a date that does not exist"),
        ("12:30", "a number to base 60"),
        ("1.10", "a number without its last zero"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_value_is_the_place(value: str, reading: str, end: str, check_header: Callable[..., Result]) -> None:
    result = check_header(f"title: A{end}größe: {value}{end}")
    assert brief(result) == [f"MT107 a.md:3:8-3:{8 + len(value)}"]
    finding = result.only()
    assert finding["message"] == f"YAML reads {value!r} as {reading}"
    assert (finding["severity"], finding["field"], finding["document"]) == ("warning", "größe", "a.md")
    assert finding["values"] == {"index": None, "document": value}


def test_what_is_written_is_what_is_compared(check_header: Callable[..., Result]) -> None:
    contract = "fields: {number: header.number}"
    result = check_header("number: 0010\n", contract=contract, columns="Number", row="[0010](a.md)")
    assert result.codes == ["MT107"]


def test_a_header_that_nobody_declared_is_not_judged(check: Callable[..., Result]) -> None:
    index = "| Title |\n| - |\n| [A](a.md) |\n"
    assert check({"INDEX.md": index, "a.md": "---\ntitle: A\nn: 0010\n---\nText.\n"}).findings == []


def test_a_hostile_number_costs_nothing(check_header: Callable[..., Result]) -> None:
    hostile = "a: 1." + "0" * 100_000 + "1\nb: 0" + "7" * 100_000 + "\nc: " + "1" * 100_000 + "x\n"
    assert check_header(f"title: A\n{hostile}").findings == []


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("id: 0010", ["MT107"]),
        ("ID: 0010", ["MT107"]),
        ("released: 0010", ["MT107"]),
        ("other: 0010", []),
        ("draft: no", []),
    ],
)
def test_undeclared_only_what_is_compared_is_judged(
    header: str, codes: list[str], check: Callable[..., Result]
) -> None:
    index = "| ID | Released |\n| -- | -------- |\n| [0010](a.md) | 0010 |\n"
    assert check({"INDEX.md": index, "a.md": f"---\n{header}\n---\n# A\n"}).codes == codes
