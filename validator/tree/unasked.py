"""Files of which git would ask a filter whether they are modified, although their times prove that they are not.

git compares whole seconds. A file of the second in which git wrote its index may have changed since, for all that git
sees, so it compares the content, by way of the filter. After a fresh clone that can be all files. git notes more than
it compares: with the nanoseconds in its index the times alone tell, and no filter has to run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator

from validator.git import git
from validator.late import regex

# git's manual promises no form for this. What has another one proves nothing.
_NOTED = regex(
    r"\s*ctime: (\d+):(\d+)\s+mtime: (\d+):(\d+)"
    r"\s+dev: \d+\s+ino: (\d+)\s+uid: (\d+)\s+gid: (\d+)\s+size: (\d+)[^\n]*\n"
)
_SECOND = 10**9
_BITS = 0xFFFFFFFF  # git keeps no more of a number.


def proved_unmodified(root: str, paths: Collection[str]) -> frozenset[str]:
    """Those of the tracked files that are to the nanosecond what git saw before it last wrote its index.

    A later change would have given the file a later time, but for one in the very tick of the clock in which git wrote
    its index. So a file of that tick is none of them, nor one that git saw to be modified: of that it notes the size 0.
    """
    place = os.fsdecode(git(root, "rev-parse", "--git-path", "index")).removesuffix("\n")
    try:
        written = os.stat(os.path.join(root, place)).st_ctime_ns
    except OSError:  # There is no index any more.
        return frozenset()
    noted = _noted(os.fsdecode(git(root, "ls-files", "--debug", "-z")))
    return frozenset(path for path, status in noted if path in paths and _is_same(f"{root}/{path}", status, written))


def _noted(listing: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What git noted of each path: ctime and mtime in seconds and nanoseconds, inode, user, group, size."""
    path, *rest = listing.split("\0")
    for part in rest:
        found = _NOTED.match(part)
        if found is None:
            return
        yield path, tuple(map(int, found.groups()))
        path = part[found.end() :]


def _is_same(path: str, noted: tuple[int, ...], written: int) -> bool:
    """Whether a file has the status that git noted, and has had it since before a time."""
    try:
        now = os.lstat(path)
    except OSError:
        return False
    times = (*divmod(now.st_ctime_ns, _SECOND), *divmod(now.st_mtime_ns, _SECOND))
    status = tuple(number & _BITS for number in (*times, now.st_ino, now.st_uid, now.st_gid, now.st_size))
    return stat.S_ISREG(now.st_mode) and status == noted and now.st_size > 0 and now.st_ctime_ns < written
