"""What a stranger's documents say goes through every format and commands nothing: no terminal, no log, no page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import Result, write
from tests.reporters.conftest import FINDING, HOSTILE, junit_schema, report, sarif_schema, validator
from validator.cli import main
from validator.findings import RelatedSpot, Severity, Spot, Values
from validator.reporters import FORMATS, renderer
from validator.rules import ALL

EVERYWHERE = [
    FINDING._replace(
        message=text, index_path=text, document=text, id=text, field=text, values=Values(text, text), advice=text,
        severity=severity, spot=Spot(text, 2, 1, 2, 4, text), fingerprint=f"{number:032}",
        related=(RelatedSpot(Spot(text, 1, 2, 1, 3, text), text),),
    )
    for number, text in enumerate(HOSTILE)
    for severity in Severity
]  # fmt: skip
# What may stand in no log: line breaks of other kinds, controls, what turns the reading direction, no letters at all.
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
OURS = re.compile(
    r"::(?:error|warning|notice) (?:file=[^:,]+(?:,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?)?,)?title="
)


@pytest.mark.parametrize("name", [*FORMATS, "workflow_commands", "statistics", "step_summary"])
def test_nothing_is_commanded(name: str) -> None:
    text = "".join(renderer(name)(report(*EVERYWHERE), ALL))
    assert HARMFUL.findall(text) == []
    # The runner of GitHub Actions takes `##[…]` for a command wherever it stands, `::` at the start of a line.
    assert re.findall(r"##(?:vso)?\[", text) == []
    for line in text.split("\n"):
        assert not line.lstrip().startswith("::") or OURS.match(line), line


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab"])
def test_no_page_can_be_left_from_within_json(name: str) -> None:
    text = "".join(renderer(name)(report(*EVERYWHERE), ALL))
    assert "<" not in text
    assert text.isascii()


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in (*value, *value.values()) for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def test_values_come_back_from_json_as_they_were() -> None:
    for name, read in (("json", lambda text: json.loads(text)["findings"]), ("jsonl", _lines)):
        found = read("".join(renderer(name)(report(*EVERYWHERE), ALL)))
        assert [item["message"] for item in found if "message" in item] == [item.message for item in EVERYWHERE]


def _lines(text: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_what_is_shown_to_people_steers_no_page(name: str) -> None:
    value = json.loads("".join(renderer(name)(report(*EVERYWHERE), ALL)))
    shown = [text for text in _texts(value) if "\u202e" in text or "\x1b" in text or "\ud800" <= text[:1] <= "\udfff"]
    # GitLab finds a file by its real name.
    assert set(shown) <= ({item.spot.path for item in EVERYWHERE} if name == "gitlab" else set())


def test_the_schemas_agree() -> None:
    given = report(*EVERYWHERE)
    validator("report").validate(json.loads("".join(renderer("json")(given, ALL))))
    sarif_schema().validate(json.loads("".join(renderer("sarif")(given, ALL))))
    junit_schema().validate("".join(renderer("junit")(given, ALL)))


def test_xml_reads_back_as_it_was_shown() -> None:
    root = ET.fromstring("".join(renderer("junit")(report(*EVERYWHERE), ALL)))  # noqa: S314 - our own
    messages = {element.get("message") for element in root.iter("failure")}
    assert "]]>" in messages
    assert "</script><script>alert(1)</script>" in messages
    assert "\\x00\\x85\\u2028\\ufffe\\uffff" in messages


TITLE = "50% </script> ]]> \x1b[31m \u202e ::set-output name=a::b ##[add-mask]x %0A"
ESCAPED = TITLE.replace("[", "\\[").replace("]", "\\]")
CORPUS = {
    "INDEX.md": f"| Title |\n| ----- |\n| [{ESCAPED}](a%25.md) |\n",
    "a%.md": '---\ntitle: "x\\n::set-output name=a::b\\r\\e[0m\\u202E"\n---\n# B\n',
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_corpus_goes_through_the_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, CORPUS)
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--format", name, "--report", f"{name}=report"]) == 1
    out, err = capsys.readouterr()
    assert HARMFUL.findall(out + err) == []
    assert "MT108" in out
    assert _timeless(out) == _timeless((tmp_path / "report").read_text("utf-8"))


def _timeless(text: str) -> str:
    return re.sub(r'("seconds": |time=")[\d.]+', r"\1", text)


def test_the_values_of_a_hostile_corpus_are_exact(check: Callable[..., Result]) -> None:
    assert check(CORPUS).report["findings"][0]["values"]["document"] == "x\n::set-output name=a::b\r\x1b[0m\u202e"
