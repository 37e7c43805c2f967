"""CF103."""

from __future__ import annotations

from collections.abc import Iterator

from validator.findings import Problem, Related
from validator.model import Place
from validator.rules.rule import Project, rule


@rule(Project, "CF103", since="0.1", fatal=True)
def bad_schema(project: Project) -> Iterator[Problem]:
    """A schema that is no schema, cannot be read, or asks for the network.

    Nothing is ever fetched: a `$ref` leads to a place in the same schema. A run with such an error could not do its
    job: exit 2.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        schema: schema.json
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- schema.json --
        {"type": "mapping"}
        -- a.md --
        ---
        title: A
        ---
        Text.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        schema: schema.json
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- schema.json --
        {"type": "object"}
        -- a.md --
        ---
        title: A
        ---
        Text.
    """
    for fault in project.contract_faults("bad-schema"):
        schema = () if fault.file is None else (Related(Place(fault.file), "this schema"),)
        yield Problem(fault.place, fault.message, schema)
    for corpus in project.corpora:
        said: set[str] = set()
        for found in corpus.faults.get("bad-schema", ()):
            reason = found.fault.detail[0]
            if reason not in said:
                said.add(reason)
                yield Problem(
                    corpus.contract.place("schema"),
                    f"the schema {corpus.contract.schema} cannot be held against {found.place.path}: {reason}",
                    (
                        Related(found.place, "this document is not checked"),
                        Related(Place(corpus.contract.schema_path), "this schema"),
                    ),
                    document=found.place.path,
                )
