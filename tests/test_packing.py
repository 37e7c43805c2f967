from __future__ import annotations

import marshal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import packing
from validator.model import Claim, Document, Fault, Span, Waiver
from validator.packing import pack, unpack

_TEXTS = st.text(max_size=4)
_SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 2**40))
_CLAIMS = st.builds(Claim, _TEXTS, _TEXTS, st.none() | _SPANS)
_FAULTS = st.builds(Fault, _TEXTS, st.none() | _SPANS, st.lists(_TEXTS, max_size=2).map(tuple))
_DOCUMENTS = st.builds(
    lambda path, claims, ids, digest, faults, empty: Document(path, claims, ids, digest, faults, ("k",) * empty),
    _TEXTS,
    st.lists(st.none() | _CLAIMS, max_size=3).map(tuple),
    st.lists(_CLAIMS, max_size=1).map(tuple),
    st.none() | st.binary(max_size=4),
    st.lists(_FAULTS, max_size=1).map(tuple),
    st.integers(0, 1),
)


@settings(max_examples=100)
@given(st.none() | st.binary(max_size=4) | _DOCUMENTS | st.lists(_DOCUMENTS, max_size=2).map(tuple))
def test_what_was_packed_comes_back_as_it_was(found: object) -> None:
    again = unpack(marshal.loads(marshal.dumps(pack(found))))  # noqa: S302 - our own bytes
    assert again == found
    assert type(again) is type(found)


def test_a_document_without_faults_is_a_lean_tuple() -> None:
    stated = Claim("name.id", "7", None)
    document = Document("a.md", (stated, None, Claim("header.title", "A", Span(4, 5))), (stated,), b"x", ())
    assert pack(document) == ("a.md", (("name.id", "7"), None, ("header.title", "A", 4, 5)), (0,), b"x")
    assert unpack(pack(document)) == document


def test_the_types_of_the_parts_come_back_too() -> None:
    waiver = Waiver(*(None,) * len(Waiver._fields))  # type: ignore[arg-type]
    document = Document("a", (Claim("x", "y", Span(1, 2)),), (), None, (Fault("k", Span(1, 2), ("d",)),))
    assert type(unpack(pack(document._replace(waivers=(waiver,)))).waivers[0]) is Waiver
    again = unpack(pack(document))
    assert isinstance(again, Document)
    assert isinstance(again.claims[0], Claim)
    assert isinstance(again.faults[0].span, Span)


def test_a_claim_that_says_more_is_packed_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("a", (Claim("x", "y", None),), (), None, ())
    monkeypatch.setattr(packing, "_REST_OF_CLAIM", ("something",))
    assert isinstance(pack(document), list)
    assert unpack(pack(document)) == document
