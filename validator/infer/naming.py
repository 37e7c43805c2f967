"""What the names of documents have in common: globs that choose them, and templates that read IDs from them.

Paths here are relative to the folder of the index. Same paths, same answer: nothing depends on their order.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from validator.globs import chosen
from validator.late import regex
from validator.names import TemplateError, template

_NUMBERED = regex(r"([^0-9]*)([0-9]+)(.*)", re.DOTALL)
_PARTS = regex(r"(?:[-._][0-9]+)+")
_RUN = regex(r"[0-9]+")
_SERIES = regex(r"([A-Za-z]+)([-_ ])")
_ORDINAL_HEX = regex(r"([0-9]+)_[0-9a-f]{8,64}")
_CLASSES = (("[0-9A-F]", regex(r"[0-9A-F]+")), ("[0-9a-f]", regex(r"[0-9a-f]+")))
_WILD = regex(r"[*?\[]")
_MOST_PREFIXES, _MOST_SHAPES, _MOST_FOLDERS, _LONGEST_CLASS = 4, 6, 12, 64
_SURE_CODE, _SURE_WIDTH = 8, 2
_PAGE_SHARE = 0.8
_SEVERAL = 3
_HIDDEN = regex(r"[_.].*", re.DOTALL)
_MODEL = frozenset({"template", "tmpl", "boilerplate", "skeleton", "meta"})
_BESIDE = regex(rf"[-_.](?:{'|'.join(sorted(_MODEL))})$", re.IGNORECASE)
_PLACE_OF_NUMBER = regex(r"[0-9]+|[xX]+|[nN]+")
_PAGES = frozenset({
    "index", "summary", "toc", "tableofcontents", "codeofconduct", "security", "governance", "support", "authors",
    "maintainers", "codeowners", "copying", "notice", "history", "changes", "roadmap", "agents", "claude", "todo",
    "readme", "changelog", "contributing", "license",
})  # fmt: skip
_LANGUAGE = regex(r"[-_.](?:[a-z]{2}(?:[-_][A-Za-z]{2,4})?)")


class Naming(NamedTuple):
    """How documents are named: `globs` choose them, `templates` fit each listed one (the likeliest first).

    `pattern` is a regular expression that every ID fits which the templates leave open, where there is one.
    """

    globs: tuple[str, ...]
    templates: tuple[str, ...]
    pattern: str | None = None


class _Group(NamedTuple):
    """Names that differ in one segment of the path: what stands before that segment, what behind, the segments."""

    before: str
    behind: str
    names: tuple[str, ...]


def learn_naming(listed: Collection[str], present: Collection[str]) -> Naming:
    """Learn from the `listed` documents how documents are named, among the `present` files."""
    groups = _groups(sorted(listed))
    globs = [glob for group in groups for glob in _globs(group)]
    if len({group.before for group in groups}) > _MOST_FOLDERS:
        globs = _deep(groups, listed, present) or globs
    sorts = frozenset(_aside(_stem(path)) for path in listed)
    companions = [
        path for path in sorted(present)
        if path not in listed and chosen(tuple(globs), path) and _is_companion(path, listed, sorts)
    ]  # fmt: skip
    names = [name for group in groups for name in group.names]
    templates = tuple(source for source in _templates(groups, names) if _fits(source, listed))
    return Naming((*globs, *_without(companions, listed)), templates, _pattern(names))


def _without(companions: Sequence[str], listed: Collection[str]) -> list[str]:
    """Globs that take companions away: one for all of a name that many folders have."""
    counts = Counter(map(posixpath.basename, companions))
    known = set(map(posixpath.basename, listed))
    found: dict[str, None] = {}
    for path in companions:
        name = posixpath.basename(path)
        everywhere = counts[name] >= _SEVERAL and name not in known
        found[f"!**/{_literal(name)}" if everywhere else f"!{_literal(path)}"] = None
    return list(found)


def _groups(listed: list[str]) -> list[_Group]:
    """The listed paths by what they share; pages of folders (`x/README.md`) differ in the folder's name."""
    pages = _pages(listed)
    found: dict[tuple[str, str], list[str]] = {}
    for path in listed:
        folder, name = posixpath.split(path)
        if name in pages and folder:
            above, segment = posixpath.split(folder)
            found.setdefault((_slashed(above), f"/{name}"), []).append(segment)
        else:
            stem, suffix = posixpath.splitext(name)
            found.setdefault((_slashed(folder), suffix), []).append(stem)
    return [_Group(before, behind, tuple(names)) for (before, behind), names in sorted(found.items())]


