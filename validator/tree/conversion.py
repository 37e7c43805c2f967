"""What git does to a file between checkout and commit: line ends, `$Id$`, encodings. And the way back.

Written here because git offers no way to ask for it that neither writes an object nor runs a program. Filters are
programs that the configuration names; they are not run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from validator.git import Ahead, files_called, git, records, settings_of
from validator.late import regex
from validator.tree.links import folders_of
from validator.tree.source import ReadError

_OF_NEWLINES = regex(rb"text|eol|crlf")
_OF_MORE = regex(rb"ident|filter|working-tree-encoding")
_ATTRIBUTES = ".gitattributes"
_NAMES = ("text", "crlf", "eol", "ident", "filter", "working-tree-encoding")
_LONE_LF = regex(rb"(?<!\r)\n")
_ID = regex(rb"\$Id:[^$\n]*\$")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\b\t\n\r\x0c\x1b") + b"\x7f"
_MOST_READ = 1 << 24
_OFF = {"unset", "unspecified"}
# git's own name for what it writes as UTF-16, little-endian and with a mark; it reads it as any UTF-16.
_MARKED = {"utf-16le-bom", "utf16le-bom"}
_SWITCHES = {"true": "auto", "yes": "auto", "on": "auto", "1": "auto", "": "auto", "input": "auto"}


class Rules(NamedTuple):
    """What git converts in one file. `newlines` is empty, `text` or `auto`; `is_filtered` says that a program does."""

    newlines: str = ""
    is_ident: bool = False
    encoding: str = ""
    is_filtered: bool = False


class Extent(IntEnum):
    """How much git converts anywhere in a repository. Of `NEWLINES` only a file that has a CR LF can be the matter."""

    NOTHING = 0
    NEWLINES = 1
    MORE = 2


class Conversion:
    """Which files of a repository git converts. `files` gives the paths to ask git about, all at once, if at all."""

    def __init__(self, root: str, files: Callable[[], Collection[str]]) -> None:
        self.root = root
        self._files = files
        self._rules: dict[str, Rules | None] = {}
        self._extent: Extent | None = None
        self._default = ""
        self._ahead_settings: Ahead[Mapping[str, str]] | None = None
        self._ahead_inner: Ahead[str] | None = None

    def foresee(self, settings: Ahead[Mapping[str, str]] | None) -> None:
        """Ask git in the background for its settings, if nobody has yet."""
        self._ahead_settings, self._ahead_inner = settings or Ahead(self._ask_settings), Ahead(self._ask_inner)

    def wait(self) -> None:
        """Wait until git has answered."""
        for ahead in (self._ahead_settings, self._ahead_inner):
            if ahead is not None:
                ahead.wait()

    def _ask_settings(self) -> Mapping[str, str]:
        return settings_of(self.root)

    def _ask_inner(self) -> str:
        return os.fsdecode(git(self.root, "rev-parse", "--git-path", "info/attributes")).removesuffix("\n")

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """The settings that say what git converts, and which filters there are."""
        return (self._ahead_settings or self._ask_settings)()

    @cached_property
    def _inner(self) -> str:
        """Where the repository's own attributes are."""
        return (self._ahead_inner or self._ask_inner)()

    @property
    def extent(self) -> Extent:
        """What settings and files of attributes speak of, by their words alone."""
        if self._extent is None:
            self._default = _SWITCHES.get(self.settings.get("core.autocrlf", "false").casefold(), "")
            said = list(_said(self.root, self.settings, self._inner, self._files()))
            is_newline = bool(self._default) or any(map(_OF_NEWLINES.search, said))
            self._extent = Extent.NEWLINES if is_newline else Extent.NOTHING
            if any(map(_OF_MORE.search, said)):
                self._extent = Extent.MORE
        return self._extent

    @cached_property
    def is_idle(self) -> bool:
        """Whether nothing is converted anywhere."""
        return self.extent is Extent.NOTHING

    @cached_property
    def converts_more(self) -> bool:
        """Whether more than line ends is converted somewhere."""
        return self.extent is Extent.MORE

    @cached_property
    def state(self) -> str:
        """All that decides what is converted, as one text: settings, and the attributes that are there or tracked."""
        import hashlib  # noqa: PLC0415 - its library takes a while to load, and git is to be asked first

        digest = hashlib.sha256(repr(sorted(self.settings.items())).encode("utf-8", "surrogateescape"))
        places = [*_general(self.root, self.settings, self._inner), os.path.join(self.root, _ATTRIBUTES)]
        places += [os.path.join(self.root, path) for path in files_called(self._files(), _ATTRIBUTES)]
        for content in map(_content, places):
            digest.update(b"%d:" % len(content) + content)
        return digest.hexdigest()

    def rules(self, path: str) -> Rules | None:
        """What is converted in a file; `None` for nothing."""
        if self.extent is Extent.NOTHING:
            return None
        if not self._rules:
            self._ask(list(self._files()))
        if path not in self._rules:
            self._ask([path])
        return self._rules[path]

    def _ask(self, paths: list[str]) -> None:
        given = b"".join(os.fsencode(path) + b"\0" for path in paths)
        listing = records(git(self.root, "check-attr", "-a", "-z", "--stdin", given=given))
        said: dict[str, dict[str, str]] = {}
        for path, name, value in zip(listing[::3], listing[1::3], listing[2::3], strict=False):
            if name in _NAMES:
                said.setdefault(path, {})[name] = value
        kinds: dict[tuple[tuple[str, str], ...], Rules | None] = {}
        nothing = _rules_of({}, self._default)
        for path in paths:
            stated = said.get(path)
            if stated is None:
                self._rules[path] = nothing
                continue
            kind = tuple(stated.items())
            if kind not in kinds:
                kinds[kind] = _rules_of(stated, self._default)
            self._rules[path] = kinds[kind]


