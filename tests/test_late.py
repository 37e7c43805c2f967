"""Expressions that are compiled late: the same as others, and all of ours are sound."""

from __future__ import annotations

import copy
import importlib
import pickle
import pkgutil
import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import validator
from validator import late
from validator.late import atomic, regex


def test_it_is_compiled_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    compiled = re.compile("a(b+)", re.IGNORECASE)

    def compile_it(*arguments: object) -> re.Pattern[str]:
        seen.append(arguments)
        return compiled

    monkeypatch.setattr(re, "compile", compile_it)
    expression = regex("a(b+)", re.IGNORECASE)
    assert expression.pattern == "a(b+)"
    assert seen == []
    found = expression.fullmatch("ABB")
    assert found is not None
    assert found[1] == "BB"
    assert expression.fullmatch("AC") is None
    assert expression.search("cab") is not None
    assert seen == [("a(b+)", re.IGNORECASE)] * 2  # Once a method; the standard library keeps what it compiled.


def test_it_can_be_copied() -> None:
    assert copy.copy(regex("a+")).fullmatch("aa")
    assert pickle.loads(pickle.dumps(regex("a+"))).fullmatch("aa")  # noqa: S301 - our own


def test_a_faulty_one_says_so_when_it_is_used() -> None:
    expression = regex(b"(")
    with pytest.raises(re.error):
        expression.match(b"x")


def _expressions() -> Iterator[tuple[str, late._Late]]:
    for module in pkgutil.walk_packages(validator.__path__, "validator."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                parts = value if isinstance(value, tuple) else (value,)
                parts = tuple(inner for part in parts for inner in (part if isinstance(part, tuple) else (part,)))
                yield from ((f"{module.name}.{name}", part) for part in parts if isinstance(part, late._Late))


def test_all_of_ours_are_sound() -> None:
    found = dict(_expressions())
    assert len(found) > 150
    for name, expression in found.items():
        assert expression.groups >= 0, name


ATOMIC = {
    "(?:a|b)*+c": "(?>(?:a|b)*)c",
    "(a)++": "(?>(a)+)",
    "(?:x)?+": "(?>(?:x)?)",
    "(?:(?:a|b)*+c){1,2}+": "(?>(?:(?>(?:a|b)*)c){1,2})",
    "a++[b)]*+": "a++[b)]*+",
    r"\(a\)*+": r"\(a\)*+",
    "[](]+(b)*": "[](]+(b)*",
    r"(?:[^)\]]|\))*+": r"(?>(?:[^)\]]|\))*)",
}


@pytest.mark.parametrize(("pattern", "wanted"), ATOMIC.items(), ids=ATOMIC)
def test_a_possessive_group_is_an_atomic_one(pattern: str, wanted: str) -> None:
    assert atomic(pattern) == wanted
    assert atomic(pattern.encode()) == wanted.encode()
    re.compile(wanted)


def test_old_interpreters_get_atomic_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 11, 5))
    assert late.compiled("(?:a|b)*+").pattern == "(?:a|b)*+"
    monkeypatch.setattr(sys, "version_info", (3, 11, 2))
    assert late.compiled("(?:a|b)*+").pattern == "(?>(?:a|b)*)"


@pytest.mark.skipif(sys.version_info < (3, 11, 5), reason="possessive groups do not work here")
@given(st.text(alphabet="ab\"'\\\n:-> |", max_size=30))
def test_atomic_groups_match_the_same(text: str) -> None:
    for name, expression in _expressions():
        source, flags = expression.pattern, expression._flags
        if isinstance(source, bytes):
            ours, other = (re.compile(made, flags).search(text.encode()) for made in (source, atomic(source)))
            assert (ours and (ours.span(), ours.groups())) == (other and (other.span(), other.groups())), name
        else:
            found = [re.compile(made, flags).search(text) for made in (source, atomic(source))]
            spans = [match and (match.span(), match.groups()) for match in found]
            assert spans[0] == spans[1], name