def _pages(listed: list[str]) -> frozenset[str]:
    """The file name that most documents have, each in a folder of its own; nothing where there is none."""
    counts = Counter(posixpath.basename(path) for path in listed)
    name, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return frozenset({name}) if count > 1 and count >= _PAGE_SHARE * len(listed) else frozenset()


def _slashed(folder: str) -> str:
    return f"{folder}/" if folder else ""


def _globs(group: _Group) -> list[str]:
    before, behind = _literal(group.before), _literal(group.behind)
    return [_choosing(f"{before}{shape}{behind}") for shape in _shapes(group.names)]


def _choosing(glob: str) -> str:
    """A glob that chooses, also where names begin with the sign that takes away."""
    return f"./{glob}" if glob.startswith("!") else glob


def _literal(text: str) -> str:
    """Text as a glob that matches just that."""
    return _WILD.sub(lambda found: f"[{found[0]}]", text)


def _shapes(names: tuple[str, ...]) -> list[str]:
    """The globs that names fit: as narrow as their numbers allow, and `*` where nothing is regular."""
    numbered = _numbered(names)
    if numbered is not None:
        digits = _digits(found[2] for found in numbered)
        parts = _digits(part for found in numbered if _PARTS.fullmatch(found[3]) for part in _RUN.findall(found[3]))
        found = sorted({_shape(found, digits, parts) for found in numbered})
        # A literal shape that a shape with a wildcard takes too says nothing more.
        shapes = [shape for shape in found if not any(_takes(other, shape) for other in found)]
        if len(shapes) <= _MOST_SHAPES:
            return shapes
    kind = _class_of_codes(names)
    return [kind * len(names[0])] if kind else ["*"]


def _digits(numbers: Iterable[str]) -> str:
    """The glob of numbers like these: of so many digits where each has as many, and more than two or a zero in front.

    What counts from 10 to 99 today will come to 100.
    """
    known = frozenset(numbers)
    width = min(map(len, known), default=1)
    is_padded = width > _SURE_WIDTH or any(number.startswith("0") for number in known)
    is_fixed = is_padded and len({len(number) for number in known}) == 1
    return "[0-9]" * width if is_fixed and width > 1 else "[0-9]*"


def _takes(wide: str, shape: str) -> bool:
    return wide != shape and wide.endswith("*") and shape.startswith(wide[:-1])


