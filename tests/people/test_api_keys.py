# SPDX-License-Identifier: Apache-2.0
"""Keys of programs: held as digests, bound to what they are for, with a budget of people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Forbidden, NotFound, TooMany
from upheld.people import api_keys, budgets, restoring
from upheld.people.api_keys import KeyRefused
from upheld.people.key_values import Terms
from upheld.people.limit_tables import API_KEY_OVERLAP
from upheld.people.models import APIKey, LimitWindow, PersonCounted
from upheld.people.permissions import Permission
from upheld.storage import journal
from upheld.storage.journal import JournalEntry
from upheld.terms import Act, DataSubjectId
from tests.people.conftest import NOW, evidence

pytestmark = pytest.mark.django_db(databases="__all__")
TERMS = Terms(
    name="shop",
    purposes=("account", "orders"),
    acts=(Act.USE, Act.COLLECT),
    permissions=(Permission.API_DECISIONS_ASK, Permission.API_ITEMS_OPEN),
    networks=("192.0.2.0/24", "2001:db8::/32"),
    people_an_hour=3,
    life=timedelta(days=90),
)
INSIDE = "192.0.2.7"


@pytest.fixture
def issued():
    return api_keys.issue(terms=TERMS, now=NOW)


def scope(text: str, *, address: str = INSIDE, at=NOW):
    return api_keys.authenticate(header=f"Bearer {text}", address=address, now=at)


def someone() -> DataSubjectId:
    return DataSubjectId(uuid7(NOW))


def test_a_key_opens_what_it_was_issued_for(issued):
    """Its purposes, acts and permissions, and no other."""
    found = scope(issued.text)
    assert found.key_id == issued.key_id
    found.require(Permission.API_DECISIONS_ASK)
    found.require_ask(act=Act.USE, purpose="orders")
    refusals = (
        lambda: found.require(Permission.API_PEOPLE_REGISTER),
        lambda: found.require(Permission.CONSOLE_PEOPLE_OPEN),
        lambda: found.require_ask(act=Act.SHARE, purpose="orders"),
        lambda: found.require_ask(act=Act.USE, purpose="marketing"),
    )
    for refusal in refusals:
        with pytest.raises(Forbidden):
            refusal()
    with controls.without("people.api_key_scope"):
        for refusal in refusals:
            refusal()


def test_a_key_is_held_as_a_digest_and_shown_once(issued):
    """Neither the row nor the value's text holds the secret."""
    secret = issued.text.split("_", 2)[2]
    assert issued.text.startswith(f"upk_{issued.key_id.hex}_")
    assert secret not in repr(issued) + str(issued) + repr(list(APIKey.objects.values())) + repr(api_keys.keys_issued())


@pytest.mark.parametrize("address", ["198.51.100.1", "::1", "", "192.0.2.7, 198.51.100.1"])
def test_a_key_works_only_from_its_networks(issued, address):
    """From elsewhere it is refused as if unknown."""
    assert scope(issued.text, address="2001:db8::9")
    with pytest.raises(KeyRefused):
        scope(issued.text, address=address)
    with controls.without("people.api_key_scope"):
        assert scope(issued.text, address=address)


def test_a_key_that_is_over_is_refused_like_a_wrong_one(issued):
    """Expired, ended, mistyped, another's secret: one sentence."""
    other = api_keys.issue(terms=TERMS, now=NOW)
    crossed = f"upk_{issued.key_id.hex}_{other.text.split('_', 2)[2]}"
    said = set()
    for text, at in (
        (issued.text, NOW + timedelta(days=90)),
        (crossed, NOW),
        (issued.text[:-1], NOW),
        ("upk_xyz_abc", NOW),
        ("upk__", NOW),
        ("", NOW),
        ("x" * 500, NOW),
    ):
        with pytest.raises(KeyRefused) as refused:
            scope(text, at=at)
        said.add(str(refused.value))
    with pytest.raises(KeyRefused):
        api_keys.authenticate(header=f"Basic {issued.text}", address=INSIDE, now=NOW)
    assert len(said) == 1
    assert scope(issued.text, at=NOW + timedelta(days=89))
    api_keys.end(key_id=issued.key_id, now=NOW)
    with pytest.raises(KeyRefused):
        scope(issued.text)
    with pytest.raises(NotFound):
        api_keys.end(key_id=issued.key_id, now=NOW)


