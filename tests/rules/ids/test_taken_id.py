"""ID110."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Files, Result, brief, commit_all, git, write

Run = Callable[..., Result]
HEAD = '---\nmanifest: 1\ndocuments: "*.md"\nname: "{id}-{slug}.md"\n---\n\n| ID | Title |\n| -- | ----- |\n'
AGAINST = ("--against", "main")


def corpus(**titles: str) -> dict[str, str]:
    """Documents by slug: `one="1 Title"` is `1-one.md` with the ID 1; an index of all."""
    rows, files = "", {}
    for slug, text in titles.items():
        identity, _, title = text.partition(" ")
        rows += f"| [{identity}]({identity}-{slug}.md) | {title} |\n"
        files[f"{identity}-{slug}.md"] = f"# {title}\n\n{''.join(f'{slug} line {n}.{chr(10)}' for n in range(5))}"
    return {"INDEX.md": HEAD + rows, **files}


@pytest.fixture
def change(tmp_path: Path) -> Callable[[Files], Path]:
    """A repository that has documents 1 and 2 on `main`; its working tree then made anew of other files."""
    write(tmp_path, corpus(one="1 One", two="2 Two"))
    commit_all(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "side")

    def apply(files: Files) -> Path:
        for path in tmp_path.glob("*.md"):
            path.unlink()
        write(tmp_path, files)
        git(tmp_path, "add", "-A")
        return tmp_path

    return apply


def on_main(folder: Path, files: Files) -> None:
    """Commit something on `main`, and come back."""
    git(folder, "stash", "-q")
    git(folder, "checkout", "-q", "main")
    write(folder, files)
    commit_all(folder)
    git(folder, "checkout", "-q", "side")
    git(folder, "stash", "pop", "-q")


@pytest.mark.parametrize(
    "files",
    [
        corpus(one="1 One", two="2 Two"),
        corpus(one="1 One", two="2 Two", three="3 Three"),
        corpus(one="1 One"),
        corpus(one="1 Uno", two="2 Two"),
        {
            **corpus(one="1 One", zwei="2 Two"),
            "2-zwei.md": corpus(two="2 Two")["2-two.md"].replace("line 4", "line four"),
        },
    ],
    ids=["no change", "a new one", "one gone", "another title", "one renamed and edited"],
)
def test_what_keeps_its_ids_is_fine(files: Files, change: Callable[[Files], Path], run: Run) -> None:
    assert "ID110" not in run(change(files), *AGAINST).codes


def test_without_against_nothing_is_compared(change: Callable[[Files], Path], run: Run) -> None:
    assert run(change(corpus(one="2 One", two="1 Two"))).findings == []


def test_an_id_that_was_taken_on_the_other_branch(change: Callable[[Files], Path], run: Run) -> None:
    folder = change(corpus(one="1 One", two="2 Two", ours="3 Ours"))
    on_main(folder, corpus(one="1 One", two="2 Two", theirs="3 Theirs"))
    finding = run(folder, *AGAINST).only()
    assert (finding["code"], finding["severity"]) == ("ID110", "error")
    assert finding["message"] == "the ID '3' is taken: at main 3-theirs.md has it"
    assert (finding["document"], finding["id"], finding["line"]) == ("3-ours.md", "3", 11)
    assert finding["related"][0]["path"] == "3-theirs.md"


def test_a_like_document_of_the_other_branch_is_another_one_all_the_same(
    change: Callable[[Files], Path], run: Run
) -> None:
    ours = corpus(one="1 One", two="2 Two", new="3 New")
    theirs = {name.replace("3-new", "3-added"): text.replace("3-new", "3-added") for name, text in ours.items()}
    folder = change(ours)
    on_main(folder, theirs)
    assert run(folder, *AGAINST).codes == ["ID110"]


@pytest.mark.parametrize(("edited", "codes"), [("", []), ("another text\n", ["ID110"])])
def test_a_document_that_was_renamed_on_the_other_branch_keeps_its_id(
    edited: str, codes: list[str], change: Callable[[Files], Path], run: Run
) -> None:
    folder = change(corpus(one="1 One", two="2 Two", three="3 Three"))
    git(folder, "stash", "-q")
    git(folder, "checkout", "-q", "main")
    git(folder, "mv", "2-two.md", "2-zwei.md")
    theirs = corpus(one="1 One", zwei="2 Two")["INDEX.md"]
    write(folder, {"INDEX.md": theirs, **({"2-zwei.md": edited} if edited else {})})
    commit_all(folder)
    git(folder, "checkout", "-q", "side")
    git(folder, "stash", "pop", "-q")
    assert run(folder, *AGAINST).codes == codes


def test_an_id_that_was_given_to_another_document(change: Callable[[Files], Path], run: Run) -> None:
    folder = change(corpus(one="1 One", other="2 Other"))
    finding = run(folder, *AGAINST).only()
    assert (finding["code"], finding["document"]) == ("ID110", "2-other.md")


def test_two_that_changed_places(change: Callable[[Files], Path], run: Run) -> None:
    names = corpus(one="1 One", two="2 Two")
    stated = {"INDEX.md": names["INDEX.md"].replace('name: "{id}-{slug}.md"', "id: {document: header.id}")}
    before = {path: f"---\nid: {path[0]}\n---\n{text}" for path, text in names.items() if path != "INDEX.md"} | stated
    folder = change(before)
    commit_all(folder)
    git(folder, "branch", "-q", "-f", "main")
    rows = stated["INDEX.md"].replace("[1](1-one", "[x](1-one").replace("[2](", "[1](").replace("[x](", "[2](")
    swapped = {"1-one.md": before["1-one.md"].replace("id: 1", "id: 2"),
               "2-two.md": before["2-two.md"].replace("id: 2", "id: 1"), "INDEX.md": rows}  # fmt: skip
    write(folder, swapped)
    assert run(folder, *AGAINST).codes == ["ID110", "ID110"]
    write(folder, {**before, "1-one.md": before["1-one.md"].replace("id: 1", "id: 7"),
                   "INDEX.md": stated["INDEX.md"].replace("[1]", "[7]")})  # fmt: skip
    finding = run(folder, *AGAINST).only()
    assert finding["message"] == "the ID of this document is '7', and '1' at main"
    assert (finding["document"], finding["id"]) == ("1-one.md", "7")


def test_a_duplicate_that_is_mended_is_no_change(change: Callable[[Files], Path], run: Run) -> None:
    twice = {"INDEX.md": HEAD.replace('name: "{id}-{slug}.md"', "id: {document: header.id}") + "| [1](a.md) | A |\n"}
    before = {**twice, "a.md": "---\nid: 1\n---\n# A\n", "b.md": "---\nid: 1\n---\n# B\n"}
    folder = change(before)
    commit_all(folder)
    git(folder, "branch", "-q", "-f", "main")
    write(folder, {"b.md": "---\nid: 2\n---\n# B\n", "INDEX.md": twice["INDEX.md"] + "| [2](b.md) | B |\n"})
    assert run(folder, *AGAINST).findings == []


def test_a_duplicate_here_is_one_finding(change: Callable[[Files], Path], run: Run) -> None:
    assert run(change(corpus(one="1 One", two="2 Two", more="2 More")), *AGAINST).codes == ["ID103"]


def test_where_ids_are_looked_for_in_another_way_nothing_is_compared(change: Callable[[Files], Path], run: Run) -> None:
    files = corpus(one="2 One", two="1 Two")
    files["INDEX.md"] = files["INDEX.md"].replace("{id}-{slug}", "{id:01}-{slug}")
    assert run(change(files), *AGAINST).findings == []


def test_an_index_that_is_new_has_nothing_to_be_compared_with(change: Callable[[Files], Path], run: Run) -> None:
    files = corpus(one="1 One", two="2 Two")
    more = {f"sub/{name}": text for name, text in corpus(uno="1 Uno").items()}
    assert run(change({**files, **more}), *AGAINST).findings == []


def test_an_id_that_is_retired_there_is_retired_here(change: Callable[[Files], Path], run: Run) -> None:
    folder = change(corpus(one="1 One", two="2 Two", nine="9 Nine"))
    retired = corpus(one="1 One", two="2 Two")
    retired["INDEX.md"] = retired["INDEX.md"].replace("name:", 'id: {retired: ["9"]}\nname:')
    on_main(folder, retired)
    finding = run(folder, *AGAINST).only()
    assert (finding["code"], finding["id"]) == ("ID107", "9")
    assert finding["related"][0]["message"] == "retired by this contract at main"


def test_in_documents_without_an_index_it_points_at_the_document(change: Callable[[Files], Path], run: Run) -> None:
    config = {"indexlint.yaml": 'corpora: [{index: none, documents: "*.md", name: "{id}-{slug}.md"}]\n'}
    folder = change({**config, "1-one.md": "# One\n\nText\n"})
    commit_all(folder)
    git(folder, "branch", "-q", "-f", "main")
    git(folder, "mv", "1-one.md", "2-one.md")
    write(folder, {"1-other.md": "# Other\n\nWords\n"})
    git(folder, "add", "-A")
    assert brief(run(folder, *AGAINST)) == ["ID110 1-other.md"]


def test_a_document_that_cannot_be_read_is_no_other_one(change: Callable[[Files], Path], run: Run) -> None:
    folder = change({**corpus(one="1 One", other="2 Other")})
    blob = git(folder, "rev-parse", "main:2-two.md").stdout.strip()
    (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert "ID110" not in run(folder, *AGAINST).codes


def test_without_a_common_commit_likeness_decides(change: Callable[[Files], Path], run: Run) -> None:
    folder = change(corpus(one="1 One", other="2 Other"))
    git(folder, "checkout", "-q", "--orphan", "alone")
    commit_all(folder)
    assert run(folder, *AGAINST).codes == ["ID110"]
    git(folder, "checkout", "-q", "--orphan", "unborn")
    assert run(folder, *AGAINST).codes == ["ID110"]
    tree = git(folder, "rev-parse", "main^{tree}").stdout.strip()
    assert run(folder, "--against", tree).codes == ["ID110"]


def test_two_that_were_renamed_and_one_that_contradicts_itself(change: Callable[[Files], Path], run: Run) -> None:
    old = corpus(one="1 One", two="2 Two")
    new = corpus(eins="1 One", zwei="2 Two", three="3 Three")
    new["INDEX.md"] = new["INDEX.md"].replace("| [3](", "| [4](")
    files = {**new, "1-eins.md": old["1-one.md"], "2-zwei.md": old["2-two.md"]}
    assert run(change(files), *AGAINST).codes == ["ID104"]


def test_documents_that_share_a_file_are_left_out(change: Callable[[Files], Path], run: Run) -> None:
    head = "---\nmanifest: 1\ndocuments: all.txt\nid: {document: begin.id}\n"
    head += 'delimiters: {header: none, begin: "=== {id} ===", end: "=== end ==="}\n---\n\n| ID |\n| -- |\n'

    def several(*ids: str) -> dict[str, str]:
        rows = "".join(f"| [{identity}](all.txt) |\n" for identity in ids)
        return {"INDEX.md": head + rows, "all.txt": "".join(f"=== {name} ===\n{name}\n=== end ===\n" for name in ids)}

    folder = change(several("1", "2"))
    assert "CF101" not in run(folder).codes
    commit_all(folder)
    git(folder, "branch", "-q", "-f", "main")
    write(folder, several("1", "2", "3"))
    assert "ID110" not in run(folder, *AGAINST).codes
