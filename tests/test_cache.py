from __future__ import annotations

import errno
import hashlib
import marshal
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import Files, Result, commit_all, git, write
from tests.test_cases import CASES
from validator import cache, engine, judging
from validator.accord.rows import candidates
from validator.arguments import parser
from validator.cache import PLAIN, Memory, Recorder, Store, cache_folder, tool
from validator.cli import main
from validator.cli.memory import question_of
from validator.discover import prepared
from validator.tree import Folder, ReadError

CLEAN: Files = {
    "INDEX.md": "| ID | File | Title |\n| -- | ---- | ----- |\n| 1 | [a](a.md) | A |\n| 2 | [b](b.md) | B |\n",
    "a.md": "---\nid: 1\n---\n# A\n",
    "b.md": "---\nid: 2\n---\n# B\n",
}


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, to which the files of a test are old enough."""
    folder = tmp_path_factory.mktemp("cache") / "kept"
    monkeypatch.setenv("INDEXLINT_CACHE_DIR", str(folder))
    monkeypatch.setattr(cache, "_YOUNG", -(10**18))
    monkeypatch.setattr(cache, "_TICK", -(10**18))
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are read, in their order."""
    seen: list[str] = []
    read = engine.read_documents

    def noted(*arguments: Any, **others: Any) -> object:  # noqa: ANN401 - handed on as they are
        seen.append(arguments[2])
        return read(*arguments, **others)

    monkeypatch.setattr(engine, "read_documents", noted)
    return seen


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by one for each run that looks at more than the cache."""
    seen: list[object] = []
    judge = judging.judge

    def noted(*arguments: Any) -> object:  # noqa: ANN401 - as above
        seen.append(arguments)
        return judge(*arguments)

    monkeypatch.setattr(engine, "judge", noted)
    return seen


def lines(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    os.chdir(folder)
    capsys.readouterr()
    code = main(["check", "--quiet", *arguments])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_is_judged_the_same_with_a_cache(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    monkeypatch.chdir(tmp_path)
    shutil.copytree(case / "corpus", folder, symlinks=True)
    plain = lines(folder, capsys, "--no-cache")
    assert lines(folder, capsys) == plain
    assert lines(folder, capsys) == plain


def test_what_was_read_is_not_read_again(check: Callable[..., Result], reads: list[str]) -> None:
    faulty = {**CLEAN, "b.md": "---\nid: 2\n---\n# C\n"}
    first = check(faulty)
    assert sorted(reads) == ["a.md", "b.md"]
    reads.clear()
    assert check({}).findings == first.findings != []
    assert reads == []


def test_only_what_changed_is_read_again(check: Callable[..., Result], reads: list[str]) -> None:
    check({**CLEAN, "a.md": "# Another\n"})
    reads.clear()
    assert check({"a.md": "---\nid: 1\n---\n# A\n"}).findings == []
    assert reads == ["a.md"]


ROWS = "".join(f"| {number} | [{number}.md]({number}.md) | T |\n" for number in range(5))
LARGE: Files = {
    "INDEX.md": f"| ID | File | Title |\n| -- | ---- | ----- |\n{ROWS}",
    **{f"{number}.md": f"---\nid: {number}\n---\n# T\n" for number in range(5)},
}


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by one for each index whose rows are looked through for those that may be in accord."""
    seen: list[object] = []

    def noted(*arguments: Any) -> object:  # noqa: ANN401 - as above
        seen.append(arguments)
        return candidates(*arguments)

    monkeypatch.setattr(prepared, "candidates", noted)
    return seen


def test_the_rows_of_an_index_are_not_looked_through_again(check: Callable[..., Result], looked: list[object]) -> None:
    assert check(LARGE).codes == []
    assert check({"1.md": "# Other\n"}).codes == ["MT108"]
    assert len(looked) == 1
    assert check({"6.md": "---\nid: 6\n---\n# T\n"}).codes == ["MT108", "IX104"]  # Another file is there.
    assert len(looked) == 2
    assert check({"INDEX.md": str(LARGE["INDEX.md"]).replace("4", "6")}).codes == ["MT108", "IX104"]
    assert len(looked) == 3


