"""Lists and paragraphs of one link: which items are entries, what they say and where."""

from __future__ import annotations

import pytest

from tests.index.conftest import at, place_of, read, said, targets
from validator.index import value_of

ITEMS = {
    "prose is no entry": ("- about [A](a.md)", []),
    "code is no link": ("- `[A](a.md)`", []),
    "a link to another site": ("- [A](https://example.org/)", [("A", "https://example.org/", "")]),
    "plain": ("- [A](a.md)", [("A", "a.md", "")]),
    "star": ("* [A](a.md)", [("A", "a.md", "")]),
    "plus": ("+ [A](a.md)", [("A", "a.md", "")]),
    "numbered": ("1. [A](a.md)", [("A", "a.md", "")]),
    "numbered with a bracket": ("12) [A](a.md)", [("A", "a.md", "")]),
    "blanks behind the bullet": ("-   [A](a.md)", [("A", "a.md", "")]),
    "blanks round the text": ("- [ A ](a.md)", [("A", "a.md", "")]),
    "a remark": ("- [A](a.md): about it", [("A", "a.md", ": about it")]),
    "a remark that begins like the text": ("- [A](a.md) A", [("A", "a.md", "A")]),
    "emphasis": ("- **[A](a.md)**", [("A", "a.md", "")]),
    "struck out, a remark behind": ("- ~~[A](a.md)~~ gone", [("A", "a.md", "gone")]),
    "two links": ("- [A](a.md), [B](b.md)", [("A", "a.md", ", B")]),
    "an image in front": ("- ![i](i.png) [A](a.md)", [("A", "a.md", "")]),
    "percent escapes": ("- [A](a%20b.md)", [("A", "a b.md", "")]),
    "non-ASCII": ("- [Grüße](grüße.md) – 日本", [("Grüße", "grüße.md", "– 日本")]),
    "a second line": ("- [A](a.md)\n  and more", [("A", "a.md", "and more")]),
    "a lazy line": ("- [A](a.md)\nand more", [("A", "a.md", "and more")]),
    "nested": ("- [A](a.md)\n  - [B](b.md)\n    1. [C](c.md)", [(n, f"{n.lower()}.md", "") for n in "ABC"]),
    "a second paragraph of an item is none": ("- [A](a.md)\n\n  [B](b.md)", [("A", "a.md", "")]),
    "loose": ("- [A](a.md)\n\n- [B](b.md)", [("A", "a.md", ""), ("B", "b.md", "")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ITEMS.values(), ids=ITEMS)
def test_an_entry_is_an_item_that_begins_with_a_link(text: str, expected: list[tuple[str, str, str]]) -> None:
    index = read(f"---\nmanifest: 1\nformat: list\n---\n{text}\n- [z](z.md)\n")
    assert [values[:3] for values in said(index)] == [*expected, ("z", "z.md", "")]


LABELS = {
    "none": ("[A](a.md)", ""),
    "an open box": ("[ ] [A](a.md)", ""),
    "a ticked box": ("[x] [A](a.md)", ""),
    "a box and a number": ("[X] 12 [A](a.md)", "12"),
    "a number": ("001 [A](a.md)", "001"),
    "a number with a stop": ("1.2. [A](a.md)", "1.2."),
    "a date": ("2026-01-05 [A](a.md)", "2026-01-05"),
    "a date in words": ("(5 January 2026) [A](a.md)", "(5 January 2026)"),
    "bold": ("**New**: [A](a.md)", "New:"),
    "bold words": ("**Very new** [A](a.md)", "Very new"),
    "code": ("`GET` [A](a.md)", "GET"),
    "a colon": ("In the works: [A](a.md)", "In the works:"),
    "a dash": ("Draft – [A](a.md)", "Draft –"),
    "an emoji": ("🚧 [A](a.md)", "🚧"),
    "a link to another site": ("[#12](https://example.org/12) [A](a.md)", "#12"),
    "a word": ("See [A](a.md)", None),
    "words": ("1 of the things in [A](a.md)", None),
    "a sentence that ends with a colon": ("This is all that there is to say of it: [A](a.md)", None),
    "a link to another site in a sentence": ("[X](https://example.org/) is like [A](a.md)", None),
    "very much": (f"{'1' * 90} [A](a.md)", None),
}


@pytest.mark.parametrize(("item", "label"), LABELS.values(), ids=LABELS)
def test_a_label_may_stand_before_the_link_and_prose_may_not(item: str, label: str | None) -> None:
    index = read(f"---\nmanifest: 1\nformat: list\n---\n- {item} note\n- [z](z.md)\n")
    found = [(value_of(index, entry, "label"), value_of(index, entry, "remark")) for entry in index.entries]
    named = [entry.links[0].target for entry in index.entries if entry.links]
    assert found[-1] == ("", "")
    assert named == (["a.md"] if label is not None else []) + ["z.md"]
    assert label is None or found[0] == (label, "note")


def test_a_long_run_of_items_is_read_item_by_item() -> None:
    items = [f"- [Ä {number}](ä{number}.md)" for number in range(9)]
    index = read("\n".join(items))
    assert said(index) == [(f"Ä {number}", f"ä{number}.md", "", "") for number in range(9)]
    assert [at(index, entry.span) for entry in index.entries] == [f"{n + 1}:1-{n + 1}:15" for n in range(9)]


SHARES = {
    "all of them": ("- [A](a.md)\n- [B](b.md)", ["a.md", "b.md"]),
    "half of them": ("- [A](a.md)\n- words", ["a.md"]),
    "less than half": ("- [A](a.md)\n- words\n- words", []),
    "none": ("- words\n- [site](https://example.org)\n- [log](log.txt)", []),
    "half of each list is judged alone": ("- [A](a.md)\n\n1. words\n2. [B](b.md)\n3. words", ["a.md"]),
    "nested items count with theirs": ("- words\n  - words\n  - [A](a.md)\n", []),
    "a heading divides": ("- [A](a.md)\n\n# H\n\n- words\n- words\n", ["a.md"]),
}


@pytest.mark.parametrize(("text", "expected"), SHARES.values(), ids=SHARES)
def test_a_list_is_the_index_where_half_of_its_items_lead_with_a_document(text: str, expected: list[str]) -> None:
    assert targets(read(text)) == expected


def test_one_item_will_do_where_the_contract_says_that_a_list_is_the_index() -> None:
    assert targets(read("---\nmanifest: 1\nformat: list\n---\n- [A](a.md)\n- words\n- words\n")) == ["a.md"]


PARAGRAPHS = {
    "one link": ("[A](a.md)", ["a.md"]),
    "a heading": ("## [A](a.md)\n\nAbout it.", ["a.md"]),
    "a heading with more": ("## [A](a.md) and more", []),
    "a heading and a list below that names it": ("## [A](a.md)\n\n- [A](a.md)", ["a.md"]),
    "a badge behind it": ("[A](a.md) ![new](new.svg)", ["a.md"]),
    "emphasis round it": ("**[A](a.md)**", ["a.md"]),
    "a link in prose": ("See [A](a.md).", []),
    "two links": ("[A](a.md) [B](b.md)", []),
    "two lines of one link each": ("[A](a.md)\n[B](b.md)", ["a.md", "b.md"]),
    "two lines of which one is prose": ("[A](a.md)\nand [B](b.md)", []),
    "by reference": ("[A][one]\n\n[one]: a.md", ["a.md"]),
    "a link to another site": ("[A](https://example.org/)", []),
    "in a quotation": ("> [A](a.md)", []),
}


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_a_paragraph_of_links_is_an_entry_a_line(text: str, expected: list[str]) -> None:
    assert targets(read(text + "\n")) == expected


def test_paragraphs_under_letter_headings_have_the_heading_as_their_section() -> None:
    index = read("# All\n\n## A\n\n[Apple](apple.md)\n\n[Apricot](apricot.md)\n\n## B\n\n[Banana](banana.md)\n")
    assert [index.blocks[entry.block].section for entry in index.entries] == ["A", "A", "B"]


PLACES = {
    "the item": ("- [A](a.md): text", None, "1:1-1:18"),
    "the item of two lines": ("- [A](a.md)\n  text", None, "1:1-2:7"),
    "a nested item": ("- [z](z.md)\n  - [A](a.md) ", None, "2:3-2:14"),
    "the text": ("- [日本](a.md)", "link.text", "1:4-1:6"),
    "the text of a link that is marked up": ("- [*A*](a.md)", "link.text", "1:1-1:14"),
    "the destination": ("- [日本](a.md)", "link.target", "1:8-1:12"),
    "a destination with an escape": ("- [A](a\\_b.md)", "link.target", "1:7-1:14"),
    "a destination with an entity": ("- [A](a&amp;b.md)", "link.target", "1:7-1:17"),
    "a destination with brackets": ("- [A](a_(b).md)", "link.target", "1:7-1:15"),
    "a destination in angles with an escape": ("- [A](<a \\> b.md>)", "link.target", "1:8-1:17"),
    "the destination on a second line": ("- [A\n  B](a.md)", "link.target", "2:6-2:10"),
    "the remark is the item": ("- [A](a.md) text", "remark", "1:1-1:17"),
    "a paragraph": ("[A](a.md)", "link.target", "1:5-1:9"),
}


@pytest.mark.parametrize(("text", "name", "expected"), PLACES.values(), ids=PLACES)
def test_what_an_item_says_stands_at_its_exact_place(text: str, name: str | None, expected: str) -> None:
    index = read(text)
    assert place_of(index, index.entries[-1], name) == expected
