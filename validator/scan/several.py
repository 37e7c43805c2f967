"""Several documents in one file, each scanned as one that stands alone; then every place is made one of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import overload

from validator.delimiters import Part, cut
from validator.header import Beside
from validator.model import Claim, Document, Fault, Span
from validator.scan.document import UTF16, Scan, is_pointer, scan, unread
from validator.scan.plan import Plan, of_delimiter
from validator.scan.terminators import Ends

# What a document seems to be whose bounds are not sure.
_OF_BOUNDS = frozenset({"missing-header", "text-before-header", "empty-document"})
_OF_PAIRS = frozenset({"unbalanced-delimiter", "missing-delimiter"})


def scan_several(
    plan: Plan, path: str, pieces: Iterable[bytes], beside: tuple[Beside, ...] = ()
) -> tuple[Document, ...]:
    """Read a file that may hold several documents, in pieces: at least one document, in the order of the file.

    Sidecars belong to each of them. Places are those of the file. Raises nothing but what asking for a piece raises.
    """
    pieces = iter(pieces)
    first = next(pieces, b"")
    if is_pointer(first) or first.startswith(UTF16):
        return (scan(plan, path, first, beside),)
    ends = Ends(plan.delimiters)
    documents = [
        _scan_part(plan, path, part, beside, is_first=number == 0)
        for number, part in enumerate(cut(plan.delimiters, ends.seen(first, pieces)))
    ]
    if len(documents) > 1:
        # A comment that accepts findings speaks of the whole file, which a part cannot do.
        documents = [document._replace(waivers=()) for document in documents]
    return tuple(_once_each(documents, ends))


def _scan_part(plan: Plan, path: str, part: Part, beside: tuple[Beside, ...], *, is_first: bool) -> Document:
    """One document of a file. What is wrong with the file's name or sidecar is said of its first document alone."""
    if part.body is None:
        return unread(plan, path, *part.faults)._replace(at=part.at)
    document = Scan(plan, path, part.body, beside, part).run()
    faults = tuple(
        _moved(fault, part)
        for fault in document.faults
        if (is_first or not _is_of_file(fault)) and (part.sure or fault.kind not in _OF_BOUNDS)
    )
    return document._replace(
        claims=tuple(_claim_moved(claim, part) for claim in document.claims),
        ids=tuple(_claim_moved(claim, part) for claim in document.ids),
        faults=(*part.faults, *faults),
        broken=document.broken or not part.sure,
        waivers=tuple(waiver._replace(span=_shifted(waiver.span, part)) for waiver in document.waivers),
        at=part.at,
    )


def _shifted(span: Span, part: Part) -> Span:
    return Span(span.start + part.start, span.end + part.start)


def _is_of_file(fault: Fault) -> bool:
    """Whether a fault is one of the file's name or of its sidecar."""
    return fault.path is not None or (fault.span is None and fault.detail[:1] in {("name",), ("sidecar",)})


def _moved(fault: Fault, part: Part) -> Fault:
    """A fault of a part at its place in the file; one of the part as a whole at the line to point at."""
    if fault.path is not None:
        return fault
    if fault.span is None:
        return fault._replace(span=part.at)
    span = _shifted(fault.span, part)
    positions = _POSITIONS.get(fault.kind, slice(0))
    moved = [str(int(offset) + part.start) for offset in fault.detail[positions]]
    detail = [*fault.detail]
    detail[positions] = moved
    return Fault(fault.kind, span, tuple(detail))


# Which words of a fault's detail are offsets.
_POSITIONS = {"not-utf8": slice(0, 1), "duplicate-key": slice(1, 3)}


@overload
def _claim_moved(claim: Claim, part: Part) -> Claim: ...
@overload
def _claim_moved(claim: None, part: Part) -> None: ...
def _claim_moved(claim: Claim | None, part: Part) -> Claim | None:
    """A claim at its place in the file; that of a delimiter line stands there already."""
    if claim is None or claim.span is None or claim.path is not None or of_delimiter(claim.source):
        return claim
    return claim._replace(span=_shifted(claim.span, part))


def _once_each(documents: list[Document], ends: Ends) -> Iterator[Document]:
    """The documents; what is wrong with the file as a whole is said once, and that all lack the same line, too."""
    lack = _lacked_by_all(documents)
    for number, document in enumerate(documents):
        faults = document.faults
        if lack is not None:
            own = next(fault for fault in faults if fault.kind in _OF_PAIRS)
            faults = tuple(fault for fault in faults if fault.kind not in _OF_PAIRS)
            faults = (Fault("missing-delimiter", own.span, (lack,)), *faults) if number == 0 else faults
        if number == 0:
            faults = (*ends.of_start(), *faults)
        if number == len(documents) - 1:
            faults = (*faults, *ends.of_end())
        yield document._replace(faults=faults)


def _lacked_by_all(documents: list[Document]) -> str | None:
    """Which delimiter no document of a file has."""
    for which, is_lack in (("end", _is_unclosed), ("begin", _is_headless)):
        if all(any(is_lack(fault) for fault in document.faults) for document in documents):
            return which
    return None


def _is_unclosed(fault: Fault) -> bool:
    return fault.kind == "unbalanced-delimiter" and fault.detail[0] == "unclosed"


def _is_headless(fault: Fault) -> bool:
    return fault.kind == "missing-delimiter" and fault.detail[0] == "begin"
