"""ID109."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result
from tests.rules.ids.test_unknown_reference import BOTH, corpus

Check = Callable[..., Result]


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        ("title: One", "replaces: 1", "docs/2.md"),
        ("superseded-by: 2", "title: Two", "docs/1.md"),
        ("superseded-by: 1", "replaces: 1", "docs/2.md"),
    ],
    ids=["replaces alone", "superseded-by alone", "answered with another ID"],
)
def test_a_reference_that_is_not_answered(first: str, second: str, path: str, check: Check) -> None:
    findings = check(corpus(BOTH, _1=first, _2=second)).findings
    assert {finding["code"] for finding in findings} == {"ID109"}
    assert path in {finding["path"] for finding in findings}
    assert all(finding["related"] for finding in findings)


def test_an_inverse_that_is_no_reference_is_an_error_of_the_contract(check: Check) -> None:
    broken = BOTH.replace("inverse: superseded-by", "inverse: superseded-bye")
    finding = check(corpus(broken, _1="replaces: 1")).only()
    assert finding["code"] == "CF101"
    assert "did you mean 'superseded-by'" in finding["message"]


def test_a_document_without_an_id_cannot_be_answered(check: Check) -> None:
    files = corpus(BOTH, _1="title: One", _2="replaces: 1")
    files["indexlint.yaml"] = files["indexlint.yaml"].replace(
        "    name: '{id}.md'\n", "    id: {document: header.number}\n"
    )
    files["docs/1.md"] = "---\nnumber: 1\n---\nText.\n"
    assert check(files).codes == ["ID101"]
