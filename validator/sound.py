"""The short path of a scan: what a document without any fault states, as bare values.

Nearly all documents of a corpus that is kept well are sound. Of such a one nobody asks where its values stand, and an
object for each claim and place would be most of what a run costs. So what is beyond doubt is read here, into one tuple;
at the first doubt this gives up, and `scan` reads the document with all its care. A property test holds that both
say the same wherever this one says anything.
"""

from __future__ import annotations

import hashlib
import json
import re
from codecs import utf_8_decode
from collections.abc import Callable
from threading import Thread
from typing import NamedTuple

from validator.compose import TYPED_STARTS, scalar_value
from validator.header.flat import BLOCK, LINE, LONGEST, VALUE, is_plain_text
from validator.heading import find_heading
from validator.late import compiled
from validator.markdown import SUFFIXES
from validator.model import Document
from validator.names import Template, template
from validator.scalars import SUSPECT_STARTS, misread
from validator.scan import DIGESTS, NO_TITLE, Plan, first_line, is_judged, is_pointer, key_of
from validator.schema import load
from validator.text import BOM
from validator.verdict import FieldVerdicts, Verdict, any_text, compile_fields, some_text

_FENCES = (b"---", b"+++")
_QUOTES = frozenset(b"\"'")
# What a value begins with that may be more than a text.
_ODD_STARTS = _QUOTES | TYPED_STARTS | SUSPECT_STARTS
_SMALL = 1024
_MOST_FIELDS = 128
_MOST_FORMS = 64
_REMEMBERED = 8192


class Sound(NamedTuple):
    """What a document without a fault states: a value in UTF-8 for each of the plan's expressions (`None`: nothing).

    `digest` is the SHA-256 of the file; empty where the plan asks for none.
    """

    values: tuple[bytes | None, ...]
    digest: bytes


_new = tuple.__new__  # As in `header.flat`.
# From this size on (bytes), a second thread is worth its while.
LARGE = 1 << 20
_STRETCH = 1 << 15


def compile_sound(plan: Plan) -> Reader | None:
    """The reader for sound documents of a plan; `None` for a plan that is more than it can read.

    It takes the path and the bytes of a file. At the first doubt whether the document is sound it raises `DoubtError`.
    """
    bounds = plan.delimiters
    is_plain = (
        bounds.header in {None, "yaml", "none"}
        and bounds.newline in {"any", "lf"}
        and bounds.bom != "true"
        and not bounds.several
        and not plan.reads_sidecars
        and plan.limits.line is None
    )
    fields = None
    if plan.schema is not None:
        fields = compile_fields(json.loads(plan.schema)) if load(plan.schema).size > _MOST_FIELDS else None
        is_plain = is_plain and fields is not None
    return Reader(plan, fields) if is_plain and all(map(_is_plain_source, plan.expressions)) else None


def of_document(document: Document) -> Sound | None:
    """The same of a document that was scanned, where it is sound and a file of its own."""
    if document[_FAULTS:] != _NOTHING_ELSE or any(claim is not None and claim.listed for claim in document.claims):
        return None
    values = tuple(None if claim is None else claim.value.encode(errors="surrogateescape") for claim in document.claims)
    return Sound(values, document.digest or b"")


_FAULTS = Document._fields.index("faults")
_NOTHING_ELSE = ((), *Document._field_defaults.values())


class DoubtError(Exception):
    """Something that only the whole scan may judge."""


def _is_text(data: bytes) -> bool:
    """Whether bytes that are not ASCII are UTF-8 without a byte-order mark."""
    try:
        data.decode() if len(data) < LARGE else _decode(data)
    except UnicodeDecodeError:
        return False
    return not data.startswith(BOM)


def _decode(data: bytes) -> None:
    """See that a long text is UTF-8, in stretches short enough to stay in the processor's cache.

    Raises:
        UnicodeDecodeError: it is not.
    """
    view, position = memoryview(data), 0
    while position < len(data):
        end = position + _STRETCH
        _, used = utf_8_decode(view[position:end], "strict", end >= len(data))
        position += used


class Hashing:
    """The SHA-256 of a large content, computed by a thread: hashing lets go of the interpreter, which goes on."""

    def __init__(self, data: bytes) -> None:
        self._hash = hashlib.sha256()
        self._thread = Thread(target=self._hash.update, args=(data,), daemon=True)
        self._thread.start()

    def digest(self) -> bytes:
        """The digest, as soon as it is there."""
        self._thread.join()
        return self._hash.digest()


