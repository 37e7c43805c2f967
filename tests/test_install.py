"""The schemas are found from a checkout, an editable install and a wheel."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import CLEAN, ROOT, write
from validator.schema import schema_path

# A value that its schema refuses: the schema must have been found and read to say so.
CORPUS = {
    "INDEX.md": "---\nmanifest: 2\n---\n\n| Title |\n| ----- |\n| [A](a.md) |\n",
    "a.md": "# A\n",
}


def _python(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    return str(folder / "bin" / "python")


def _finds_its_schema(command: list[str], folder: Path, **environment: str) -> None:
    write(folder, CORPUS)
    done = subprocess.run(
        command, cwd=folder, env={**CLEAN, **environment}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 2, done.stderr
    assert "CF101 2 is not 1" in done.stdout


def test_schemas_stand_beside_the_package_in_a_checkout(tmp_path: Path) -> None:
    assert Path(schema_path("contract.schema.json")) == ROOT / "schemas" / "contract.schema.json"
    command = [sys.executable, "-m", "validator", "check", "--format", "concise"]
    _finds_its_schema(command, tmp_path, PYTHONPATH=str(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["-e", str(ROOT)], [str(ROOT)]], ids=["editable", "wheel"])
def test_schemas_are_found_when_installed(arguments: list[str], tmp_path: Path) -> None:
    python = _python(tmp_path / "env")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments],
        check=True,
        capture_output=True,
        env=CLEAN,
    )
    folder = tmp_path / "corpus"
    folder.mkdir()
    _finds_its_schema([str(tmp_path / "env" / "bin" / "indexlint"), "check", "--format", "concise"], folder)
