"""What the manual gives to paste: held against the schemas of check-jsonschema and pre-commit, or run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema.validators import validator_for

from tests.conftest import CLEAN, ROOT, commit_all, git, write

PAGES = [ROOT / "README.md", ROOT / "docs" / "manual.md", ROOT / "docs" / "pipelines.md"]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
GOOD = {"INDEX.md": "| Title |\n| ----- |\n| [A](a.md) |\n", "a.md": "# A\n"}
SCRIPTS = Path(sys.executable).parent


@cache
def blocks(language: str) -> tuple[tuple[str, str], ...]:
    """The fenced blocks of this language: the page's name and a number, and the text."""
    found = []
    for page in PAGES:
        texts = re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        found += [(f"{page.name}-{number}", text) for number, text in enumerate(texts, 1)]
    return tuple(found)


def kind_of(value: object) -> str | None:
    """What a block of YAML is for; `None` for contracts, whose own tests hold them."""
    if not isinstance(value, dict):
        return None
    if "repos" in value:
        return "pre-commit"
    if "jobs" in value:
        return "vendor.github-workflows"
    return "vendor.gitlab-ci" if "indexlint" in value and "documents" not in value["indexlint"] else None


def yaml_blocks() -> list[Any]:
    found = []
    for name, text in blocks("yaml"):
        kind = kind_of(next(yaml.load_all(text, Loader=yaml.BaseLoader)))
        if kind is not None:
            found.append(pytest.param(kind, text, id=f"{kind}-{name}"))
    return found


def hold(kind: str, text: str, folder: Path) -> None:
    """Hold a file against what its reader says of the format."""
    if kind == "pre-commit":
        path = folder / ".pre-commit-config.yaml"
        path.write_text(text, "utf-8")
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
        subprocess.run(command, check=True, env=CLEAN, capture_output=True)
        return
    schema = get_builtin_schema(kind)
    value = yaml.safe_load(text)
    # YAML 1.1 takes the key `on` for true, GitHub does not.
    value = {"on" if key is True else key: item for key, item in value.items()}
    validator_for(schema)(schema).validate(value)


@pytest.mark.parametrize(("kind", "text"), yaml_blocks())
def test_what_is_to_be_pasted_is_what_its_reader_wants(kind: str, text: str, tmp_path: Path) -> None:
    hold(kind, text, tmp_path)


def test_all_kinds_are_among_the_blocks() -> None:
    kinds = [parameter.values[0] for parameter in yaml_blocks()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "pre-commit": 2, "vendor.github-workflows": 4, "vendor.gitlab-ci": 2
    }  # fmt: skip


FILES = {
    "action.yml": "vendor.github-actions",
    ".github/workflows/check.yml": "vendor.github-workflows",
    "templates/indexlint.gitlab-ci.yml": "vendor.gitlab-ci",
}


@pytest.mark.parametrize(("name", "kind"), FILES.items(), ids=str)
def test_what_is_shipped_is_what_its_reader_wants(name: str, kind: str, tmp_path: Path) -> None:
    hold(kind, (ROOT / name).read_text("utf-8"), tmp_path)


def test_the_hook_is_what_pre_commit_wants() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    subprocess.run(command, check=True, env=CLEAN, capture_output=True)
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    # pre-commit passes no deleted files, and skips a hook that waits for files where only deletions are staged.
    assert (hook["always_run"], hook["pass_filenames"]) == (True, False)
    assert "pre-push" not in hook["stages"]


# The action: its scripts are run as the runner would run them.


def test_no_input_is_pasted_into_a_script() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)
    stated = {value for step in ACTION["runs"]["steps"] for value in step.get("env", {}).values()}
    assert {"${{ inputs.args }}", "${{ inputs.paths }}"} <= stated


