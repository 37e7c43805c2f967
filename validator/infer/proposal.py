"""Contracts put where they belong, checked before anything is written, with the evidence counted over whole corpora."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.compare import EMPTY
from validator.corpus import Corpus
from validator.discover import Prepared, find_config, find_sources, prepare
from validator.engine import Outcome, run
from validator.findings import counted
from validator.index import value_of
from validator.infer.binding import LEAST_PAIRS, is_namesake
from validator.infer.learning import Learned
from validator.infer.placing import (
    CONFIG,
    PlacingError,
    Wanted,
    carries_front_matter,
    has_contract,
    in_configuration,
    in_front_matter,
    listed_in,
)
from validator.infer.preview import Preview, write_file
from validator.infer.wording import Counted, Proof, contract_lines, front_matter, item, left_out_line
from validator.model import Binding
from validator.rules.rule import Rule
from validator.settings import Config, Settings
from validator.tree import ReadError, Tree

# What so many of the documents do is a habit, and no finding that somebody waits for.
HABIT = 0.2
# What so many entries and documents state, and none leaves out, is a promise.
LEAST_REQUIRED = 10


class InferError(Exception):
    """Nothing could be learned, or it cannot be written down; the message says why."""


class Proposal(NamedTuple):
    """What to write, what a first check of it gives, and how to show it.

    `files` are the files to write, by path; `contracts` is the same as text; `learned` and `proofs` stand side by side.
    """

    learned: tuple[Learned, ...]
    proofs: tuple[Proof, ...]
    files: Mapping[str, bytes]
    contracts: str
    outcome: Outcome


def propose(
    tree: Tree,
    config: Config,
    learned: Sequence[Learned],
    rules: Sequence[Rule],
    version: str,
    made: Mapping[str, bytes] | None = None,
) -> Proposal:
    """Put contracts where they belong, check them without writing, and count the evidence over whole corpora.

    `made` are indexes that do not exist yet, with their content.

    Raises:
        InferError: a contract cannot be written where it belongs.
    """
    bare = [Proof() for _ in learned]
    try:
        outcome = _checked(tree, learned, _placed(tree, config, learned, bare, made or {}), rules, version)
        proofs = [_proof(one, corpus) for one, corpus in zip(learned, outcome.corpora, strict=True)]
        files = _placed(tree, config, learned, proofs, made or {})
    except PlacingError as error:
        raise InferError(str(error)) from None
    return Proposal(tuple(learned), tuple(proofs), files, _text(tree, learned, proofs, made or {}), outcome)


def contract_place(tree: Tree, config: Config, index: str) -> str | None:
    """The file that states a contract of an index already; `None` where there is none."""
    data = _content(tree, index, {})
    if data is not None and has_contract(index, data):
        return index
    return config.path if index in listed_in(config) else None


def _content(tree: Tree, path: str, made: Mapping[str, bytes]) -> bytes | None:
    if path in made:
        return made[path]
    try:
        return tree.read(path, 2**29)
    except ReadError:
        return None


def _own(tree: Tree, one: Learned, made: Mapping[str, bytes]) -> bool:
    """Whether the index of a corpus holds its contract itself."""
    data = _content(tree, one.path, made)
    return data is not None and carries_front_matter(one.path, data)


def _placed(
    tree: Tree, config: Config, learned: Sequence[Learned], proofs: Sequence[Proof], made: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files with their contracts in them."""
    files = dict(made)
    several = {one.path for one in learned if sum(other.path == one.path for other in learned) > 1}
    wanted: list[Wanted] = []
    bare: list[Wanted] = []
    for one, proof in zip(learned, proofs, strict=True):
        lines = contract_lines(one, proof)
        if one.path not in several and _own(tree, one, made):
            data = _content(tree, one.path, made) or b""
            files[one.path] = in_front_matter(one.path, data, lines)
            bare.append(Wanted(one.path, ()))
        else:
            wanted.append(Wanted(one.path, tuple(lines)))
    if not wanted and not config.corpora:
        return files
    if config.path not in {None, CONFIG}:
        raise PlacingError(
            f"{config.path} configures this project already: use --stdout, and copy the contract into it"
        )
    listed = listed_in(config)
    missing = [one for one in bare if one.path not in listed]
    if not config.corpora:
        known = {one.path for one in (*wanted, *bare)}
        others = (source.path for source in find_sources(tree, config, ()))
        missing += [Wanted(path, ()) for path in others if path is not None and path not in known]
    if wanted or missing:
        files[CONFIG] = in_configuration(_content(tree, CONFIG, {}), [*wanted, *missing])
    return files


def _checked(
    tree: Tree, learned: Sequence[Learned], files: Mapping[str, bytes], rules: Sequence[Rule], version: str
) -> Outcome:
    """What a check of the corpora gives once the files are written."""
    preview = Preview(tree, files)
    config = find_config(preview, None, preview.root)
    indexes = tuple(dict.fromkeys(one.path for one in learned))
    sources = find_sources(preview, config, indexes)
    every = [source.path for source in sources if source.path is not None]
    learning = [source for source in sources if source.path in indexes]
    found: dict[str | None, list[Prepared]] = {}
    for source, one in zip(learning, prepare(preview, config, learning, every), strict=True):
        found.setdefault(source.path, []).append(one)
    # Several contracts of one index stand in the configuration in the order in which they were learned.
    prepared = [found[one.path].pop(0) for one in learned]
    return run(prepared, preview, config, rules, Settings(), version)