def _said(root: str, settings: Mapping[str, str], inner: str, paths: Collection[str]) -> Iterator[bytes]:
    """The files of attributes: those beside the files, the repository's own (`inner`), the user's, the system's."""
    yield from map(_content, _general(root, settings, inner))
    for folder in {"", *folders_of(paths)}:
        path = f"{folder}/{_ATTRIBUTES}" if folder else _ATTRIBUTES
        if os.path.lexists(os.path.join(root, path)):
            yield _content(os.path.join(root, path))
        elif path in paths:
            yield git(root, "cat-file", "blob", f":{path}", missing_ok=True)  # Left out by a sparse checkout.


def _general(root: str, settings: Mapping[str, str], inner: str) -> tuple[str, ...]:
    """The files of attributes that stand beside no file: the repository's own, the user's, the system's."""
    of_user = os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config"), "git/attributes")
    user = os.path.expanduser(settings.get("core.attributesfile", of_user))
    return os.path.join(root, inner), user, "/etc/gitattributes"


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_MOST_READ)
    except OSError:
        return b""


def _rules_of(stated: Mapping[str, str], default: str) -> Rules | None:
    """The rules that attributes make, over what `core.autocrlf` says of files without any."""
    text = stated.get("text", "unspecified")
    if text == "unspecified":
        text = stated.get("crlf", "unspecified")
    if text == "unspecified" and stated.get("eol") in {"lf", "crlf"}:
        text = "set"
    newlines = {"set": "text", "input": "text", "auto": "auto", "unset": ""}.get(text, default)
    encoding = stated.get("working-tree-encoding", "unspecified")
    rules = Rules(
        newlines,
        stated.get("ident") == "set",
        "" if encoding in {*_OFF, "set"} or encoding.casefold() in {"utf-8", "utf8"} else encoding,
        stated.get("filter", "unset") not in {*_OFF, "set"},
    )
    return None if rules == Rules() else rules


def clean(data: bytes, rules: Rules, stored: Callable[[], bytes]) -> bytes:
    """The content that git would store of a file on disk. `stored` gives what it has stored of it so far.

    Raises:
        ReadError: the file is not in its declared encoding; git would refuse it too.
    """
    if rules.encoding:
        data = _recoded(data, rules.encoding)
    if rules.newlines and b"\r\n" in data:
        before = stored()
        if rules.newlines == "text":
            # git calls a file modified that it has checked out with CR LF just as it is stored; it is not.
            if data in {before, _LONE_LF.sub(b"\r\n", before)}:
                return before
            data = data.replace(b"\r\n", b"\n")
        # What git has with CR LF already, `auto` keeps so: a new attribute alone changes no file.
        elif not looks_binary(data) and (b"\r\n" not in before or looks_binary(before)):
            data = data.replace(b"\r\n", b"\n")
    return _ID.sub(b"$Id$", data) if rules.is_ident else data


def _recoded(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode("utf-16" if encoding.casefold() in _MARKED else encoding).encode()
    except (LookupError, UnicodeError):
        raise ReadError("unreadable", f"it is not in the encoding {encoding}, which its attributes declare") from None


def looks_binary(data: bytes) -> bool:
    """Guess as git does, for `text=auto`: a NUL, a lone CR, or more than one control character in 128."""
    if b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS)) - data.endswith(b"\x1a")
    plain = len(data) - data.count(b"\n") - data.count(b"\r") - controls
    return plain >> 7 < controls
