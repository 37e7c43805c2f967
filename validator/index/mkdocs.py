"""MkDocs: the part of its configuration that is an index, and the folder that the paths in it start from."""

from __future__ import annotations

import posixpath
import re

from validator.compose import Node
from validator.late import regex

_NAME = regex(r"mkdocs(?:[-_.][\w.-]+)?\.ya?ml")
_DOCS = regex(rb"""^docs_dir[ \t]*:[ \t]*(["']?)([^\s"'#!&*][^"'#\r\n]*?)\1[ \t]*(?:#[^\n]*)?\r?$""", re.MULTILINE)
_NAV = "nav"


def is_mkdocs(path: str) -> bool:
    """Whether a file is called as the configuration of a site of MkDocs is."""
    return _NAME.fullmatch(posixpath.basename(path)) is not None


def start_of_links(path: str, data: bytes) -> str:
    """The folder that the relative paths of an index start from: its own, or where MkDocs looks for documents."""
    folder = posixpath.dirname(path)
    if not is_mkdocs(path):
        return folder
    stated = _DOCS.search(data)
    docs = stated[2].decode("utf-8", "replace") if stated else "docs"
    found = posixpath.normpath(posixpath.join(folder, docs))
    return "" if found == "." else found


def navs_of(root: Node | None) -> list[tuple[Node, Node]]:
    """The part of a configuration that is an index, behind its key; the rest says how the site looks.

    It may stand there twice, by mistake: MkDocs takes the last.
    """
    pairs = root.pairs() if root is not None and root.kind == "mapping" else ()
    return [(key, value) for key, value in pairs if key.text == _NAV]
