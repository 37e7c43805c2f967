"""The page of a job: Markdown in which nothing of a document is markup."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from tests.reporters.conftest import FINDING, HOSTILE, report, text_of
from validator.reporters.step_summary import LISTED, render
from validator.rules import ALL
from validator.text import printable


def test_nothing_found_is_said() -> None:
    assert text_of(render) == (
        f"## indexlint\n\nChecked 1 index, 2 entries, 3 documents, {len(ALL)} rules: nothing found\n"
    )


def test_findings_are_counted_and_listed() -> None:
    text = text_of(render, FINDING, FINDING._replace(code="IX103", name="missing-document"), FINDING, suppressed=4)
    assert "**3 findings**, 4 suppressed\n" in text
    assert "| 2 | MT108 field\\-mismatch |\n| 1 | IX103 missing\\-document |\n" in text
    assert text.count("| INDEX\\.md\\:3\\:4 | MT108 error: title") == 2


def test_a_failed_run_is_said() -> None:
    text = "".join(render(report(FINDING)._replace(failed=True), ALL))
    assert "**1 finding**; **the job could not be done in full**\n" in text


def test_a_long_list_is_cut() -> None:
    text = text_of(render, *[FINDING] * (LISTED + 7), FINDING._replace(message="x" * 100_000))
    assert "\n8 more stand in the log of the step.\n" in text
    assert len(text) < 2**20


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_a_message_is_text(hostile: str) -> None:
    text = text_of(render, FINDING._replace(message=hostile))
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    cells = [token for token in parsed if token.type == "inline"]
    children = [child for cell in cells for child in cell.children or []]
    assert {child.type for child in children} <= {"text", "text_special", "strong_open", "strong_close"}
    assert (
        f"MT108 error: {printable(hostile)}".strip()
        == "".join(child.content for child in cells[-1].children or []).strip()
    )
