"""Rule pages from docstrings: for `indexlint rule`, for the manual, and as the examples that the tests run.

`python -m validator.docs` writes `docs/rules.md`; with `--check` it only says whether that file is up to date.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from validator.late import regex
from validator.rules import ALL, Rule

_FILE = regex(r"^-- (?P<name>\S+)(?: -> (?P<target>\S+))? --$")
_BYTES = regex(rb"\xc2\xab([0-9A-F]{2})\xc2\xbb")
_NO_NEWLINE = "«no newline»\n".encode()
FAMILIES = {
    "IX": "Index: which documents it names",
    "ID": "IDs",
    "DL": "Delimiters",
    "MT": "Metadata",
    "CT": "Content",
    "FS": "Files",
    "CF": "Contract and configuration",
}


class Page(NamedTuple):
    """A rule's page: the sentences that explain it, and its examples in txtar notation (`None` where it has none)."""

    text: str
    bad: str | None
    good: str | None


def page(rule: Rule) -> Page:
    """The page of a rule."""
    cleaned = inspect.cleandoc(rule.page)
    text, _, rest = cleaned.partition("\nBad:\n")
    if not rest:
        text, _, good = cleaned.partition("\nGood:\n")
        return Page(text.strip(), None, _example(good) if good else None)
    bad, _, good = rest.partition("\nGood:\n")
    return Page(text.strip(), _example(bad), _example(good))


def _example(text: str) -> str:
    return inspect.cleandoc(text) + "\n"


class Entry(NamedTuple):
    """A file of an example: its content, or the target of a symbolic link."""

    content: bytes
    target: str | None = None


def files(example: str) -> Mapping[str, Entry]:
    """The files of an example. `«0D»` stands for a byte, `«no newline»` takes away the line end behind it."""
    found: dict[str, Entry] = {}
    name = ""
    for line in example.splitlines(keepends=True):
        header = _FILE.match(line.rstrip("\n"))
        if header is not None:
            name = header["name"]
            found[name] = Entry(b"", header["target"])
        else:
            data = _BYTES.sub(lambda match: bytes([int(match[1], 16)]), line.encode()).removesuffix(_NO_NEWLINE)
            found[name] = found[name]._replace(content=found[name].content + data)
    return found


def explain(rule: Rule) -> Iterator[str]:
    """A rule's page as plain text."""
    content = page(rule)
    yield f"{rule.code} {rule.name} ({rule.severity}, since {rule.since})\n\n"
    yield f"{content.text}\n"
    for title, example in (("Bad", content.bad), ("Good", content.good)):
        if example is not None:
            yield f"\n{title}:\n\n"
            yield "".join(f"    {line}" if line.strip() else line for line in example.splitlines(keepends=True))


def manual() -> Iterator[str]:
    """The page of all rules, in Markdown."""
    yield "<!-- Made by `python -m validator.docs`; edit the docstrings of the rules instead. -->\n\n# Rules\n\n"
    yield "Every finding has a code and a name. `indexlint rule CODE` prints the page of one rule.\n"
    for prefix, title in FAMILIES.items():
        yield f"\n## {prefix}: {title}\n\n| code | name | severity | fault |\n| ---- | ---- | -------- | ----- |\n"
        members = [rule for rule in ALL if rule.code.startswith(prefix)]
        for rule in members:
            summary = rule.summary.replace("|", "\\|")
            yield f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} | {rule.severity} | {summary} |\n"
        for rule in members:
            yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    content = page(rule)
    yield f"\n### {rule.code} {rule.name}\n\n{content.text}\n"
    for title, example in (("Bad", content.bad), ("Good", content.good)):
        if example is not None:
            yield f"\n{title}:\n\n````text\n{example}````\n"


def main(argv: list[str], root: str) -> int:
    """Write the generated pages below `root`, or with `--check` compare them: 0 where nothing is to do, else 1."""
    path = os.path.join(root, "docs", "rules.md")
    text = "".join(manual())
    try:
        with open(path, encoding="utf-8", newline="") as file:
            current = file.read()
    except FileNotFoundError:
        current = ""
    if current == text:
        return 0
    if "--check" in argv:
        sys.stderr.write("docs/rules.md is out of date: run `python -m validator.docs`\n")
        return 1
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
