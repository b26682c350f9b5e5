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


def test_findings_speak_chinese_too(faulty):
    """The same findings at the same places, in the other language."""
    english, chinese = (json.loads(run("check", faulty, "--json", "--lang", lang).output) for lang in ("en", "zh-Hans"))
    places = [[(one["code"], one["line"]) for one in found["findings"]] for found in (english, chinese)]
    assert places[0] == places[1]
    assert [one["message"] for one in english["findings"]] != [one["message"] for one in chinese["findings"]]
    assert "错误" in run("check", faulty, "--lang", "zh-Hans").output


def test_a_policy_is_judged_by_the_law_of_the_day_asked(tmp_path):
    """A child age of thirteen passes before the law came, and cites it after."""
    file = tmp_path / "young.yaml"
    text = (places.POLICIES / "baby-device.yaml").read_text(encoding="utf-8")
    assert "  under: 14\n" in text
    file.write_text(text.replace("  under: 14\n", "  under: 13\n"), encoding="utf-8")
    before, after = (run("check", file, "--on", day) for day in ("2019-01-01", "2021-11-01"))
    assert "E801" not in before.output
    assert "E801" in after.output
    assert "PIPL art. 31" in after.output
    assert run("check", file, "--on", "someday").exit_code == 2


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
    found = json.loads(ended.output)
    assert found["changes"]
    assert (found["weight"], found["cuts_rights"], found["decisions"]) == ("minor", False, [])
    assert run("diff", "baby-device", tmp_path / "none.yaml").exit_code != 0


def test_a_diff_says_what_is_decided_otherwise(tmp_path):
    """In both languages, for lawyers by clause and for engineers by ask, and with what follows."""
    other = tmp_path / "other.yaml"
    text = (places.POLICIES / "baby-device.yaml").read_text()
    function = text.index("\n  mail-news:")
    other.write_text(text[:function] + text[function:].replace("child: never", "child: guardian", 1))
    english = run("diff", "baby-device", other, "--clauses", "--asks").output
    assert "Newly allowed: to collect" in english
    assert "functions.mail-news.child\n  was: " in english
    assert "newly_allowed collect mail-news" in english
    assert "15 days before it applies" in english
    assert "新允许" in run("diff", "baby-device", other, "--lang", "zh-Hans").output
    found = json.loads(run("diff", "baby-device", other, "--json", "--asks").output)
    assert found["weight"] == "major"
    assert (found["tell"], found["lead"]) == (["badge", "popup", "mail", "page"], "15 days")
    assert {one["kind"] for one in found["decisions"]} == {"newly_allowed"}
    assert found["asks"][0]["ask"]["purpose"] == "mail-news"


def test_a_high_risk_makes_a_version_major():
    """By the list of the policy, though no word of it changes."""
    assert (
        run("diff", "baby-device", "baby-device", "--high-risk", "2026-07").output.splitlines()[0].endswith(": major")
    )


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


def test_an_explanation_names_clauses_rules_remedies_and_facts(ask):
    """The clause in its words, the rule, what would lift it and what was seen, in both languages and as JSON."""
    question = {"act": "collect", "purpose": "third-party-login", "categories": ["outside-profile"]}
    person = {"age": "adult", "topics": ["told:notice", "purpose:third-party-login", "source:outside-accounts"]}
    named = {**question, "source": "outside-accounts"}
    lacking = run("explain", "baby-device", "--ask", ask(ask=named, person=person))
    assert "No agreement with the source is in force." in lacking.output
    assert "clause sources.outside-accounts: The outside account that you bound" in lacking.output
    assert "put the source's paper in force" in lacking.output
    assert "consent was given: yes" in lacking.output
    assert (
        "与该来源没有有效协议。"
        in run("explain", "baby-device", "--ask", ask(ask=named, person=person), "--lang", "zh-Hans").output
    )
    shown = json.loads(run("explain", "baby-device", "--ask", ask(ask=named, person=person), "--json").output)
    assert (shown["permitted"], [one["code"] for one in shown["reasons"]]) == (False, ["source_paper_missing"])
    assert shown["reasons"][0]["sentence"]
    ready = ask(ask=named, person=person, sources_ready=["outside-accounts"])
    assert run("explain", "baby-device", "--ask", ready).exit_code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"ask": {"act": "collect",}', "line 1, column 27"),
        ('{"ask": {"act": "colect", "purpose": "map"}}', "ask.act: expected 'collect'"),
        ('{"ask": {"act": "use"}}', "ask.purpose: expected this key"),
        ('{"ask": {"act": "use", "purpose": "map", "sorce": "x"}}', "did you mean 'source'"),
        ('{"ask": {"act": "use", "purpose": "map"}, "person": {"topics": ["purpose:mapp"]}}', "person.topics"),
        ('{"ask": {"act": "use", "purpose": "map"}, "sources_ready": ["nobody"]}', "sources_ready"),
        ("[1]", "the whole file"),
        ("\xff", "UTF-8"),
    ],
)
def test_a_bad_question_says_where_and_what_was_expected(tmp_path, content, said):
    """A file that asks nothing ends with exit code 2, the place, and what was expected there."""
    file = tmp_path / "ask.json"
    file.write_bytes(content.encode("latin-1"))
    ended = run("explain", "baby-device", "--ask", file)
    assert ended.exit_code == 2
    assert said in ended.output


def test_every_command_has_its_help():
    """Each says what it does, and its exit codes where they say more than done or not done."""
    for name in root.list_commands(None):
        ended = run(name, "--help")
        assert ended.exit_code == 0, name
        assert len(ended.output) > 80, name
