"""A contract as YAML, with the evidence for each part of it beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.infer.learning import Learned, LeftOut
from validator.late import regex
from validator.model import Binding, folded_name
from validator.text import printable

_PLAIN = regex(r"[A-Za-z][A-Za-z0-9_./-]*")
_TYPED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "none"})
_LAST_BYTE, _LAST_PLANE = 0xFF, 0xFFFF


class Counted(NamedTuple):
    """So many of so many agree."""

    agreeing: int
    pairs: int

    def __str__(self) -> str:
        """As a comment says it."""
        return f"{self.agreeing:,} of {self.pairs:,} agree"


class Proof(NamedTuple):
    """What a check of the whole corpus counted: for the IDs, for each field, for the header.

    `required` are the fields that every entry and every document states.
    """

    identity: Counted | None = None
    fields: Mapping[str, Counted] = {}
    header: Counted | None = None
    joined: int = 0
    documents: int = 0
    unlisted: int = 0
    entries: int = 0
    ambiguous: Counted = Counted(0, 0)
    required: frozenset[str] = frozenset()


def contract_lines(learned: Learned, proof: Proof) -> list[str]:
    """The contract's keys, a line each, without the one that says whose contract it is."""
    lines = [f"documents: {_texts(learned.documents)}  # {_found(proof)}"]
    if learned.format:
        lines.append(f"format: {learned.format}")
    if learned.section:
        lines.append(f"section: {_texts(learned.section)}")
    identity = learned.identity
    if identity is not None and identity.template is not None:
        lines.append(f"name: {_text(identity.template)}")
    if identity is not None and identity.document:
        agree = f"  # {proof.identity}" if proof.identity and proof.identity.pairs else ""
        lines.append(f"id: {{{', '.join(_identity_parts(learned))}}}{agree}")
    if learned.header is not None:
        counted = proof.header
        have = f"  # {counted.agreeing:,} of {counted.pairs:,} documents have one" if counted else ""
        lines.append(f"delimiters: {{header: {learned.header}}}{have}")
    if learned.order is not None and learned.sorting is not None:
        sorting = learned.sorting
        lines.append(f"order: {_text(learned.order)}  # {sorting.in_order:,} of {sorting.entries:,} in order")
    if learned.header is not None and proof.ambiguous.agreeing:
        found = f"{proof.ambiguous.agreeing:,} of {proof.ambiguous.pairs:,} documents have one"
        lines.append(f"severity: {{ambiguous-scalar: note}}  # {found}")
    lines += list(_field_lines(learned, proof))
    return lines


def _found(proof: Proof) -> str:
    more = f"; {proof.unlisted:,} more found" if proof.unlisted else ""
    return f"{proof.documents - proof.unlisted:,} that the index names{more}"


def _identity_parts(learned: Learned) -> Iterator[str]:
    identity = learned.identity
    assert identity is not None, "asked only where there is one"
    if identity.column is not None:
        yield f"column: {_text(identity.column)}"
    yield f"document: {_texts(identity.document)}"
    if learned.pattern is not None and identity.document == ("name.id",):
        yield f"pattern: {_text(learned.pattern)}"
    if identity.normalize:
        yield f"normalize: {_texts(identity.normalize)}"


def _field_lines(learned: Learned, proof: Proof) -> Iterator[str]:
    if not learned.fields:
        yield "fields: {}  # nothing that both sides state was found"
    else:
        yield "fields:"
        for bond in learned.fields:
            counted = proof.fields.get(bond.binding.field)
            agree = f"  # {counted}" if counted else ""
            agree += "; all state it" if bond.binding.field in proof.required else ""
            parts = _binding_parts(bond.binding._replace(required=bond.binding.field in proof.required))
            yield f"  {_text(bond.binding.field)}: {{{', '.join(parts)}}}{agree}"
    if learned.left_out:
        yield "# not compared, for want of evidence:"
        for left in learned.left_out:
            yield f"#   {left_out_line(left)}"


def left_out_line(left: LeftOut) -> str:
    """A column that is left out, and how near anything came."""
    column = printable(" ".join(left.column.split()))
    if left.nearest is None:
        return f"{column}: no document states anything like it"
    found = left.nearest.evidence
    expression = printable(left.nearest.binding.document[0])
    return f"{column}: {expression} is nearest, {Counted(found.agreeing, found.pairs)}"


def _binding_parts(binding: Binding) -> Iterator[str]:
    if folded_name(binding.column or "") != binding.field:
        yield f"column: {_text(binding.column or '')}"
    yield f"document: {_text(binding.document[0])}"
    if binding.required:
        yield "required: true"
    if binding.compare:
        yield f"compare: {binding.compare}"
    if binding.map:
        yield f"map: {{{', '.join(f'{_text(stated)}: {_text(claimed)}' for stated, claimed in binding.map)}}}"
    if binding.strip:
        yield f"strip: {_texts(binding.strip)}"


def _texts(values: Sequence[str]) -> str:
    return _text(values[0]) if len(values) == 1 else f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """A scalar of YAML: plain where nobody could take it for anything else."""
    if _PLAIN.fullmatch(value) and value.casefold() not in _TYPED:
        return value
    return f'"{"".join(map(_escaped, value))}"'


def _escaped(character: str) -> str:
    if character in {'"', "\\"}:
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    if code <= _LAST_BYTE:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= _LAST_PLANE else f"\\U{code:08X}"


def front_matter(lines: Sequence[str]) -> list[str]:
    """A contract as front matter of an index that has none."""
    return ["---", "manifest: 1", *lines, "---"]


def nested(lines: Sequence[str]) -> list[str]:
    """A contract as one key of somebody else's front matter."""
    return ["indexlint:", *(f"  {line}" for line in lines)]


def item(index: str, lines: Sequence[str]) -> list[str]:
    """A contract as an item of `corpora` in a configuration file; `lines` are empty where the index has it."""
    return [f"- index: {_text(index)}", *(f"  {line}" for line in lines)]
