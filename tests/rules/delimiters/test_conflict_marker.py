"""DL117: a merge-conflict marker in the index."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

HEAD = "| Title |\n| ----- |\n"
A, B = "| [A](a.md) |\n", "| [B](b.md) |\n"
OURS, BASE, MIDDLE, THEIRS = "<<<<<<< HEAD\n", "||||||| base\n", "=======\n", ">>>>>>> other\n"
DOCUMENTS = {"a.md": "# A\n", "b.md": "# B\n"}


@pytest.mark.parametrize(
    "index",
    [
        pytest.param(HEAD + A + B, id="no marker"),
        pytest.param("Title\n" + MIDDLE + "\n" + HEAD + A + B, id="a heading's underline"),
        pytest.param(HEAD + A + B + "\n<<<<<<<< x\n\n========\n\n>>>>>>>> y\n", id="one character more"),
        pytest.param(HEAD + A + B + "\n <<<<<<< x\n =======\n >>>>>>> y\n", id="indented"),
        pytest.param(HEAD + A + B + "\n<<<<<<<x\n\n=======\n\n>>>>>>>y\n", id="no blank behind them"),
    ],
)
def test_what_only_looks_like_one_is_fine(index: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, **DOCUMENTS}).findings == []


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        pytest.param(HEAD + OURS + A + MIDDLE + A + THEIRS + B, {"3:1-3:13": (5, 7)}, id="the same row on both sides"),
        pytest.param(HEAD + OURS + A + MIDDLE + B + THEIRS, {"3:1-3:13": (5, 7)}, id="another row on each side"),
        pytest.param(
            HEAD + OURS + A + BASE + "| [X](x.md) |\n" + MIDDLE + A + THEIRS + B,
            {"3:1-3:13": (7, 9)},
            id="with its base",
        ),
        pytest.param(
            HEAD + OURS + A + MIDDLE + A + THEIRS + OURS + B + MIDDLE + THEIRS,
            {"3:1-3:13": (5, 7), "8:1-8:13": (10, 11)},
            id="two conflicts",
        ),
        pytest.param(HEAD + "<<<<<<<\n" + A + MIDDLE + A + ">>>>>>>\n" + B, {"3:1-3:8": (5, 7)}, id="no labels"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_conflict_is_one_finding_and_its_rows_are_read(
    index: str, expected: dict[str, tuple[int, int]], end: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": index.replace("\n", end), **DOCUMENTS})
    assert brief(result) == [f"DL117 INDEX.md:{where}" for where in expected]
    assert [finding["message"] for finding in result.findings] == [
        f"a merge conflict begins here (`=======` in line {middle}, `>>>>>>>` in line {last})"
        for middle, last in expected.values()
    ]
