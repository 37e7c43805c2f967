"""YAML text to nodes: raw scalars with their places, within limits."""

from __future__ import annotations

from validator.compose.nodes import (
    MAX_DEPTH,
    MAX_EVENTS,
    TYPED_STARTS,
    Composed,
    Node,
    Offsets,
    Value,
    plain_value,
    scalar_value,
)
from validator.compose.plain import LONGEST, compose_plain

__all__ = [
    "MAX_DEPTH",
    "MAX_EVENTS",
    "TYPED_STARTS",
    "Composed",
    "Node",
    "Offsets",
    "Value",
    "compose",
    "plain_value",
    "scalar_value",
]


def compose(text: str, base: int = 0, *, tags: bool = True, limit: int = MAX_EVENTS) -> Composed:
    """Build the node tree of the first YAML document in `text`, which stands at byte `base` of its file.

    Never raises: what cannot be read is a fault of kind `yaml-syntax`, `too-deep`, `yaml-alias`, `yaml-tag` or
    `second-document`. With `tags` false, aliases, anchors and tags are faults too (a contract has none).
    There may be `limit` events, and as many values once aliases are unfolded.
    """
    root = compose_plain(text, base) if limit >= LONGEST else None
    if root is not None:
        return Composed(root, ())
    from validator.compose.events import compose_events  # noqa: PLC0415 - PyYAML takes long to import

    return compose_events(text, base, limit, tags=tags)
