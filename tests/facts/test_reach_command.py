# SPDX-License-Identifier: Apache-2.0
"""`upheld reach`: how many people an act may be done on, and what is in the way of the others."""

import json

import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.facts.conftest import NOW
from upheld.cli import house
from upheld.cli.main import root
from upheld.facts import service

QUESTION = {"ask": {"act": "collect", "purpose": "profile", "categories": ["nickname"]}, "at": NOW.isoformat()}


@pytest.fixture
def reach(tmp_path, monkeypatch):
    """The command on the test's own databases, which are open already."""
    monkeypatch.setattr(house, "open_house", lambda: None)
    file = tmp_path / "ask.json"

    def asking(*options, **question):
        file.write_text(json.dumps(QUESTION | question))
        return CliRunner().invoke(root, ["reach", "--ask", str(file), *options])

    return asking


def test_it_counts_those_who_may_and_says_why_not_the_others(reach, adult):
    """Two of three consented, one of them restricted; by number, in both languages, and by name."""
    people = [adult() for _ in range(3)]
    with transaction.atomic():
        for subject in people[:2]:
            service.give_consent(subject, "purpose:profile", NOW)
        service.restrict(people[1], NOW)
    found = json.loads(reach("--json").output)
    assert (found["people"], found["permitted"]) == (3, 1)
    assert sum(one["people"] for one in found["refused"]) == 2
    codes = {reason["code"] for one in found["refused"] for reason in one["reasons"]}
    assert codes == {"consent_missing", "person_restricted"}
    assert "1 of 3" in reach().output
    assert "可对 1 人进行，共 3 人" in reach("--lang", "zh-Hans").output
    assert reach("--list").output.split() == [str(people[0])]


def test_facts_of_a_person_are_those_on_file(reach, adult):
    """What a question states of a person is refused, not passed over; so is a moment without its offset."""
    adult()
    ended = reach(person={"age": "adult"})
    assert ended.exit_code != 0
    assert "'ask' and 'at' alone" in str(ended.exception)
    assert "offset" in str(reach(at="2026-05-01T00:00:00").exception)
    assert reach("--json", "--list").exit_code == 2


def test_of_nobody_nobody_is_counted(reach, adult):
    """An empty house is no error."""
    assert json.loads(reach("--json").output) == {"people": 0, "permitted": 0, "refused": []}
