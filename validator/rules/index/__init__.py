"""IX: the index and which documents it names."""

from __future__ import annotations

from validator.rules.index.ambiguous_entry import ambiguous_entry
from validator.rules.index.duplicate_entry import duplicate_entry
from validator.rules.index.excluded_document import excluded_document
from validator.rules.index.link_case import link_case
from validator.rules.index.missing_column import missing_column
from validator.rules.index.missing_document import missing_document
from validator.rules.index.missing_index import missing_index
from validator.rules.index.no_entries import no_entries
from validator.rules.index.renamed_document import renamed_document
from validator.rules.index.unlisted_document import unlisted_document
from validator.rules.index.unsorted_entries import unsorted_entries
from validator.rules.index.wrong_count import wrong_count
from validator.rules.index.wrong_link import wrong_link
from validator.rules.rule import errors, warnings

RULES = (
    *errors(
        missing_index,
        no_entries,
        missing_document,
        unlisted_document,
        renamed_document,
        duplicate_entry,
        missing_column,
        wrong_link,
        link_case,
        excluded_document,
        ambiguous_entry,
        unsorted_entries,
    ),
    *warnings(wrong_count),
)
