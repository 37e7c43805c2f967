"""CF105."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result

Check = Callable[..., Result]
HEAD = "| ID | Title |\n| -- | ----- |\n"


def stated(until: str) -> dict[str, str]:
    ignore = f"ignore: [{{rule: MT108, until: {until}, reason: r}}]"
    return {"INDEX.md": f"---\nmanifest: 1\n{ignore}\n---\n{HEAD}| [1](1.md) | Eins |\n", "1.md": "# One\n"}


def comment(until: str) -> dict[str, str]:
    waiver = f"<!-- indexlint: ignore=MT108,MT109 until={until} why -->"
    return {"INDEX.md": f"{HEAD}| [1](1.md) | Eins | {waiver}\n", "1.md": "# One\n"}


@pytest.mark.parametrize("make", [stated, comment])
def test_one_whose_day_is_to_come_is_silent(make: Callable[[str], dict[str, str]], check: Check) -> None:
    assert "CF105" not in check(make("2999-12-31")).codes


@pytest.mark.parametrize(("make", "rules"), [(stated, "MT108"), (comment, "MT108, MT109")])
def test_one_whose_day_has_passed(make: Callable[[str], dict[str, str]], rules: str, check: Check) -> None:
    result = check(make("2020-12-31"))
    assert sorted(result.codes) == ["CF105", "MT108"]
    finding = next(finding for finding in result.findings if finding["code"] == "CF105")
    assert finding["message"] == f"this ignore of {rules} held until 2020-12-31; what it silenced is back"
    assert (finding["severity"], finding["path"]) == ("warning", "INDEX.md")


def test_one_in_a_header(check: Check) -> None:
    text = "---\nnote: 0010 # indexlint: ignore=MT107 until=2020-01-01 as printed\n---\nText.\n"
    contract = "---\nmanifest: 1\ndelimiters: {header: yaml}\n---\n"
    result = check({"INDEX.md": f"{contract}- [One](1.md)\n", "1.md": text})
    assert [(finding["code"], finding["path"], finding["line"]) for finding in result.findings] == [
        ("MT107", "1.md", 2), ("CF105", "1.md", 2),
    ]  # fmt: skip
