"""Which expression of the documents a column of the index agrees with, and by which comparator, `map` and `strip`.

Evidence is counted over joined pairs: what the column states, what the document states. Two values that agree by
chance (nearly everything is `Final`) are no evidence, so agreement is taken less the share that chance would give.
What disagrees has to stay a finding: a `strip` or `map` needs several pairs that show it, and may not touch a value
that both sides know.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from validator.compare import DIGEST_LENGTHS, EMPTY, as_numbers, difference, prepared
from validator.join import by_name
from validator.late import regex
from validator.model import Binding, folded_name
from validator.patterns import compile_pattern
from validator.scan import key_of
from validator.text import normal

# The fewest pairs that show anything, and the shares of them that have to agree: by value, and beyond chance.
LEAST_PAIRS = 3
LEAST_AGREEING = 0.65
LEAST_BEYOND_CHANCE = 0.4
NAMESAKE, CHANGED, CUT_TO_ID = 1.1, 0.75, 0.5
# A weaker comparator is only taken where `exact` fails for most.
MOST_EXACT = 0.5
# What is stripped is a convention of one side, or, in a short vocabulary, a decoration that comes again and again.
CONVENTION = 0.5
DECORATION = 0.05
# A remark in brackets, or signs in front, behind which the words of a vocabulary agree: so often, and mostly so.
LEAST_REMARKS = 2
REMARKS_AGREEING = 0.66
# An expression that the documents of fewer rows state is none that they are meant to state.
LEAST_STATED = 0.5
# A vocabulary: so few different values among the pairs. A value is mapped where so many of its pairs agree on one.
VOCABULARY = 0.34
FUNCTIONAL = 0.8
# What is mapped are words, not sentences; and of fewer words than these, one has to say by itself what it stands for.
LONGEST_WORD = 32
LEAST_WORDS = 3
_REMARK = r" *\([^()]*\)$"
_LONGEST_PIECE = 60
_WEAKER = ("number", "date", "text", "set", "prefix")
_DIGITS = regex(r"[0-9]+")
_NUMBER = regex(r"[0-9]{1,9}")
_WORDED = regex(r"([^0-9]*[^0-9A-Za-z])([0-9]{1,9})")
_HEX = regex(r"(?:[a-z0-9]+:)?[0-9A-Fa-f]{16,}[.…]*")

Pairs = Sequence[tuple[str, str]]


class Column(NamedTuple):
    """What one column states, row by row; `None` where it says nothing."""

    name: str
    values: tuple[str | None, ...]


class Source(NamedTuple):
    """What the documents state for one expression, in the order of the rows."""

    expression: str
    values: tuple[str | None, ...]


class Evidence(NamedTuple):
    """How many of the pairs agree, and how many would by chance."""

    agreeing: int
    pairs: int
    chance: float

    @property
    def share(self) -> float:
        """The share of the pairs that agree."""
        return self.agreeing / self.pairs if self.pairs else 0.0

    @property
    def beyond_chance(self) -> float:
        """Agreement beyond chance, from 0 (what chance gives) to 1 (all agree)."""
        left = self.pairs - self.chance
        return (self.agreeing - self.chance) / left if left > 0 else float(self.agreeing == self.pairs)


class Bond(NamedTuple):
    """A column bound to an expression, and the evidence for it."""

    binding: Binding
    evidence: Evidence


def bind(column: Column, sources: Iterable[Source], tokens: Sequence[str | None]) -> tuple[Bond | None, Bond | None]:
    """The bond of a column for which there is evidence, and the best one for which there is not.

    `tokens` are the IDs that the names of the rows' documents hold: a piece of text that repeats them is a piece that
    differs only in them.
    """
    bonds = [bond for source in sources for bond in [_bond(column, source, tokens)] if bond is not None]
    if not bonds:
        return None, None
    ranked = sorted(bonds, key=lambda bond: -_rank(bond))
    best = next((bond for bond in ranked if is_shown(bond)), None)
    near = [bond for bond in ranked if bond.evidence.agreeing > bond.evidence.chance]
    return best, near[0] if best is None and near else None


def _rank(bond: Bond) -> float:
    """Agreeing pairs count, a little more where both sides have one name, a little less where values are changed."""
    binding = bond.binding
    factor = NAMESAKE if is_namesake(binding) else 1.0
    if binding.strip or binding.map:
        # Whatever holds an ID can be cut down to it.
        factor *= CUT_TO_ID if binding.document[0].startswith("name.") else CHANGED
    return bond.evidence.agreeing * factor - (binding.compare is not None) / 100


def is_namesake(binding: Binding) -> bool:
    """Whether the column has the name of what it is bound to: a check without any contract would compare the two."""
    kind, _, key = binding.document[0].partition(".")
    column = key_of(binding.column or "")
    return (kind == "header" and key_of(key) == column) or binding.document[0] in by_name(column)[1:]


def is_shown(bond: Bond) -> bool:
    """Whether the evidence will do."""
    found, namesake = bond.evidence, is_namesake(bond.binding)
    if found.pairs < LEAST_PAIRS:
        return found.pairs > 0 and found.agreeing == found.pairs and (namesake or found.chance < found.pairs)
    if namesake:
        # The name says that it is meant, also where nearly everything is `Final` and chance would do as well.
        return found.share >= LEAST_AGREEING
    if found.agreeing == found.pairs and found.chance >= found.pairs:
        return False  # One value throughout shows nothing.
    return found.share >= LEAST_AGREEING and found.beyond_chance >= LEAST_BEYOND_CHANCE


def _bond(column: Column, source: Source, tokens: Sequence[str | None]) -> Bond | None:
    rows = [
        (normal(stated), normal(claimed), token)
        for stated, claimed, token in zip(column.values, source.values, tokens, strict=True)
        if stated is not None and claimed is not None and stated not in EMPTY and claimed.strip() not in EMPTY
    ]
    wanted = sum(1 for stated in column.values if stated is not None and stated not in EMPTY)
    if not rows or len(rows) < LEAST_STATED * wanted:
        return None
    pairs = [(stated, claimed) for stated, claimed, _ in rows]
    bare = Binding(field_name(column.name, source.expression), column.name, (source.expression,), declared=True)
    if source.expression.startswith("content."):
        return Bond(bare, weigh(bare, pairs))
    found = Bond(bare, weigh(bare, pairs))
    found = _with_strips(found, rows)
    found = _with_number(found, pairs)
    found = _with_weaker(found, pairs)
    return _with_map(found, pairs)


def field_name(column: str, expression: str) -> str:
    """The name of a field: the column's, without case and with hyphens; what a link's text is said to be."""
    is_title = expression.startswith(("heading", "first-line")) and expression != "heading.id"
    if is_title and column in {"link.text", "remark", "label", "key"}:
        return "title"
    if column in {"link.text", "remark", "label"}:
        return folded_name(expression.rpartition(".")[2]).replace(" ", "-")
    return folded_name(column).replace(" ", "-")


def weigh(binding: Binding, pairs: Pairs) -> Evidence:
    """Count what agrees under a binding."""
    expression = binding.document[0]
    agreeing = sum(1 for stated, claimed in pairs if difference(binding, expression, stated, claimed) is None)
    ready = [prepared(binding, stated, claimed) for stated, claimed in pairs] if binding.strip or binding.map else pairs
    left = Counter(stated.casefold() for stated, _ in ready)
    right = Counter(claimed.casefold() for _, claimed in ready)
    chance = sum(count * right[value] for value, count in left.items()) / len(pairs)
    return Evidence(agreeing, len(pairs), chance)


def _with_strips(bond: Bond, rows: Sequence[tuple[str, str, str | None]]) -> Bond:
    """Take off what one side adds by convention, as long as more pairs agree without it."""
    pairs = [(stated, claimed) for stated, claimed, _ in rows]
    while better := list(_stripped(bond, rows, pairs)):
        bond = max(better, key=lambda candidate: candidate.evidence.agreeing)
    return _without_remarks(bond, pairs)


def _stripped(bond: Bond, rows: Sequence[tuple[str, str, str | None]], pairs: Pairs) -> Iterator[Bond]:
    for source in _strips(bond.binding, rows):
        candidate = _weighed(bond.binding._replace(strip=(*bond.binding.strip, source)), pairs)
        if candidate.evidence.agreeing >= bond.evidence.agreeing + _least_gain(len(pairs)):
            yield candidate


def _without_remarks(bond: Bond, pairs: Pairs) -> Bond:
    """Take remarks off the words of a vocabulary: `Final (see 12)`, and signs such as an emoji in front of the word."""
    ready = [prepared(bond.binding, stated, claimed) for stated, claimed in pairs]
    for source in (_REMARK, _signs(ready)):
        if source is None or source in bond.binding.strip:
            continue
        pattern = compile_pattern(source)
        bare = [(pattern.remove(stated), pattern.remove(claimed)) for stated, claimed in ready]
        touched = [new for old, new in zip(ready, bare, strict=True) if old != new]
        agreeing = sum(1 for stated, claimed in touched if stated.casefold() == claimed.casefold())
        both = [value.casefold() for pair in bare for value in pair]
        if agreeing >= max(LEAST_REMARKS, REMARKS_AGREEING * len(touched)) and len(set(both)) <= VOCABULARY * len(bare):
            bond = _weighed(bond.binding._replace(strip=(*bond.binding.strip, source)), pairs)
    return bond


def _signs(pairs: Pairs) -> str | None:
    """The signs that stand before the words of one side, as a pattern."""
    signs = {
        character for pair in pairs for value in pair for character in value[: _first_letter(value)]
        if not character.isspace()
    }  # fmt: skip
    if not signs or not all(unicodedata.category(sign)[0] in "SPMC" for sign in signs):
        return None
    return f"^(?:{'|'.join(_escaped(sign) for sign in sorted(signs))}| )+"


def _first_letter(value: str) -> int:
    """Where the first letter or digit stands; 0 where there is none."""
    return next((at for at, character in enumerate(value) if character.isalnum()), 0)


def _least_gain(pairs: int) -> int:
    return max(min(LEAST_PAIRS, pairs), math.ceil(DECORATION * pairs))


def _weighed(binding: Binding, pairs: Pairs) -> Bond:
    return Bond(binding, weigh(binding, pairs))


def _strips(binding: Binding, rows: Sequence[tuple[str, str, str | None]]) -> Iterator[str]:
    """Patterns of what stands before or behind on one side only, where that is a convention."""
    ready = [(*prepared(binding, stated, claimed), token) for stated, claimed, token in rows]
    is_vocabulary = _is_vocabulary([claimed for _, claimed, _ in ready])
    support: Counter[str] = Counter()
    for stated, claimed, token in ready:
        support.update(set(_pieces(stated, claimed, token)))
    for source, count in sorted(support.items(), key=lambda item: (-item[1], len(item[0]), item[0])):
        if count < min(LEAST_PAIRS, len(rows)):
            continue
        occurs = _occurrences(source, ready)
        is_decoration = (is_vocabulary or binding.document == ("name.id",)) and "\\(" in source
        if count >= DECORATION * len(rows) and (is_decoration or occurs >= CONVENTION * len(rows)):
            yield source


def _occurrences(source: str, ready: Iterable[tuple[str, str, str | None]]) -> int:
    pattern = compile_pattern(source)
    return sum(
        1 for stated, claimed, _ in ready if pattern.remove(stated) != stated or pattern.remove(claimed) != claimed
    )


def _pieces(stated: str, claimed: str, token: str | None) -> Iterator[str]:
    """What the longer of two values has before or behind the shorter, as patterns anchored at their end."""
    short, long = sorted((stated, claimed), key=len)
    at = long.find(short) if short and short != long else -1
    if at < 0:
        return
    before, behind = long[:at], long[at + len(short) :]
    if before and not before[-1].isalnum() and len(before) <= _LONGEST_PIECE:
        yield from (f"^{source}" for source in _general(before, token))
    if behind and not behind[0].isalnum() and len(behind) <= _LONGEST_PIECE:
        yield from (f"{source}$" for source in _general(behind, token))


def _general(piece: str, token: str | None) -> Iterator[str]:
    """A piece as patterns: numbers stand for any number, and the document's own ID for any ID."""
    yield _numberless(piece)
    if token and token in piece:
        first, _, rest = piece.partition(token)
        yield f"{_numberless(first)}[0-9A-Za-z-]+{_numberless(rest)}"


