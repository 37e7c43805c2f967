"""What somebody may try whose pull request is checked (design 6), line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CLEAN, Result, commit_all, git, write

Check = Callable[..., Result]
Run = Callable[..., Result]
TABLE = "| ID | Title |\n| -- | ----- |\n| [1](1.md) | One |\n"
EVIL = "([0-9a-f]+)+x"
SUBJECT = "a" * 100_000


def contract(*lines: str) -> str:
    return "\n".join(["---", "manifest: 1", *lines, "---", TABLE])


# Patterns


@pytest.mark.parametrize("where", ["the pattern of IDs", "what is taken off", "the count", "a field", "a schema"])
def test_a_pattern_that_doubles_with_each_character_ends_soon(where: str, check: Check) -> None:
    header = f"---\nid: {SUBJECT}\n---\n# One\n"
    lines = {
        "the pattern of IDs": [f"id: {{document: header.id, pattern: '{EVIL}'}}", "delimiters: {header: yaml}"],
        "what is taken off": [f"fields: {{title: {{document: header.id, strip: '{EVIL}'}}}}"],
        "the count": [f"count: '{EVIL}'"],
        "a field": [f"fields: {{title: {{document: header.id, schema: {{pattern: '{EVIL}'}}}}}}"],
        "a schema": ["delimiters: {header: yaml}", "schema: s.json"],
    }[where]
    index = contract(*lines).replace("One", SUBJECT) + f"{SUBJECT}\n"
    schema = json.dumps({"properties": {"id": {"pattern": f"^{EVIL}$"}}, "patternProperties": {f"^{EVIL}$": False}})
    check({"INDEX.md": TABLE, "1.md": "# One\n"})  # What is imported once is no part of the time.
    started = time.process_time()
    result = check({"INDEX.md": index, "1.md": header, "s.json": schema})
    assert time.process_time() - started < 1
    assert result.code in {1, 2}


# Sizes


def test_many_comments_and_ignores_take_no_long_time(check: Check) -> None:
    comment = "<!-- indexlint: ignore=MT109 why -->"
    rows = "".join(f"| [{number}]({number}.md) | x | {comment * 3}\n" for number in range(1000))
    started = time.process_time()
    result = check({"INDEX.md": TABLE + rows + "<!-- indexlint: ignore=x " * 20_000 + "\n", "1.md": "# One\n"})
    assert time.process_time() - started < 5
    assert result.code == 1


@pytest.mark.parametrize(
    "bomb", ["a: " + "[" * 5000, "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n" * 3000, "a: 1\n" * 40_000]
)
def test_a_bomb_of_yaml_is_not_read(bomb: str, check: Check) -> None:
    started = time.process_time()
    result = check({"INDEX.md": TABLE, "1.md": f"---\n{bomb}\n---\n# One\n"})
    assert time.process_time() - started < 3
    assert result.code == 1


def test_a_file_beyond_the_limit_is_not_read(check: Check) -> None:
    result = check({"INDEX.md": contract("limits: {file: 1000}"), "1.md": "# One\n" + "x" * 1000})
    assert result.codes == ["FS108"]


# Paths


@pytest.mark.parametrize("path", ["../secret.json", "/etc/passwd", "x/../../secret.json", "way/secret.json"])
@pytest.mark.parametrize("tracked", [False, True], ids=["a folder", "a repository"])
def test_a_schema_outside_is_not_read(path: str, tracked: bool, tmp_path: Path, run: Run) -> None:  # noqa: FBT001
    folder = tmp_path / "project"
    write(tmp_path, {"secret.json": '{"secret": "4711"}'})
    write(folder, {"INDEX.md": contract(f"schema: {path}"), "1.md": "# One\n"})
    (folder / "way").symlink_to("..")
    if tracked:
        commit_all(folder)
    result = run(folder)
    assert (result.code, "CF103" in result.codes) == (2, True)
    assert "4711" not in json.dumps(result.report)


@pytest.mark.parametrize("index", ["../INDEX.md", "/etc/passwd", "way/INDEX.md"])
def test_an_index_outside_is_not_read(index: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "project"
    write(tmp_path, {"INDEX.md": TABLE + "| [4711](4711.md) | secret |\n"})
    write(folder, {"indexlint.yaml": f"corpora: [{{index: {index}}}]\n", "1.md": "# One\n"})
    (folder / "way").symlink_to("..")
    commit_all(folder)
    result = run(folder)
    assert result.code == 2
    assert "4711" not in json.dumps(result.report)


def test_a_configuration_file_outside_is_refused(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"c.yaml": "secret: 4711\n", "project/INDEX.md": TABLE, "project/1.md": "# One\n"})
    commit_all(tmp_path / "project")
    for name in ("../c.yaml", str(tmp_path / "c.yaml")):
        result = run(tmp_path / "project", "--config", name)
        assert (result.code, result.report) == (2, {})
    (tmp_path / "project/indexlint.yaml").symlink_to("../c.yaml")
    assert "4711" not in run(tmp_path / "project").err


def test_a_sidecar_outside_is_not_read(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "project"
    write(tmp_path, {"secret.yaml": "title: 4711\n"})
    write(folder, {"INDEX.md": contract("fields: {title: sidecar.title}"), "1.md": "# One\n"})
    (folder / "1.md.meta.yaml").symlink_to("../secret.yaml")
    (folder / "1.meta.yaml").symlink_to("../secret.yaml")
    commit_all(folder)
    assert "4711" not in json.dumps(run(folder).report)


def test_what_is_outside_is_not_revealed_through_a_link(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "project"
    write(tmp_path, {"out/there.md": "secret\n"})
    rows = "".join(f"| [{name}](way/{name}.md) | x |\n" for name in ("there", "nowhere"))
    write(folder, {"INDEX.md": TABLE + rows, "1.md": "# One\n"})
    (folder / "way").symlink_to("../out")
    commit_all(folder)
    assert run(folder).codes == ["IX103", "IX103"]
    assert run(folder, "--rev", "HEAD").codes == ["IX103", "IX103"]


# git


@pytest.fixture
def spy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[tuple[list[str], dict[str, str]]]]:
    """A git that writes down how it is called before it does what it is told."""
    log = tmp_path / "log"
    log.touch()
    real = subprocess.run(["which", "git"], check=True, capture_output=True, text=True).stdout.strip()
    script = tmp_path / "bin/git"
    names = "GIT_NO_LAZY_FETCH GIT_ALLOW_PROTOCOL GIT_TERMINAL_PROMPT GIT_NO_REPLACE_OBJECTS"
    lines = [
        "#!/bin/sh",
        f'line=$(for word in "$@"; do printf "%s\\036" "$word"; done; for name in {names}; do',
        f'eval "printf \'\\037%s=%s\' $name \\"\\$$name\\""; done); printf "%s\\n" "$line" >> {log}',
        f'exec {real} "$@"',
    ]
    write(tmp_path, {"bin/git": "\n".join(lines) + "\n"})
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    def calls() -> list[tuple[list[str], dict[str, str]]]:
        found = []
        for line in filter(None, log.read_text().strip("\n").split("\n")):
            words, *settings = line.split("\037")
            found.append((words.split("\036")[:-1], dict(item.split("=", 1) for item in settings)))
        return found

    return calls


def test_git_is_held_back_whatever_it_is_asked(
    tmp_path: Path, run: Run, spy: Callable[[], list[tuple[list[str], dict[str, str]]]]
) -> None:
    folder = tmp_path / "project"
    write(folder, {"INDEX.md": TABLE, "1.md": "# One\r\n", ".gitattributes": "* text=auto\n"})
    commit_all(folder)
    git(folder, "tag", "named")
    done = len(spy())
    for arguments in ([], ["--staged"], ["--rev", "named"], ["--against", "named", "--new-only"]):
        run(folder, "--no-cache", *arguments)
    asked = spy()[done:]
    assert len(asked) > 15
    for words, settings in asked:
        assert words[:3] == ["--no-optional-locks", "-c", "core.fsmonitor=false"]
        assert words[3:7] == ["-c", "core.trustctime=true", "-c", "core.checkstat=default"]
        assert settings == {
            "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
        }  # fmt: skip
        if "named" in words:
            assert words[9:] == ["rev-parse", "--verify", "--quiet", "--end-of-options", "named"]


@pytest.mark.parametrize("name", ["-x", "--output=stolen", "--upload-pack=touch stolen", "-"])
@pytest.mark.parametrize("option", ["--rev", "--against"])
def test_a_revision_that_is_an_option_is_refused(name: str, option: str, tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"INDEX.md": TABLE, "1.md": "# One\n"})
    commit_all(tmp_path)
    result = run(tmp_path, f"{option}={name}")
    assert (result.code, result.report) == (2, {})
    assert "is no revision: none begins with `-`" in result.err
    assert not (tmp_path / "stolen").exists()


@pytest.mark.parametrize("program", ["clean", "process"])
def test_no_program_of_the_repository_runs(program: str, tmp_path: Path, run: Run) -> None:
    attributes = "*.md filter=evil diff=evil merge=evil\n"
    write(tmp_path, {"INDEX.md": TABLE, "1.md": "# One\n", ".gitattributes": attributes})
    commit_all(tmp_path)
    evil = f"touch {tmp_path / 'ran'}"
    git(tmp_path, "config", "filter.evil.required", "true")
    for name in (
        "core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", f"filter.evil.{program}", "diff.evil.command",
        "diff.evil.textconv", "diff.external", "core.sshCommand", "core.pager", "filter.a=b.clean",
    ):  # fmt: skip
        git(tmp_path, "config", name, evil)
    for hook in ("post-checkout", "post-index-change", "fsmonitor-watchman"):
        write(tmp_path, {f".git/hooks/{hook}": f"#!/bin/sh\n{evil}\n"})
        (tmp_path / ".git/hooks" / hook).chmod(0o755)
    os.utime(tmp_path / "1.md", (1, 1))
    before = (tmp_path / ".git/index").read_bytes()
    for arguments in ([], ["--staged"], ["--rev", "HEAD"], ["--against", "HEAD"]):
        assert run(tmp_path, "--no-cache", *arguments).code == 0
    assert not (tmp_path / "ran").exists()
    assert (tmp_path / ".git/index").read_bytes() == before


def test_nothing_is_fetched_for_a_partial_clone(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "whole", {"INDEX.md": TABLE, "1.md": "# One\n"})
    commit_all(tmp_path / "whole")
    git(tmp_path / "whole", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", (tmp_path / "whole").as_uri(), "part.git")
    before = git(tmp_path / "part.git", "count-objects", "-v").stdout
    result = run(tmp_path / "part.git", "--rev", "HEAD")
    assert result.code == 2
    assert git(tmp_path / "part.git", "count-objects", "-v").stdout == before


def test_an_object_that_is_replaced_is_read_as_it_is(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"INDEX.md": TABLE, "1.md": "# Other\n", "good": "# One\n"})
    commit_all(tmp_path)
    git(tmp_path, "replace", "HEAD:1.md", "HEAD:good")
    assert git(tmp_path, "cat-file", "-p", "HEAD:1.md").stdout == "# One\n"
    assert run(tmp_path, "--rev", "HEAD").codes == ["MT108"]


# What is printed


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_nothing_steers_a_terminal_or_a_log(form: str, tmp_path: Path) -> None:
    evil = "\x1b[2J\u202e::set-output name=x::y\r::error::z"
    write(tmp_path, {"INDEX.md": TABLE.replace("One", evil), "1.md": "# One\n", f"{evil}.md": "# X\n"})
    commit_all(tmp_path)
    command = [sys.executable, "-m", "validator", "check", "--no-cache", "--format", form]
    done = subprocess.run(command, cwd=tmp_path, env=CLEAN, check=False, capture_output=True)
    assert done.returncode == 1
    for character in ("\x1b", "\u202e", "\r"):
        assert character not in (done.stdout + done.stderr).decode()
    assert not any(line.startswith((b"::set-output", b"::error::z")) for line in done.stdout.splitlines())
