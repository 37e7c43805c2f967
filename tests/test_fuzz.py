"""Random and mutilated bytes as index, document, contract, configuration and schema: a finding or one line, never more.

No traceback, no exit code but 0, 1 and 2, and nothing that a document says reaches the terminal as a control character
or begins a line of output.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest import mock

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, write
from validator.cli import main
from validator.text import printable

INDEX = """---
manifest: 1
documents: "*.md"
name: "{id}-{slug}.md"
id: {pattern: "[0-9]{3}", normalize: [strip, casefold]}
delimiters: {header: yaml, newline: lf, final_newline: required}
fields:
  title: {document: header.title, required: true, strip: " *$"}
  size: {column: Bytes, document: content.bytes}
schema: schema.json
---

# Things

| ID | Title | Bytes | SHA-256 |
| -- | ----- | ----: | ------- |
| [001](001-a.md) | Äpfel \\| *more* | 57 | `abc` |
| [002](002-b.md) | `Bread` | 33 | |

- [001](001-a.md): a list
"""
CORPUS = {
    "INDEX.md": INDEX,
    "001-a.md": '---\ntitle: "Äpfel | more"\ndate: 2021-26-02\ntags: [a, &x b, *x]\n---\n# Äpfel\n\nText.\n',
    "002-b.md": "---\ntitle: Bread\n---\n# Bread\n\nText.\n",
    "schema.json": '{"type": "object", "properties": {"title": {"type": "string", "pattern": "^.+$"}}}\n',
    "indexlint.yaml": 'corpora:\n  - index: INDEX.md\n    documents: ["*.md"]\nexclude: ["*.bak"]\n',
}
TOKENS = [
    b"---\n", b"...\n", b"|", b"\\|", b"`", b"```\n", b"<!--", b"-->", b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n",
    b"\r\n", b"\r", b"\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\x1b[31m", b"\xc2\x85", b"\xe2\x80\xa8",
    b"[", b"](", b")", b"../../x", b"&a", b"*a", b"!!python/object:os.system", b"{", b"}", b": ", b"- ", b"# ", b"%00",
    b"manifest: 1\n", b"indexlint:\n", b"<!-- indexlint:begin -->\n", b"&#x202e;", b"::set-output name=x::y",
]  # fmt: skip
LEAK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200b\ufeff]")
VALIDATOR = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text("utf-8")))
CONCISE = re.compile(r"[^\n]*?(?::\d+:\d+)?: [A-Z]{2}\d{3} [^\n]*")


@st.composite
def mutilated(draw: st.DrawFn) -> dict[str, bytes]:
    """The corpus with a few edits in a few of its files."""
    files = {name: content.encode() for name, content in CORPUS.items()}
    for _ in range(draw(st.integers(1, 6))):
        name = draw(st.sampled_from(sorted(files)))
        files[name] = draw(edited(files[name]))
    return files


@st.composite
def edited(draw: st.DrawFn, data: bytes) -> bytes:
    """One edit: bytes or lines taken away, doubled, moved, replaced; a token put in; everything cut off, or random."""
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 40)))
    lines = data.splitlines(keepends=True) or [b""]
    line = draw(st.integers(0, len(lines) - 1))
    changed: bytes = draw(
        st.one_of(
            st.just(data[:start] + data[end:]),
            st.just(data[:end] + data[start:end] + data[end:]),
            st.just(data[:start]),
            st.just(b"".join(lines[:line] + lines[line + 1 :])),
            st.just(b"".join([*lines[: line + 1], *lines[line:]])),
            st.sampled_from(TOKENS).map(lambda token: data[:start] + token + data[start:]),
            st.binary(max_size=6).map(lambda random: data[:start] + random + data[end:]),
            st.binary(max_size=80),
        )
    )
    return changed


FORMATS = ("full", "concise", "json")


def outputs(folder: Path, formats: tuple[str, ...]) -> Iterator[tuple[str, int, str, str]]:
    """Format, exit code, stdout and stderr of a check, for each format."""
    for name in formats:
        out, err = StringIO(), StringIO()
        with chdir(folder), redirect_stdout(out), redirect_stderr(err):
            code = main(["check", "--format", name])
        yield name, code, out.getvalue(), err.getvalue()


def check_harmless(files: dict[str, bytes], formats: tuple[str, ...] = FORMATS) -> None:
    folder = Path(tempfile.mkdtemp(prefix="indexlint-"))
    try:
        write(folder, files)
        for name, code, out, err in outputs(folder, formats):
            assert code in {0, 1, 2}
            assert "Traceback" not in out + err
            assert "internal error" not in err
            assert "CF107" not in out
            assert not LEAK.search(out + err)
            if name == "json":
                VALIDATOR.validate(json.loads(out))
            elif name == "concise":
                lines = [line for line in out.split("\n") if line]
                assert all(CONCISE.fullmatch(line) for line in lines)
                assert all(line.startswith(tuple(map(printable, files))) for line in lines if ": CF" not in line)
                assert not any(line.startswith(("::", "##")) for line in lines)
    finally:
        shutil.rmtree(folder)


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=700, deadline=None, suppress_health_check=list(HealthCheck))


def test_the_corpus_itself_is_read(tmp_path: Path) -> None:
    write(tmp_path, CORPUS)
    codes = {name: out for name, _, out, _ in outputs(tmp_path, FORMATS)}
    assert {finding["code"] for finding in json.loads(codes["json"])["findings"]} == {"CF102", "CT102", "MT107"}


@QUICK
@given(mutilated())
def test_a_mutilated_corpus_is_harmless(files: dict[str, bytes]) -> None:
    check_harmless(files)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@LONG
@given(files=mutilated())
def test_thousands_of_mutilated_corpora_are_harmless(name: str, files: dict[str, bytes]) -> None:
    check_harmless(files, (name,))


@pytest.mark.slow
@settings(LONG, max_examples=300)
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=200))
def test_random_bytes_are_harmless(index: bytes, document: bytes, config: bytes) -> None:
    files = {"INDEX.md": b"---\nmanifest: 1\n" + index, "a.md": document, "sub/INDEX.md": b"[A](../a.md)\n\n" + index}
    check_harmless(files if len(config) % 2 else {**files, "indexlint.yaml": config})


@pytest.mark.parametrize(
    "title",
    [
        "::set-output name=x::y",
        "\x1b]0;gone\x07",
        "a\u202eb",
        "a\x85b",
        "100 %0A::error::x",
        "]]></script>",
        "a\x00b",
        "line\\nline",
    ],
)
def test_a_hostile_title_stays_in_its_line(title: str) -> None:
    row = f"| [{title}](a.md) | {title} |\n"
    check_harmless(
        {
            "INDEX.md": f"| File | Title |\n| ---- | ----- |\n{row}".encode("utf-8", "replace"),
            "a.md": f"---\ntitle: other\n---\n# {title}x\n".encode("utf-8", "replace"),
        }
    )


def test_a_file_name_with_a_line_end_begins_no_line() -> None:
    check_harmless({"INDEX.md": b"| A |\n| - |\n| [A](a.md) |\n", "a.md": b"# A\n", "b\n::error::.md": b"# B\n"})


def test_a_clock_that_stands_still_is_no_harm() -> None:
    with mock.patch("time.perf_counter", return_value=1.0):
        check_harmless({name: content.encode() for name, content in CORPUS.items()})
