"""An index for documents that have none: a table of what they state, and the contract that says so."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from validator.contract import Delimiters
from validator.discover import INDEX_NAME
from validator.index.table import read_cell
from validator.infer.binding import Bond, Evidence
from validator.infer.dialects import CERTAIN, Dialect, fitting_dialects
from validator.infer.identity import Identity
from validator.infer.learning import MOST_HEADERS, Learned, evenly
from validator.infer.naming import is_aside, learn_naming
from validator.late import regex
from validator.model import Binding
from validator.names import template
from validator.scan import Plan, key_of, scan
from validator.sequences import natural
from validator.text import normal
from validator.tree import MODE_FILE, ReadError, Tree
from validator.universe import Universe

_LIMIT = 2**24
_MOST_COLUMNS = 6
_LONGEST_CELL = 120
_STATED = 0.9
# Of so many folders one may hold another file of the kind of its page.
_ONE_OF = 20
_NEVER = regex(r"\.|(?:README|CHANGELOG|CONTRIBUTING|LICENSE|indexlint\.yaml)", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
_SPECIAL = regex(r"[\\`*_\[\]<>&!~|#]")
_HEADER_WORDS = {"ordinal": "No.", "series": "Series"}


class NothingToListError(Exception):
    """There is no document that an index could name; the message says so."""


class New(NamedTuple):
    """An index that does not exist yet: what it says, and what its contract has to say."""

    path: str
    content: bytes
    learned: Learned


class _Field(NamedTuple):
    """A column to write: its title, the expression, what each document states (`None`: nothing)."""

    title: str
    expression: str
    values: tuple[str | None, ...]


def create(tree: Tree, universe: Universe) -> New:
    """Make an index for the documents in the folder of `universe`.

    Raises:
        NothingToListError: there are none.
    """
    folder = universe.folder
    listed = _documents(universe)
    contents: dict[str, bytes] = {}
    for path in listed:
        try:
            contents[path] = tree.read(posixpath.join(folder, path), _LIMIT)
        except ReadError:
            continue
    if not contents:
        raise NothingToListError(f"there is no document in {folder or 'this project'} that an index could name")
    present = [inside for path in universe.files for inside in [universe.inside(path)] if inside is not None]
    naming = learn_naming(frozenset(contents), present)
    source, paths = _identified(list(contents), naming.templates)
    dialect = _dialect([contents[path] for path in paths])
    fields, title, ids = _fields(folder, paths, contents, source, dialect)
    bonds = tuple(_bond(field) for field in ([title] if title else []) + fields)
    learned = Learned(
        path=posixpath.join(folder, INDEX_NAME),
        folder=folder,
        documents=naming.globs,
        format=None,
        section=(),
        identity=Identity("ID" if source else None, ids, (), source) if ids else None,
        pattern=naming.pattern if source in naming.templates else None,
        header=dialect.name if dialect and _is_declared(dialect, bonds) else None,
        fields=bonds,
        left_out=(),
    )
    content = _table(folder, paths, source, title, fields)
    return New(learned.path, content.encode("utf-8", "surrogateescape"), learned)


def _documents(universe: Universe) -> list[str]:
    """The documents: the files of the commonest kind in the folder, else the page of each folder in it, else deeper."""
    inside = [
        path for full, mode in universe.files.items() if mode == MODE_FILE
        for path in [universe.inside(full)] if path is not None
    ]  # fmt: skip
    own = [path for path in inside if not _is_aside(path)]
    flat = [path for path in own if "/" not in path]
    pages = [path for path in inside if path.count("/") == 1 and not path.startswith(".")]
    return _commonest(flat, _suffix) or _pages(pages) or _commonest(own, _suffix)


def _pages(paths: Sequence[str]) -> list[str]:
    """The files of one name, each in a folder of its own that as a rule holds nothing else of their kind."""
    found = _commonest(paths, posixpath.basename)
    folders = {posixpath.dirname(path) for path in found}
    kind = {_suffix(path) for path in found}
    beside = [path for path in paths if posixpath.dirname(path) in folders and _suffix(path) in kind]
    return found if len(found) > 1 and _ONE_OF * (len(beside) - len(found)) <= len(found) else []


def _suffix(path: str) -> str:
    return posixpath.splitext(path)[1]


def _commonest(paths: Iterable[str], key: Callable[[str], str]) -> list[str]:
    """The paths of the kind that most are of; of two kinds, Markdown goes first."""
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kinds.setdefault(key(path), []).append(path)
    if not kinds:
        return []
    return sorted(min(kinds.items(), key=lambda item: (-len(item[1]), item[0] not in _MARKDOWN, item[0]))[1])


def _is_aside(path: str) -> bool:
    """Whether a file belongs to a project rather than to a collection: hidden, a README, a template."""
    name = posixpath.basename(path)
    hidden = any(part.startswith(".") for part in path.split("/"))
    return hidden or _NEVER.match(name) is not None or is_aside(posixpath.splitext(name)[0])


def _identified(paths: list[str], templates: Sequence[str]) -> tuple[str | None, list[str]]:
    """The template whose IDs are all different, and the documents sorted by them; by path where there is none."""
    ways = [*templates]
    pages = {posixpath.basename(path) for path in paths}
    if len(pages) == 1 and all(path.count("/") == 1 for path in paths):
        ways.append(f"{{id}}/{pages.pop()}")
    else:
        ways.append(f"{{id}}{_suffix(paths[0])}")
    for source in ways:
        ids = _ids(source, paths)
        if len({value.casefold() for value in ids if value}) == len(paths):
            return source, [path for _, path in sorted(zip(ids, paths, strict=True), key=_natural)]
    return None, sorted(paths, key=lambda path: (natural(path), path))


def _natural(item: tuple[str | None, str]) -> tuple[tuple[tuple[int, int, str], ...], str]:
    return natural(item[0] or ""), item[1]


def _ids(source: str, paths: Iterable[str]) -> list[str | None]:
    compiled = template(source)
    return [match["id"][0] if match else None for match in map(compiled.match, paths)]


def _dialect(contents: Sequence[bytes]) -> Dialect | None:
    """The dialect of the headers, where it is one that cannot be taken for text."""
    found = fitting_dialects(evenly(contents, MOST_HEADERS))
    return next((dialect for dialect in found if dialect.name != "sections"), None)


def _is_declared(dialect: Dialect, bonds: Iterable[Bond]) -> bool:
    """Whether the contract names the dialect: all documents have it, or a field cannot be read without that."""
    is_needed = any(bond.binding.document[0].startswith("header.") for bond in bonds)
    return dialect.share == 1 or (dialect.name not in CERTAIN and is_needed)


def _fields(
    folder: str, paths: Sequence[str], contents: Mapping[str, bytes], source: str | None, dialect: Dialect | None
) -> tuple[list[_Field], _Field | None, tuple[str, ...]]:
    """The columns besides the ID: what the names and the headers state, the title first, and where the ID stands."""
    keys = tuple(f"header.{key}" for key in dialect.keys) if dialect else ()
    names = tuple(f"name.{field}" for field in template(source).fields) if source else ()
    plain_text = not dialect and not any(path.endswith(_MARKDOWN) for path in paths)
    facts = ("content.bytes", "content.sha256") if plain_text else ()
    expressions = (*names, *keys, "heading", "first-line", *facts)
    plan = Plan(folder, expressions, name=source, delimiters=Delimiters(dialect.name if dialect else None))
    documents = [scan(plan, posixpath.join(folder, path), contents[path]) for path in paths]
    stated = {
        expression: _Field(_heading_of(expression), expression, tuple(
            claim.value if (claim := document.claims[number]) is not None and claim.value.strip() else None
            for document in documents
        ))
        for number, expression in enumerate(expressions)
    }  # fmt: skip
    ids = _stating_ids(stated, source)
    title = _title(stated, [key for key in keys if key not in ids])
    used = {*ids, "name.slug", "heading", "first-line", title.expression if title else ""}
    fields = [field for field in stated.values() if field.expression not in used and _is_writable(field)]
    return fields[:_MOST_COLUMNS], title, ids


def _heading_of(expression: str) -> str:
    kind, _, key = expression.partition(".")
    if kind == "content":
        return {"bytes": "Bytes", "sha256": "SHA-256"}[key]
    word = _HEADER_WORDS.get(key, key) if kind == "name" else key
    return word[:1].upper() + word[1:]


def _title(stated: Mapping[str, _Field], keys: Iterable[str]) -> _Field | None:
    """The expression that states a title for most documents."""
    choices = [key for key in keys if key_of(key.removeprefix("header.")) in {"title", "name"}]
    fields = [stated[expression] for expression in (*choices, "heading", "first-line")]
    usable = [field for field in fields if _is_readable(field) and any(field.values)]
    if not usable:
        return None
    counts = [sum(value is not None for value in field.values) for field in usable]
    often = (field for field, count in zip(usable, counts, strict=True) if 2 * count >= len(field.values))
    best = next(often, usable[counts.index(max(counts))])
    return best._replace(title="Title")


def _stating_ids(stated: Mapping[str, _Field], source: str | None) -> tuple[str, ...]:
    """Where IDs stand: in the names, and in a header key that states the same ones throughout."""
    if source is None:
        return ()
    ids = stated["name.id"].values
    same = (field.expression for field in stated.values() if field.values == ids and field.expression != "name.id")
    return ("name.id", *(expression for expression in same if expression.startswith("header.")))


def _is_writable(field: _Field) -> bool:
    """Whether nearly all documents state this, short enough for a cell and so that it is read back as it is."""
    count = sum(value is not None for value in field.values)
    short = all(len(value) <= _LONGEST_CELL for value in field.values if value is not None)
    return count >= _STATED * len(field.values) and count > 0 and short and _is_readable(field)


def _is_readable(field: _Field) -> bool:
    return all(_reads_back(value) for value in field.values if value is not None)


def _reads_back(value: str) -> bool:
    cell = _cell(value).encode("utf-8", "surrogateescape").decode("latin-1")
    return (
        "\n" not in value
        and "\r" not in value
        and read_cell(cell, {}).text == normal(value)
        and normal(value) == value.strip()
    )


def _cell(value: str) -> str:
    """A value as Markdown that says just that."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", value.strip())


def _bond(field: _Field) -> Bond:
    name = field.title.casefold().replace(" ", "-")
    count = sum(value is not None for value in field.values)
    return Bond(Binding(name, field.title, (field.expression,), declared=True), Evidence(count, count, 0.0))


def _table(
    folder: str, paths: Sequence[str], source: str | None, title: _Field | None, fields: Sequence[_Field]
) -> str:
    ids = _ids(source, paths) if source else []
    columns = (["ID"] if source else []) + ["Title"] + [field.title for field in fields]
    heading = posixpath.basename(folder) or "Index"
    rows = [f"# {_cell(heading)}", "", _row(columns), _row([":--"] * len(columns))]
    for number, path in enumerate(paths):
        text = (title.values[number] if title else None) or posixpath.splitext(posixpath.basename(path))[0]
        cells = [_cell(ids[number] or "")] if source else []
        cells.append(f"[{_cell(text)}]({quote(path, errors='surrogateescape')})")
        cells += [_cell(field.values[number] or "-") for field in fields]
        rows.append(_row(cells))
    return "\n".join(rows) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