def _lines(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n"))


_COUNTS: dict[str, Callable[[bytes], int]] = {
    "bytes": len,
    "chars": lambda data: len(data.decode()),
    "words": lambda data: len(data.decode().split()),
    "lines": _lines,
}


def _is_plain_source(source: str) -> bool:
    kind, _, key = source.partition(".")
    return kind in {"name", "header"} or source in {"path", "heading", "first-line"} or (
        kind == "content" and (key in _COUNTS or key in DIGESTS)
    )  # fmt: skip


class _Seen(dict[bytes, bytes]):
    """The values that one key was found to have, with what they say; looking up another one judges it.

    Raises:
        DoubtError: a value that is not certainly sound.
    """

    def __init__(self, verdict: Verdict | None, *, judged: bool) -> None:
        super().__init__()
        self.verdict = verdict
        self.judged = judged
        self.takes_words = verdict in {None, any_text, some_text}

    def __missing__(self, token: bytes) -> bytes:
        start = token[0]
        if self.takes_words and start not in _ODD_STARTS:
            return token  # A text to everybody, and nothing else is asked of it.
        if start in _QUOTES:
            value = token[1:-1]
            is_fine = self.verdict is None or self.verdict(value.decode())
        else:
            value, text = token, token.decode()
            is_fine = self.verdict is None or self.verdict(scalar_value(text) if start in TYPED_STARTS else text)
            if self.judged and start in SUSPECT_STARTS:
                is_fine = is_fine and misread(text) is None
        if not is_fine:
            raise DoubtError
        if len(self) < _REMEMBERED:
            self[token] = value
        return value


class _Form(NamedTuple):
    """Headers with the same keys in the same order: their pattern, what judges each value, which of them are claims."""

    pattern: re.Pattern[bytes]
    seen: tuple[_Seen, ...]
    claims: tuple[tuple[int, int], ...]


class Reader:
    """Reads sound documents of one plan. It remembers forms of headers and values that it has judged."""

    def __init__(self, plan: Plan, fields: FieldVerdicts | None) -> None:
        self.plan = plan
        self.fields = fields
        self.name = template(plan.name) if plan.name is not None else None
        self.forms: dict[tuple[bytes, ...], _Form | None] = {}
        self.last: _Form | None = None
        self.seen: dict[bytes, _Seen] = {}
        numbered = list(enumerate(plan.expressions))
        kinds = [(number, *source.partition(".")[::2]) for number, source in numbered]
        names = {field: at for at, field in enumerate(self.name.fields, 1)} if self.name else {}
        self.of_name = tuple((number, names[key]) for number, kind, key in kinds if kind == "name" and key in names)
        self.of_header = tuple((number, key) for number, kind, key in kinds if kind == "header")
        content = [(number, key) for number, kind, key in kinds if kind == "content"]
        self.counts = tuple((number, _COUNTS[key]) for number, key in content if key in _COUNTS)
        self.digests = tuple((number, key) for number, key in content if key in DIGESTS)
        self.of_body = tuple((number, source) for number, source in numbered if source in {"heading", "first-line"})
        self.of_path = tuple(number for number, source in numbered if source == "path")
        self.ids = tuple((number, source in plan.required_ids) for number, source in numbered if source in plan.ids)
        self.size = len(plan.expressions)
        bounds = plan.delimiters
        self.no_returns = bounds.newline == "lf"
        self.last_line = None if bounds.final_newline == "any" else bounds.final_newline == "required"
        self.wants_header = bounds.header == "yaml" or fields is not None
        # The header and its delimiters together may not be longer; where none is wanted, none is read.
        self.longest = 0 if bounds.header == "none" else min(LONGEST, plan.limits.header)

    def __call__(self, path: str, data: bytes) -> Sound:
        """What a document states.

        Raises:
            DoubtError: it may not be sound.
        """
        hashing = Hashing(data) if len(data) >= LARGE and self.plan.digest else None
        is_ascii = data.isascii()
        if (
            not (is_ascii or _is_text(data))
            or (self.no_returns and b"\r" in data)
            or (b"<" in data and b"<<<<<<<" in data)  # One sign is found in no time.
            or (self.last_line is not None and data.endswith(b"\n") is not self.last_line)
            or (len(data) < _SMALL and is_pointer(data))
        ):
            raise DoubtError
        values: list[bytes | None] = [None] * self.size
        if self.name is not None:
            self._name(self.name, path, values)
        body = self._header(data, values, is_ascii=is_ascii)
        if not data[body : body + _SMALL].strip() and not data[body:].strip():
            raise DoubtError
        digest = (hashing.digest() if hashing else hashlib.sha256(data).digest()) if self.plan.digest else b""
        for number, count in self.counts:
            values[number] = b"%d" % count(data)
        for number, algorithm in self.digests:
            is_known = algorithm == "sha256" and digest
            values[number] = (digest if is_known else DIGESTS[algorithm](data).digest()).hex().encode()
        for number, source in self.of_body:
            values[number] = self._body(source, path, data, body)
        for number in self.of_path:
            inside = path[len(self.plan.folder) + 1 :] if self.plan.folder else path
            values[number] = inside.encode(errors="surrogateescape")
        for number, is_needed in self.ids:
            value = values[number]
            if is_needed if value is None else value.isspace() or not value:
                raise DoubtError
        return _new(Sound, (tuple(values), digest))

    def _name(self, name: Template, path: str, values: list[bytes | None]) -> None:
        found = name.pattern.fullmatch(path, name.start(path)) if path.isascii() else None
        if found is None:
            raise DoubtError
        for number, group in self.of_name:
            values[number] = found[group].encode()

    def _header(self, data: bytes, values: list[bytes | None], *, is_ascii: bool) -> int:
        """Take what the header states; gives the offset at which the body begins."""
        if not data.startswith(_FENCES):
            if self.wants_header:
                raise DoubtError
            return 0
        form = self.last
        found = form.pattern.match(data, 0, self.longest) if form is not None else None
        if form is None or found is None:
            form = self.last = self._form(data)
            found = form.pattern.match(data, 0, self.longest)
            if found is None:
                raise DoubtError
        end = found.end()
        if data.startswith(b"---", end) or not (is_ascii or is_plain_text(data[4:end])):
            raise DoubtError
        stated = [seen[token] for seen, token in zip(form.seen, found.groups())]  # noqa: B905 - a group for each key
        for number, group in form.claims:
            values[number] = stated[group]
        return end

    def _form(self, data: bytes) -> _Form:
        block = BLOCK.match(data, 0, LONGEST)
        keys = () if block is None else tuple(line[1] for line in LINE.finditer(data, *block.span(1)))
        form = self.forms[keys] if keys in self.forms else self._made(keys)
        if len(self.forms) < _MOST_FORMS:
            self.forms[keys] = form
        if form is None:
            raise DoubtError
        return form

    def _made(self, keys: tuple[bytes, ...]) -> _Form | None:
        """The form of headers with these keys; `None` where none of them can be sound."""
        names = [key.decode() for key in keys]
        if not 0 < len(keys) <= _MOST_FIELDS or len(set(keys)) < len(keys):
            return None
        if self.fields is not None and not (
            self.fields.required.issubset(names) and all(self.fields.of(name) is not None for name in names)
        ):
            return None
        places = ((number, self._place(key, names)) for number, key in self.of_header)
        source = b"".join(re.escape(key) + rb": (" + VALUE + rb")\n" for key in keys)
        return _Form(
            compiled(rb"---\n" + source + rb"---\n"),
            tuple(self._seen_of(key) for key in keys),
            tuple((number, place) for number, place in places if place is not None),
        )

    def _place(self, key: str, names: list[str]) -> int | None:
        """Which of the keys an expression means: the first that it names, or is like where that is enough."""
        is_loose = f"header.{key}" in self.plan.loose
        return next((at for at, name in enumerate(names) if name == key or (is_loose and key_of(name) == key)), None)

    def _seen_of(self, key: bytes) -> _Seen:
        if key not in self.seen:
            verdict = self.fields.of(key.decode()) if self.fields is not None else None
            self.seen[key] = _Seen(verdict, judged=is_judged(self.plan, key.decode()))
        return self.seen[key]

    def _body(self, source: str, path: str, data: bytes, body: int) -> bytes | None:
        if source == "heading":
            found = find_heading(data, body)
            return None if found is None else found[0].encode()
        is_loose = source in self.plan.loose
        if is_loose and (body or self.plan.delimiters.header == "yaml"):
            return None
        start, end = first_line(data, body, behind=body > 0)
        if is_loose and path.casefold().endswith(SUFFIXES) and NO_TITLE.match(data, start):
            return None
        if start == end and not is_loose:
            raise DoubtError
        return data[start:end] or None
