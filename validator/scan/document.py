"""One document: its bytes in, its claims and faults out."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from validator.compose import Node, plain_value
from validator.conflicts import conflict_faults, conflicts, is_inside
from validator.contract import ONE_A_LINE
from validator.header import Beside, Field, Header, body_start, other_headers, read_header, read_sidecar, sidecar_names
from validator.heading import find_heading, part_span, split_heading, title_span
from validator.late import regex
from validator.markdown import SUFFIXES
from validator.model import Claim, Document, Fault, Span, Waiver
from validator.names import template
from validator.scalars import misread
from validator.scan.plan import Plan, key_of, of_delimiter, of_name, of_sidecar
from validator.scan.terminators import long_lines, newlines, wrong_marks
from validator.schema import SchemaError, Violation, load
from validator.text import bad_utf8, decode, faulty_lines, line_end, line_start
from validator.waivers import in_header

if TYPE_CHECKING:
    from validator.delimiters import Part

_SOLID = regex(rb"\S")
_POINTER = regex(rb"version https://git-lfs\.github\.com/spec/v1\r?\n|/annex/objects/|(?:\.\./)*\.git/annex/objects/")
_POINTER_SIZE = 1024
DIGESTS: dict[str, Callable[[bytes], hashlib._Hash]] = {
    "sha256": hashlib.sha256,
    "sha512": hashlib.sha512,
    "sha384": hashlib.sha384,
    "sha224": hashlib.sha224,
    "sha1": partial(hashlib.sha1, usedforsecurity=False),
    "md5": partial(hashlib.md5, usedforsecurity=False),
    "blake2b": partial(hashlib.new, "blake2b"),
}
NO_TITLE = regex(rb" {0,3}(?:#{2,6}(?:[ \t]|$)|[<>|\[!]|`{3}|~{3}|[-+*][ \t]|[-=*_]{3})")
_METADATA = frozenset({"header", "sidecar"})
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def scan(plan: Plan, path: str, data: bytes, beside: tuple[Beside, ...] = ()) -> Document:
    """Read a file that is one document. `path` is relative to the project's root; `beside` are its sidecars.

    Never raises.
    """
    return Scan(plan, path, data, beside).run()


def is_pointer(data: bytes) -> bool:
    """Whether a file is what a large-file extension of git leaves in the place of a document."""
    return len(data) < _POINTER_SIZE and _POINTER.match(data) is not None


def unread(plan: Plan, path: str, *faults: Fault) -> Document:
    """A document that could not be read: nothing but its faults, and what its name states."""
    scanning = Scan(plan, path, b"", ())
    claims = tuple(scanning.claim(source) if of_name(source) else None for source in plan.expressions)
    ids = tuple(claim for source, claim in zip(plan.expressions, claims, strict=True) if source in plan.ids and claim)
    return Document(path, claims, ids, None, faults, broken=True)


def header_keys(plan: Plan, data: bytes) -> tuple[str, ...]:
    """The keys of a document's header, as they are written."""
    return tuple(field.key for field in read_header(data, plan.delimiters.header).fields)


def first_line(data: bytes, body: int, *, behind: bool) -> Span:
    """The first line of the body that begins at an offset; `behind` a header, blank lines in front are none of it."""
    solid = _SOLID.search(data, body) if behind else None
    start = body if solid is None else line_start(data, solid.start())
    return Span(start, line_end(data, start))


