"""What the tool sees: contracts, what each column is bound to, the join. For `indexlint show`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from validator.compare import default_comparator
from validator.contract import Delimiters
from validator.corpus import Corpus
from validator.index import WRITTEN
from validator.model import Binding, Document, Pair
from validator.text import printable, shorten

_MOST_COLUMNS = 20
_STATUSES = {
    "linked": "by its link",
    "by-id": "by its ID",
    "renamed": "its document was renamed",
    "wrong-link": "links to another entry's document",
    "missing": "its document does not exist",
    "escape": "leads out of the project",
    "case": "differs in case",
    "excluded": "is no document of this corpus",
    "folder": "is a folder",
    "ambiguous": "names several documents",
    "keyless": "names nothing",
}


def show_text(root: str, config: str | None, corpora: Sequence[Corpus]) -> Iterator[str]:
    """What the tool sees, for people."""
    yield printable(f"project {root}") + "\n"
    yield printable(f"configuration {config or 'none'}") + "\n"
    for corpus in corpora:
        for line in _corpus_lines(corpus):
            yield printable(line) + "\n"


def _corpus_lines(corpus: Corpus) -> Iterator[str]:
    contract = corpus.contract
    yield ""
    yield f"index {corpus.path or 'none'}{' (missing)' if corpus.missing else ''}"
    stated = ", ".join(sorted(contract.stated)) or "nothing; the defaults hold"
    yield f"  contract     {stated}"
    if contract.overridden:
        yield f"  overridden   the configuration file wins over the front matter in {', '.join(contract.overridden)}"
    documents = ", ".join(contract.documents) if contract.documents else "the siblings of those that are listed"
    yield f"  documents    {documents}: {len(corpus.documents)}"
    yield f"  header       {contract.delimiters.header or 'undeclared'}"
    if contract.delimiters.begin or contract.delimiters.end:
        yield f"  delimiters   {', '.join(_templates(contract.delimiters))}"
    if corpus.id_column or corpus.plan.ids:
        pattern = f", of the pattern {contract.id.pattern}" if contract.id.pattern else ""
        yield f"  id           column {corpus.id_column or 'none'} = {', '.join(corpus.plan.ids) or 'nothing'}{pattern}"
    yield from (f"  read as      {line}" for line in _blocks(corpus))
    absent = {field for field, _, _ in corpus.absent_columns()}
    for binding in corpus.bindings:
        sides = f"column {binding.column or binding.field} = {binding.document[0]}"
        lack = _lack(corpus, binding, absent)
        yield f"  field        {binding.field}: {sides} ({_comparator(binding)}){lack}"
    for column in corpus.unbound:
        yield f"  not compared {column}: no document states it"
    yield f"  entries      {len(corpus.pairs)}"
    for pair in corpus.pairs:
        yield f"    {_pair_line(pair)}"
    for document in corpus.unlisted:
        ids = ", ".join(dict.fromkeys(claim.value for claim in document.ids))
        yield f"    (no entry) <- {document.name}{f' (no entry links to it or has the ID {ids})' if ids else ''}"


def _templates(delimiters: Delimiters) -> Iterator[str]:
    """The lines that bound documents, each with what it bounds."""
    for which, sources in (("begin", delimiters.begin), ("end", delimiters.end)):
        yield from (f"{which} `{source}`" for source in sources)


def _blocks(corpus: Corpus) -> Iterator[str]:
    """What the entries were read from, and how many each table, list or file has."""
    index = corpus.manifest
    counts = Counter(entry.block for entry in index.entries) if index else Counter[int]()
    for number, block in enumerate(index.blocks if index else ()):
        section = f" under {block.section!r}" if block.section else ""
        columns = "" if block.kind in WRITTEN else f", columns {', '.join(map(repr, block.columns[:_MOST_COLUMNS]))}"
        yield f"{block.kind}{section}: {counts[number]}{columns}"


def _lack(corpus: Corpus, binding: Binding, absent: AbstractSet[str]) -> str:
    """Why a field is compared with nothing, if it is."""
    if binding.field in absent:
        return "; the index has no such column"
    position = corpus.plan.expressions.index(binding.document[0])
    answered = any(document.claims[position] is not None for document in corpus.documents)
    return "" if answered else "; no document states it"


def _pair_line(pair: Pair) -> str:
    key = (
        pair.id
        or (pair.link.target if pair.link else None)
        or shorten(" | ".join(value or "" for value in pair.entry.values), 60)
    )
    is_joined = pair.document is not None and pair.status not in {"escape", "excluded", "folder"}
    path = (pair.document.name if pair.document and is_joined else pair.meant) or "nothing"
    detail = f": {pair.detail}" if pair.detail and pair.status == "excluded" else ""
    status = f"is {pair.detail}" if pair.detail and pair.status == "folder" else _STATUSES[pair.status]
    return f"{key} -> {path} ({status}{detail})"


def _comparator(binding: Binding) -> str:
    return binding.compare or default_comparator(binding.document[0])


def show_json(root: str, config: str | None, corpora: Sequence[Corpus]) -> Iterator[str]:
    """The same as JSON."""
    value = {
        "version": 1,
        "root": root,
        "configuration": config,
        "corpora": [_corpus_object(corpus) for corpus in corpora],
    }
    yield json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _corpus_object(corpus: Corpus) -> dict[str, Any]:
    return {
        "index": corpus.path,
        "missing": corpus.missing,
        "contract": {
            "stated": sorted(corpus.contract.stated),
            "overridden": list(corpus.contract.overridden),
            "documents": list(corpus.contract.documents) if corpus.contract.documents is not None else None,
            "header": corpus.contract.delimiters.header,
            "begin": list(corpus.contract.delimiters.begin),
            "end": list(corpus.contract.delimiters.end),
            "name": corpus.contract.name,
        },
        "id": {"column": corpus.id_column, "document": list(corpus.plan.ids), "pattern": corpus.contract.id.pattern},
        "fields": [
            {
                "field": binding.field,
                "column": binding.column,
                "document": binding.document[0],
                "compare": _comparator(binding),
            }
            for binding in corpus.bindings
        ],
        "unbound": list(corpus.unbound),
        "entries": [_entry_object(corpus, pair) for pair in corpus.pairs],
        "unlisted": [_document_object(document) for document in corpus.unlisted],
    }


def _entry_object(corpus: Corpus, pair: Pair) -> dict[str, Any]:
    assert corpus.manifest is not None, "entries come from an index"
    values: dict[str, str | None] = {}
    for column, value in zip(corpus.manifest.blocks[pair.entry.block].columns, pair.entry.values, strict=False):
        values.setdefault(column, value)  # Of two columns of one name the first counts.
    return {
        "id": pair.id,
        "target": pair.target,
        "status": pair.status,
        "values": values,
        "document": _document_object(pair.document) if pair.document else None,
    }


def _document_object(document: Document) -> dict[str, Any]:
    claims = {claim.source: claim.value for claim in document.claims if claim is not None}
    return {"path": document.path, "claims": claims}
