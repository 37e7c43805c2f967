"""FS109: YAML that is nested too deeply, or unfolds to too much."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROWS = "| Document |\n| -------- |\n| [A](a.md) |\n"
YAML = f"---\nmanifest: 1\ndelimiters: {{header: yaml}}\n---\n{ROWS}"


def laughs(rounds: int) -> str:
    """Ten times as many values with each line."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, rounds)]
    return "".join(lines)


@pytest.mark.parametrize("index", [YAML, ROWS], ids=["declared", "undeclared"])
@pytest.mark.parametrize(
    "header",
    [
        pytest.param(f"a: {'[' * 63}{']' * 63}\n", id="as deep as may be"),
        pytest.param(laughs(4), id="ten thousand values"),
        pytest.param(f"a: [{'x,' * 20_000}]\n", id="many values"),
        pytest.param("a: &a [b]\nc: *a\nd: *a\n", id="aliases"),
    ],
)
def test_what_is_large_and_no_bomb_is_read(header: str, index: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.md": f"---\n{header}---\nText.\n"}).findings == []


@pytest.mark.parametrize("index", [YAML, ROWS], ids=["declared", "undeclared"])
@pytest.mark.parametrize(
    ("header", "where", "message"),
    [
        pytest.param(f"a: {'[' * 64}{']' * 64}\n", "2:67-2:68", "nested deeper than 64 levels", id="one level more"),
        pytest.param(f"a: {'[' * 100_000}\n", "2:67-2:68", "nested deeper than 64 levels", id="many levels"),
        pytest.param(f"a: {'{x: ' * 100}\n", "2:256-2:257", "nested deeper than 64 levels", id="mappings"),
        pytest.param(
            laughs(9), "6:30-6:33", "more than 50,000 values once its aliases are unfolded", id="a billion laughs"
        ),
        pytest.param(f"a: [{'x,' * 50_100}]\n", None, "more than 50,000 YAML events", id="many events"),
    ],
)
def test_a_bomb_is_one_finding_and_takes_no_time(
    header: str, where: str | None, message: str, index: str, check: Callable[..., Result]
) -> None:
    started = time.process_time()
    result = check({"INDEX.md": index, "a.md": f"---\n{header}---\nText.\n"})
    assert time.process_time() - started < 60
    assert result.codes == ["FS109"]
    assert result.only()["message"] == f"the header is not read: it is {message}"
    assert where is None or brief(result) == [f"FS109 a.md:{where}"]


def test_what_the_header_would_state_is_not_missed(check: Callable[..., Result]) -> None:
    contract = YAML.replace("manifest: 1\n", "manifest: 1\nid: {document: header.id}\nschema: s.json\n")
    contract = contract.replace(
        "schema: s.json\n", "schema: s.json\nfields: {b: {column: Document, document: header.b, required: true}}\n"
    )
    document = f"---\nid: x\na: {'[' * 99}\n---\nText.\n"
    assert check({"INDEX.md": contract, "s.json": '{"required": ["b"]}', "a.md": document}).codes == ["FS109"]
