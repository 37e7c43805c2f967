"""Which of some words a word is like, and keywords of a schema that are nearly known ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_MOST_KNOWN = 300


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that is likest to `word`, if any is like it. `likeness` is between 0 and 1 (the same)."""
    import difflib  # noqa: PLC0415 - only for messages

    folded = {item.casefold(): item for item in known}
    if len(folded) > _MOST_KNOWN:  # Comparing each with each would take a long time, and a long list is rarely misread.
        folded = dict([pair for pair in folded.items() if pair[0][:2] == word[:2].casefold()][:_MOST_KNOWN])
    match = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=likeness)
    return folded[match[0]] if match else None


# The keywords that judge a value, in any draft; of these, those that apply schemas to the same value.
_COMBINING = frozenset({"allOf", "anyOf", "else", "if", "not", "oneOf", "then"})
_JUDGING = _COMBINING | {
    "additionalItems", "additionalProperties", "const", "contains", "dependencies", "dependentRequired",
    "dependentSchemas", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxContains", "maxItems",
    "maxLength", "maxProperties", "maximum", "minContains", "minItems", "minLength", "minProperties", "minimum",
    "multipleOf", "pattern", "patternProperties", "prefixItems", "properties", "propertyNames", "required", "type",
    "unevaluatedItems", "unevaluatedProperties", "uniqueItems",
}  # fmt: skip
# Keywords of other dialects (older drafts, OpenAPI, editors) that are like one of these and meant as they are written.
_FOREIGN = frozenset(
    {"enumDescriptions", "enumNames", "formatMaximum", "formatMinimum", "patternErrorMessage", "typeof"}
)
_SURELY = 0.85
_LONGEST = max(map(len, _JUDGING))


def misspelt_keywords(
    schema: object, pointer: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The keywords of a plain value's schema that are nearly one that judges it: where each stands, and what is meant.

    A keyword that nobody knows says nothing, by the standard. One that is like none may be somebody's own.
    """
    if isinstance(schema, list):
        for number, item in enumerate(schema):
            yield from misspelt_keywords(item, (*pointer, number))
    for keyword, value in schema.items() if isinstance(schema, dict) else ():
        if keyword in _COMBINING:
            yield from misspelt_keywords(value, (*pointer, keyword))
        elif keyword not in _JUDGING and keyword not in _FOREIGN and not keyword.startswith(("$", "x-")):
            near = _meant(keyword)
            if near is not None:
                yield (*pointer, keyword), keyword, near


def _meant(keyword: str) -> str | None:
    """The keyword that one is surely meant to be: much like it, or the same with two neighbouring letters swapped."""
    swapped = (
        keyword[:at] + keyword[at + 1] + keyword[at] + keyword[at + 2 :]
        for at in range(min(len(keyword), _LONGEST) - 1)
    )
    near = next((word for word in swapped if word in _JUDGING), None)
    return near or nearest(keyword, _JUDGING - {"if", "not"}, _SURELY)  # What is like these two is a word of its own.
