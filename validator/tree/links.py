"""Symbolic links of a repository, followed among the paths that git knows and not on disk.

So a link means the same in a checkout, in git's index and in a bare repository: a tracked file, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from validator.tree.source import MODE_FILE, MODE_MODULE

_MOST_LINKS = 40
_LONGEST_NAME = 255


def folders_of(files: Iterable[str]) -> frozenset[str]:
    """The folders that hold these files, at whatever depth."""
    found = {path[: path.rindex("/")] for path in files if "/" in path}
    for folder in [*found]:
        above = folder.rpartition("/")[0]
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return frozenset(found)


class Links:
    """Follows links among `files` (path to mode). `text_of` gives what a link says, or `None` where it is none."""

    def __init__(self, files: Mapping[str, str], text_of: Callable[[str], str | None]) -> None:
        self.files = files
        self.text_of = text_of
        self._folders: frozenset[str] | None = None

    @property
    def folders(self) -> frozenset[str]:
        """The folders that hold files."""
        if self._folders is None:
            self._folders = folders_of(self.files)
        return self._folders

    def there(self, path: str) -> bool:
        """Whether a path is one of the files or folders, or leads to one through linked folders."""
        if path in self.files or path in self.folders:
            return True
        folder, _, name = path.rpartition("/")
        found, fault = self.follow(folder) if folder else ("", "")
        inner = f"{found}/{name}" if found else name
        return not fault and folder != found and (inner in self.files or inner in self.folders)

    def follow(self, path: str) -> tuple[str, str]:
        """Where a path ends, every link in it followed, and what is wrong with it (empty where nothing is)."""
        told = repr(self.text_of(path) or path.rpartition("/")[2])
        waiting = path.split("/")[::-1]
        done: list[str] = []
        passed = 0
        while waiting:
            step = waiting.pop()
            if step in {"", "."}:
                continue
            if step == "..":
                if not done:
                    return "", f"it leads outside the project, to {told}"
                done.pop()
                continue
            done.append(step)
            here = "/".join(done)
            text = self.text_of(here)
            if text is not None:
                passed += 1
                done.pop()
                waiting += text.split("/")[::-1]
                if text.startswith("/"):
                    return "", f"it leads outside the project, to {told}"
                if passed > _MOST_LINKS:
                    return "", "it leads in a circle"
            elif fault := self._fault(here, done, told, more=bool(waiting)):
                return "", fault
        return "/".join(done), ""

    def _fault(self, here: str, done: list[str], told: str, *, more: bool) -> str:
        mode = self.files.get(here)
        if mode == MODE_MODULE:
            return f"it leads into the submodule {here}, whose files are not this repository's"
        if done[0].casefold() == ".git":
            return f"it leads into git's own folder, to {told}"
        if (mode == MODE_FILE and more) or (mode is None and here not in self.folders):
            return "File name too long" if len(done[-1]) > _LONGEST_NAME else f"it is broken: it leads to {told}"
        return ""
