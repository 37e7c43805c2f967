"""`indexlint init`."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

from validator import __version__, infer
from validator.cli.output import OK, emit, say, tell
from validator.cli.project import working_folder
from validator.discover import UsageError, find_config, find_tree, relative
from validator.findings import summed_up
from validator.rules import ALL
from validator.settings import PYPROJECT, Config


def init(arguments: SimpleNamespace) -> int:
    """Learn contracts and write them down. Gives the exit code."""
    started = time.perf_counter()
    if arguments.new and arguments.index:
        raise UsageError("--new makes an index, and --index names one that is there: take one of the two")
    working = working_folder([*arguments.paths, *arguments.index])
    tree = find_tree([*arguments.paths, *arguments.index], working)
    config = find_config(tree, None, working)
    named = [relative(tree, path, working) for path in arguments.paths] or [""]
    for path in named:
        if not os.path.exists(os.path.join(tree.root, path)):
            raise UsageError(f"{path}: there is no such file or folder")
    indexes = [relative(tree, path, working) for path in arguments.index]
    indexes += [path for path in named if path and os.path.isfile(os.path.join(tree.root, path))]
    force = arguments.force or arguments.stdout
    try:
        made = infer.learn_new(tree, config, named) if arguments.new else infer.Made((), {})
        learned = made.learned or infer.learn_corpora(tree, config, indexes, named, force=force)
        # What is only printed may be copied into whatever file the project is configured by.
        placed = Config() if arguments.stdout and config.path == PYPROJECT else config
        proposal = infer.propose(tree, placed, learned, ALL, __version__, made=made.indexes)
        if arguments.stdout:
            emit([proposal.contracts])
        else:
            infer.write(tree.root, proposal.files)
    except infer.InferError as error:
        raise UsageError(str(error)) from None
    if tree.notice:
        say(f"indexlint: {tree.notice}")
    lines = infer.summary(proposal, written=not arguments.stdout)
    for line in lines:
        (say if arguments.stdout else tell)(line)
    report = proposal.outcome.report._replace(seconds=time.perf_counter() - started)
    say(summed_up(report))
    return OK
