"""FS106: a link that leads out of the project; it is never opened, nor missed as a document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, write

HEAD = "| Title |\n| ----- |\n"
ROW = "| [A](a.md) |\n"


@pytest.mark.parametrize("target", ["a.md", "./a.md", "x/../a.md", "/docs/a.md", "../docs/a.md", "a.md#..", "a%2Emd"])
def test_a_path_inside_the_project_is_fine(target: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"docs/INDEX.md": f"{HEAD}| [A]({target}) |\n", "docs/a.md": "# A\n"})
    assert run(tmp_path).findings == []


@pytest.mark.parametrize(
    ("target", "where", "reason"),
    [
        pytest.param("../a.md", "3:7-3:14", "it leads out of the project", id="upwards"),
        pytest.param("x/../../a.md", "3:7-3:19", "it leads out of the project", id="down and upwards"),
        pytest.param("..", "3:7-3:9", "it leads out of the project", id="the folder above"),
        pytest.param("%2e%2e/a.md", "3:7-3:18", "it leads out of the project", id="percent-encoded"),
        pytest.param("/etc/passwd", "3:7-3:18", "it is an absolute path", id="absolute"),
        pytest.param("//../etc", "3:7-3:15", None, id="another host"),
        pytest.param("C:/x.md", "3:7-3:14", "it is an absolute path", id="a drive"),
        pytest.param("file:///etc/passwd", "3:7-3:25", "it is an absolute path", id="a file address"),
        pytest.param(r"C:\\x.md", "3:7-3:15", "it is an absolute path", id="a drive, with escapes"),
        pytest.param(r"\\\\host\\x.md", "3:7-3:21", "it is an absolute path", id="a network share"),
    ],
)
def test_a_path_out_of_the_project_is_not_followed(
    target: str, where: str, reason: str | None, tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"a.md": "# A\n", "project/INDEX.md": f"{HEAD}| [B]({target}) |\n{ROW}", "project/a.md": "# A\n"})
    result = run(tmp_path / "project")
    if reason is None:
        assert result.codes == []
        return
    assert brief(result) == [f"FS106 INDEX.md:{where}"]
    finding = result.only()
    assert finding["message"].endswith(f" is not followed: {reason}")
    assert finding["values"]["document"] is None