def step(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as the runner does, with `indexlint` where the step before would have put it."""
    (script,) = [step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == name]
    target = folder.parent / "step.sh"
    target.write_text(script, "utf-8")
    temp = folder.parent / "temp"
    if name == "Check" and not temp.exists():
        (temp / "indexlint").mkdir(parents=True)
        (temp / "indexlint" / "bin").symlink_to(SCRIPTS)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(target)], cwd=folder, check=False,
        env={**CLEAN, "RUNNER_TEMP": str(temp), "GITHUB_ACTIONS": "true", **environment},
        capture_output=True, text=True,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A sound corpus in `docs`, a broken one in `other docs`."""
    folder = tmp_path / "project"
    write(folder, {f"docs/{name}": text for name, text in GOOD.items()})
    write(folder, {f"other docs/{name}": text for name, text in {**GOOD, "a.md": "# B\n"}.items()})
    commit_all(folder)
    return folder


CALLS = {
    "nothing": ("", "", 1, "other docs/INDEX.md"),
    "a path": ("docs", "", 0, ""),
    "paths with blanks": ("docs\nother docs\n", "", 1, "other docs/INDEX.md"),
    "options": ("other docs", "--ignore=MT108\n--fail-on=error", 0, ""),
    "an option as a path": ("--format=json", "", 2, ""),
}


@pytest.mark.parametrize(("paths", "args", "code", "words"), CALLS.values(), ids=CALLS)
def test_the_action_checks(paths: str, args: str, code: int, words: str, project: Path) -> None:
    done = step("Check", project, INDEXLINT_PATHS=paths, INDEXLINT_ARGS=args)
    assert done.returncode == code, done.stderr
    assert ("::error file=" in done.stdout) is bool(words)
    assert words in done.stdout


HARM = [
    "$(touch harm)",
    "`touch harm`",
    "; touch harm",
    '"; touch harm; "',
    "a && touch harm",
    "*",
    "${HOME}",
    "' | touch harm",
]


def test_inputs_are_words_and_never_commands(project: Path) -> None:
    tools = project.parent / "temp" / "indexlint" / "bin"
    tools.mkdir(parents=True)
    (tools / "indexlint").write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", "utf-8")
    (tools / "indexlint").chmod(0o755)
    lines = "\n".join(HARM)
    done = step("Check", project, INDEXLINT_PATHS=lines, INDEXLINT_ARGS=lines)
    assert done.stdout.splitlines() == ["check", *HARM, "--", *HARM]
    assert sorted(os.listdir(project)) == [".git", "docs", "other docs"]


@pytest.mark.slow
def test_the_action_installs_itself(project: Path) -> None:
    done = step("Install indexlint", project, INDEXLINT_PYTHON=sys.executable, INDEXLINT_SOURCE=str(ROOT))
    assert done.returncode == 0, done.stderr
    done = step("Check", project, INDEXLINT_PATHS="docs", INDEXLINT_ARGS="")
    assert done.returncode == 0, done.stderr


# Shell: each script of the page is run.


def script(words: str) -> str:
    """The one script of docs/pipelines.md that holds these words."""
    (text,) = [text for name, text in blocks("sh") if name.startswith("pipelines") and words in text]
    return text


def test_no_script_is_left_out() -> None:
    named = ["--staged", "read -r old", "read -r ref", ".indexlint/bin"]
    assert {script(words) for words in named} == {text for name, text in blocks("sh") if name.startswith("pipelines")}


def install(repository: Path, name: str, text: str) -> None:
    """Put a hook into a repository, and `indexlint` on the PATH."""
    path = repository / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@pytest.fixture
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """`indexlint` on the PATH of git's hooks."""
    monkeypatch.setitem(CLEAN, "PATH", os.pathsep.join([str(SCRIPTS), os.environ["PATH"]]))


@pytest.mark.slow
@pytest.mark.usefixtures("on_path")
def test_the_hook_of_plain_git_checks_what_is_staged(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    commit_all(tmp_path)
    install(tmp_path / ".git", "pre-commit", script("--staged"))
    write(tmp_path, {"a.md": "# B\n"})
    git(tmp_path, "add", "a.md")
    write(tmp_path, {"a.md": "# A\n"})  # Mended on disk, not in what is committed.
    done = git(tmp_path, "commit", "-m", "change", check=False)
    assert done.returncode == 1
    assert "MT108" in done.stdout + done.stderr
    git(tmp_path, "add", "a.md")
    write(tmp_path, {"a.md": "# B\n"})
    done = git(tmp_path, "commit", "--allow-empty", "-m", "change", check=False)
    assert done.returncode == 0, done.stderr


def _branch(folder: Path, name: str, files: dict[str, str]) -> None:
    git(folder, "checkout", "-q", "-B", name, "main")
    write(folder, files)
    commit_all(folder)


def _numbered(*ids: str) -> dict[str, str]:
    rows = "".join(f"| {number} | [{name}]({name}.md) |\n" for number, name in zip(ids, "ab", strict=True))
    texts = {f"{name}.md": f"---\nid: {number}\n---\n# {name}\n" for number, name in zip(ids, "ab", strict=True)}
    return {"INDEX.md": f"| ID | Title |\n| -- | ----- |\n{rows}", **texts}


@pytest.mark.slow
@pytest.mark.usefixtures("on_path")
def test_the_hook_of_a_server_refuses_what_breaks_an_index(tmp_path: Path) -> None:
    server, clone = tmp_path / "server.git", tmp_path / "clone"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(server))
    install(server, "pre-receive", script("read -r old"))
    write(clone, GOOD)
    commit_all(clone)
    git(clone, "remote", "add", "origin", str(server))
    git(clone, "push", "-q", "origin", "main")
    _branch(clone, "bad", {"a.md": "# B\n"})
    _branch(clone, "good", {"b.md": "# B\n", "INDEX.md": GOOD["INDEX.md"] + "| [B](b.md) |\n"})
    done = git(clone, "push", "origin", "good", "bad", check=False)
    assert done.returncode == 1
    assert "MT108" in done.stderr
    assert git(server, "branch", "--list").stdout.split() == ["*", "main"]
    git(clone, "push", "-q", "origin", "good")
    _branch(clone, "changed", _numbered("1", "2"))
    git(clone, "push", "-q", "origin", "changed:numbered")
    _branch(clone, "changed", _numbered("2", "1"))
    done = git(clone, "push", "-f", "origin", "changed:numbered", check=False)
    assert (done.returncode, "ID110" in done.stderr) == (1, True)  # Sound by itself, and not what stood there.
    git(clone, "push", "-q", "origin", ":numbered")
    git(clone, "tag", "v1", "bad")
    git(clone, "push", "-q", "origin", "v1", ":good")
    assert git(server, "branch", "--list").stdout.split() == ["*", "main"]


@pytest.mark.slow
@pytest.mark.usefixtures("on_path")
def test_the_hook_before_a_push_checks_the_commit_and_not_the_disk(tmp_path: Path) -> None:
    server, clone = tmp_path / "server.git", tmp_path / "clone"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(server))
    write(clone, GOOD)
    commit_all(clone)
    install(clone / ".git", "pre-push", script("read -r ref"))
    git(clone, "remote", "add", "origin", str(server))
    write(clone, {"a.md": "# Not committed\n"})
    git(clone, "push", "-q", "origin", "main")
    git(clone, "commit", "-q", "-a", "-m", "broken")
    write(clone, GOOD)
    done = git(clone, "push", "origin", "main", check=False)
    assert done.returncode == 1
    assert "MT108" in done.stdout + done.stderr


@pytest.mark.slow
def test_any_ci_can_install_and_check(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, ".gitignore": ".indexlint/\n"})
    commit_all(tmp_path)
    text = script(".indexlint/bin").replace("python3", sys.executable).replace("git+ADDRESS@v0.1.0", str(ROOT))
    done = subprocess.run(
        ["sh", "-e", "-c", text], cwd=tmp_path, env=CLEAN, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "indexlint.xml").is_file()
    assert (tmp_path / "indexlint.json").is_file()