def _numberless(piece: str) -> str:
    return "[0-9]+".join(map(_escaped, _DIGITS.split(piece)))


def _escaped(text: str) -> str:
    """A literal of RE2: only what has a meaning is escaped."""
    return re.sub(r"[\\.+*?()|\[\]{}^$]", lambda found: f"\\{found[0]}", text)


def _with_number(bond: Bond, pairs: Pairs) -> Bond:
    """Numbers behind a word that the index has before each of them, and padded otherwise: `ZIP 4` for `0004`."""
    if bond.binding.strip or bond.evidence.share >= MOST_EXACT:
        return bond
    worded = [(_WORDED.fullmatch(stated), claimed) for stated, claimed in pairs if _NUMBER.fullmatch(claimed)]
    words = Counter(found[1] for found, claimed in worded if found is not None and int(found[2]) == int(claimed))
    if not words:
        return bond
    word = min(words, key=lambda word: (-words[word], word))
    better = _weighed(bond.binding._replace(strip=(f"^{_escaped(word)}",), compare="number"), pairs)
    gains = better.evidence.agreeing >= bond.evidence.agreeing + _least_gain(len(pairs))
    return better if gains and better.evidence.share >= LEAST_AGREEING else bond


def _with_weaker(bond: Bond, pairs: Pairs) -> Bond:
    if bond.evidence.share >= MOST_EXACT:
        return bond
    weaker = [
        _weighed(bond.binding._replace(compare=name), pairs) for name in _WEAKER if name != "prefix" or _are_cut(pairs)
    ]
    best = max(weaker, key=lambda candidate: candidate.evidence.agreeing)
    gain = best.evidence.agreeing - bond.evidence.agreeing
    return best if gain >= _least_gain(len(pairs)) and best.evidence.share >= LEAST_AGREEING else bond


