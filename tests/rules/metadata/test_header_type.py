"""MT102: the header is not a mapping."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

REQUIRED = "fields: {title: {document: header.title, required: true}}"
SCHEMA = '{"type": "object", "required": ["title"]}'


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("title: A\n", id="a mapping"),
        pytest.param("{title: A}\n", id="a mapping in braces"),
        pytest.param("# nothing yet\n", id="a comment alone"),
        pytest.param("", id="nothing at all"),
        pytest.param("\n\n", id="empty lines"),
    ],
)
def test_a_mapping_or_nothing_is_fine(header: str, check_header: Callable[..., Result]) -> None:
    assert "MT102" not in check_header(header, contract="limits: {}").codes


@pytest.mark.parametrize(
    ("header", "where", "what"),
    [
        pytest.param("- title\n- A\n", "2:1-3:4", "a list", id="a list"),
        pytest.param("[title, A]\n", "2:1-2:11", "a list", id="a list in brackets"),
        pytest.param("é [A\n", "2:1-2:5", "a lone text", id="a text"),
        pytest.param('"title: A"\n', "2:1-2:11", "a lone text", id="a mapping in quotes"),
        pytest.param("title A\r\n", "2:1-2:8", "a lone text", id="a text, CRLF"),
    ],
)
def test_anything_else_is_one_finding(header: str, where: str, what: str, check_header: Callable[..., Result]) -> None:
    result = check_header(header, contract=REQUIRED, schema=SCHEMA)
    assert brief(result) == [f"MT102 a.md:{where}"]
    assert result.only()["message"] == f"the header is {what}, not a mapping of keys to values"
    assert result.only()["document"] == "a.md"
