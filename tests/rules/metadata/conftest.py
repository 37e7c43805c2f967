"""A corpus of one entry and one document with a header, and the contract that a test wants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, write


@pytest.fixture
def check_header(tmp_path: Path, run: Callable[..., Result]) -> Callable[..., Result]:
    """Check `a.md` with this header against a row. The table stands behind a contract of so many lines."""

    def check(
        header: str | bytes,
        *,
        contract: str = "fields: {title: header.title}",
        columns: str = "Title",
        row: str = "[A](a.md)",
        body: str = "Text.\n",
        schema: str | None = None,
    ) -> Result:
        lines = ["---", "manifest: 1", 'documents: "*.md"', "delimiters: {header: yaml}", contract]
        lines += ["schema: schema.json"] if schema is not None else []
        width = columns.count("|") + 1
        lines += ["---", f"| {columns} |", "|" + " - |" * width, f"| {row} |", ""]
        data = header if isinstance(header, bytes) else header.encode()
        write(tmp_path, {"INDEX.md": "\n".join(lines), "a.md": b"---\n" + data + b"---\n" + body.encode()})
        if schema is not None:
            write(tmp_path, {"schema.json": schema})
        return run(tmp_path)

    return check