def _numbered(names: Iterable[str]) -> list[re.Match[str]] | None:
    """The names as prefix, number and rest; `None` where they are not numbered alike."""
    found = [_NUMBERED.fullmatch(name) for name in names]
    matches = [match for match in found if match is not None and not (match[3][:1].isalnum())]
    if len(matches) < len(found):
        return None
    prefixes = {match[1] for match in matches}
    return matches if len(prefixes) <= min(_MOST_PREFIXES, max(1, len(matches) // 2)) else None


def _shape(found: re.Match[str], digits: str, parts: str) -> str:
    prefix, _, rest = found.groups()
    if not rest:
        tail = ""
    elif _PARTS.fullmatch(rest):
        tail = _RUN.sub(parts, rest)
    else:
        tail = _literal(rest[0]) + "*"
    return _literal(prefix) + digits + tail


def _class_of(names: Collection[str]) -> str | None:
    """The class of characters that names of one length are made of, where they look like codes."""
    lengths = {len(name) for name in names}
    if len(lengths) != 1 or not 1 < min(lengths) <= _LONGEST_CLASS or not any(map(str.isdigit, "".join(names))):
        return None
    return next((kind for kind, like in _CLASSES if all(like.fullmatch(name) for name in names)), None)


def _class_of_codes(names: Sequence[str]) -> str | None:
    """The same, where it will hold for names to come: `a1` and `b2` have letters and digits in places of their own."""
    is_sure = len(names[0]) >= _SURE_CODE or any(map(_is_mixed, zip(*names, strict=False)))
    return _class_of(names) if is_sure else None


def _is_mixed(characters: Collection[str]) -> bool:
    """Whether there are digits and letters among the characters that names have in one place."""
    return 0 < sum(map(str.isdigit, characters)) < len(characters)


def _deep(groups: list[_Group], listed: Collection[str], present: Collection[str]) -> list[str]:
    """Globs across all folders, where documents lie in many and few files there are anything else."""
    top = posixpath.commonpath([group.before or "." for group in groups]) if all(g.before for g in groups) else ""
    globs = sorted({_choosing(f"{_literal(_slashed(top))}**/*{_literal(group.behind)}") for group in groups})
    others = [path for path in present if path not in listed and chosen(tuple(globs), path)]
    return [*globs, *_foreign(others, listed)] if 2 * len(others) <= len(listed) else []


def _foreign(others: Iterable[str], listed: Iterable[str]) -> list[str]:
    """Globs that take away folders of which the index names nothing at all: what lies there is not forgotten."""
    counts = Counter(map(posixpath.dirname, others))
    known = set(map(posixpath.dirname, listed))
    found = sorted(folder for folder, count in counts.items() if count >= _SEVERAL and folder not in known)
    return [f"!{_literal(_slashed(folder))}*" for folder in found]


def is_aside(stem: str) -> bool:
    """Whether a file has the name of a companion: hidden, a template, a page about the project."""
    return _aside(stem) is not None


def _aside(stem: str) -> str | None:
    """What sort of companion a file is by its name; `None` where it is none."""
    page = re.sub("[-_. ]", "", stem).casefold()
    if page in _PAGES:
        return page
    return "hidden" if _HIDDEN.fullmatch(stem) else "model" if _is_model(stem) else None


def _is_model(stem: str) -> bool:
    """Whether a file is called a template or the like: but for its number and one word more, nothing is in its name."""
    words = [word for word in re.split("[-_. ]+", stem.casefold()) if word and not _PLACE_OF_NUMBER.fullmatch(word)]
    return len(words) <= 2 and not _MODEL.isdisjoint(words)  # noqa: PLR2004 - as `adr-template`


def _is_companion(path: str, listed: Collection[str], sorts: Collection[str | None]) -> bool:
    """Whether an unlisted file belongs to the documents without being one: a template, a translation, `-meta`.

    `sorts` are those that the index lists too: then such a name says nothing.
    """
    folder, name = posixpath.split(path)
    stem, suffix = posixpath.splitext(name)
    own = stem if stem.casefold() not in {"readme", "skill", "index"} else posixpath.basename(folder)
    sort = _aside(own)
    if sort is not None and sort not in sorts:
        return True
    bare = _LANGUAGE.sub("", own[-6:])
    original = own[:-6] + bare if len(own) > len(bare) else own
    originals = {original, _BESIDE.sub("", own)} - {own}
    return any(posixpath.join(folder, original + suffix) in listed for original in originals)


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _templates(groups: list[_Group], names: list[str]) -> Iterator[str]:
    """Templates that may fit: with the literal prefix, with the whole name as the ID, with codes as IDs."""
    endings = {group.behind for group in groups}
    if len(endings) > 1 or any("{" in name or "}" in name for name in (*names, *endings)):
        return
    behind = endings.pop()
    numbered = _numbered(names)
    if numbered is not None:
        yield from (f"{source}{behind}" for source in _numbered_templates(numbered))
    if all(_ORDINAL_HEX.fullmatch(name) for name in names):
        width = min(len(name.partition("_")[0]) for name in names)
        yield f"{{ordinal:0{width}}}_{{id}}{behind}"
    elif _class_of(names):
        yield f"{{id}}{behind}"


def _numbered_templates(numbered: list[re.Match[str]]) -> Iterator[str]:
    prefixes = sorted({found[1] for found in numbered})
    rests = {_kind_of_rest(found[3]) for found in numbered}
    widths = {len(found[2]) for found in numbered}
    padded = len(widths) == 1 or any(found[2].startswith("0") for found in numbered)
    number = f"{{id:0{min(widths)}}}" if padded and rests <= {"", "slug"} and min(widths) > 1 else "{id}"
    separators = {found[3][:1] for found in numbered}
    if rests == {"slug"} and len(separators) == 1:
        tail = separators.pop() + "{slug}"
    elif "slug" in rests:
        return
    else:
        tail = ""
    if len(prefixes) == 1:
        yield f"{prefixes[0]}{number}{tail}"
        if prefixes[0] and not tail:
            yield "{id}"
    elif all(_SERIES.fullmatch(prefix) for prefix in prefixes) and len({prefix[-1] for prefix in prefixes}) == 1:
        yield f"{{series}}{prefixes[0][-1]}{number}{tail}"
        if not tail:
            yield "{id}"


def _kind_of_rest(rest: str) -> str:
    if not rest:
        return ""
    return "parts" if _PARTS.fullmatch(rest) else "slug"


def _fits(source: str, listed: Iterable[str]) -> bool:
    try:
        compiled = template(source)
    except TemplateError:
        return False
    return all(compiled.match(path) is not None for path in listed)


def _pattern(names: list[str]) -> str | None:
    """A pattern for IDs that are codes; numbers need none, the template says it."""
    if all(_ORDINAL_HEX.fullmatch(name) for name in names):
        lengths = {len(name.partition("_")[2]) for name in names}
        return f"[0-9a-f]{{{min(lengths)}}}" if len(lengths) == 1 else "[0-9a-f]+"
    if _numbered(names) is not None:
        return None
    kind = _class_of_codes(names)
    return f"{kind}{{{len(names[0])}}}" if kind else None
