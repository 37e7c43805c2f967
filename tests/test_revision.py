"""`--against`, `--new-only`, `--require-base`: a base that is there, and one that is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, commit_all, git, write

Run = Callable[..., Result]
INDEX = "| ID | Title |\n| -- | ----- |\n| [1](1.md) | Eins |\n"
SKIPPED = "skipped: taken, changed and retired IDs (ID110, ID107)"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A corpus with one fault, committed on `main`."""
    folder = tmp_path / "work"
    write(folder, {"INDEX.md": INDEX, "1.md": "# One\n"})
    commit_all(folder)
    return folder


def test_only_what_is_new_is_shown(repository: Path, run: Run) -> None:
    write(repository, {"INDEX.md": f"# Moved\n\n{INDEX}| [2](2.md) | Zwei |\n", "2.md": "# Two\n"})
    git(repository, "add", "-A")
    assert run(repository, "--against", "HEAD").codes == ["MT108", "MT108"]
    result = run(repository, "--against", "HEAD", "--new-only")
    assert [(finding["code"], finding["id"]) for finding in result.findings] == [("MT108", "2")]
    assert (result.code, result.report["summary"]["suppressed"]) == (1, 1)


def test_of_findings_that_are_alike_those_above_the_old_number_are_new(repository: Path, run: Run) -> None:
    write(repository, {"INDEX.md": INDEX + "| x |\n"})
    commit_all(repository)
    write(repository, {"INDEX.md": INDEX + "| x |\n| x |\n"})
    assert run(repository, "--against", "HEAD", "--new-only", "--select", "DL113").codes == ["DL113"]


def test_what_was_silenced_there_is_new_when_it_is_so_no_more(repository: Path, run: Run) -> None:
    write(repository, {"INDEX.md": INDEX.replace("Eins |", "Eins | <!-- indexlint: ignore=MT108 why -->")})
    commit_all(repository)
    write(repository, {"INDEX.md": INDEX})
    assert run(repository, "--against", "HEAD", "--new-only").codes == ["MT108"]


def test_a_run_that_could_not_do_its_job_says_so_although_that_is_not_new(repository: Path, run: Run) -> None:
    write(repository, {"INDEX.md": f"---\nmanifest: 1\ncolour: red\n---\n{INDEX}"})
    commit_all(repository)
    result = run(repository, "--against", "HEAD", "--new-only")
    assert (result.code, result.codes) == (2, ["CF101"])


def test_two_revisions_are_compared_without_a_checkout(repository: Path, tmp_path: Path, run: Run) -> None:
    write(repository, {"INDEX.md": INDEX + "| [2](2.md) | Zwei |\n", "2.md": "# Two\n"})
    commit_all(repository)
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    result = run(tmp_path / "bare.git", "--rev", "main", "--against", "main~1", "--new-only")
    assert [(finding["code"], finding["id"]) for finding in result.findings] == [("MT108", "2")]


@pytest.mark.parametrize("name", ["nowhere", "0" * 40, "HEAD~1", "HEAD:1.md", ""])
def test_a_base_that_is_not_there_is_said(name: str, repository: Path, run: Run) -> None:
    result = run(repository, "--against", name)
    assert (result.code, result.codes) == (1, ["MT108"])
    assert f"git does not know the revision {name!r}; {SKIPPED}\n" in result.err
    result = run(repository, "--against", name, "--new-only")
    assert (result.code, result.codes) == (1, ["MT108"])
    assert f"{SKIPPED}, and findings that are not new are shown too\n" in result.err
    result = run(repository, "--against", name, "--require-base")
    assert (result.code, result.report) == (2, {})
    assert f"--against: git does not know the revision {name!r}" in result.err


def test_a_shallow_clone_is_told_to_fetch(repository: Path, tmp_path: Path, run: Run) -> None:
    base = git(repository, "rev-parse", "HEAD").stdout.strip()
    write(repository, {"1.md": "# Eins\n"})
    commit_all(repository)
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    result = run(tmp_path / "shallow", "--against", base)
    assert result.code == 0
    assert f"git does not know the revision '{base}': this clone is shallow, so fetch it first; {SKIPPED}" in result.err
    assert run(tmp_path / "shallow", "--rev", "HEAD").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--new-only",), "--new-only needs --against REV"),
        (("--require-base",), "--require-base needs --against REV"),
        (("--against=--output=x",), "no revision"),
        (("--rev=-x",), "no revision"),
        (("--rev", "nowhere"), "git does not know the revision 'nowhere'"),
        (("--rev", "HEAD", "--staged"), ""),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], message: str, repository: Path, run: Run) -> None:
    if not message:
        with pytest.raises(SystemExit) as caught:
            run(repository, *arguments)
        assert caught.value.code == 2
        return
    result = run(repository, *arguments)
    assert (result.code, result.report) == (2, {})
    assert message in result.err


@pytest.mark.parametrize("arguments", [("--against", "HEAD"), ("--rev", "HEAD"), ("--staged",)])
def test_without_a_repository_there_is_no_history(arguments: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"INDEX.md": INDEX, "1.md": "# One\n"})
    result = run(tmp_path, *arguments)
    assert (result.code, result.report) == (2, {})
    words = f"{arguments[0]} needs a git repository, and there is none in {tmp_path.resolve()} or above it"
    assert result.err == f"indexlint: {words}\n"
