"""Where bytes come from: a folder, a git working tree, git's index, or a revision.

Paths are relative to the root, with `/`; names that are not UTF-8 are kept with surrogate escapes.
Git is only asked, never changed, and never over a network.
"""

from __future__ import annotations

from validator.git import (
    Revision,
    TreeError,
    files_called,
    git,
    is_bare,
    is_repository,
    is_shallow,
    merge_base,
    remotes,
    resolve,
    top_level,
)
from validator.tree.disk import A_FOLDER, what_is
from validator.tree.folder import Folder
from validator.tree.snapshot import EMPTY_BLOBS, Snapshot, at_revision, staged
from validator.tree.source import MODE_FILE, MODE_LINK, MODE_MODULE, ReadError, Tree, fold, in_pieces
from validator.tree.worktree import GitWorktree

__all__ = [
    "A_FOLDER",
    "EMPTY_BLOBS",
    "MODE_FILE",
    "MODE_LINK",
    "MODE_MODULE",
    "Folder",
    "GitWorktree",
    "ReadError",
    "Revision",
    "Snapshot",
    "Tree",
    "TreeError",
    "at_revision",
    "files_called",
    "fold",
    "git",
    "in_pieces",
    "is_bare",
    "is_repository",
    "is_shallow",
    "merge_base",
    "remotes",
    "resolve",
    "staged",
    "top_level",
    "what_is",
]
