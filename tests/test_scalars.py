"""What YAML makes of a plain scalar, held against what PyYAML (1.1) and the core schema of YAML 1.2 really do."""

from __future__ import annotations

import re
import time

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator import scalars
from validator.scalars import misread

AS_WRITTEN = [
    "", "a", "A title", "0", "-1", "12", "1.5", "-0.25", "true", "false", "null", "2026-01-31", "2024-02-29",
    "1e", "e3", "0x", "0b2", "1.0", "2021-26-2", "2021-1-32", "v1.10.0", "1.2.3", "1:2:x", "12:99", "yess",
    "nO", "oFF", "y", "n", "Norway", "007a", "1_a", "_1", "+", "-", ".", "...", "5 %", "1,5", "10:30 Uhr",
    "2021-26", "26-02-2021", "2021-02-26T", "00:", "١٢", "0.5", "100",
]  # fmt: skip
MISREAD = {
    "yes": "the boolean true", "Yes": "the boolean true", "YES": "the boolean true", "on": "the boolean true",
    "no": "the boolean false", "No": "the boolean false", "NO": "the boolean false", "Off": "the boolean false",
    "0010": "the octal number 8", "-017": "the octal number -15", "0_7": "the octal number 7",
    "00": "the octal number 0", "08": "a number without its zeros", "0019": "a number without its zeros",
    "0x1F": "a number in another base", "0b11": "a number in another base", "0o17": "a number in another base",
    "1_000": "a number without its underscores", "1_": "a number without its underscores",
    "1e3": "a number with an exponent", "1.5E-3": "a number with an exponent", "12e5": "a number with an exponent",
    "0_.": "a number without its underscores", ".5_": "a number without its underscores",
    "0:30.5": "a number to base 60", "12:30": "a number to base 60",
    "1:00:00": "a number to base 60", "190:20:30.15": "a number to base 60",
    "1.10": "a number without its last zero", "-2.50": "a number without its last zero",
    "5.": "a number without its point", "=": "a mark of YAML's own", "<<": "a mark of YAML's own",
    "3.00": "a number without its last zero",
    "+49": "a number without its sign", "+1.5": "a number without its sign",
    "~": "nothing at all", "Null": "nothing at all", "NULL": "nothing at all",
    ".inf": "a number that is none", "-.Inf": "a number that is none", ".NaN": "a number that is none",
    "2021-26-02": "a date that does not exist", "2023-02-29": "a date that does not exist",
    "0000-01-01": "a date that does not exist",
}  # fmt: skip


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_what_is_read_as_it_is_written(text: str) -> None:
    assert misread(text) is None


@pytest.mark.parametrize(("text", "reading"), MISREAD.items())
def test_what_is_read_as_something_else(text: str, reading: str) -> None:
    assert misread(text) == reading


CORE = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
FIGURES = st.text("0123456789_:.+-eExXob", min_size=1, max_size=8)
WORDS = st.sampled_from(["yes", "no", "on", "off", "true", "false", "null", "y", "n", "~"])
WORDS |= WORDS.map(str.upper) | WORDS.map(str.capitalize) | WORDS.map(str.swapcase)
DATES = st.from_regex(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", fullmatch=True)
SCALARS = FIGURES | WORDS | DATES | st.integers().map(str) | st.floats(allow_nan=False).map(str) | st.text(max_size=8)


def by_pyyaml(text: str) -> object:
    """What PyYAML reads, or an exception as a value."""
    try:
        return yaml.safe_load(f"- {text}")[0]
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return error


def is_plain(text: str) -> bool:
    """Whether YAML reads a text as one scalar without quotes, as it stands."""
    try:
        root = yaml.compose(f"- {text}", yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    node = root.value[0] if root else None
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value == text


@given(SCALARS)
@settings(max_examples=200)
def test_silence_means_that_pyyaml_reads_what_is_written(text: str) -> None:
    assume(is_plain(text) and misread(text) is None)
    value = by_pyyaml(text)
    if isinstance(value, bool):
        assert text.lower() == str(value).lower()
    elif isinstance(value, int):
        assert value == int(text)
    elif isinstance(value, float):
        assert value == float(text)
    elif value is None:
        assert text in {"", "null"}
    else:
        assert value == text or str(value) == text


@given(SCALARS)
@settings(max_examples=200)
def test_a_warning_means_that_one_of_the_two_versions_reads_no_text(text: str) -> None:
    if is_plain(text) and misread(text) is not None:
        assert not isinstance(by_pyyaml(text), str) or CORE.fullmatch(text)


@pytest.mark.parametrize("text", ["0" * 100_000, "1" + ":0" * 100_000, "9" * 100_000 + "_", "1." + "0" * 100_000])
def test_a_hostile_figure_takes_no_long_time(text: str) -> None:
    started = time.process_time()
    assert misread(text) is None
    assert time.process_time() - started < 1


@settings(max_examples=300)
@given(st.text("0127+-._:eExob~=<", min_size=1, max_size=6) | st.sampled_from(["Null", ".inf", "-.INF", ".NaN", "<<"]))
def test_nothing_that_yaml_reads_is_taken_for_harmless_at_first_sight(text: str) -> None:
    read = any(pattern.fullmatch(text) for pattern, _ in scalars._READINGS)
    assert not read or scalars._SUSPECT.match(text)
