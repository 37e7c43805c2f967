"""What a document says as JSON, XML and Markdown text, so that nothing around it can take it for something else."""

from __future__ import annotations

import json

from validator.late import regex
from validator.text import printable

_PUNCTUATION = regex(r"([!-/:-@\[-`{-~])")
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_XML_SPECIAL = regex('[&<>"]')


def as_json(value: object) -> str:
    """JSON in one line of ASCII; no tag of HTML and no command of a log (`##[error]`) can be read into it."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace("##", "#\\u0023")


def as_xml(value: str) -> str:
    """Text for an element or for an attribute in double quotes; what XML 1.0 has no letters for is spelled out."""
    return _XML_SPECIAL.sub(lambda match: _XML[match[0]], printable(value))


def as_markdown(value: str) -> str:
    """One line of Markdown, also within a table, that reads as `value`: no markup, no HTML, no link."""
    return _PUNCTUATION.sub(r"\\\1", printable(value))
