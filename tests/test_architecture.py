"""The house of docs/architecture.md: rooms in order, one rule a file, one room that prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from validator.rules import ALL

PACKAGE = ROOT / "validator"
# Each room imports only from rooms before it.
ROOMS = (
    "late", "model", "packing", "workers", "findings", "text", "patterns", "globs", "names", "lines", "scalars",
    "ids", "compose", "compose_json", "markdown", "rows", "unseen", "waivers",
    "header", "verdict", "schema", "contract", "delimiters", "conflicts",
    "index", "heading", "hosts", "git", "tree", "universe", "scan", "sound", "cache", "compare",
    "corpus", "join", "accord", "fields", "sequences", "references", "history",
    "unanswered",
    "settings", "suppress", "unmatched", "baseline", "meant", "discover", "revision",
    "rules", "docs", "placing", "judging", "engine",
    "reporters", "show", "infer", "writing", "progress",
    "brief", "arguments", "cli", "start", "entry", "__main__",
)  # fmt: skip
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """The room that a module of the package stands in; empty for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imported(path: Path) -> Iterator[str]:
    """The package's own modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "validator":
            for alias in node.names:
                inner = PACKAGE / node.module.partition(".")[2].replace(".", "/") / f"{alias.name}.py"
                yield f"{node.module}.{alias.name}" if node.module == "validator" and inner.exists() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "validator")


def test_every_module_stands_in_a_known_room() -> None:
    rooms = {room_of(name_of(path)) for path in FILES} - {"", "__init__"}
    assert rooms <= set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_room_imports_only_from_rooms_before_it(path: Path) -> None:
    own = room_of(name_of(path))
    for module in imported(path):
        other = room_of(module)
        if own and other and own != other:
            assert ROOMS.index(other) < ROOMS.index(own), f"{own} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_command_line_prints_exits_and_reads_the_environment(path: Path) -> None:
    # `docs` writes its pages when it is run as a script; `tree` hands the environment on to git.
    free = {"arguments", "cli", "start", "entry", "__main__", "docs"}
    if room_of(name_of(path)) in free:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "exit", "input"}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pair = (node.value.id, node.attr)
            assert pair not in {("sys", "exit"), ("sys", "stdout"), ("sys", "stderr")}
            assert pair != ("os", "environ") or room_of(name_of(path)) in {"git", "tree"}


def test_no_module_is_a_box_for_leftovers() -> None:
    assert not FORBIDDEN_NAMES & {part for path in FILES for part in path.relative_to(PACKAGE).with_suffix("").parts}


def test_one_rule_a_file_and_every_file_in_its_family_s_table() -> None:
    shared = {"rule.py", "mismatch.py", "__init__.py"}
    files = [path for path in (PACKAGE / "rules").rglob("*.py") if path.name not in shared]
    assert sorted(path.stem.replace("_", "-") for path in files) == sorted(rule.name for rule in ALL)
    for path in files:
        functions = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
        decorated = [function.name for function in functions if function.decorator_list]
        assert decorated == [path.stem]


def test_codes_and_names_are_unique_and_stand_in_the_right_family() -> None:
    folders = {
        "IX": "index",
        "ID": "ids",
        "DL": "delimiters",
        "MT": "metadata",
        "CT": "content",
        "FS": "files",
        "CF": "config",
    }
    assert len({rule.code for rule in ALL}) == len({rule.name for rule in ALL}) == len(ALL)
    for rule in ALL:
        assert rule.check.__module__.split(".")[2] == folders[rule.code[:2]]


def test_every_rule_has_its_mirrored_test() -> None:
    for rule in ALL:
        family = rule.check.__module__.split(".")[2]
        assert (ROOT / "tests" / "rules" / family / f"test_{rule.name.replace('-', '_')}.py").is_file(), rule.code


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_compiles_an_expression_when_it_is_imported(path: Path) -> None:
    for node in ast.walk(_without_functions(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert ast.unparse(node.func) != "re.compile", f"line {node.lineno}: use validator.late.regex"


def _without_functions(tree: ast.Module) -> ast.Module:
    return ast.Module([node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], [])
