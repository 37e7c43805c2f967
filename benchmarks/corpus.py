"""Made-up corpora of any size: the documents, their index, and what other tools need to check the same files.

A corpus is the same for the same kind and number, on every machine. Two folders are made: the project itself
(documents, INDEX.md, a schema), and beside it what only the other tools read.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import NamedTuple

KINDS = ("plain", "yaml")
LARGE = "large"
_BODY = 2600
_LARGE_BODY = 5_000_000
_MOST_IN_GIT = 1_000_000
_MOST_FOR_SLOW_PEERS = 10_000
_TOPICS = ("index", "header", "archive", "journal", "ledger", "survey")
_STATES = ("draft", "final", "withdrawn")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id", "title", "date", "status"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "title": {"type": "string", "minLength": 1},
        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "author": {"type": "string"},
        "status": {"enum": list(_STATES)},
        "topic": {"enum": list(_TOPICS)},
        "language": {"type": "string", "minLength": 2, "maxLength": 2},
        "pages": {"type": "integer", "minimum": 1},
    },
}
_PLAIN_CONTRACT = """\
---
manifest: 1
documents: "*.txt"
name: "{ordinal:03}_{id}.txt"
id: {pattern: "[0-9a-f]{16}"}
delimiters: {header: none, newline: lf}
fields:
  title: {document: first-line}
  bytes: {document: content.bytes}
  sha256: {column: SHA-256, document: content.sha256}
---
"""
_YAML_CONTRACT = """\
---
manifest: 1
documents: "*.md"
name: "{id}.md"
id: {pattern: "[0-9a-f]{16}"}
delimiters: {header: yaml, newline: lf, final_newline: required}
fields:
  title: {document: header.title}
  date: {document: header.date}
  bytes: {document: content.bytes}
  sha256: {column: SHA-256, document: content.sha256}
schema: document.schema.json
---
"""
_HEAD = (
    "\n# Documents\n\n| ID | Path | Title | Date | Bytes | SHA-256 |\n| :- | :--- | :---- | :--- | ----: | :------ |\n"
)


class Made(NamedTuple):
    """One made-up document: its name, its content, and what an index says of it."""

    id: str
    name: str
    title: str
    date: str
    metadata: dict[str, str | int]
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, in hex digits."""
        return hashlib.sha256(self.data).hexdigest()


class Place(NamedTuple):
    """Where a corpus lies: `project` is what indexlint checks, `peers` what the other tools need beside it."""

    kind: str
    number: int
    project: str
    peers: str


def documents(kind: str, count: int) -> Iterator[Made]:
    """The documents of a corpus, one by one; no two have one ID. `large` ones are like `yaml` with a long body."""
    rng = random.Random(f"{kind} corpus")  # noqa: S311 - it has to be the same every time
    least = _LARGE_BODY if kind == LARGE else _BODY
    words = ["".join(rng.choices(_LETTERS, k=rng.randint(3, 9))) for _ in range(3000)]
    paragraphs = [_paragraph(rng, words) for _ in range(500)]
    for number in range(count):
        identity = hashlib.sha256(f"{kind} {number}".encode()).hexdigest()[:16]
        title = " ".join(rng.choices(words, k=9)).capitalize()
        date = f"20{rng.randrange(10, 30)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        body: list[str] = []
        size = 0
        while size < least:
            body.append(rng.choice(paragraphs))
            size += len(body[-1]) + 1
        metadata: dict[str, str | int] = {
            "id": identity, "title": title, "date": date, "author": " ".join(rng.choices(words, k=2)).title(),
            "status": rng.choice(_STATES), "topic": rng.choice(_TOPICS), "language": "en",
            "pages": rng.randrange(1, 300),
        }  # fmt: skip
        text = "\n".join(body) + "\n"
        if kind == "plain":
            yield Made(identity, f"{number:03}_{identity}.txt", title, date, metadata, f"{title}\n{text}".encode())
        else:
            yield Made(identity, f"{identity}.md", title, date, metadata, f"{_header(metadata)}\n{text}".encode())


def _paragraph(rng: random.Random, words: list[str]) -> str:
    """A paragraph of some 400 bytes with the punctuation of a newspaper, so that it is no pure ASCII."""
    said, more = (" ".join(rng.choices(words, k=rng.randint(20, 35))) for _ in range(2))
    return f"“{said.capitalize()},” {rng.choice(words)} said: {more}."


