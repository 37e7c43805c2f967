"""Fields that the contract declares and no document answers: what the index states of them is compared with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from validator.compare import EMPTY
from validator.corpus import Corpus
from validator.index import value_of
from validator.model import Binding, Document, Place
from validator.scan import key_of
from validator.schema import nearest

_MOST_READ = 20
_ENOUGH = 3


def unanswered(corpus: Corpus, keys_of: Callable[[str], Iterable[str]]) -> Iterator[tuple[Place, str]]:
    """The declared fields that entries state and no document does, each with a word on what is meant perhaps.

    `keys_of` gives the keys of a document's header. A field that is required is said document by document already.
    One or two documents may well be silent; then it takes a key that is like the one that is asked for.
    """
    bound = {binding.field: binding for binding in corpus.bindings}
    for declared in corpus.contract.fields or ():
        field = bound.get(declared.field, declared)
        expression = (field.document or (f"header.{field.field}",))[0]
        if field.required or _is_answered(corpus, expression, is_bound=declared.field in bound):
            continue
        stated = _stated(corpus, field)
        hint = _hint(corpus, expression, keys_of) if stated else ""
        if hint or stated >= _ENOUGH:
            hint = hint or _undeclared(corpus, expression)
            place = corpus.contract.place("fields", field.field, "document")
            yield place, f"no document states {expression}, so {field.field} is compared with nothing{hint}"
    yield from _references(corpus, keys_of)


def _references(corpus: Corpus, keys_of: Callable[[str], Iterable[str]]) -> Iterator[tuple[Place, str]]:
    """The references that documents state under a key that is spelt otherwise. One that none states may come yet."""
    for reference in corpus.contract.references:
        kind, _, key = reference.expression.partition(".")
        if kind == "header" and not _is_answered(corpus, reference.expression, is_bound=True):
            near = next((name for name in _keys(corpus.documents, keys_of) if key_of(name) == key_of(key)), None)
            if near is not None:
                place = corpus.contract.place("references", reference.name, "document")
                yield place, f"no document states {reference.expression}; did you mean 'header.{near}'?"


def _stated(corpus: Corpus, field: Binding) -> int:
    """How many entries state a field whose document could answer."""
    index = corpus.manifest
    if index is None:
        return 0
    name = field.column or field.field
    return sum((value_of(index, pair.entry, name) or "") not in EMPTY for pair, _ in corpus.paired())


def _is_answered(corpus: Corpus, expression: str, *, is_bound: bool) -> bool:
    """Whether a document answers, or none could: their headers are broken, or they have no text."""
    if is_bound and expression in corpus.accord.answers:
        return True
    positions = [corpus.plan.expressions.index(expression)] if is_bound else []
    sound = [document for document in corpus.documents if not document.broken and not document.empty]
    key = expression.partition(".")[2]
    return not any(key not in document.spoiled for document in sound) or any(
        document.claims[position] is not None for document in corpus.documents for position in positions
    )


def _undeclared(corpus: Corpus, expression: str) -> str:
    """A word on headers that nobody declared, so that only front matter is one."""
    is_undeclared = expression.startswith("header.") and corpus.contract.delimiters.header is None
    return "; only front matter is a header as long as `delimiters.header` names no other" if is_undeclared else ""


def _keys(documents: Iterable[Document], keys_of: Callable[[str], Iterable[str]]) -> list[str]:
    """The keys that stand in the headers of some documents."""
    paths = [document.path for document, _ in zip(documents, range(_MOST_READ), strict=False)]
    return list(dict.fromkeys(name for path in paths for name in keys_of(path)))


def _hint(corpus: Corpus, expression: str, keys_of: Callable[[str], Iterable[str]]) -> str:
    kind, _, key = expression.partition(".")
    if kind != "header":
        return ""
    keys = _keys(corpus.documents, keys_of)
    near = next((name for name in keys if key_of(name) == key_of(key)), None) or nearest(key, keys)
    return f"; did you mean 'header.{near}'?" if near else ""
