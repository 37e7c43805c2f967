"""Documents as plain tuples, for a pipe or a file, and back.

`marshal` reads and writes plain values several times faster than `pickle` does objects, and gives nothing but values:
no byte of its input can call anything.
"""

from __future__ import annotations

from typing import Any

from validator.model import Claim, Document, Fault, Span, Waiver

_KINDS: tuple[Any, ...] = (Document, Claim, Fault, Span, Waiver)
_REST_OF_CLAIM = tuple(Claim._field_defaults.values())
_REST_OF_DOCUMENT = tuple(Document._field_defaults.values())
_SOUND = len(Document._fields) - len(_REST_OF_DOCUMENT)
_TUPLE = -2
_new = tuple.__new__


def pack(found: object) -> Any:  # noqa: ANN401 - plain values of any kind
    """What a scan gave, as plain values: tuples, lists, texts, bytes, numbers, `None`.

    Bytes stay what they are. A tuple becomes a list of what its items become, behind a sign. A document without faults
    becomes a lean tuple; anything else a list that names its kinds.
    """
    if type(found) is bytes:
        return found
    if type(found) is tuple:
        return [_TUPLE, *map(pack, found)]
    if type(found) is Document and not found.faults and found[_SOUND:] == _REST_OF_DOCUMENT:
        claims = [_packed_claim(claim) for claim in found.claims]
        numbers = [found.claims.index(claim) for claim in found.ids if claim in found.claims]
        if False not in claims and len(numbers) == len(found.ids):
            return (found.path, tuple(claims), tuple(numbers), found.digest)
    return _packed(found)


def _packed_claim(claim: Claim | None) -> tuple[Any, ...] | bool | None:
    """A claim as a tuple; `False` where it is more than a tuple can hold."""
    if claim is None:
        return None
    if claim[3:] != _REST_OF_CLAIM:
        return False
    return claim[:2] if claim.span is None else (*claim[:2], *claim.span)


def _packed(value: object) -> object:
    if type(value) in _KINDS:
        assert isinstance(value, tuple)
        return [_KINDS.index(type(value)), *map(_packed, value)]
    if isinstance(value, tuple):
        return [-1, *map(_packed, value)]
    return value


def unpack(packed: Any) -> Any:  # noqa: ANN401 - whatever was packed
    """What was packed.

    Raises:
        TypeError, ValueError, IndexError: `packed` is nothing that `pack` has made.
    """
    if type(packed) is bytes:
        return packed
    if isinstance(packed, list) and packed[0] == _TUPLE:
        return tuple(map(unpack, packed[1:]))
    if not isinstance(packed, tuple):
        return _unpacked(packed)
    path, packed_claims, numbers, digest = packed
    claims = tuple(
        [
            claim
            if claim is None
            else _new(Claim, (claim[0], claim[1], _new(Span, claim[2:]) if len(claim) > 2 else None, *_REST_OF_CLAIM))  # noqa: PLR2004 - source, value, span
            for claim in packed_claims
        ]
    )
    return _new(Document, (path, claims, tuple([claims[number] for number in numbers]), digest, (), *_REST_OF_DOCUMENT))


def _unpacked(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, list):
        return value
    items = map(_unpacked, value[1:])
    return tuple(items) if value[0] < 0 else _KINDS[value[0]](*items)
