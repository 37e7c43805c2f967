"""FS105: a symbolic link that is broken, in a circle, or leads outside the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, commit_all, write

HEAD = "| Title |\n| ----- |\n| [A](a.md) |\n"


@pytest.fixture(params=["folder", "repository"])
def project(request: pytest.FixtureRequest, tmp_path: Path, run: Callable[..., Result]) -> Callable[..., Result]:
    """Files and symbolic links, checked as a folder and as a git repository."""

    def check_links(files: dict[str, str], links: dict[str, str]) -> Result:
        folder = tmp_path / "project"
        write(folder, files)
        for name, target in links.items():
            (folder / name).symlink_to(target)
        if request.param == "repository":
            commit_all(folder)
        return run(folder)

    return check_links


@pytest.mark.parametrize(
    ("files", "links"),
    [
        pytest.param({"INDEX.md": HEAD, "a.md": "# A\n"}, {"b.md": "a.md"}, id="another name of a document"),
        pytest.param({"INDEX.md": HEAD, "x/c.txt": "# A\n"}, {"a.md": "x/c.txt"}, id="to a file of another folder"),
        pytest.param({"INDEX.md": HEAD, "c.txt": "# A\n"}, {"a.md": "b", "b": "c.txt"}, id="to a link"),
        pytest.param(
            {"INDEX.md": HEAD, "x/c.txt": "# A\n"}, {"y": "x", "a.md": "y/c.txt"}, id="through a linked folder"
        ),
        pytest.param({"INDEX.md": HEAD, "a.md": "# A\n"}, {"c.txt": "nowhere"}, id="broken and no document"),
    ],
)
def test_a_link_to_a_file_of_the_project_is_fine(
    files: dict[str, str], links: dict[str, str], project: Callable[..., Result]
) -> None:
    assert project(files, links).findings == []


@pytest.mark.parametrize(
    ("links", "reason"),
    [
        pytest.param({"b.md": "nowhere"}, "it is broken: it leads to 'nowhere'", id="broken"),
        pytest.param({"b.md": "c", "c": "nowhere"}, "it is broken: it leads to 'c'", id="to a broken one"),
        pytest.param({"b.md": "a.md/c"}, "it is broken: it leads to 'a.md/c'", id="through a file"),
        pytest.param({"b.md": "b.md"}, "it leads in a circle", id="to itself"),
        pytest.param({"b.md": "c", "c": "b.md"}, "it leads in a circle", id="in a circle"),
        pytest.param({"b.md": "c/x", "c": "c"}, "it leads in a circle", id="through a circle"),
        pytest.param({"b.md": "/etc/passwd"}, "it leads outside the project, to '/etc/passwd'", id="absolute"),
        pytest.param({"b.md": "../out.md"}, "it leads outside the project, to '../out.md'", id="upwards"),
        pytest.param({"b.md": "c", "c": "../out.md"}, "it leads outside the project, to 'c'", id="in two steps"),
        pytest.param({"b.md": "c/out.md", "c": ".."}, "it leads outside the project, to 'c/out.md'", id="by a folder"),
        pytest.param({"b.md": "../project-2"}, "it leads outside the project, to '../project-2'", id="to a namesake"),
        pytest.param({"b.md": "x" * 300}, "File name too long", id="to an impossible name"),
    ],
)
def test_the_reason_is_said(links: dict[str, str], reason: str, tmp_path: Path, project: Callable[..., Result]) -> None:
    write(tmp_path, {"out.md": "# B\n", "project-2/x.md": "# B\n"})
    result = project({"INDEX.md": f"{HEAD}| [B](b.md) |\n", "a.md": "# A\n"}, links)
    assert brief(result) == ["FS105 b.md"]
    assert result.only()["message"] == f"this symbolic link cannot be followed: {reason}"


def test_a_link_into_the_folder_of_git(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": f"{HEAD}| [B](b.md) |\n", "a.md": "# A\n"})
    (tmp_path / "b.md").symlink_to(".git/config")
    commit_all(tmp_path)
    result = run(tmp_path)
    assert brief(result) == ["FS105 b.md"]
    assert result.only()["message"].endswith("it leads into git's own folder, to '.git/config'")


def test_a_schema_behind_a_linked_folder_outside_is_not_read(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"secret/s.json": '{"type": "array"}'})
    contract = "---\nmanifest: 1\nschema: way/s.json\n---\n"
    write(tmp_path / "project", {"INDEX.md": contract + HEAD, "a.md": "---\ntitle: A\n---\nText.\n"})
    (tmp_path / "project/way").symlink_to("../secret")
    result = run(tmp_path / "project")
    assert result.codes == ["CF103"]
    assert "outside the project" in result.only()["message"]


def test_one_that_no_entry_names_is_one_finding(project: Callable[..., Result]) -> None:
    finding = project({"INDEX.md": f"{HEAD}| [B](b.md) |\n", "b.md": "# B\n"}, {"a.md": "gone.md"}).only()
    assert (finding["code"], finding["path"]) == ("FS105", "a.md")


def test_a_link_through_a_linked_folder_to_what_is_taken_away(project: Callable[..., Result]) -> None:
    index = f"{HEAD}| [B](way/b.md) |\n"
    files = {"INDEX.md": index, "a.md": "# A\n", "x/b.md": "# B\n", "indexlint.yaml": "exclude: [x/**]\n"}
    assert project(files, {"way": "x"}).codes == ["IX112"]
