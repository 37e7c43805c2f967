"""CT103: what stands in a digest's column is no digest of that kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

DATA = b"A\n"
SHA = hashlib.sha256(DATA).hexdigest()


def files(cell: str, column: str = "SHA-256") -> dict[str, str | bytes]:
    return {"INDEX.md": f"| Document | {column} |\n| - | - |\n| [A](a.txt) | {cell} |\n", "a.txt": DATA}


@pytest.mark.parametrize("cell", [SHA, SHA.upper(), f"sha256:{SHA}", f"`{SHA}`"])
def test_a_digest_of_the_kind_is_fine(cell: str, check: Callable[..., Result]) -> None:
    assert check(files(cell)).findings == []


def test_a_wrong_digest_is_no_malformed_one(check: Callable[..., Result]) -> None:
    assert check(files("0" * 64)).codes == ["CT101"]


@pytest.mark.parametrize("cell", ["", "-", "n/a"])
def test_an_empty_cell_is_no_digest_at_all(cell: str, check: Callable[..., Result]) -> None:
    assert "CT103" not in check(files(cell)).codes


@pytest.mark.parametrize(
    ("cell", "column", "kind", "length"),
    [
        pytest.param(SHA[:-1], "SHA-256", "sha256", 64, id="a digit short"),
        pytest.param(SHA + "0", "SHA-256", "sha256", 64, id="a digit long"),
        pytest.param("g" + SHA[1:], "SHA-256", "sha256", 64, id="another alphabet"),
        pytest.param("０" + SHA[1:], "SHA-256", "sha256", 64, id="a digit of full width"),
        pytest.param(SHA[:12] + "…", "SHA-256", "sha256", 64, id="cut short"),
        pytest.param(SHA[:32] + " " + SHA[32:], "SHA-256", "sha256", 64, id="a blank inside"),
        pytest.param(hashlib.sha1(DATA, usedforsecurity=False).hexdigest(), "SHA-256", "sha256", 64, id="of sha1"),
        pytest.param(SHA, "MD5", "md5", 32, id="of sha256"),
        pytest.param(SHA, "sha1", "sha1", 40, id="of sha256, where sha1 is wanted"),
        pytest.param(SHA, "blake2b", "blake2b", 128, id="of sha256, where blake2b is wanted"),
        pytest.param("TODO", "SHA-256", "sha256", 64, id="a word"),
    ],
)
def test_what_is_no_digest_of_the_kind(
    cell: str, column: str, kind: str, length: int, check: Callable[..., Result]
) -> None:
    result = check(files(cell, column))
    assert brief(result) == [f"CT103 INDEX.md:3:16-3:{16 + len(cell)}"]
    message = f"{column.casefold()}: this is no {kind} digest, which has {length} hexadecimal digits: '{cell}'"
    assert result.only()["message"] == message
    assert result.only()["values"]["index"] == cell
