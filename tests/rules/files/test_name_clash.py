"""FS107: two names that are equal but for case or Unicode normal form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place


def corpus(*names: str) -> dict[str, str]:
    """An index of documents of these names, all different but for that."""
    rows = "".join(f"| [T{number}](<{name}>) |\n" for number, name in enumerate(names))
    documents = {name: f"# T{number}\n" for number, name in enumerate(names)}
    return {"INDEX.md": f"| Title |\n| ----- |\n{rows}", **documents}


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("a.md", "b.md"), id="other letters"),
        pytest.param(("a.md", "á.md"), id="a letter with a mark"),
        pytest.param(("x/a.md", "y/A.md"), id="in other folders"),
        pytest.param(("straße.md", "strasse.md"), id="two letters for one"),
        pytest.param(("ı.md", "i.md"), id="a letter without its dot"),
        pytest.param(("a.md", "a.txt"), id="another suffix"),
        pytest.param(("a b.md", "a_b.md"), id="a blank"),
        pytest.param(("ﬁ.md", "fi.md"), id="a ligature"),
    ],
)
def test_names_that_every_file_system_tells_apart(names: tuple[str, ...], check: Callable[..., Result]) -> None:
    assert check(corpus(*names)).findings == []


@pytest.mark.parametrize(
    ("names", "second", "first", "message"),
    [
        pytest.param(("a.md", "A.md"), "a.md", "A.md", "a.md and A.md are one name", id="case"),
        pytest.param(("a.MD", "a.md"), "a.md", "a.MD", "a.md and a.MD are one name", id="case of the suffix"),
        pytest.param(("x/a.md", "X/a.md"), "x/a.md", "X/a.md", "x/a.md and X/a.md are one name", id="of the folder"),
        pytest.param(("É.md", "é.md"), "é.md", "É.md", "é.md and É.md are one name", id="case of a letter with a mark"),
        pytest.param(("ς.md", "Σ.md"), "ς.md", "Σ.md", "ς.md and Σ.md are one name", id="a final sigma"),
        pytest.param(("ẞ.md", "ß.md"), "ẞ.md", "ß.md", "ẞ.md and ß.md are one name", id="a sharp s"),
        pytest.param(
            ("é.md", "e\u0301.md"), "é.md", "e\u0301.md", r"'\xe9.md' and 'e\u0301.md' are one name", id="normal form"
        ),
    ],
)
def test_the_later_name_is_the_place_and_the_earlier_is_beside_it(
    names: tuple[str, str], second: str, first: str, message: str, check: Callable[..., Result]
) -> None:
    result = check(corpus(*names))
    assert brief(result) == [f"FS107 {second}"]
    finding = result.only()
    assert finding["message"] == f"{message} where case or Unicode form is folded"
    assert finding["document"] == second
    assert [place(spot) for spot in finding["related"]] == [first]


def test_each_further_name_is_a_finding(check: Callable[..., Result]) -> None:
    assert check(corpus("a.md", "A.md", "a.MD")).codes == ["FS107", "FS107"]