def _header(metadata: dict[str, str | int]) -> str:
    quoted = {key: f'"{value}"' if key == "id" else value for key, value in metadata.items()}
    return "".join(["---\n", *(f"{key}: {value}\n" for key, value in quoted.items()), "---\n"])


def make(folder: str, kind: str, count: int) -> Place:
    """Make a corpus below `folder`, or take the one that is there already."""
    place = Place(kind, count, os.path.join(folder, f"{kind}-{count}"), os.path.join(folder, f"{kind}-{count}-peers"))
    done = os.path.join(place.peers, "made")
    if os.path.exists(done):
        return place
    for old in place.project, place.peers:
        shutil.rmtree(old, ignore_errors=True)
    os.makedirs(place.project)
    os.makedirs(place.peers)
    _write_all(place)
    if count <= _MOST_IN_GIT:
        _commit(place.project)
    with open(done, "w", encoding="utf-8"):
        return place


def _write_all(place: Place) -> None:
    with (
        open(os.path.join(place.project, "INDEX.md"), "w", encoding="utf-8") as index,
        open(os.path.join(place.peers, "SHA256SUMS"), "w", encoding="utf-8") as sums,
    ):
        index.write((_PLAIN_CONTRACT if place.kind == "plain" else _YAML_CONTRACT) + _HEAD)
        resources: list[dict[str, object]] = []
        write_peer = _peer_writer(place, resources)
        for made in documents(place.kind, place.number):
            digest = made.digest
            with open(os.path.join(place.project, made.name), "wb") as file:
                file.write(made.data)
            index.write(
                f"| {made.id} | [{made.name}]({made.name}) | {made.title} | {made.date} | {len(made.data)} |"
                f" `{digest}` |\n"
            )
            sums.write(f"{digest}  {made.name}\n")
            write_peer(made, digest)
    _write_json(os.path.join(place.project, "document.schema.json"), _SCHEMA)
    _write_json(os.path.join(place.peers, "datapackage.json"), {"name": "corpus", "resources": resources})
    _write_bag(place)


def _peer_writer(place: Place, resources: list[dict[str, object]]) -> Callable[[Made, str], None]:
    """What writes a document's share of what the other tools read. The slow ones get no corpus beyond their reach."""
    for name in ("json", "yaml", "bag/data"):
        os.makedirs(os.path.join(place.peers, name))
    small = place.number <= _MOST_FOR_SLOW_PEERS

    def write(made: Made, digest: str) -> None:
        document = os.path.join(place.project, made.name)
        os.link(document, os.path.join(place.peers, "bag", "data", made.name))
        if small:
            resources.append(
                {"name": f"d{made.id}", "path": f"bag/data/{made.name}", "format": "txt", "mediatype": "text/plain",
                 "bytes": len(made.data), "hash": f"sha256:{digest}"}
            )  # fmt: skip
            _write_json(os.path.join(place.peers, "json", f"{made.id}.json"), made.metadata)
            with open(os.path.join(place.peers, "yaml", f"{made.id}.yaml"), "w", encoding="utf-8") as file:
                file.write(_header(made.metadata).removesuffix("---\n"))

    return write


def _write_bag(place: Place) -> None:
    """A BagIt bag of hard links to the documents."""
    bag = os.path.join(place.peers, "bag")
    with open(os.path.join(place.peers, "SHA256SUMS"), encoding="utf-8") as sums:
        manifest = "".join(line.replace("  ", "  data/", 1) for line in sums)
    for name, text in {
        "bagit.txt": "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n",
        "manifest-sha256.txt": manifest,
    }.items():
        with open(os.path.join(bag, name), "w", encoding="utf-8") as file:
            file.write(text)


def _write_json(path: str, value: object) -> None:
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def git(folder: str, *arguments: str) -> None:
    """Run git in a folder, without the settings of whoever runs the benchmark."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    settings = (
        "-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org", "-c", "core.compression=0",
        "-c", "gc.auto=0",  # Nothing is packed in the background while something is measured.
    )  # fmt: skip
    subprocess.run(["git", "-C", folder, *settings, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)


def _commit(folder: str) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "Documents")
