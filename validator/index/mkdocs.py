"""MkDocs: the part of its configuration that is an index, and the folder that the paths in it start from."""

from __future__ import annotations

import posixpath
import re

from validator.compose import Node, compose
from validator.late import regex
from validator.text import decode_sized

_NAME = regex(r"mkdocs(?:[-_.][\w.-]+)?\.ya?ml")
# The key with its value, which may go on in the lines below it.
_DOCS = regex(
    rb"""^(["']?)docs_dir\1[ \t]*:(?:[ \t]([^\n]*)|\r?)(?:\n|\Z)(?:(?:[ \t][^\n]*|-[ \t][^\n]*)(?:\n|\Z))*""",
    re.MULTILINE,
)
_OF_ENVIRONMENT = b"!ENV"
_USUAL = "docs"
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
    docs = _folder_in(stated[0]) if stated else ""
    found = posixpath.normpath(posixpath.join(folder, docs or _USUAL))
    return "" if found == "." else found


def _folder_in(stated: bytes) -> str:
    """The folder that `docs_dir` states, of `!ENV [NAME, default]` the default, as no variable is asked."""
    root = compose(decode_sized(stated)).root
    value = root.items[1] if root is not None and root.kind == "mapping" else None
    if value is None:
        return ""
    if _OF_ENVIRONMENT in stated[: value.span.start]:
        named = value.items[1:] if value.kind == "sequence" else ()
        value = named[-1] if named else None
    return value.text if value is not None and value.kind == "scalar" else ""


def navs_of(root: Node | None) -> list[tuple[Node, Node]]:
    """The part of a configuration that is an index, behind its key; the rest says how the site looks.

    It may stand there twice, by mistake: MkDocs takes the last.
    """
    pairs = root.pairs() if root is not None and root.kind == "mapping" else ()
    return [(key, value) for key, value in pairs if key.text == _NAV]
