# SPDX-License-Identifier: Apache-2.0
"""`check --prove`: exit codes, the words of both languages, and the JSON that programs rely on."""

import json

import pytest
import yaml
from click.testing import CliRunner

from tests.gate.reduced import planted, reduced
from upheld.cli.main import root
from upheld.gate.proving import Property
from upheld.policy.model.processing import ChildRule


def run(*arguments):
    return CliRunner().invoke(root, ["check", *map(str, arguments)])


@pytest.fixture
def written(tmp_path):
    """Write a policy as a file."""

    def write(policy):
        file = tmp_path / "small.yaml"
        plain = json.loads(policy.model_dump_json(by_alias=True, exclude_none=True))
        file.write_text(yaml.safe_dump(plain, allow_unicode=True, width=10_000))
        return file

    return write


def test_a_sound_policy_is_proved_in_words(written):
    """Each property is said in the reader's language, with how much was looked at; how far it is goes elsewhere."""
    ended = run(written(reduced(("account",))), "--prove", "--lang", "zh-Hans", "--seed", 9)
    assert ended.exit_code in {0, 1}  # the reduced policy has findings of its own
    assert ended.stdout.count("成立：") + ended.stdout.count("成立:") == len(Property)
    assert "不成立" not in ended.stdout
    assert "种子 9" in ended.stdout
    assert "proving: " in ended.stderr
    assert "proving: " not in ended.stdout


def test_a_refuted_policy_ends_with_1_and_a_counterexample(written):
    """A program finds the property that does not hold, the ask, its clauses, and both languages."""
    policy = planted(reduced(("bind-device",)), "bind-device", child=ChildRule.ALLOWED)
    ended = run(written(policy), "--prove", "--json")
    assert ended.exit_code == 1
    proof = json.loads(ended.stdout)["proof"]
    assert proof["holds"] is False
    assert [one["id"] for one in proof["properties"]] == [one.value for one in Property]
    failing = next(one for one in proof["properties"] if not one["holds"])
    assert failing["id"] == "child-needs-guardian"
    assert failing["counterexample"]["ask"]["purpose"] == "bind-device"
    assert "functions.bind-device" in failing["counterexample"]["clauses"]
    assert failing["counterexample"]["says"].keys() == {"en", "zh-Hans"}


def test_what_is_no_policy_is_not_proved(tmp_path):
    """It ends with 2, and says why as without the option."""
    file = tmp_path / "none.yaml"
    file.write_text("a: [")
    ended = run(file, "--prove", "--json")
    assert ended.exit_code == 2
    assert "proof" not in json.loads(ended.stdout)
