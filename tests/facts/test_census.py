# SPDX-License-Identifier: Apache-2.0
"""A census says of everyone what a decision on each would say, and finds what changed since it last looked."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.facts.conftest import BABY, NOW
from upheld.facts import census as censuses
from upheld.facts import hot, service, world_service
from upheld.facts.census import Census
from upheld.facts.models import PersonFactsRow
from upheld.gate import Ask, Denial, Permit
from upheld.terms import Act

PROFILE = Ask(act=Act.COLLECT, purpose="profile", categories=("nickname",))
SECONDS = int(NOW.timestamp())


@pytest.fixture(params=[3, 50_000], ids=["small blocks", "one block"])
def block(request, monkeypatch):
    """Blocks of few people, so that a handful fills several."""
    monkeypatch.setattr(censuses, "BLOCK", request.param)


def one_by_one(ask=PROFILE, now=SECONDS):
    """Everyone's answer by deciding on each."""
    people = PersonFactsRow.objects.values_list("data_subject_id", flat=True)
    return {subject: hot.decide(subject, ask, now)[0] for subject in people}


def agree(census, now=SECONDS):
    """The census says what deciding on each says; return whom it permits."""
    answers = one_by_one(now=now)
    may = {subject for subject, answer in answers.items() if isinstance(answer, Permit)}
    assert set(census.permitted(PROFILE, now)) == may
    reach = census.reach(PROFILE, now)
    assert (reach.people, reach.permitted) == (len(answers), len(may))
    for answer, count in reach.answers:
        assert count == sum(answer == one for one in answers.values())
    return may


def test_everyone_is_counted_as_each_would_be_decided_on(adult, block):
    people = [adult() for _ in range(7)]
    with transaction.atomic():
        for subject in people[:4]:
            service.give_consent(subject, "purpose:profile", NOW)
        service.restrict(people[0], NOW)
        service.give_consent(people[5], "purpose:profile", NOW, lapses_at=NOW + timedelta(days=1))
    census = Census()
    assert agree(census) == {*people[1:4], people[5]}
    assert agree(census, SECONDS + 86_400) == set(people[1:4])


def test_what_changed_is_found_at_the_next_look(adult, block):
    people = [adult() for _ in range(7)]
    census = Census()
    assert agree(census) == set()
    with transaction.atomic():
        service.give_consent(people[2], "purpose:profile", NOW)
        service.give_consent(people[6], "purpose:profile", NOW)
    assert agree(census) == {people[2], people[6]}
    newcomer = adult()
    with transaction.atomic():
        service.give_consent(newcomer, "purpose:profile", NOW)
        service.withdraw_consent(people[2], "purpose:profile", NOW)
    assert agree(census) == {people[6], newcomer}
    assert census.reach(PROFILE, SECONDS).people == 8


def test_a_change_that_commits_late_is_found(adult, block):
    """A cause that is older than the last one seen, by less than the overlap, is looked at all the same."""
    first, second = adult(), adult()
    census = Census()
    with transaction.atomic():
        service.give_consent(first, "purpose:profile", NOW + timedelta(minutes=5))
    assert agree(census, SECONDS + 900) == {first}
    with transaction.atomic():
        service.give_consent(second, "purpose:profile", NOW + timedelta(minutes=1))
    assert agree(census, SECONDS + 900) == {first, second}


def test_many_changes_are_read_anew(adult, block, monkeypatch):
    monkeypatch.setattr(censuses, "MOVED_AT_MOST", 2)
    people = [adult() for _ in range(6)]
    census = Census()
    agree(census)
    for number, subject in enumerate(people, 1):
        with transaction.atomic():
            service.give_consent(subject, "purpose:profile", NOW)
        assert agree(census) == set(people[:number])


def test_people_of_two_versions_are_judged_by_their_own(adult, version, block):
    document = BABY.replace(b"version: 1\n", b"version: 2\n").replace(
        b"collects: {nickname: optional, gender", b"collects: {gender"
    )
    old, new = adult(), adult()
    with transaction.atomic():
        second = world_service.publish_version(document, effective_at=NOW, now=NOW)
        service.admit(new, second, NOW)
        for subject in (old, new):
            service.give_consent(subject, "purpose:profile", NOW)
    census = Census()
    assert agree(census) == {old}
    assert census.bound() == {version: 1, second: 1}
    (reason,) = next(
        answer for answer, _ in census.reach(PROFILE, SECONDS).answers if isinstance(answer, Denial)
    ).reasons
    assert reason.code == "category_undeclared"


def test_nobody_is_counted_where_nobody_is(version, block):
    census = Census()
    assert census.reach(PROFILE, SECONDS).people == 0
    assert list(census.permitted(PROFILE, SECONDS)) == []