def test_a_small_index_is_not_noted(
    check: Callable[..., Result], looked: list[object], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "_WORTH_NOTING", 1 << 16)
    check(LARGE)
    check({"1.md": "# Other\n"})
    assert len(looked) == 2
    assert not any(path.name.startswith("note-") for path in kept.iterdir())


@pytest.mark.parametrize("value", [None, (), ("a", b"1", []), 7])
def test_a_note_that_says_nothing_is_made_anew(
    value: object, check: Callable[..., Result], looked: list[object], kept: Path
) -> None:
    check(LARGE)
    (note,) = (path.name for path in kept.iterdir() if path.name.startswith("note-"))
    Store(str(kept)).save(note, value)
    assert check({"1.md": "# Other\n"}).codes == ["MT108"]
    assert len(looked) == 2
    assert check({"1.md": "# Others\n"}).codes == ["MT108"]
    assert len(looked) == 2


def test_whoever_writes_an_index_leaves_one_note(
    check: Callable[..., Result], looked: list[object], kept: Path
) -> None:
    for number in range(3):
        assert check({**LARGE, "INDEX.md": str(LARGE["INDEX.md"]) + f"\nWritten {number}.\n"}).codes == []
    assert len(looked) == 3
    assert sum(path.name.startswith("note-") for path in kept.iterdir()) == 1


def test_dozens_of_corpora_are_remembered(check: Callable[..., Result], looked: list[object], kept: Path) -> None:
    check({f"{folder}/{name}": text for folder in range(30) for name, text in LARGE.items()})
    assert check({"7/1.md": "# Other\n"}).codes == ["MT108"]
    assert len(looked) == 30
    assert sum(path.name.startswith("facts-") for path in kept.iterdir()) == 30


def test_a_clean_run_is_not_repeated(check: Callable[..., Result], opened: list[object]) -> None:
    first = check(CLEAN)
    again = check({})
    assert len(opened) == 1
    assert again.code == 0
    assert again.report["checked"] | {"seconds": 0} == first.report["checked"] | {"seconds": 0}


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": "---\nid: 1\n---\n# B\n"},
        {"INDEX.md": "| ID | File | Title |\n| -- | ---- | ----- |\n| 1 | [a](a.md) | A |\n"},
        {"c.md": "# C\n"},
        {"indexlint.yaml": "corpora:\n- {index: INDEX.md, id: {pattern: 'x'}}\n"},
    ],
)
def test_any_change_of_the_answers_makes_it_look_again(check: Callable[..., Result], files: Files) -> None:
    assert check(CLEAN).code == 0
    assert check(files).code != 0


