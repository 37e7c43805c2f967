"""DL115."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place, Span
from validator.rules.rule import problem, rule


@rule(Corpus, "DL115", since="0.1")
def unpaired_marker(corpus: Corpus) -> Iterator[Problem]:
    """A marker of a generated region has no partner.

    `<!-- indexlint:begin -->` and `<!-- indexlint:end -->` stand in pairs, not nested and not the other way round: what
    is between them is written by a machine, and without an end it would write over the rest. The markers that the
    contract's `section` names are held to the same; one that stands nowhere in the index is CF102.

    Bad:

        -- INDEX.md --
        <!-- indexlint:begin -->

        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        <!-- indexlint:begin -->

        | Title |
        | ----- |
        | [A](a.md) |

        <!-- indexlint:end -->
        -- a.md --
        # A
    """
    messages = {
        "begin": "this region is never ended",
        "end": "this region was never begun",
        "nested": "a region begins inside another one",
        "reversed": "this region ends before it begins",
    }
    for found in corpus.faults.get("unpaired-marker", ()):
        kind, *outer = found.fault.detail
        related: tuple[Related, ...] = ()
        if outer:
            at = Place(found.place.path, Span(int(outer[0]), int(outer[1])))
            words = "here it begins" if kind == "reversed" else "the region that is still open"
            related = (Related(at, words),)
        yield problem(corpus, found, messages[kind], related=related, advice="give each begin its end")
