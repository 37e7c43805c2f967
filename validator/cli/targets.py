"""The files that a check is asked to write: reports and the baseline. It writes over nothing that it checks."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from validator.cli.project import Project
from validator.discover import UsageError
from validator.reporters import FORMATS
from validator.schema import nearest
from validator.tree import Tree
from validator.writing import check_place

# What pre-commit and git set for the hooks that they run.
_IN_A_HOOK = ("PRE_COMMIT", "GIT_INDEX_FILE", "GIT_QUARANTINE_PATH")


def report_targets(values: Sequence[str]) -> list[tuple[str, str]]:
    """The formats and files that `--report` asks for, all of which can be written."""
    found: list[tuple[str, str]] = []
    for value in values:
        name, separator, path = value.partition("=")
        if name not in FORMATS or not separator or path in {"", "-"}:
            near = None if name in FORMATS else nearest(name, FORMATS)
            hint = f"; did you mean {near}?" if near else "; stdout is for --format" if path == "-" else ""
            raise UsageError(f"--report {value}: FORMAT=FILE is wanted, with a format of {', '.join(FORMATS)}{hint}")
        if os.path.realpath(path) in {os.path.realpath(other) for _, other in found}:
            raise UsageError(f"--report {value}: another report goes to this file")
        check_place(path)
        found.append((name, path))
    return found


def check_writing(arguments: SimpleNamespace) -> None:
    """Refuse to write a baseline where nobody looks at it: in a hook it would accept whatever is being committed."""
    if not arguments.write_baseline:
        return
    if arguments.baseline is None:
        raise UsageError("--write-baseline needs --baseline FILE")
    if arguments.staged or arguments.rev is not None or arguments.new_only:
        raise UsageError("--write-baseline goes with the working tree alone, without --staged, --rev and --new-only")
    if arguments.paths or arguments.select or arguments.ignore:
        raise UsageError("--write-baseline writes the findings of all rules in all corpora: name no PATH and no rules")
    if any(os.environ.get(name) for name in _IN_A_HOOK):
        raise UsageError(
            "a hook does not write the baseline: run indexlint check --baseline FILE --write-baseline yourself"
        )
    check_place(arguments.baseline)


def overwritten(arguments: SimpleNamespace, tree: Tree) -> dict[str, str]:
    """The files of the project that this run would write over: what they are called there, and by the user."""
    targets = [value.partition("=")[2] for value in arguments.report]
    targets += [arguments.baseline] if arguments.write_baseline else []
    real = ((os.path.realpath(target), target) for target in targets if os.path.isfile(target))
    return {os.path.relpath(path, tree.root).replace(os.sep, "/"): target for path, target in real}


def spare(targets: Mapping[str, str], project: Project) -> None:
    """Refuse to write a report over what is checked."""
    for item in project.prepared if targets else ():
        kinds = {path: "a sidecar" for paths in item.sidecars.values() for path in paths}
        kinds |= dict.fromkeys(item.documents, "a document")
        kinds |= {path: "an index" for path in [item.contract.path] if path is not None}
        kinds |= {path: "the configuration file" for path in [project.config.path] if path is not None}
        for path, target in targets.items():
            if path in kinds:
                raise UsageError(f"{target} is {kinds[path]}, and nothing is written over it")
