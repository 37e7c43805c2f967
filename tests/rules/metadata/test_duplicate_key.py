"""MT103: one key stands twice in a header."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("title: A\nTitle: B\n", id="another case is another key"),
        pytest.param("title: A\nauthor: {title: B}\n", id="a key of the same name inside another"),
        pytest.param("title: A\n# title: B\n", id="the second in a comment"),
        pytest.param("title: A\nnote: |\n  title: B\n", id="the second in a text"),
    ],
)
def test_keys_that_differ_are_fine(header: str, check_header: Callable[..., Result]) -> None:
    assert check_header(header).findings == []


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        pytest.param("title: A\ntitle: B\n", (2, 1, 6), "3:1-3:6", id="another value"),
        pytest.param("title: A\ntitle: A\n", (2, 1, 6), "3:1-3:6", id="the same value"),
        pytest.param('title: A\n"title": B\n', (2, 1, 6), "3:1-3:8", id="in quotes"),
        pytest.param("{title: A, é: é, title: B}\n", (2, 2, 7), "2:18-2:23", id="on one line"),
        pytest.param("title: A\r\nnote: é\r\ntitle: B\r\n", (2, 1, 6), "4:1-4:6", id="CRLF"),
    ],
)
def test_the_second_is_the_place_and_the_first_is_related(
    header: str, first: tuple[int, int, int], second: str, check_header: Callable[..., Result]
) -> None:
    result = check_header(header)
    assert brief(result) == [f"MT103 a.md:{second}"]
    finding, related = result.only(), result.only()["related"][0]
    assert finding["message"] == "the key 'title' stands twice"
    assert (finding["document"], finding["field"]) == ("a.md", "title")
    assert (related["path"], related["line"], related["column"], related["end_column"]) == ("a.md", *first)


def test_the_first_value_is_the_one_that_is_compared(check_header: Callable[..., Result]) -> None:
    finding = check_header("title: B\ntitle: A\n").findings[0]
    assert (finding["code"], finding["values"]["document"]) == ("MT108", "B")


def test_each_further_one_is_a_finding(check_header: Callable[..., Result]) -> None:
    assert brief(check_header("title: A\nx: 1\nx: 2\nx: 3\n")) == ["MT103 a.md:4:1-4:2", "MT103 a.md:5:1-5:2"]


def test_a_doubled_key_breaks_no_schema(check_header: Callable[..., Result]) -> None:
    schema = '{"properties": {"n": {"type": "integer"}}}'
    assert check_header("title: A\nn: x\nn: 1\n", schema=schema).codes == ["MT103"]