def test_a_restore_does_not_revive_an_ended_key(issued):
    """The journal ends it again."""
    api_keys.end(key_id=issued.key_id, now=NOW)
    entry = JournalEntry.objects.get(kind=restoring.API_KEY_ENDED)
    APIKey.objects.update(ended_at=None)
    assert scope(issued.text)
    journal._replayers[entry.kind](entry.facts, entry.at)
    with pytest.raises(KeyRefused):
        scope(issued.text)


def test_a_rotated_key_overlaps_for_a_week(issued):
    """Old and new work side by side, then the new alone, on the same terms."""
    fresh = api_keys.rotate(key_id=issued.key_id, now=NOW)
    assert scope(fresh.text).purposes == scope(issued.text).purposes
    with pytest.raises(KeyRefused):
        scope(issued.text, at=NOW + API_KEY_OVERLAP)
    assert scope(fresh.text, at=NOW + API_KEY_OVERLAP)
    with pytest.raises(NotFound):
        api_keys.rotate(key_id=issued.key_id, now=NOW + API_KEY_OVERLAP)
    assert len(api_keys.keys_issued(live_at=NOW + API_KEY_OVERLAP)) == 1
    assert len(api_keys.keys_issued()) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"permissions": ()},
        {"permissions": (Permission.CONSOLE_PEOPLE_OPEN,)},
        {"networks": ()},
        {"networks": ("not a network",)},
        {"networks": ("192.0.2.1/24",)},
        {"people_an_hour": 0},
        {"life": timedelta(days=400)},
        {"life": timedelta(0)},
    ],
)
def test_terms_that_let_everything_pass_are_refused(change):
    """Nothing given is nothing allowed, so it is refused."""
    with pytest.raises(BadInput):
        api_keys.issue(terms=replace(TERMS, **change), now=NOW)
    assert APIKey.objects.count() == 0


def test_a_key_reaches_so_many_distinct_people_an_hour(issued):
    """The same person counts once; the fourth is refused; the next hour is new; another key has its own."""
    found = scope(issued.text)
    people = [someone() for _ in range(4)]
    for person in (*people[:3], *people[:3]):
        budgets.count_person(scope=found, data_subject_id=person, now=NOW)
    for _ in range(2):
        with pytest.raises(TooMany) as spent:
            budgets.count_person(scope=found, data_subject_id=people[3], now=NOW)
    assert spent.value.retry_after_seconds == 3600
    budgets.count_person(scope=found, data_subject_id=people[0], now=NOW)
    assert len(evidence("people.api_key.budget_exhausted")) == 1
    other = scope(api_keys.issue(terms=TERMS, now=NOW).text)
    budgets.count_person(scope=other, data_subject_id=people[3], now=NOW)
    budgets.count_person(scope=found, data_subject_id=people[3], now=NOW + timedelta(hours=1))
    with controls.without("people.people_budget"):
        budgets.count_person(scope=found, data_subject_id=people[3], now=NOW)


def test_the_count_names_nobody(issued):
    """Rows hold keyed hashes that differ from hour to hour."""
    person = someone()
    found = scope(issued.text)
    for hour in range(2):
        budgets.count_person(scope=found, data_subject_id=person, now=NOW + timedelta(hours=hour))
    digests = {bytes(d) for d in PersonCounted.objects.values_list("digest", flat=True)}
    assert len(digests) == 2
    assert not any(person.bytes in digest for digest in digests)


def test_a_restore_does_not_refill_a_spent_budget(issued):
    """The journal spends it again."""
    found = scope(issued.text)
    people = [someone() for _ in range(4)]
    for person in people[:3]:
        budgets.count_person(scope=found, data_subject_id=person, now=NOW)
    with pytest.raises(TooMany):
        budgets.count_person(scope=found, data_subject_id=people[3], now=NOW)
    entry = JournalEntry.objects.get(kind=restoring.BUDGET_SPENT)
    LimitWindow.objects.all().delete()
    PersonCounted.objects.all().delete()
    journal._replayers[entry.kind](entry.facts, entry.at)
    with pytest.raises(TooMany):
        budgets.count_person(scope=found, data_subject_id=people[3], now=NOW)


def test_authenticating_reads_one_row(issued, django_assert_num_queries):
    """The hot path pays one read by primary key."""
    with django_assert_num_queries(1):
        scope(issued.text)
