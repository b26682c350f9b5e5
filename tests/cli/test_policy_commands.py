# SPDX-License-Identifier: Apache-2.0
"""`check`, `render`, `diff` and `explain`: exit codes and JSON shapes that programs rely on."""

import json

import pytest
from click.testing import CliRunner

from upheld import places
from upheld.cli.main import root


def run(*arguments):
    return CliRunner().invoke(root, list(map(str, arguments)))


@pytest.fixture
def faulty(tmp_path):
    """The baby-device policy, with a function that collects what nobody declared."""
    text = (places.POLICIES / "baby-device.yaml").read_text()
    file = tmp_path / "faulty.yaml"
    file.write_text(text.replace("collects: {phone: required}", "collects: {phones: required}", 1))
    return file


@pytest.fixture
def ask(tmp_path):
    file = tmp_path / "ask.json"

    def write(**question):
        file.write_text(json.dumps(question))
        return file

    return write


def test_a_clean_policy_ends_with_0():
    """Each of the five is given by its name."""
    ended = run("check", "baby-device", "--json")
    assert ended.exit_code == 0
    assert json.loads(ended.output)["findings"] == []


def test_findings_end_with_1_and_say_where(faulty):
    """A program finds code, severity, clause, file, line, column, message and remedy in each."""
    ended = run("check", faulty, "--json")
    assert ended.exit_code == 1
    found = json.loads(ended.output)
    assert found["file"] == str(faulty)
    for finding in found["findings"]:
        assert finding.keys() == {"code", "severity", "clause", "file", "line", "column", "message", "remedy", "source"}
        assert finding["line"] > 0
    assert "faulty.yaml:" in run("check", faulty).output


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe\x00", b"[" * 30_000, b"a: &a [*a]\n", b""])
def test_what_is_no_policy_ends_with_2(tmp_path, content):
    """Not one of them gives a traceback."""
    file = tmp_path / "none.yaml"
    file.write_bytes(content)
    ended = run("check", file, "--json")
    assert ended.exit_code == 2, ended.output
    assert json.loads(ended.output)["findings"]


def test_a_notice_is_rendered_to_a_file(tmp_path):
    """In both languages, and the lists by themselves."""
    out = tmp_path / "notice.html"
    assert run("render", "baby-device", "--lang", "en", "--out", out).exit_code == 0
    assert "<html" in out.read_text()
    assert "|" in run("render", "baby-device", "--lists", "--format", "md").output


def test_a_diff_says_whether_anything_changes(tmp_path):
    """0 without changes, 1 with, and JSON names the weight."""
    assert run("diff", "baby-device", "baby-device").exit_code == 0
    other = tmp_path / "other.yaml"
    text = (places.POLICIES / "baby-device.yaml").read_text()
    other.write_text(text.replace("keep: 180 days", "keep: 90 days", 1))
    ended = run("diff", "baby-device", other, "--json")
    assert ended.exit_code == 1
    assert json.loads(ended.output)["changes"]


def test_an_ask_is_explained(ask):
    """Denied without the consent, permitted with it, and unreadable where a field is misspelt."""
    asked = {"act": "use", "purpose": "profile", "categories": ["nickname"]}
    grown = {"age": "adult"}
    denied = run("explain", "baby-device", "--ask", ask(ask=asked, person=grown))
    assert denied.exit_code == 1
    assert "gate." in run("explain", "baby-device", "--ask", ask(ask=asked, person=grown), "--json").output
    agreed = {"age": "adult", "topics": ["purpose:profile"]}
    permitted = run("explain", "baby-device", "--ask", ask(ask=asked, person=agreed))
    assert permitted.exit_code == 0, permitted.output
    assert run("explain", "baby-device", "--ask", ask(ask=asked, persons=grown)).exit_code == 2
    assert run("explain", "baby-device", "--ask", ask(ask=asked, person={"topics": ["profil"]})).exit_code == 2


def test_every_command_has_its_help():
    """Each says what it does, and its exit codes where they say more than done or not done."""
    for name in root.list_commands(None):
        ended = run(name, "--help")
        assert ended.exit_code == 0, name
        assert len(ended.output) > 80, name