class Scan:
    """Reads one document. `part` is where it stands among several in a file; then `data` is the part."""

    def __init__(
        self, plan: Plan, path: str, data: bytes, beside: tuple[Beside, ...], part: Part | None = None
    ) -> None:
        self.plan = plan
        self.path = path
        self.data = data
        self.part = part
        self.faults: list[Fault] = []
        self.header = Header(None, 0, 0, 0)
        self.beside = beside
        self.sidecar = read_sidecar(beside) if beside else None
        self.captured = template(plan.name).match(path) if plan.name else {}
        self.bad: tuple[Span, ...] = ()
        self.digests: dict[str, bytes] = {}
        self.spoiled: set[str] = set()
        self.broken = False
        self.empty = False

    def run(self) -> Document:
        """All there is to know of it."""
        data = self.data
        if self.part is None and is_pointer(data):
            return unread(self.plan, self.path, Fault("pointer-file", Span(0, line_end(data, 0))))
        utf16 = data.startswith(UTF16)
        self._encoding()
        if self.part is None:
            self._terminators(judged=not utf16)
        if self.plan.limits.line is not None:
            self.faults.extend(long_lines(data, self.plan.limits.line))
        if not utf16:
            self._header()
            self._conflicts()
        self._sidecar()
        self._body()
        claims = tuple(
            None if utf16 and not _of_bytes(source) else self.claim(source) for source in self.plan.expressions
        )
        ids = tuple(claim for claim in claims if claim is not None and claim.source in self.plan.ids)
        self._missing_ids(ids)
        ids = tuple(claim for claim in ids if claim.value.strip())
        self._schema()
        digest = self._digest("sha256") if self.plan.digest and not self.empty and self._is_sure() else None
        faults = tuple(self.faults)
        sidecar = self.beside[0].path if self.beside else None
        if not faults:
            return Document(self.path, claims, ids, digest, (), sidecar=sidecar, waivers=self._waivers())
        spoiled = tuple(sorted(self.spoiled))
        broken = self.broken or utf16
        return Document(
            self.path, claims, ids, digest, faults, spoiled, self.empty, broken, sidecar, self._waivers()
        )  # fmt: skip

    def _waivers(self) -> tuple[Waiver, ...]:
        header = self.header
        block, values = Span(header.start, header.end), (field.node for field in header.fields)
        return in_header(self.data, header.dialect, block, values)

    def _encoding(self) -> None:
        bad = None if self.data.isascii() else bad_utf8(self.data)
        if bad is not None:
            looks = "UTF-16" if self.data.startswith(UTF16) else ""
            self.faults.append(Fault("not-utf8", bad, (str(bad.start), looks)))
            self.bad = faulty_lines(self.data)

    def _terminators(self, *, judged: bool) -> None:
        data, declared = self.data, self.plan.delimiters
        if judged:
            self.faults.extend(wrong_marks(body_start(data), declared.bom))
        if declared.newline != "any" and judged:
            self.faults.extend(newlines(data, declared.newline))
        if declared.final_newline == "required" and data and not data.endswith(b"\n"):
            self.faults.append(Fault("final-newline", Span(len(data), len(data)), ("required",)))
        elif declared.final_newline == "forbidden" and data.endswith(b"\n"):
            end = len(data.rstrip(b"\r\n"))
            self.faults.append(Fault("final-newline", Span(end, len(data)), ("forbidden",)))

    def _header(self) -> None:
        self.header = read_header(self.data, self.plan.delimiters.header)
        if any(_is_missing(fault) for fault in self.header.faults):
            self.broken = True
            self.header = self._other_header() or self.header
        self.faults.extend(self.header.faults)
        size = self.header.end - self.header.start
        if size > self.plan.limits.header:
            detail = ("header", f"{size:,}", f"{self.plan.limits.header:,}")
            self.faults.append(Fault("too-large", Span(self.header.start, self.header.start + 3), detail))
        if self.plan.delimiters.header == "yaml" or self.header.dialect == "yaml":
            self.faults.extend(_misread(field for field in self.header.fields if is_judged(self.plan, field.key)))
        self._spoil(self.header.faults)
        for field in self.header.fields if self.bad else ():
            if self._is_faulty(field.key_span) or self._is_faulty(field.node.span):
                self.spoiled.update((field.key, key_of(field.key)))
                self.broken = self.broken or bad_utf8(self.data[slice(*field.key_span)]) is not None

    def _other_header(self) -> Header | None:
        """The header of another dialect that stands there, if it has the keys that are asked for.

        Its values are not taken: how a key is spelt, and of what type a value is, may be different there.
        """
        keys = {source: key_of(source[7:]) for source in self.plan.expressions if source.startswith("header.")}
        declared = {key for source, key in keys.items() if source not in self.plan.loose}
        for header in other_headers(self.data, self.plan.delimiters.header or ""):
            stated = {key_of(field.key) for field in header.fields}
            if declared <= stated and not stated.isdisjoint(keys.values()):
                return header._replace(fields=())
        return None

    def _spoil(self, faults: tuple[Fault, ...]) -> None:
        """Note the keys whose values could not be read, and whether more than that is in doubt."""
        self.broken = self.broken or _is_broken(faults)
        for fault in faults:
            if fault.kind.startswith(("yaml-", "header-syntax", "row-width")):
                keys = tuple(filter(None, fault.detail[2 if fault.kind == "row-width" else 1 :]))
                self.broken = self.broken or not keys
                self.spoiled.update(keys, map(key_of, keys))

    def _sidecar(self) -> None:
        """The metadata beside the document. Where it is missing, front matter in the document is what is wrong."""
        if not self.plan.reads_sidecars:
            return
        if self.sidecar is None:
            if all(fault.kind != "unexpected-header" for fault in self.header.faults):
                names = (posixpath.basename(name) for name in sidecar_names(self.path))
                self.faults.append(Fault("missing-header", None, ("sidecar", *names)))
            self.broken = True
            return
        self.faults.extend(self.sidecar.faults)
        if not self.beside[0].path.endswith(".json"):
            misread = (fault._replace(path=self.beside[0].path) for fault in _misread(self.sidecar.fields))
            self.faults.extend(misread)
        self._spoil(self.sidecar.faults)
        self.broken = self.broken or self.beside[0].fault is not None

    def _metadata(self, kind: str) -> tuple[tuple[Field, ...], str | None]:
        """The fields that `header.KEY` or `sidecar.KEY` speaks of, and the file that they stand in, if another."""
        if self.sidecar is not None and (kind == "sidecar" or self.plan.delimiters.header == "sidecar"):
            return self.sidecar.fields, self.beside[0].path
        return (self.header.fields if kind == "header" else ()), None

    def _conflicts(self) -> None:
        """Merge conflicts; what they make of the header is no second fault."""
        found = conflicts(self.data)
        if found:
            self.broken = self.broken or found[0].opening.start < max(self.header.end, self.header.body)
            self.faults = [
                fault for fault in self.faults if fault.span is None or not is_inside(found, fault.span.start)
            ]
            self.faults.extend(conflict_faults(self.data, found))

    def _body(self) -> None:
        """Whether there is one. A header that never ends may have taken it; a file without anything lacks no header."""
        self.empty = self._has_no_body()
        if self.empty and all(fault.kind != "unclosed-header" for fault in self.header.faults):
            self.faults = [fault for fault in self.faults if not _is_missing(fault)]
            self.faults.append(Fault("empty-document", None))

    def _has_no_body(self) -> bool:
        """Whether nothing stands outside the header, which may itself stand inside the text."""
        header = self.header
        if header.dialect == ONE_A_LINE:
            return not self.data.strip()
        if header.body < header.start and self.data[header.body : header.start].strip():
            return False
        return _SOLID.search(self.data, max(header.body, header.end)) is None

    def claim(self, source: str) -> Claim | None:
        """What the document states for an expression; `None` where it states nothing."""
        kind, _, key = source.partition(".")
        if kind == "content":
            return Claim(source, self._fact(key), None) if self._is_sure() else None
        if of_delimiter(source):
            return next((claim for claim in self.part.claims if claim.source == source), None) if self.part else None
        if kind == "name":
            captured = (self.captured or {}).get(key)
            return None if captured is None else Claim(source, captured[0], None)
        if source == "path":
            inside = self.path[len(self.plan.folder) + 1 :] if self.plan.folder else self.path
            return Claim(source, inside, None)
        claim = self._header_claim(source, kind, key) if kind in _METADATA else self._body_claim(source)
        if claim is not None and claim.path is None and self._is_faulty(claim.span):
            self.spoiled.add(key if kind == "header" else source)
            return None
        return claim

    def _is_sure(self) -> bool:
        """Whether the document is known to begin and to end where it seems to."""
        return self.part is None or self.part.sure

    def _fact(self, key: str) -> str:
        if key == "bytes":
            return str(len(self.data))
        if key in DIGESTS:
            return self._digest(key).hex()
        if key == "lines":
            return str(self.data.count(b"\n") + (not self.data.endswith(b"\n") and bool(self.data)))
        is_first = self.part is None or self.part.start == 0
        text = decode(self.data[body_start(self.data) :] if is_first else self.data)  # A byte-order mark is no text.
        return str(len(text) if key == "chars" else len(text.split()))

    def _digest(self, algorithm: str) -> bytes:
        """A digest of the whole file, each computed once."""
        if algorithm not in self.digests:
            self.digests[algorithm] = DIGESTS[algorithm](self.data).digest()
        return self.digests[algorithm]

    def _header_claim(self, source: str, kind: str, key: str) -> Claim | None:
        loose = source in self.plan.loose
        fields, path = self._metadata(kind)
        for field in fields:
            if field.key == key or (loose and key_of(field.key) == key):
                value = _shown(field.node, dict(self.plan.joined).get(source, ", "))
                listed = field.node.kind == "sequence"
                return Claim(source, value, field.node.span if value else field.key_span, path, listed)
        return None

    def _body_claim(self, source: str) -> Claim | None:
        if self.part is not None and not self.part.begun:
            return None
        if source.partition(".")[0] == "heading":
            return self._heading_claim(source)
        if source in self.plan.loose and self._has_metadata():
            return None  # Nobody said that text behind a header is the title.
        if self.plan.delimiters.header == "none" and self.header.faults:
            self.spoiled.add(source)  # What stands on top instead of the first line is said to be wrong.
            return None
        start, end = first_line(self.data, self.header.body, behind=self.header.end > self.header.start)
        if source in self.plan.loose and self.path.casefold().endswith(SUFFIXES) and NO_TITLE.match(self.data, start):
            return None  # Nobody said that the first line is the title, and this one plainly is something else.
        if end == start and (self.empty or source in self.plan.loose):
            return None
        return Claim(source, decode(self.data[start:end]), Span(start, end))

    def _has_metadata(self) -> bool:
        return self.header.dialect is not None or self.plan.delimiters.header not in {None, "none"}

    def _heading_claim(self, source: str) -> Claim | None:
        """A heading, or a part of the first of level 1: the ID that it begins with, or the title behind that ID."""
        part = source.partition(".")[2]
        found = self._heading(int(part) if part.isdigit() else None if part == "any" else 1)
        if found is None:
            return None
        text, span = found
        parts = split_heading(text, self.plan.pattern) if part in {"id", "title"} else None
        if part == "id":
            return None if parts is None else Claim(source, parts.id, part_span(self.data, span, parts.id))
        if parts is None:
            return Claim(source, text, span)
        return Claim(source, parts.title, title_span(self.data, span, parts.title) if parts.title else span)

    def _heading(self, level: int | None = 1) -> tuple[str, Span] | None:
        if self.plan.delimiters.header == "rst":
            from validator.header.rst import title  # noqa: PLC0415 - 2 ms, which only corpora in this dialect need pay

            return title(self.data, self.header.body)
        return find_heading(self.data, self.header.body, level)

    def _is_faulty(self, span: Span | None) -> bool:
        return span is not None and any(line.start < span.end and span.start < line.end for line in self.bad)

    def _missing_ids(self, ids: tuple[Claim, ...]) -> None:
        if self.captured is None and self.plan.name is not None:
            self.faults.append(Fault("missing-id", None, ("name", self.plan.name)))
            return
        stated = {claim.source: claim for claim in ids}
        for claim in ids:
            if not claim.value.strip():
                self.faults.append(Fault("missing-id", claim.span, ("empty", claim.source), claim.path))
        for source in self.plan.required_ids:
            if source not in stated and not self.bad and not self._is_excused(source):
                path = self._metadata(source.partition(".")[0])[1]
                span = None if path or of_sidecar(source) else self.header.root
                if source == "heading.id":
                    span = (self._heading() or ("", None))[1]
                self.faults.append(Fault("missing-id", span, ("source", source), path))

    def _is_excused(self, source: str) -> bool:
        """Whether the silence of a source is explained by a fault that is reported anyway."""
        kind, _, key = source.partition(".")
        if kind in _METADATA:
            return self.broken or key in self.spoiled
        if of_delimiter(source):
            return self.part is not None and bool(self.part.faults)
        return self.empty

    def _schema(self) -> None:
        fields, path = self._metadata("header")
        if self.plan.schema is None or (self.broken and not fields):
            return
        value = {field.key: plain_value(field.node) for field in fields}
        try:
            violations = load(self.plan.schema).violations(value)
        except SchemaError as error:
            self.faults.append(Fault("bad-schema", None, (str(error),)))
            return
        spoiled = self.spoiled | {fault.detail[0] for fault in self.faults if fault.kind == "duplicate-key"}
        for violation in violations:
            top = violation.pointer[0] if violation.pointer else violation.key
            lacking = violation.keyword == "required" and not violation.pointer
            if top not in spoiled and not (lacking and self.broken):
                self.faults.append(self._schema_fault(violation, fields)._replace(path=path))

    def _opening(self) -> Span | None:
        """The first line of the metadata; `None` where there is none, and nothing but the file as a whole lacks it."""
        if self.sidecar is not None and self.plan.delimiters.header == "sidecar":
            return Span(0, line_end(self.beside[0].data, 0))
        return None if self.header.dialect is None else Span(self.header.start, line_end(self.data, self.header.start))

    def _schema_fault(self, violation: Violation, fields: tuple[Field, ...]) -> Fault:
        field = next((field for field in fields if violation.pointer[:1] == (field.key,)), None)
        at_key = violation.at_key
        span = self._opening() if field is None else _descend(field, violation.pointer[1:], at_key=at_key)
        name = ".".join(str(step) for step in violation.pointer)
        kind = {"required": "schema-required", "additionalProperties": "schema-unknown"}.get(
            violation.keyword, "schema"
        )
        key = ".".join(part for part in (name, violation.key) if part) if kind == "schema-required" else name
        meant = (violation.meant,) if kind == "schema-unknown" and violation.meant else ()
        return Fault(kind, span, (key, violation.message, *meant))


