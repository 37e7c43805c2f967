"""What was read of documents as columns: nothing is lost on the way into a cache and back."""

from __future__ import annotations

import marshal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.accord.standing import Found, Standing
from validator.model import Claim, Document, Span

PATHS = st.sampled_from([f"{number}.md" for number in range(12)] + ["ä\n.md", "a b.md", "\udcff.md"])
DIGESTS = st.sampled_from([b"", b"\n" * 4, b"abc\n"])


def documents(path: str, count: int) -> tuple[Document, ...]:
    """What a whole scan gives of a file with so many documents."""
    claim = Claim("header.id", "1", Span(4, 5))
    return tuple(Document(path, (claim,), (claim,), b"digest", ()) for _ in range(count))


@st.composite
def readings(draw: st.DrawFn) -> dict[str, Found]:
    """What a reader gives of some files: documents in accord have an ID or none, and either all or none a digest."""
    has_digests = draw(st.booleans())
    found: dict[str, Found] = {}
    for path in draw(st.lists(PATHS, unique=True)):
        digest = draw(DIGESTS.filter(bool)) if has_digests else b""
        agreed = draw(st.sampled_from([b"", b"a 1", b"x|y"])) + b"\n" + digest
        found[path] = agreed if draw(st.booleans()) else documents(path, draw(st.integers(0, 2)))
    return found


def as_read(standing: Standing) -> dict[str, Found]:
    """The same as a reader gives it."""
    columns = zip(standing.paths, standing.ids, standing.digests, strict=True)
    return {**{path: own.encode() + b"\n" + digest for path, own, digest in columns}, **standing.rest}


@given(readings(), st.data())
def test_what_is_read_in_steps_is_what_is_read_at_once(found: dict[str, Found], data: st.DataObject) -> None:
    first = data.draw(st.sets(st.sampled_from(sorted(found)))) if found else set()
    known = Standing().joined({path: item for path, item in found.items() if path in first})
    whole = known.joined({path: item for path, item in found.items() if path not in first})
    assert as_read(whole) == found
    assert whole.known == set(found)


@given(readings(), st.data())
def test_what_is_kept_comes_back_but_for_what_is_not_true_any_more(
    found: dict[str, Found], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(found)))) if found else set()
    paths, values = Standing().joined(found).packed(chosen)
    flags = [data.draw(st.booleans()) for _ in paths]
    true = {path for path, flag in zip(paths, flags, strict=True) if flag}
    again = Standing.restored(paths, marshal.loads(marshal.dumps(values)), flags)  # noqa: S302 - what was dumped here
    assert as_read(again) == {path: item for path, item in found.items() if path in true}
    # Of a file that holds nothing, as one that is not there, nothing is kept.
    assert set(paths) == {path for path in chosen if found[path]}


@pytest.mark.parametrize("values", [None, (), (1, "a", b""), (1, 7, b"", [])])
def test_what_was_not_packed_is_told(values: object) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        Standing.restored(["a.md"], values, [True])