def _are_cut(pairs: Pairs) -> bool:
    """Whether the index shortens its values, so that only their beginnings can be compared."""
    cut = sum(1 for stated, _ in pairs if stated.endswith(("…", "...")))
    return cut >= min(LEAST_PAIRS, len(pairs))


def _is_vocabulary(values: Sequence[str]) -> bool:
    return len(set(values)) <= max(2, VOCABULARY * len(values))


def _with_map(bond: Bond, pairs: Pairs) -> Bond:
    """Map a value that no document states to the one that its documents state."""
    ready = [prepared(bond.binding, stated, claimed) for stated, claimed in pairs]
    known = {claimed.casefold() for _, claimed in ready}
    if not _is_vocabulary([stated for stated, _ in ready]) or not _is_vocabulary([claimed for _, claimed in ready]):
        return bond
    states: dict[str, Counter[str]] = {}
    for stated, claimed in ready:
        states.setdefault(stated, Counter())[claimed] += 1
    found: list[tuple[str, str]] = []
    for stated, claims in sorted(states.items()):
        claimed, count = min(claims.items(), key=lambda item: (-item[1], item[0]))
        is_word = len(stated) <= LONGEST_WORD and len(claimed) <= LONGEST_WORD
        shown = is_word and count >= LEAST_PAIRS and count >= FUNCTIONAL * claims.total()
        if shown and stated.casefold() not in known:
            found.append((stated, claimed))
    if not found:
        return bond
    better = _weighed(bond.binding._replace(map=tuple(found)), pairs)
    # Words that all mean one and the same show nothing: it may be what every document says.
    if (
        len({claimed for _, claimed in found}) < LEAST_WORDS
        and not is_namesake(better.binding)
        and not _is_alike(found, known, states)
    ):
        return bond
    gains = better.evidence.agreeing >= bond.evidence.agreeing + _least_gain(len(pairs))
    return better if gains and better.evidence.beyond_chance >= LEAST_BEYOND_CHANCE else bond


def _is_alike(found: Iterable[tuple[str, str]], known: Collection[str], stated: Iterable[str]) -> bool:
    """Whether one word at least says by itself what it stands for: it is the same on both sides, or its beginning."""
    is_known = any(value.casefold() in known for value in stated)
    return is_known or any(claimed.casefold().startswith(short.casefold()) for short, claimed in found)


def facts_for(columns: Iterable[Column]) -> list[str]:
    """The facts of the content that some column may state: digests where it holds such, else sizes and counts."""
    found: dict[str, None] = {}
    for column in columns:
        values = [value for value in column.values if value is not None and value not in EMPTY]
        if not values:
            continue
        digests = sum(1 for value in values if _HEX.fullmatch(value))
        numbers = sum(1 for value in values if as_numbers(value))
        if digests >= FUNCTIONAL * len(values):
            found.update(dict.fromkeys(f"content.{name}" for name in DIGEST_LENGTHS))
        elif numbers >= FUNCTIONAL * len(values):
            found.update(dict.fromkeys(f"content.{name}" for name in ("bytes", "chars", "lines", "words")))
    return list(found)