def _is_broken(faults: tuple[Fault, ...]) -> bool:
    """Whether the header as a whole cannot be relied on to state what it should."""
    return any(fault.kind in _BREAKING or _is_missing(fault) for fault in faults)


def _is_missing(fault: Fault) -> bool:
    """Whether a header is not there at all; another fault is that its opening line alone is not."""
    return fault.kind == "missing-header" and not fault.detail


_BREAKING = {"header-type", "too-deep", "unclosed-header"}


def _of_bytes(source: str) -> bool:
    return of_name(source) or source == "content.bytes" or source.removeprefix("content.") in DIGESTS


def _descend(field: Field, pointer: tuple[str | int, ...], *, at_key: bool) -> Span:
    """The place of the value that a pointer leads to below a field; with `at_key`, or for no value, that of its key."""
    key_span, node = field.key_span, field.node
    for step in pointer:
        if node.kind == "mapping":
            found = next(((key, value) for key, value in node.pairs() if key.text == step), None)
            key_span, node = (found[0].span, found[1]) if found else (key_span, node)
        else:
            node = node.items[int(step)]
    return key_span if at_key or node.span.end <= node.span.start else node.span


def is_judged(plan: Plan, key: str) -> bool:
    """Whether it matters how YAML reads what a key states: where YAML is declared, or something is bound to the key."""
    if plan.delimiters.header is not None:
        return plan.delimiters.header == "yaml"
    return f"header.{key}" in plan.expressions or f"header.{key_of(key)}" in plan.loose


def _misread(fields: Iterable[Field]) -> Iterator[Fault]:
    """The scalars that YAML reads as something else than is written; one that an alias repeats once."""
    said: set[Span] = set()
    for field in fields:
        for node in _plain_scalars(field.node):
            reading = misread(node.text)
            if reading is not None and node.span not in said:
                said.add(node.span)
                inside = () if node is field.node else ("inside",)
                yield Fault("ambiguous-scalar", node.span, (field.key, node.text, reading, *inside))


def _plain_scalars(node: Node) -> Iterator[Node]:
    """The scalars without quotes among a value's parts, the keys of its mappings left out."""
    if node.plain:
        yield node
    for item in node.items[1::2] if node.kind == "mapping" else node.items:
        yield from _plain_scalars(item)


def _shown(node: Node, delimiter: str) -> str:
    """A value as one text: a list as its items, a mapping as it would stand in a table cell."""
    if node.kind == "scalar":
        return node.text
    if node.kind == "mapping":
        inner = (f"{_shown(key, delimiter)}: {_shown(value, delimiter)}" for key, value in node.pairs())
        return f"{{{delimiter.join(inner)}}}"
    return delimiter.join(_shown(item, delimiter) for item in node.items)
