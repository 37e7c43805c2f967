"""Lists of checksums, as the tools of this world write them."""

from __future__ import annotations

import pytest

from tests.index.conftest import faults, place_of, read, said, targets
from validator.contract import Contract
from validator.index import format_of

MD5, SHA1, SHA256, SHA512 = "5" * 32, "1" * 40, "a" * 64, "b" * 128

LINES = {
    "two blanks": (f"{SHA256}  a.md\n", ("path", "sha256"), [("a.md", SHA256)]),
    "a star": (f"{SHA256} *a.md\n", ("path", "sha256"), [("a.md", SHA256)]),
    "a tab": (f"{SHA256}\ta.md\n", ("path", "sha256"), [("a.md", SHA256)]),
    "CRLF": (f"{SHA256}  a.md\r\n{SHA256}  b.md\r\n", ("path", "sha256"), [("a.md", SHA256), ("b.md", SHA256)]),
    "blanks in the name": (f"{SHA256}  a b.md\n", ("path", "sha256"), [("a b.md", SHA256)]),
    "an escaped name": (f"\\{SHA256}  a\\\\b\\nc\\r.md\n", ("path", "sha256"), [("a\\b\nc\r.md", SHA256)]),
    "BSD": (f"SHA256 (a.md) = {SHA256}\n", ("path", "sha256"), [("a.md", SHA256)]),
    "BSD, escaped": (f"\\SHA256 (a\\n.md) = {SHA256}\n", ("path", "sha256"), [("a\n.md", SHA256)]),
    "BSD, brackets in the name": (f"SHA2-256 (a (1).md) = {SHA256}\n", ("path", "sha256"), [("a (1).md", SHA256)]),
    "BSD, another algorithm": (f"BLAKE2b (a.md) = {SHA512}\n", ("path", "blake2b"), [("a.md", SHA512)]),
    "BSD, an unknown algorithm": (f"TIGER (a.md) = {MD5}\n", None, []),
    "two algorithms": (
        f"MD5 (a.md) = {MD5}\nSHA1 (a.md) = {SHA1}\nMD5 (b.md) = {MD5}\n", ("path", "md5", "sha1"),
        [("a.md", MD5, SHA1), ("b.md", MD5, None)],
    ),
    "one file twice": (f"{MD5}  a.md\n{MD5}  a.md\n", ("path", "md5"), [("a.md", MD5), ("a.md", MD5)]),
    "by length": (f"{SHA1}  a.md\n", ("path", "sha1"), [("a.md", SHA1)]),
    "by length, long": (f"{SHA512}  a.md\n", ("path", "sha512"), [("a.md", SHA512)]),
    "a digit short": (f"{SHA1}  a.md\n{SHA1[1:]}  b.md\n", ("path", "sha1"), [("a.md", SHA1), ("b.md", SHA1[1:])]),
    "comments and blank lines": (f"# all\n\n{SHA256}  a.md\n  \n", ("path", "sha256"), [("a.md", SHA256)]),
    "signed": (
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{SHA256}  a.md\n-----BEGIN PGP SIGNATURE-----\n\nabc\n",
        ("path", "sha256"), [("a.md", SHA256)],
    ),
    "signed, and cut off": (
        f"-----BEGIN PGP SIGNED MESSAGE-----\n\n{SHA256}  a.md\n", ("path", "sha256"), [("a.md", SHA256)],
    ),
    "nothing": ("\n", None, []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "columns", "expected"), LINES.values(), ids=LINES)
def test_a_line_is_a_digest_and_a_path(
    text: str, columns: tuple[str, ...] | None, expected: list[tuple[str | None, ...]]
) -> None:
    index = read(text, "checksums.txt")
    assert said(index) == expected
    assert [block.columns for block in index.blocks] == ([columns] if columns else [])


ALGORITHMS = {
    "SHA256SUMS": "sha256",
    "sha384sums.txt": "sha384",
    "manifest-sha224.txt": "sha224",
    "B2SUMS": "blake2b",
    "manifest-md5.txt": "md5",
    "x.sha512": "sha512",
}


@pytest.mark.parametrize(("name", "algorithm"), ALGORITHMS.items(), ids=list(ALGORITHMS))
def test_the_name_of_the_list_says_the_algorithm(name: str, algorithm: str) -> None:
    assert read(f"{SHA1}  a.md\n", name).blocks[0].columns == ("path", algorithm)


def test_values_stand_at_their_places() -> None:
    index = read(f"{MD5} *ä.md\nMD5 (b.md) = {MD5}\n", "MD5SUMS")
    first, second = index.entries
    assert [place_of(index, first, name) for name in ("path", "md5", None)] == ["1:35-1:39", "1:1-1:33", "1:1-1:39"]
    assert [place_of(index, second, name) for name in ("link.target", "md5")] == ["2:6-2:10", "2:14-2:46"]


def test_a_line_that_is_none_is_a_fault_and_the_others_are_read() -> None:
    index = read(f"these are the sums\n{MD5}  a.md\n{MD5}\n", "MD5SUMS")
    assert targets(index) == ["a.md"]
    assert faults(index) == [("index-syntax", "1:1-1:19"), ("index-syntax", "3:1-3:33")]


FORMATS = {
    "INDEX.md": "markdown", "README.MDX": "markdown", "a.yml": "yaml", "a.YAML": "yaml", "a.json": "json",
    "a.csv": "csv", "a.tsv": "tsv", "SHA256SUMS": "checksums", "sha256sum.txt": "checksums", "x/MD5SUMS": "checksums",
    "SHA256SUMS.asc": "checksums", "checksums.txt": "checksums", "manifest-sha256.txt": "checksums",
    "tagmanifest-sha512.txt": "checksums", "a.zip.sha256": "checksums", "manifest.txt": None, "README": None,
    "a.txt": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "form"), FORMATS.items(), ids=list(FORMATS))
def test_the_name_of_an_index_says_how_to_read_it(name: str, form: str | None) -> None:
    assert format_of(name, Contract(name, "")) == form
    assert format_of(name, Contract(name, "", format="csv")) == "csv"
    assert format_of(name, Contract(name, "", format="list")) == "markdown"
