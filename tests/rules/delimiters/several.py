"""What the tests of document delimiters share: an index by ID, and three documents in one file."""

from __future__ import annotations


def index(delimiters: str, *, fields: str = "{title: first-line}", more: str = "") -> str:
    """An index that names the documents 1 to 3 by their IDs alone."""
    rows = "".join(f"| {number} | {title} |\n" for number, title in enumerate(("One", "Two", "Three"), 1))
    return (
        f'---\nmanifest: 1\ndocuments: "*.txt"\ndelimiters: {delimiters}\nfields: {fields}\n{more}---\n'
        f"| ID | Title |\n| -- | ----- |\n{rows}"
    )


PAIRS = index('{begin: "=== {id} ===", end: "=== end {id} ===", bom: any}')
GOOD = (
    "=== 1 ===\nOne\nText.\n=== end 1 ===\n\n=== 2 ===\nTwo\nText.\n=== end 2 ===\n"
    "=== 3 ===\nThree\nText.\n=== end 3 ===\n"
)
DOC = index('{begin: "<DOC>\\n<DOCNO> {id} </DOCNO>", end: "</DOC>"}')
GOOD_DOC = "".join(
    f"<DOC>\n<DOCNO> {number} </DOCNO>\n{title}\n</DOC>\n" for number, title in enumerate(("One", "Two", "Three"), 1)
)
BEGINS = index('{begin: "=== {id} ==="}')
GOOD_BEGINS = "=== 1 ===\nOne\nText.\n=== 2 ===\nTwo\n\n=== 3 ===\nThree\n"
ENDS = index('{end: "//", header: rfc822}', fields="{title: header.title}")
GOOD_ENDS = "".join(
    f"id: {number}\ntitle: {title}\n\nText.\n//\n" for number, title in enumerate(("One", "Two", "Three"), 1)
)
BETWEEN = index('{begin: "%%", header: rfc822}', fields="{title: header.title}")
GOOD_BETWEEN = GOOD_ENDS.replace("//", "%%").removesuffix("%%\n")


def changed(text: str, line: str, new: str) -> str:
    """The text with one line replaced, the first of its kind; `new` brings its own line end."""
    assert f"\n{line}\n" in f"\n{text}"
    before, _, behind = f"\n{text}".partition(f"\n{line}\n")
    return f"{before}\n{new}{behind}"[1:]
