"""A schema, ready to check values: the short cut first, then the library, within a budget."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from validator.schema.violations import MAX_VIOLATIONS, MORE, Violation, violation_of
from validator.verdict import Verdict, size

MOST_HINTS = 50
_FRAMES_LEFT = 300  # What the library needs above us; a part of it that is compiled cannot bear to run out of frames.


class SchemaError(ValueError):
    """A schema that is none, refers outside itself, or uses a pattern that cannot be run; the message says which."""


class _Budget:
    """How many more subschemas may be looked into, and how deep: references multiply where they are nested."""

    def __init__(self, limit: int) -> None:
        self.limit = self.left = limit

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise SchemaError(f"it takes more than {self.limit:,} steps")
        if _is_deep():
            raise SchemaError("it goes round in a circle, or is nested too deep")


def _is_deep() -> bool:
    """Whether few frames are left."""
    try:
        sys._getframe(sys.getrecursionlimit() - _FRAMES_LEFT)  # noqa: SLF001 - there is no other way to ask
    except ValueError:
        return False
    return True


class Validator(NamedTuple):
    """A schema, ready to check values.

    `verdict` says of most sound values that they are (`None`: of none); `size` is up to how many values in one.
    `authority` gives the library's validator, which judges all others within `steps`.
    """

    authority: Callable[[], Any]
    steps: int
    verdict: Verdict | None = None
    size: int = 0

    def violations(self, value: object) -> list[Violation]:
        """The violations in `value`, in a stable order. A required key that is only misspelt is one violation.

        Of more than `MAX_VIOLATIONS` the first that are met, and one of the whole that says so.

        Raises:
            SchemaError: checking this value has no end, or takes too long.
        """
        if self.verdict is not None and size(value, self.size) <= self.size and self.verdict(value):
            return []
        return self.judged(value)

    def judged(self, value: object) -> list[Violation]:
        """The same without the short cut: what the library says."""
        engine = self.authority()
        type(engine).budget = _Budget(self.steps)
        errors = islice(engine.iter_errors(value), MAX_VIOLATIONS + 1)
        found = [violation_of(error, hint=number < MOST_HINTS) for number, error in enumerate(errors)]
        found[MAX_VIOLATIONS:] = [MORE] if len(found) > MAX_VIOLATIONS else []
        misspelt = {(item.pointer[:-1], item.meant) for item in found if item.meant is not None}
        kept = (item for item in found if item.keyword != "required" or (item.pointer, item.key) not in misspelt)
        return sorted(kept, key=lambda item: ([str(step) for step in item.pointer], item.message))

    def prove(self) -> None:
        """See that the schema can be used on a value.

        Raises:
            SchemaError: it cannot.
        """
        if self.verdict is None:
            self.judged({})


def quick(authority: Callable[[], Any], steps: int, compiled: tuple[Verdict, int] | None) -> Validator:
    """A validator whose library waits for the first value that is not certainly sound.

    The short cut takes no value for which the library could come near its limit of steps.
    """
    verdict, count = compiled or (None, 1)
    return Validator(cache(authority), steps, verdict, steps // (4 * count))
