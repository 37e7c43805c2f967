"""CT101: the digest in the index is not the digest of the document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

DATA = "---\ntitle: Ä\n---\r\nText.".encode()
DIGESTS = {
    "SHA-256": hashlib.sha256(DATA).hexdigest(),
    "sha1": hashlib.sha1(DATA, usedforsecurity=False).hexdigest(),
    "MD5": hashlib.md5(DATA, usedforsecurity=False).hexdigest(),
    "blake2b": hashlib.blake2b(DATA).hexdigest(),
    "Checksum": hashlib.sha256(DATA).hexdigest(),
}
SHA = DIGESTS["SHA-256"]


def files(column: str, cell: str, front: str = "") -> dict[str, str | bytes]:
    return {"INDEX.md": f"{front}| Document | {column} |\n| - | - |\n| [A](a.md) | {cell} |\n", "a.md": DATA}


@pytest.mark.parametrize(("column", "digest"), DIGESTS.items(), ids=DIGESTS)
def test_the_digest_of_all_bytes_is_right(column: str, digest: str, check: Callable[..., Result]) -> None:
    assert check(files(column, digest)).findings == []


@pytest.mark.parametrize("cell", [SHA.upper(), f"`{SHA}`", f"sha256:{SHA}", f"SHA-256: {SHA}", f"**{SHA}**"])
def test_the_way_it_is_written_is_no_difference(cell: str, check: Callable[..., Result]) -> None:
    assert check(files("SHA-256", cell)).findings == []


def test_a_digest_cut_short_needs_a_word_of_the_contract(check: Callable[..., Result]) -> None:
    front = "---\nmanifest: 1\nfields: {s: {column: S, document: content.sha256, compare: prefix}}\n---\n"
    assert check(files("S", f"{SHA[:12]}…", front)).findings == []
    assert check(files("S", "0123456789ab…", front)).codes == ["CT101"]


@pytest.mark.parametrize(("column", "digest"), DIGESTS.items(), ids=DIGESTS)
def test_both_digests_are_shown_in_full(column: str, digest: str, check: Callable[..., Result]) -> None:
    wrong = ("0" if digest[0] != "0" else "1") + digest[1:]
    result = check(files(column, f"`{wrong}`"))
    assert brief(result) == [f"CT101 INDEX.md:3:15-3:{17 + len(digest)}"]
    finding = result.only()
    assert finding["message"] == f"{column.casefold()}: the index states '{wrong}', the content has '{digest}'"
    assert finding["values"] == {"index": wrong, "document": digest}
    assert (finding["document"], finding["field"]) == ("a.md", column.casefold())
    assert [place(spot) for spot in finding["related"]] == ["a.md"]


def test_line_ends_and_marks_are_bytes_like_others(check: Callable[..., Result]) -> None:
    other = hashlib.sha256(DATA.replace(b"\r\n", b"\n")).hexdigest()
    assert check(files("SHA-256", other)).codes == ["CT101"]
