"""CT106: a large-file pointer where the document should be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def files(data: str) -> dict[str, str]:
    size = len(data.encode())
    return {"INDEX.md": f"| Document | Bytes |\n| - | - |\n| [A](a.txt) | {size} |\n", "a.txt": data}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f"A pointer begins with\n{LFS}", id="a pointer in a text"),
        pytest.param("\n" + LFS, id="behind a blank line"),
        pytest.param("version https://git-lfs.github.com/spec/v2\n", id="another version"),
        pytest.param(LFS + "x" * (1024 - len(LFS)), id="too large for a pointer"),
        pytest.param("annex/objects/x\n", id="another path"),
    ],
)
def test_a_text_about_pointers_is_fine(data: str, check: Callable[..., Result]) -> None:
    assert check(files(data)).findings == []


@pytest.mark.parametrize(
    ("data", "width"),
    [
        pytest.param(LFS, 43, id="git-lfs"),
        pytest.param(LFS.replace("\n", "\r\n"), 43, id="git-lfs, with CRLF"),
        pytest.param(LFS + "x" * (1023 - len(LFS)), 43, id="git-lfs, as large as one may be"),
        pytest.param("/annex/objects/SHA256E-s1--0.txt\n", 33, id="git-annex"),
        pytest.param(".git/annex/objects/x/y", 23, id="git-annex, a link as a file"),
        pytest.param("../../.git/annex/objects/x/y\n", 29, id="git-annex, a link from below"),
    ],
)
def test_a_pointer_is_one_finding_and_nothing_of_it_is_compared(
    data: str, width: int, check: Callable[..., Result]
) -> None:
    manifest = "| Document | Bytes | SHA-256 | Title |\n| - | - | - | - |\n" + f"| [A](a.txt) | 1 | {'0' * 64} | T |\n"
    result = check({"INDEX.md": manifest, "a.txt": data})
    assert brief(result) == [f"CT106 a.txt:1:1-1:{width}"]
    assert result.only()["message"] == "this is a large-file pointer, not the document"


def test_the_name_still_counts(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\nname: '{id}.txt'\n---\n"
    result = check({"INDEX.md": f"{contract}| ID |\n| - |\n| [2](1.txt) |\n", "1.txt": LFS})
    assert brief(result) == ["CT106 1.txt:1:1-1:43", "ID104 INDEX.md:7:3-7:13"]
