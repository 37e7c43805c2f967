"""ID107."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, place
from tests.rules.ids.test_id_gap import files

Check = Callable[..., Result]


@pytest.mark.parametrize("spec", ["{retired: [2]}", '{retired: "2"}', "{retired: []}"])
def test_an_id_that_is_not_retired_is_free(spec: str, check: Check) -> None:
    assert check(files(spec, "1", "3")).findings == []


@pytest.mark.parametrize(
    ("spec", "name"),
    [("{retired: [2]}", "2"), ("{retired: 2}", "2"), ("{retired: [ab], normalize: casefold}", "AB")],
    ids=["in a list", "alone", "normalized"],
)
def test_a_retired_id_in_use_is_found_where_it_stands(spec: str, name: str, check: Check) -> None:
    finding = check(files(spec, "1", name)).only()
    assert (finding["code"], finding["id"], finding["document"]) == ("ID107", name, f"{name}.md")
    assert place(finding).startswith("INDEX.md:10:3-")
    assert finding["related"][0]["line"] == 4