def test_a_time_that_was_put_back_hides_nothing(tmp_path: Path, check: Callable[..., Result]) -> None:
    check(CLEAN)
    before = (tmp_path / "a.md").stat()
    write(tmp_path, {"a.md": "---\nid: 1\n---\n# Z\n"})
    os.utime(tmp_path / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert check({}).codes == ["MT108"]


def test_other_options_are_another_question(check: Callable[..., Result], opened: list[object]) -> None:
    check(CLEAN)
    check({}, "--select", "MT")
    check({}, ".")
    check({}, "--jobs", "2", "--color", "never")
    assert len(opened) == 3
    arguments = parser().parse_args(["check"], SimpleNamespace())
    assert question_of(arguments, Folder("/"), "/") == PLAIN
    arguments.rev, arguments.staged = "HEAD", True
    assert question_of(arguments, Folder("/"), "/") == PLAIN
    arguments.against = "HEAD"
    assert question_of(arguments, Folder("/"), "/") is None


def test_without_a_cache_everything_is_read_and_nothing_kept(
    check: Callable[..., Result], kept: Path, reads: list[str]
) -> None:
    check(CLEAN, "--no-cache")
    check({}, "--no-cache")
    assert len(reads) == 4
    assert not kept.exists()


def test_a_young_file_is_read_again(
    check: Callable[..., Result], reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_YOUNG", 10**18)
    check(CLEAN)
    check({})
    assert len(reads) == 4


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    check: Callable[..., Result], reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_TICK", 10**18)
    check(CLEAN)
    check({})
    assert len(reads) == 4


def test_git_s_blobs_serve_in_another_checkout(
    tmp_path: Path, run: Callable[..., Result], reads: list[str], opened: list[object]
) -> None:
    for name in ("first", "second", "third"):
        write(tmp_path / name, CLEAN)
        commit_all(tmp_path / name)
    write(tmp_path / "third", {"a.md": "---\nid: 1\n---\n# A\nMore\n"})
    assert run(tmp_path / "first").code == run(tmp_path / "second").code == 0
    assert len(opened) == 1
    reads.clear()
    assert run(tmp_path / "third").code == 0
    assert reads == ["a.md"]
    write(tmp_path / "second", {"indexlint.yaml": "corpora: [{index: INDEX.md, id: {pattern: x}}]\n"})
    assert run(tmp_path / "second").code == 1  # Git does not track it, and it counts all the same.


def test_metadata_beside_a_document_is_always_read(check: Callable[..., Result], reads: list[str]) -> None:
    index = "---\nmanifest: 1\ndocuments: '*.md'\ndelimiters: {header: sidecar}\n---\n\n- [A](a.md)\n"
    files = {"INDEX.md": index, "a.md": "# A\n", "a.meta.yaml": "title: A\n"}
    assert check(files).code == 0
    check({"a.meta.yaml": "title: [\n"})
    assert reads == ["a.md", "a.md"]


def test_what_holds_for_a_day_is_asked_again_on_the_next(
    check: Callable[..., Result], opened: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = "---\nmanifest: 1\nignore:\n- {rule: MT108, reason: so, until: 2999-01-01}\n---\n"
    rules = ("--ignore", "CF104")  # Else an ignore that silences nothing is a finding, and no such run is kept.
    check({**CLEAN, "INDEX.md": contract + str(CLEAN["INDEX.md"])}, *rules)
    check({}, *rules)
    assert len(opened) == 1
    monkeypatch.setattr(time, "strftime", lambda _: "2999-01-02")
    check({}, *rules)
    assert len(opened) == 2


@pytest.mark.parametrize("where", ["an index", "a header"])
def test_what_a_comment_accepts_until_a_day_is_asked_again_on_the_next(
    where: str, check: Callable[..., Result], opened: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = "indexlint: ignore=MT108 until=2999-01-01 why"
    files = {"INDEX.md": f"- [A](a.md) <!-- {comment} -->\n", "a.md": "# A\n"}
    if where == "a header":
        files = {"INDEX.md": "- [A](a.md)\n", "a.md": f"---\na: b # {comment}\n---\n# A\n"}
    check(files, "--ignore", "CF104")
    check({}, "--ignore", "CF104")
    assert len(opened) == 1
    monkeypatch.setattr(time, "strftime", lambda _: "2999-01-02")
    assert check({}, "--ignore", "CF104").codes == ["CF105"]


def test_a_damaged_file_is_thrown_away(check: Callable[..., Result], kept: Path, opened: list[object]) -> None:
    check(CLEAN)
    for path in kept.iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert check({}).code == 0
    assert len(opened) == 2
    assert check({}).code == 0
    assert len(opened) == 2


@pytest.mark.parametrize(
    "value", [None, 1, [], {"a.md": 1}, {"a.md": ("x", "y")}, (1, 2, 3, 4, 5, 6), {"a.md": (1, [99])}]
)
def test_a_whole_file_of_nonsense_is_as_good_as_none(
    check: Callable[..., Result], kept: Path, opened: list[object], value: object
) -> None:
    check(CLEAN)
    for path in kept.iterdir():
        data = marshal.dumps(value)  # type: ignore[arg-type]
        path.write_bytes(hashlib.sha256(data).digest() + data)
    assert check({}).code == 0
    assert len(opened) == 2


def test_facts_of_another_shape_are_read_again(check: Callable[..., Result], kept: Path, reads: list[str]) -> None:
    check({**CLEAN, "b.md": "# Z\n"})
    for path in kept.glob("facts-*"):
        *others, packed = Store(str(kept)).load(path.name)
        Store(str(kept)).save(path.name, (*others, [[99] for _ in packed]))
    reads.clear()
    check({})
    assert sorted(reads) == ["a.md", "b.md"]


def test_a_few_new_facts_are_not_worth_writing_all_of_them(
    check: Callable[..., Result], kept: Path, reads: list[str]
) -> None:
    names = [f"d{number}" for number in range(100, 164)]

    def text(name: str, body: str = "Text") -> str:
        return f"---\nid: {name}\ntitle: {name}\n---\n{body} of {name}.\n"

    rows = "".join(f"- [{name}]({name}.md)\n" for name in names)
    check({"INDEX.md": rows, **{f"{name}.md": text(name) for name in names}, "d100.md": "---\nid: x\n---\nText.\n"})
    (facts,) = kept.glob("facts-*")
    written = facts.stat().st_mtime_ns
    for changed, is_written in ((names[1:2], False), (names[1:3], False), (names[1:4], True), (names[4:5], False)):
        reads.clear()
        check({f"{name}.md": text(name, f"{is_written}") for name in changed})
        assert reads == [f"{name}.md" for name in changed]
        assert (facts.stat().st_mtime_ns != written) == is_written
        written = facts.stat().st_mtime_ns


def test_what_cannot_be_written_or_read_is_no_error(
    kept: Path, check: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.write_text("a file")
    assert check(CLEAN).code == 0
    kept.unlink()

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "replace", refuse)
    assert check({}).code == 0
    assert list(kept.iterdir()) == []


def test_the_cache_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(str(tmp_path / "bounded"))
    monkeypatch.setattr(cache, "MOST_FILES", 2)
    (tmp_path / "bounded").mkdir()
    (tmp_path / "bounded" / "precious").write_text("mine")
    for number in range(4):
        store.save(f"facts-{number}", number)
        os.utime(tmp_path / "bounded" / f"facts-{number}", ns=(number, number))
    assert store.load("facts-0") is None
    assert (store.load("facts-2"), store.load("facts-3")) == (2, 3)
    monkeypatch.setattr(cache, "MOST_BYTES", 10)
    store.save("trace-x", "x" * 100)
    assert sorted(os.listdir(store.folder)) == ["precious", "trace-x"]


def test_the_cache_stands_in_git_s_folder_or_in_the_user_s(tmp_path: Path) -> None:
    assert cache_folder(str(tmp_path), {"XDG_CACHE_HOME": "/caches"}) == "/caches/indexlint"
    assert cache_folder(str(tmp_path), {}).endswith("/.cache/indexlint")
    (tmp_path / ".git").mkdir()
    assert cache_folder(str(tmp_path), {}) == str(tmp_path / ".git" / "indexlint")


def test_the_folder_of_the_command_line_wins(check: Callable[..., Result], tmp_path: Path, kept: Path) -> None:
    check(CLEAN, "--cache-dir", str(tmp_path / "other"))
    assert not kept.exists()
    assert any((tmp_path / "other").iterdir())


SOUND = (0, CLEAN)
FAULTY = (1, {**CLEAN, "a.md": "---\nid: 1\n---\n# Other\n"})


@pytest.mark.parametrize(("code", "files"), [SOUND, FAULTY], ids=["sound", "faulty"])
def test_a_folder_that_somebody_named_and_that_is_of_no_use_is_said_once(
    code: int, files: Files, tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {**files, ".gitignore": "taken"})
    commit_all(tmp_path)
    write(tmp_path, {"taken": "a file"})
    silent = run(tmp_path, "--cache-dir", str(tmp_path / ".git" / "other"))
    for folder, why in (("taken", "it is no folder"), ("taken/deep", os.strerror(errno.ENOTDIR))):
        line = f"nothing can be kept in {folder}: {why}\n"
        for _ in range(2):
            said = run(tmp_path, "--cache-dir", folder)
            assert said.err.count("\n") == silent.err.count("\n") + 1
            assert f"indexlint: --cache-dir: {line}" in said.err
            assert (said.code, said.findings) == (silent.code, silent.findings)
        assert said.code == code
        with monkeypatch.context() as changed:
            changed.setenv("INDEXLINT_CACHE_DIR", folder)
            assert f"indexlint: INDEXLINT_CACHE_DIR: {line}" in run(tmp_path).err
            assert line not in run(tmp_path, "--quiet").err
            assert line not in run(tmp_path, "--no-cache").err


def test_a_full_disk_under_the_cache_is_said(
    check: Callable[..., Result], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert f"INDEXLINT_CACHE_DIR: nothing can be kept in {kept}: No space left on device" in check(CLEAN).err
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize("folder", [os.devnull, ""])
def test_where_nobody_asked_for_a_cache_its_absence_is_not_said(
    folder: str, tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INDEXLINT_CACHE_DIR", folder)
    write(tmp_path, CLEAN)
    commit_all(tmp_path)
    write(tmp_path, {".git/indexlint": "a file"})
    assert "kept" not in run(tmp_path).err


def test_a_folder_that_is_emptied_meanwhile_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone")

    store = Store(str(tmp_path / "kept"))
    monkeypatch.setattr(os, "scandir", gone)
    store.save("trace-a", 1)
    assert (store.load("trace-a"), store.fault) == (1, "")
    monkeypatch.setattr(os, "replace", gone)
    store.save("trace-b", 1)
    assert (store.load("trace-b"), store.fault) == (None, "")


def test_the_tool_is_its_version_and_in_a_checkout_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tool("1") == tool("1") != tool("2")
    assert "cache.py" in tool("1")
    monkeypatch.setattr(os.path, "isdir", lambda _: True)
    assert "cache.py" not in tool("1")


def test_a_run_that_could_not_read_a_file_is_not_kept(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    recorder = Recorder(Folder(str(tmp_path)))
    assert recorder.untracked() == frozenset()
    assert recorder.there("a.md")
    assert not recorder.is_opaque
    with pytest.raises(ReadError):
        recorder.read("absent.md", 10)
    assert not recorder.is_opaque
    with pytest.raises(ReadError):
        recorder.read("a.md", 1)
    assert recorder.is_opaque
    recorder.expect(["a.md"])
    assert recorder.blobs().get("a.md") is None
    assert recorder.follow("a.md") == Folder(str(tmp_path)).follow("a.md")
    assert ("follow", "a.md") in recorder.answers


def test_what_is_no_file_has_no_identity(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    identities = cache._Identities(Folder(str(tmp_path)), time.time_ns())
    assert identities.of(["folder", "absent", "a\0b"]) == [None] * 3
    assert identities.is_settled("absent")
    assert Memory(Store(""), "", 0).recall(Folder(str(tmp_path)), (), "") is None


def test_a_remote_that_moves_is_noticed(run: Callable[..., Result], tmp_path: Path) -> None:
    index = "| Title |\n| - |\n| [One](one.md) |\n| [Home](https://github.com/z/y/blob/main/gone.md) |\n"
    write(tmp_path, {"one.md": "# One\n", "INDEX.md": index})
    commit_all(tmp_path)
    git(tmp_path, "remote", "add", "origin", "https://github.com/o/n.git")
    assert run(tmp_path).codes == []
    git(tmp_path, "remote", "set-url", "origin", "https://github.com/z/y.git")
    assert run(tmp_path).codes == run(tmp_path, "--no-cache").codes == ["IX103"]
    assert run(tmp_path, "--rev", "HEAD").codes == ["IX103"]


CONVERSIONS = {
    "a setting": ({"core.autocrlf": "true"}, {}, {"core.autocrlf": "false"}),
    "attributes": ({}, {".gitattributes": "*.md text eol=crlf\n"}, {}),
}


def test_what_git_knows_of_a_missing_document_is_asked_again(run: Callable[..., Result], tmp_path: Path) -> None:
    front = "---\nmanifest: 1\nfields: {title: heading}\n---\n"
    write(
        tmp_path,
        {"INDEX.md": f"{front}| Title |\n| - |\n| [Other](a.md) |\n| [B](b.md) |\n", "a.md": "# A\n", "b.md": "# B\n"},
    )
    commit_all(tmp_path)
    git(tmp_path, "mv", "a.md", "q.md")
    git(tmp_path, "commit", "-q", "-m", "moved")
    assert run(tmp_path, "--select", "MT").codes == []
    git(tmp_path, "reset", "-q", "--soft", "HEAD^")
    assert run(tmp_path, "--select", "MT").codes == ["MT108"]


@pytest.mark.parametrize(("before", "files", "after"), CONVERSIONS.values(), ids=CONVERSIONS)
def test_what_git_converted_once_is_not_what_it_has(
    before: dict[str, str], files: Files, after: dict[str, str], run: Callable[..., Result], tmp_path: Path
) -> None:
    front = "---\nmanifest: 1\ndelimiters: {newline: lf}\n---\n"
    write(tmp_path, {**CLEAN, "INDEX.md": f"{front}{CLEAN['INDEX.md']!s}", **files})
    commit_all(tmp_path)
    for name, value in before.items():
        git(tmp_path, "config", name, value)
    for name in ("a.md", "b.md"):
        (tmp_path / name).unlink()
    git(tmp_path, "checkout", "-q", "a.md", "b.md")
    assert (tmp_path / "a.md").read_bytes().count(b"\r\n") == 4
    assert run(tmp_path).codes == []
    for name, value in after.items():
        git(tmp_path, "config", name, value)
    for name in files:
        git(tmp_path, "rm", "-q", name)
        git(tmp_path, "commit", "-q", "-m", "later")
    assert run(tmp_path).codes == run(tmp_path, "--no-cache").codes == ["DL107", "DL107"]


def test_a_time_that_was_put_back_hides_nothing_whatever_git_is_told(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    write(tmp_path, CLEAN)
    commit_all(tmp_path)
    git(tmp_path, "config", "core.trustctime", "false")
    git(tmp_path, "config", "core.checkStat", "minimal")
    time.sleep(1.1)  # git looks at what is younger than its index.
    git(tmp_path, "status")
    assert run(tmp_path).codes == []
    status = (tmp_path / "a.md").stat()
    write(tmp_path, {"a.md": "---\nid: 1\n---\n# Z\n"})
    os.utime(tmp_path / "a.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(tmp_path).codes == run(tmp_path, "--no-cache").codes == ["MT108"]


def test_a_folder_is_one_with_a_cache_too(check: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    index = "| T |\n| - |\n| [a](a.md) |\n| [sub](sub) |\n"
    found = check({"a.md": "# a\n", "INDEX.md": index})
    assert found.codes == check({}, "--no-cache").codes == ["FS104"]


def test_a_cache_that_somebody_empties_meanwhile_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(str(tmp_path / "kept"))
    replace = os.replace

    def gone(source: str, target: str) -> None:
        replace(source, target)
        os.unlink(target)

    monkeypatch.setattr(os, "replace", gone)
    store.save("facts-1", 1)
    assert store.load("facts-1") is None
