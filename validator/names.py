"""Templates of file names: `{field}` captures, `{field:03}` captures at least three digits, all else is literal."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from validator.late import regex
from validator.patterns import compile_pattern, encodable

_FIELD = regex(r"\{(?P<name>[A-Za-z_][A-Za-z0-9_-]*)(?::0(?P<width>[1-9][0-9]?))?\}")
_FEW_FIELDS = 2


class TemplateError(ValueError):
    """A template that cannot be read; the message says why, for people."""


class Template(NamedTuple):
    """A compiled template. `depth` is how many folders of a path it speaks of."""

    source: str
    fields: tuple[str, ...]
    pattern: Any
    depth: int

    def start(self, path: str) -> int:
        """Where in a path (characters, from 0) the part begins that the template speaks of."""
        start = path.rfind("/")
        for _ in range(self.depth):
            start = path.rfind("/", 0, max(start, 0))
        return start + 1

    def match(self, path: str) -> dict[str, tuple[str, int]] | None:
        """The captured values with their offsets (characters of `path`, from 0), or `None` where it does not fit."""
        found = self.pattern.fullmatch(encodable(path), self.start(path))
        if found is None:
            return None
        spans = {field: found.span(number) for number, field in enumerate(self.fields, 1)}
        return {field: (path[first:end], first) for field, (first, end) in spans.items()}


@lru_cache(maxsize=64)
def template(source: str) -> Template:
    """Compile a template. Fields before the last take as little as they can, the last takes the rest.

    Raises:
        TemplateError: a brace that is none of a field's, a field twice, two fields with nothing between, or too many.
    """
    fields: list[str] = []
    parts: list[str] = []
    position = 0
    for match in _FIELD.finditer(source):
        literal = source[position : match.start()]
        if position and not literal:
            raise TemplateError(f"nothing stands between {{{fields[-1]}}} and {match[0]}, so they cannot be told apart")
        if match["name"] in fields:
            raise TemplateError(f"the field {{{match['name']}}} stands twice")
        parts += [_literal(literal), rf"([0-9]{{{match['width']},}})" if match["width"] else "([^/]+?)"]
        fields.append(match["name"])
        position = match.end()
    parts.append(_literal(source[position:]))
    if not fields:
        raise TemplateError("it has no field such as {id}")
    # Many captures could backtrack without end on a long name, so those run on the linear engine.
    pattern = re.compile("".join(parts)) if len(fields) <= _FEW_FIELDS else compile_pattern("".join(parts)).engine
    return Template(source, tuple(fields), pattern, source.count("/"))


def _literal(text: str) -> str:
    if "{" in text or "}" in text:
        raise TemplateError("a field is written {name} or {name:03}")
    return re.escape(text)
