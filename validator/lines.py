"""Templates of delimiter lines: `=== {id} ===`, `<DOC>`, `*** START OF {title} ***`, and the lines that only miss one.

A template may have no field at all; `{field}` captures, `{field:03}` captures at least three digits, `{{` and `}}` are
braces, all else is literal. Of several lines in a template the first one is the delimiter, the others follow it.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from validator.late import regex
from validator.names import TemplateError
from validator.patterns import compile_pattern, encodable

_TOKEN = regex(
    r"\{\{|\}\}|\{(?P<name>[A-Za-z_][A-Za-z0-9_-]*)(?::0(?P<width>[1-9][0-9]?))?\}|(?P<brace>[{}])"
    r"|(?P<blank>[ \t]+)|(?P<word>[^\W_]+)|(?P<sign>(?P<one>.)(?P=one)*)",
    re.DOTALL,
)
_SEEN_BLANKS = " \t\r\x0b\x0c\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_SEEN_BLANK, _UNSEEN_ONE = regex(f"[{_SEEN_BLANKS}]"), regex(f"[{_UNSEEN}]")
# What typefaces draw like a sign of ASCII.
_ALIKE = {
    "-": "\u00ad\u058a\u2010-\u2015\u2043\u2212\u23af\u2500\u2501\u2e3a\u2e3b\ufe58\ufe63\uff0d",
    "=": "\u2550\u2e40\u30a0\ua78a\uff1d",
    "*": "\u066d\u204e\u2217\u2731\uff0a",
    "#": "\ufe5f\uff03",
    "%": "\u066a\ufe6a\uff05",
    "+": "\u207a\u208a\u2214\u2795\ufb29\ufe62\uff0b",
    "~": "\u02dc\u223c\uff5e",
    "_": "\u2017\uff3f",
    "/": "\u2044\u2215\uff0f",
    ":": "\u02d0\u2236\ua789\uff1a",
    "|": "\u2223\u2758\uff5c",
    "<": "\u2039\u27e8\u3008\uff1c",
    ">": "\u203a\u27e9\u3009\uff1e",
}
_MOST_ASTRAY = 1


class _Run(NamedTuple):
    """A sign that stands `length` times in a row."""

    sign: str
    length: int


class _Token(NamedTuple):
    kind: str
    text: str
    width: int = 0


class Match(NamedTuple):
    """What a line says that is a delimiter: the captured fields with their places, in characters of the line.

    `reason` says why the line is not exactly what the template wants, in words; it is empty where it is.
    """

    fields: tuple[tuple[str, str, int, int], ...]
    reason: str = ""


class LineTemplate(NamedTuple):
    """One line of a template, compiled. `weight` is how much of it is literal; `start` finds lines that begin like it.

    `groups` tells what each group of `loose` is: the name of a field, or a run of a sign.
    """

    source: str
    fields: tuple[str, ...]
    weight: int
    start: bytes
    exact: Any
    loose: str
    groups: tuple[str | _Run, ...]

    @property
    def is_rule(self) -> bool:
        """Whether it is one sign alone: then a line that is much longer or shorter is an underline, and none."""
        return len(self.groups) == 1 and isinstance(self.groups[0], _Run) and self.groups[0].length == self.weight

    def match(self, line: str) -> Match | None:
        """What a line (without its line end) says, be it exact or a near miss; `None` where it is neither."""
        subject = encodable(line)
        found = self.exact.fullmatch(subject)
        if found is not None:
            spans = [found.span(number) for number in range(1, len(self.fields) + 1)]
            return Match(_captured(line, self.fields, spans))
        return self._near(line, subject)

    def _near(self, line: str, subject: str) -> Match | None:
        found = _engine(self.loose).fullmatch(subject)
        if found is None:
            return None
        spans = {number: found.span(number + 1) for number in range(len(self.groups))}
        runs = [
            (group, spans[number][1] - spans[number][0])
            for number, group in enumerate(self.groups)
            if isinstance(group, _Run)
        ]
        if self.is_rule and abs(runs[0][1] - runs[0][0].length) > _MOST_ASTRAY:
            return None
        fields = [spans[number] for number, group in enumerate(self.groups) if isinstance(group, str)]
        if not all(any(character.isalnum() for character in line[slice(*span)]) for span in fields):
            return None  # A rule or an underline of the sign that the template is made of.
        return Match(_captured(line, self.fields, fields), self._reason(line, subject, runs))

    def _reason(self, line: str, subject: str, runs: list[tuple[_Run, int]]) -> str:
        """Why a near miss is none, in words: the first of the ways in which it differs."""
        if self.exact.fullmatch(subject.strip(" \t")) is not None:
            return "it is indented" if line[:1] in {" ", "\t"} else "it has trailing blanks"
        spaced = _SEEN_BLANK.sub(" ", _UNSEEN_ONE.sub("", subject)) if "\x0c" not in self.source else subject
        if spaced != subject and self.exact.fullmatch(spaced.strip(" ")) is not None:
            return "it holds a character that cannot be seen, or a blank that is no space"
        for run, count in runs:
            if count != run.length:
                return f"it has {count} `{run.sign}` in a row instead of {run.length}"
        for run, _ in runs:
            alike = re.sub(f"[{_ALIKE.get(run.sign, '')}{re.escape(run.sign)}]", run.sign, subject)
            if alike != subject:
                return f"it has characters that only look like `{run.sign}`"
        return "its blanks are not the same"


def _captured(line: str, names: tuple[str, ...], spans: list[tuple[int, int]]) -> tuple[tuple[str, str, int, int], ...]:
    return tuple((name, line[start:end], start, end) for name, (start, end) in zip(names, spans, strict=True))


@lru_cache(maxsize=64)
def _engine(source: str) -> Any:  # noqa: ANN401 - RE2's pattern has no type
    return compile_pattern(source).engine


@lru_cache(maxsize=64)
def line_template(source: str) -> tuple[LineTemplate, ...]:
    """Compile a template, line by line.

    Raises:
        TemplateError: it is blank, has a brace that is none of a field's, a field twice, or nothing between two fields.
    """
    lines = source.removesuffix("\n").split("\n")
    if not all(line.strip(" \t") for line in lines):
        raise TemplateError("a line of it is blank")
    compiled = tuple(_compiled(line) for line in lines)
    names = [field for line in compiled for field in line.fields]
    for name in names:
        if names.count(name) > 1:
            raise TemplateError(f"the field {{{name}}} stands twice")
    return compiled


def _tokens(source: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(source):
        if match["brace"]:
            raise TemplateError("a field is written {name} or {name:03}, and a brace that is none {{ or }}")
        if match["name"]:
            if found and found[-1].kind == "field":
                raise TemplateError(
                    f"nothing stands between {{{found[-1].text}}} and {match[0]}, so they cannot be told apart"
                )
            found.append(_Token("field", match["name"], int(match["width"] or 0)))
        elif match["blank"]:
            found.append(_Token("blank", match[0]))
        elif match["word"]:
            found.append(_Token("word", match[0]))
        else:
            found.append(_Token("sign", match[0][: len(match[0]) // 2 if match[0] in {"{{", "}}"} else None]))
    return found


def _compiled(source: str) -> LineTemplate:
    tokens = _tokens(source)
    fields = tuple(token.text for token in tokens if token.kind == "field")
    blanks = f"[{_SEEN_BLANKS}{_UNSEEN}]" if "\x0c" not in source else "[ \t\r]"
    exact = "".join(map(_exact, tokens))
    return LineTemplate(
        source=source,
        fields=fields,
        weight=sum(len(token.text) for token in tokens if token.kind in {"word", "sign"}),
        start=_start(tokens, blanks),
        # Several captures could backtrack without end on a long line, so those run on the linear engine.
        exact=re.compile(exact) if len(fields) <= 1 else _engine(exact),
        loose=_loose(tokens, blanks),
        groups=tuple(
            token.text if token.kind == "field" else _Run(token.text[0], len(token.text))
            for token in tokens
            if token.kind in {"field", "sign"}
        ),
    )


_VALUE = f"[^{_SEEN_BLANKS}{_UNSEEN}](?:.*?[^{_SEEN_BLANKS}{_UNSEEN}])??"


def _exact(token: _Token) -> str:
    if token.kind != "field":
        return re.escape(token.text)
    return f"([0-9]{{{token.width},}})" if token.width else f"({_VALUE})"


def _loose(tokens: list[_Token], blanks: str) -> str:
    """The template with runs of any length, signs that look alike, and blanks that are more, fewer or others."""
    parts = [f"{blanks}*"]
    before = ""
    for token in tokens:
        if token.kind == "sign":
            parts.append(f"([{re.escape(token.text[0])}{_ALIKE.get(token.text[0], '')}]+)")
        elif token.kind == "word":
            parts.append(re.escape(token.text))
        elif token.kind == "blank":
            parts.append(f"{blanks}+" if before == "word" else f"{blanks}*")
        else:
            value = f"[0-9]{{{token.width},}}" if token.width else _VALUE
            parts.append(f"{blanks}*({value}){blanks}*")
        before = token.kind
    return "".join(parts) + f"{blanks}*"


def _start(tokens: list[_Token], blanks: str) -> bytes:
    """How a line begins that is exact or a near miss, as a pattern over bytes: all up to the first field."""
    literal: list[_Token] = []
    for token in tokens:
        if token.kind == "field":
            break
        literal.append(token)
    whole = len(literal) == len(tokens)
    odd = b"(?:" + _encoded(blanks[1:-1]) + b")*+"
    exact = b"".join(re.escape(token.text.encode()) for token in literal)
    loose = [odd]
    for token in literal:
        if token.kind == "sign":
            signs = re.escape(token.text[0]) + _ALIKE.get(token.text[0], "")
            loose.append(b"(?:" + _encoded(signs) + b")++")
        else:
            loose.append(odd if token.kind == "blank" else re.escape(token.text.encode()))
    end = odd + rb"(?=\n|\Z)" if whole else b""
    return b"(?:" + exact + end + b"|" + b"".join(loose) + end + b")"


def _encoded(characters: str) -> bytes:
    """A class of characters as alternatives over bytes; those of ASCII as one class."""
    plain, others = "", []
    for match in re.finditer(r"\\?(.)(?:-(.))?", characters, re.DOTALL):
        first, last = match[1], match[2] or match[1]
        if last < "\x80":
            plain += match[0]
        else:
            others += [chr(code).encode() for code in range(ord(first), ord(last) + 1)]
    return b"|".join([b"[" + plain.encode() + b"]"] * bool(plain) + [re.escape(other) for other in others])
