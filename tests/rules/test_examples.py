"""The examples on the rules' pages: Bad gives exactly this code, Good gives nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result
from validator.docs import page
from validator.rules import ALL, Rule

# What these rules find cannot be written down as files: a permission, a bomb of YAML events, a crash of our own, a
# baseline that the command line names, another revision.
WITHOUT_BAD = {"FS103", "FS109", "CF107", "CF106", "ID110"}


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_bad_example_gives_exactly_this_code(rule: Rule, check_example: Callable[..., Result]) -> None:
    bad = page(rule).bad
    if rule.code in WITHOUT_BAD:
        assert bad is None
        return
    assert bad is not None
    result = check_example(bad)
    assert set(result.codes) == {rule.code}, result.findings
    assert len(result.codes) == 1
    assert result.code == (2 if rule.fatal or result.report["checked"]["documents"] == 0 else 1)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_good_example_gives_nothing(rule: Rule, check_example: Callable[..., Result]) -> None:
    good = page(rule).good
    assert good is not None
    result = check_example(good)
    assert result.findings == []
    assert result.code == 0, result.err
