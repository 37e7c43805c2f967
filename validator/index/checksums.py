"""Lists of checksums: `SHA256SUMS` and its like, BSD's `SHA256 (path) = digest`, BagIt's `manifest-sha256.txt`.

A line is an entry, or one more digest of a file that an earlier line names. The columns are `path` and the names of the
algorithms, which are those of the expressions `content.…`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.contract import Contract
from validator.index.links import Reading, Resolve
from validator.index.records import Record, make_block, rows_reading
from validator.late import regex
from validator.model import Fault, Span
from validator.text import real

_LINE = regex(r"[^\r\n]*[^\s][^\r\n]*")
_COREUTILS = regex(r"[ \t]*(?P<escaped>\\?)(?P<digest>[0-9A-Za-z]{16,})(?: [ *]|[ \t]+)(?P<path>[^\r\n]*[^\s])[ \t]*")
_BSD = regex(r"[ \t]*(?P<escaped>\\?)(?P<name>[A-Za-z0-9/-]+) \((?P<path>[^\r\n]+)\) = (?P<digest>[^\s]+)[ \t]*")
_HEX = regex(r"[0-9A-Fa-f]+")
_ESCAPE = regex(r"\\([\\nr])")
_ESCAPED = {"n": "\n", "r": "\r", "\\": "\\"}
_ALGORITHMS = {
    "md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha2256": "sha256", "sha512": "sha512", "sha2512": "sha512",
    "sha384": "sha384", "sha2384": "sha384", "sha224": "sha224", "sha2224": "sha224",
    "b2": "blake2b", "blake2": "blake2b", "blake2b": "blake2b", "blake2b512": "blake2b",
}  # fmt: skip
_LENGTHS = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
_NAMED = regex(r"sha-?(?:1|224|256|384|512)|md5|blake2b?|b2", re.IGNORECASE)
_SIGNED = regex(r"-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:[^\r\n]+\r?\n)*+")
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"


class _Line(NamedTuple):
    """One digest of one file, as a line states it. `algorithm` is `None` where nothing tells which one it is."""

    span: Span
    path: str
    path_span: Span
    algorithm: str | None
    digest: str
    digest_span: Span


def read_checksums(path: str, text: str, contract: Contract, resolve: Resolve) -> Reading:
    """Read a list of checksums. The algorithm is what a line, the file's name or else the digest's length says."""
    faults: list[Fault] = []
    named = _NAMED.search(posixpath.basename(path))
    known = _algorithm(named[0]) if named else None
    lines = list(_lines(text, contract.body, known, faults))
    if not lines:
        return Reading((), (), tuple(faults))
    # A digest of a length that none has is of the kind that the others are.
    usual = known or next((line.algorithm for line in lines if line.algorithm), "sha256")
    lines = [line if line.algorithm else line._replace(algorithm=usual) for line in lines]
    columns = ["path", *dict.fromkeys(line.algorithm or usual for line in lines)]
    whole = Span(lines[0].span.start, lines[-1].span.end)
    block = make_block("checksums", columns, "", whole, lines[0].span)
    return rows_reading(block, list(_records(lines, columns)), contract, resolve, faults)


def _algorithm(name: str) -> str | None:
    return _ALGORITHMS.get("".join(filter(str.isalnum, name)).casefold())


def _lines(text: str, start: int, known: str | None, faults: list[Fault]) -> Iterator[_Line]:
    signed = _SIGNED.match(text, start)
    start = signed.end() if signed else start
    end = text.find(_SIGNATURE, start) if signed else -1
    for match in _LINE.finditer(text, start, end if end >= 0 else len(text)):
        if match[0].lstrip().startswith("#"):
            continue
        line = _line(match, known)
        if line is None:
            reason = "a line is a digest, two blanks and a path, or `SHA256 (path) = digest`"
            faults.append(Fault("index-syntax", Span(*match.span()), (reason,)))
        else:
            yield line


def _line(match: re.Match[str], known: str | None) -> _Line | None:
    found = _BSD.fullmatch(match[0])
    algorithm = _algorithm(found["name"]) if found else None
    if found is None or algorithm is None:
        found = _COREUTILS.fullmatch(match[0])
        if found is None:
            return None
        algorithm = known or (_LENGTHS.get(len(found["digest"])) if _HEX.fullmatch(found["digest"]) else None)
    at = match.start()
    written = real(found["path"])
    path = _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], written) if found["escaped"] else written
    return _Line(
        Span(*match.span()), path, Span(at + found.start("path"), at + found.end("path")),
        algorithm, real(found["digest"]), Span(at + found.start("digest"), at + found.end("digest")),
    )  # fmt: skip


def _records(lines: list[_Line], columns: list[str]) -> Iterator[Record]:
    """A record a file: a line that gives another digest of the same one belongs to the first."""
    numbers = {name: number for number, name in enumerate(columns)}
    open_records: dict[str, int] = {}
    found: list[tuple[Span, list[str | None], list[Span | None]]] = []
    for line in lines:
        column = numbers[line.algorithm or ""]
        number = open_records.get(line.path)
        if number is None or found[number][1][column] is not None:
            number = open_records[line.path] = len(found)
            empty = len(columns) - 1
            found.append((line.span, [line.path, *[None] * empty], [line.path_span, *[None] * empty]))
        found[number][1][column] = line.digest
        found[number][2][column] = line.digest_span
    for span, values, places in found:
        yield Record(span, tuple(values), tuple(places))