def _proof(learned: Learned, corpus: Corpus) -> Proof:
    """The evidence, counted over the whole corpus."""
    header = None
    if learned.header is not None:
        without = {found.place.path for found in corpus.faults.get("missing-header", ())}
        header = Counted(len(corpus.documents) - len(without), len(corpus.documents))
    joined = sum(1 for _ in corpus.paired())
    fields = {bond.binding.field: _counted(corpus, bond.binding.field) for bond in learned.fields}
    documents, unlisted = len(corpus.documents), len(corpus.unlisted)
    required = frozenset(binding.field for binding in corpus.bindings if _is_required(corpus, binding))
    return Proof(
        _identity(corpus), fields, header, joined, documents, unlisted, len(corpus.pairs), _ambiguous(corpus), required
    )


def _is_required(corpus: Corpus, binding: Binding) -> bool:
    """Whether to require a field: one of one name on both sides, or a title, that so many state without exception."""
    expression = binding.document[0]
    is_title = expression.startswith("heading") and expression != "heading.id"
    if not (is_title or (expression.startswith("header.") and is_namesake(binding))) or corpus.manifest is None:
        return False
    position = corpus.plan.expressions.index(expression)
    claims = [document.claims[position] for document in corpus.documents]
    stated = [value_of(corpus.manifest, pair.entry, binding.column or binding.field) for pair in corpus.pairs]
    values = [claim.value.strip() if claim else "" for claim in claims]
    return min(len(values), len(stated)) >= LEAST_REQUIRED and all(
        value and value not in EMPTY for value in (*values, *stated)
    )


def _ambiguous(corpus: Corpus) -> Counted:
    """How many documents write a number or a date as YAML reads otherwise, where that is a habit of the collection."""
    having = len({found.place.path for found in corpus.faults.get("ambiguous-scalar", ())})
    documents = len(corpus.documents)
    return Counted(having if having >= max(LEAST_PAIRS, HABIT * documents) else 0, documents)


def _identity(corpus: Corpus) -> Counted:
    pairs = [(pair.id, document.ids) for pair, document in corpus.paired() if pair.id is not None and document.ids]
    agreeing = sum(
        1 for stated, ids in pairs if all(corpus.normal_id(claim.value) == corpus.normal_id(stated) for claim in ids)
    )
    return Counted(agreeing, len(pairs))


def _counted(corpus: Corpus, field: str) -> Counted:
    binding = next(binding for binding in corpus.bindings if binding.field == field)
    assert corpus.manifest is not None, "it was read to learn from it"
    position = corpus.plan.expressions.index(binding.document[0])
    pairs = 0
    for pair, document in corpus.paired():
        stated = value_of(corpus.manifest, pair.entry, binding.column or field)
        claim = document.claims[position]
        pairs += stated is not None and stated not in EMPTY and claim is not None and bool(claim.value.strip())
    different = sum(1 for found in corpus.differences if found.field == field)
    return Counted(pairs - different, pairs)


def _text(tree: Tree, learned: Sequence[Learned], proofs: Sequence[Proof], made: Mapping[str, bytes]) -> str:
    """The contracts as a person would copy them: front matter for each index that carries it, then `corpora`."""
    several = {one.path for one in learned if sum(other.path == one.path for other in learned) > 1}
    pieces: list[str] = []
    items: list[str] = []
    for one, proof in zip(learned, proofs, strict=True):
        lines = contract_lines(one, proof)
        if one.path not in several and _own(tree, one, made):
            pieces += [*front_matter(lines), ""]
        else:
            items += [f"  {line}" for line in item(one.path, lines)]
    return "\n".join([*pieces, *(["corpora:", *items, ""] if items else [])])


def write(root: str, files: Mapping[str, bytes]) -> None:
    """Write the files of a proposal, each at once.

    Raises:
        InferError: one cannot be written.
    """
    for path, data in sorted(files.items()):
        try:
            write_file(root, path, data)
        except OSError as error:
            raise InferError(f"{path} cannot be written: {error.strerror}") from None


def summary(proposal: Proposal, *, written: bool) -> Iterator[str]:
    """What was learned, what was left out, and what a first check finds, line by line."""
    for one, proof in zip(proposal.learned, proposal.proofs, strict=True):
        section = f" ({', '.join(one.section)})" if one.section else ""
        entries = counted(proof.entries, "entry", "entries")
        documents = counted(proof.documents, "document", "documents")
        yield f"{one.path}{section}: {entries}, {documents}, {proof.joined:,} joined"
        if one.identity is not None and one.identity.column is not None and proof.identity is not None:
            yield f"  id: column {one.identity.column} = {', '.join(one.identity.document)}, {proof.identity}"
        for bond in one.fields:
            binding = bond.binding
            yield f"  {binding.field}: column {binding.column} = {binding.document[0]}, {proof.fields[binding.field]}"
        for left in one.left_out:
            yield f"  not compared: {left_out_line(left)}"
    for path in sorted(proposal.files) if written else ():
        yield f"wrote {path}"
    counts = Counter((finding.code, finding.name) for finding in proposal.outcome.report.findings)
    found = ", ".join(f"{count} {name} ({code})" for (code, name), count in sorted(counts.items()))
    yield f"first check: {found or 'nothing found'}"
