# SPDX-License-Identifier: Apache-2.0
"""A restore revives nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Misconfigured, Unavailable
from upheld.storage import journal
from upheld.storage.intents import EffectIntent
from upheld.storage.journal import JournalEntry, JournalHead, Narrowed, Standing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KIND = "trial.withdraw"
pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture(autouse=True)
def done_again(monkeypatch):
    """What a replay did, in order."""
    monkeypatch.setattr(journal, "_replayers", {})
    seen = []

    @journal.replays(KIND)
    def replay(facts, at):
        seen.append((facts["n"], at))

    journal.look_again()
    yield seen
    journal.look_again()


def withdraw(n: int, *, fail: bool = False, now=NOW):
    with transaction.atomic():
        journal.narrow(KIND, facts={"n": n, "items": [str(uuid7(NOW))]}, now=now)
        if fail:
            raise ZeroDivisionError


def statuses():
    return list(JournalEntry.objects.order_by("sequence").values_list("status", flat=True))


def restore(*, keep: int):
    """Put the main database back to when it knew of `keep` entries."""
    Narrowed.objects.filter(sequence__gt=keep).delete()
    journal.look_again()


def test_what_narrows_is_journalled_with_its_act():
    """The entry is done once the act committed, and the data carries its mark."""
    withdraw(1)
    withdraw(2)
    assert statuses() == ["done", "done"]
    assert sorted(Narrowed.objects.values_list("sequence", flat=True)) == [1, 2]
    assert journal.standing() is Standing.IN_STEP
    journal.refuse_until_replayed()


def test_an_act_that_failed_narrowed_nothing():
    """Its entry stays planned until it is settled as void; the product goes on."""
    with pytest.raises(ZeroDivisionError):
        withdraw(1, fail=True)
    assert statuses() == ["planned"]
    assert journal.reconcile(now=NOW) == 0
    assert journal.reconcile(now=NOW + timedelta(hours=1)) == 1
    assert statuses() == ["void"]
    assert journal.standing() is Standing.IN_STEP


def test_killed_after_the_commit_it_is_settled_as_done():
    """The mark in the data says that it happened."""
    withdraw(1)
    JournalEntry.objects.update(status="planned")
    journal.reconcile(now=NOW + timedelta(hours=1))
    assert statuses() == ["done"]


def test_a_restored_database_serves_nothing_until_it_is_replayed(done_again):
    """Refused at once; replayed oldest first; then served again; a second replay does nothing."""
    for n in range(1, 5):
        withdraw(n, now=NOW + timedelta(minutes=n))
    journal.refuse_until_replayed()
    restore(keep=2)
    with pytest.raises(Unavailable):
        journal.refuse_until_replayed()
    assert journal.is_restored_unreplayed()
    assert journal.replay() == 2
    assert done_again == [(n, NOW + timedelta(minutes=n)) for n in (3, 4)]
    journal.refuse_until_replayed()
    assert journal.replay() == 0


def test_without_its_control_a_restored_database_is_served():
    """Exactly this protection is what the control is."""
    withdraw(1)
    restore(keep=0)
    with controls.without("storage.restore_revives_nothing"):
        journal.refuse_until_replayed()
    with pytest.raises(Unavailable):
        journal.refuse_until_replayed()


def test_a_restore_replays_planned_entries_too(done_again):
    """Whether it had committed nobody knows any more: narrowing too much can be put right."""
    withdraw(1)
    withdraw(2)
    JournalEntry.objects.filter(sequence=2).update(status="planned")
    restore(keep=0)
    assert journal.reconcile(now=NOW + timedelta(days=1)) == 0
    assert journal.replay() == 2
    assert [n for n, _ in done_again] == [1, 2]
    assert statuses() == ["done", "done"]


def test_a_replay_that_was_killed_goes_on(monkeypatch, done_again):
    """What was replayed is marked; the rest follows; until then everything stays refused."""
    for n in range(1, 4):
        withdraw(n)
    restore(keep=0)

    @journal.replays(KIND)
    def fails_at_two(facts, at):
        EffectIntent.objects.create(effect_id=uuid7(NOW), kind=str(facts["n"]), facts={}, intended_at=at)
        if facts["n"] == 2 and EffectIntent.objects.filter(kind="2").count() == 1 and not done_again:
            done_again.append("failed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        journal.replay()
    assert journal.is_restored_unreplayed()
    assert journal.replay() == 2
    assert sorted(EffectIntent.objects.values_list("kind", flat=True)) == ["1", "2", "3"]


def test_an_entry_that_nobody_can_replay_keeps_everything_refused(monkeypatch):
    """Skipping it would revive something."""
    withdraw(1)
    restore(keep=0)
    monkeypatch.setattr(journal, "_replayers", {})
    with pytest.raises(Misconfigured):
        journal.replay()
    assert journal.is_restored_unreplayed()


def test_a_lost_or_older_journal_refuses_everything():
    """Without it nobody knows what a restore would revive; a new one is not begun in silence."""
    withdraw(1)
    withdraw(2)
    JournalEntry.objects.filter(sequence=2).delete()
    JournalHead.objects.update(next_sequence=2)
    assert journal.standing() is Standing.JOURNAL_LOST
    JournalHead.objects.update(next_sequence=3, generation=uuid7(NOW))
    assert journal.standing() is Standing.JOURNAL_LOST
    JournalHead.objects.all().delete()
    assert journal.standing() is Standing.JOURNAL_LOST
    with pytest.raises(Unavailable):
        withdraw(3)
    with pytest.raises(Unavailable):
        journal.replay()
    journal.look_again()
    with pytest.raises(Unavailable):
        journal.refuse_until_replayed()


def test_the_journal_takes_ids_only():
    """No value of a person, no unknown kind, no narrowing outside its act."""
    with pytest.raises(BadInput), transaction.atomic():
        journal.narrow(KIND, facts={"n": 1, "phones": ["13800000000"]}, now=NOW)
    with pytest.raises(BadInput), transaction.atomic():
        journal.narrow("unknown", facts={}, now=NOW)
    with pytest.raises(BadInput), transaction.atomic():
        journal.narrow(KIND, facts={"items": ["a"] * 501}, now=NOW)
    with pytest.raises(BadInput):
        journal.narrow(KIND, facts={"n": 1}, now=NOW)
    assert not JournalEntry.objects.exists()


def test_entries_die_with_the_oldest_backup(monkeypatch):
    """Old ones go, the last ones stay to compare by."""
    monkeypatch.setattr(journal, "WINDOW", 2)
    for n in range(5):
        withdraw(n, now=NOW + timedelta(days=n))
    assert journal.forget(before=NOW + timedelta(days=30)) == 3
    assert journal.standing() is Standing.IN_STEP
