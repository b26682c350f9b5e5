# SPDX-License-Identifier: Apache-2.0
"""`upheld init`: a first policy that the check finds clean, whatever was answered."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld import gate, policy
from upheld.cli import starter
from upheld.cli.main import root
from upheld.cli.starter_parts import OFFERED
from upheld.terms import Language

SAID = {
    "policy": "small-shop", "controller": ["Small Shop Example Ltd", "小店示例有限公司"],
    "product": ["the Small Shop app", "小店应用"], "region": "cn", "address": ["1 Example Lane, Example City", "示例市示例路 1 号"],
    "contact": "office@small-shop.example", "laws": ["pipl"], "categories": ["nickname", "order", "location"],
    "children": True, "abroad": "us",
}  # fmt: skip
DAY = date(2026, 1, 5)


def run(*arguments, typed=None):
    return CliRunner().invoke(root, list(map(str, arguments)), input=typed)


@pytest.fixture
def answers(tmp_path):
    def write(**changed):
        file = tmp_path / "answers.json"
        file.write_text(
            json.dumps({name: one for name, one in (SAID | changed).items() if one is not ...}), encoding="utf-8"
        )
        return file

    return write


@given(
    st.sets(st.sampled_from(OFFERED)), st.booleans(), st.sampled_from([None, "us", "sg"]), st.sampled_from(["cn", "de"]),
    st.sampled_from([("pipl",), ("gdpr",), ("pipl", "gdpr"), ("pipl", "gb-t-35273-2020")]),
)  # fmt: skip
@settings(max_examples=12, deadline=None)
def test_every_answer_gives_a_clean_policy(categories, children, abroad, region, laws):
    """Under every choice; comments in either language change nothing but themselves, and the gate can read it."""
    said = SAID | {
        "categories": sorted(categories),
        "children": children,
        "abroad": abroad,
        "region": region,
        "laws": laws,
    }
    texts = [starter.written(starter.Answers.model_validate(said), DAY, language) for language in Language]
    read = [policy.parse(text.encode(), "first.yaml") for text in texts]
    assert read[0].policy == read[1].policy
    assert texts[0] != texts[1]
    assert list(map(str, policy.check(read[0]))) == []
    gate.compile(read[0].policy)


def test_the_answers_are_in_the_file(answers, tmp_path):
    """What was said stands where it belongs, under an editor's hint and comments."""
    file = tmp_path / "first.yaml"
    ended = run("init", file, "--answers", answers(), "--date", "2026-01-05")
    assert ended.exit_code == 0, ended.output
    made = policy.parse(file).policy
    assert made.controller.name[Language.ZH_HANS] == "小店示例有限公司"
    assert {"email", "nickname", "order", "location"} <= made.categories.keys()
    assert made.children.guardian is not None
    assert [one.region for one in made.recipients.values()] == ["us"]
    assert (made.updated, made.effective) == (DAY, date(2026, 2, 4))
    assert file.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=")


def test_who_takes_no_children_asks_no_guardian(answers, tmp_path):
    """The other answers: nothing of a guardian, nothing abroad."""
    file = tmp_path / "first.yaml"
    assert run("init", file, "--answers", answers(children=False, abroad=None), "--lang", "zh-Hans").exit_code == 0
    made = policy.parse(file).policy
    assert "guardian.contact" not in made.categories
    assert not made.recipients
    assert all(one.child == "never" for one in made.functions.values())
    assert "谁对信息负责" in file.read_text(encoding="utf-8")


def test_nothing_is_overwritten_unless_told(answers, tmp_path):
    """The file that is there stays as it is; --force replaces it."""
    file = tmp_path / "first.yaml"
    file.write_text("mine", encoding="utf-8")
    assert run("init", file, "--answers", answers()).exit_code == 1
    assert file.read_text(encoding="utf-8") == "mine"
    assert run("init", file, "--answers", answers(), "--force").exit_code == 0
    assert policy.parse(file).policy.policy == "small-shop"


def test_questions_are_asked_in_turn(tmp_path):
    """The same by hand, in either language."""
    typed = ["shop", "Shop Example Ltd", "商店示例公司", "the Shop app", "商店应用", "cn", "1 Lane, Example City", "示例市 1 号",
             "office@shop.example", "pipl", "nickname, avatar", "no", "none"]  # fmt: skip
    for language in ("en", "zh-Hans"):
        file = tmp_path / f"{language}.yaml"
        ended = run("init", file, "--lang", language, typed="\n".join(typed) + "\n")
        assert ended.exit_code == 0, ended.output
        assert {"nickname", "avatar"} <= policy.parse(file).policy.categories.keys()


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"contact": "nobody"}, "contact"), ({"categories": ["shoe"]}, "'shoe' came"), ({"laws": ["hammurabi"]}, "laws"),
     ({"controller": ["One"]}, "controller"), ({"policy": ...}, "policy"), ({"abroad": "cn"}, "own country"),
     ({"product": ["a\u202eb", "b"]}, "U+202E"), ({"shoe": 1}, "shoe"), ({"laws": []}, "laws")],
)  # fmt: skip
def test_what_is_no_answer_is_told_by_name(answers, tmp_path, changed, told):
    """With exit code 2, and nothing is written."""
    file = tmp_path / "first.yaml"
    ended = run("init", file, "--answers", answers(**changed))
    assert ended.exit_code == 2
    assert told in ended.output
    assert not file.exists()


@pytest.mark.parametrize("content", [b"", b"[", b"\xff", b"9" * 5_000, b"[" * 50_000, b"null", b" " * 200_000])
def test_a_file_of_no_answers_ends_with_2(tmp_path, content):
    """Not one of them gives a traceback."""
    said = tmp_path / "answers.json"
    said.write_bytes(content)
    ended = run("init", tmp_path / "first.yaml", "--answers", said)
    assert ended.exit_code == 2
    assert "answers.json" in ended.output


@pytest.mark.parametrize("hard", ['say "no": {x}', "a: b # c", "'", "\\n", "{}", "- x", "@region@", "a\nb"])
def test_no_answer_breaks_out_of_its_place(hard):
    """An answer with marks of YAML's own stays the text that it is, or is refused."""
    answers = starter.Answers.model_validate(SAID | {"product": [hard, hard]})
    made = policy.parse(starter.written(answers, DAY, Language.EN).encode()).policy
    assert set(made.scope.products["product"].values()) == {hard}
