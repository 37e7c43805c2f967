"""`indexlint show`."""

from __future__ import annotations

from types import SimpleNamespace

from validator import __version__
from validator.cli.output import FAILED, OK, emit
from validator.cli.project import no_index, open_project, working_folder
from validator.discover import Wanted, find_tree
from validator.engine import Outcome, run
from validator.settings import Settings
from validator.show import show_json, show_text


def show(arguments: SimpleNamespace) -> int:
    """Print what the tool sees. Gives the exit code."""
    working = working_folder(arguments.paths)
    tree = find_tree(arguments.paths, working, Wanted(arguments.rev, arguments.staged))
    project = open_project(arguments, working, tree)
    outcome: Outcome = run(project.prepared, project.tree, project.config, (), Settings(), __version__)
    render = show_json if arguments.format == "json" else show_text
    emit(render(project.tree.root, project.config.path, outcome.corpora))
    if not outcome.corpora:
        no_index(tree)
        return FAILED
    return OK
