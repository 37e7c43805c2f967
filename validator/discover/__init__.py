"""Which project, which configuration, which corpora a command speaks of."""

from validator.discover.choosing import chosen_by, settled
from validator.discover.prepared import Prepared, prepare
from validator.discover.project import UsageError, Wanted, find_tree, known_revision, relative
from validator.discover.sources import (
    INDEX_NAME,
    Source,
    find_config,
    find_sources,
    is_shadowed,
    reason_of,
    unread_configs,
)

__all__ = [
    "INDEX_NAME",
    "Prepared",
    "Source",
    "UsageError",
    "Wanted",
    "chosen_by",
    "find_config",
    "find_sources",
    "find_tree",
    "is_shadowed",
    "known_revision",
    "prepare",
    "reason_of",
    "relative",
    "settled",
    "unread_configs",
]
