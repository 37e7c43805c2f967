"""CT: what the content itself is."""

from __future__ import annotations

from validator.rules.content.digest_mismatch import digest_mismatch
from validator.rules.content.duplicate_content import duplicate_content
from validator.rules.content.empty_document import empty_document
from validator.rules.content.malformed_digest import malformed_digest
from validator.rules.content.pointer_file import pointer_file
from validator.rules.content.size_mismatch import size_mismatch
from validator.rules.rule import errors, warnings

RULES = (
    *errors(
        digest_mismatch,
        size_mismatch,
        malformed_digest,
        empty_document,
        pointer_file,
    ),
    *warnings(
        duplicate_content,
    ),
)
