"""One file: (plan, path, bytes, sidecars) in, its documents with their claims and faults out. Pure; it speaks values.

So it runs under `map`, a pool of processes or a cluster alike, and a cache fits around it. No text leaves this room:
a `Document` holds claims with their offsets, facts and faults.
"""

from __future__ import annotations

from validator.scan.document import DIGESTS, NO_TITLE, first_line, header_keys, is_judged, is_pointer, scan, unread
from validator.scan.plan import Plan, key_of

__all__ = [
    "DIGESTS",
    "NO_TITLE",
    "Plan",
    "first_line",
    "header_keys",
    "is_judged",
    "is_pointer",
    "key_of",
    "scan",
    "unread",
]
