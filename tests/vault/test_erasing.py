# SPDX-License-Identifier: Apache-2.0
"""Ends of items: erased with their keys, restricted, begun periods; older formats; restored backups."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.vault import world
from tests.vault.world import NOW, collecting, using
from upheld import controls
from upheld.crypto import opening
from upheld.errors import Unavailable
from upheld.keys import service as keys
from upheld.policy.model.storage import Start
from upheld.storage import intents, journal
from upheld.vault import queries, seals, service
from upheld.vault.models import Access, SealedItem
from upheld.vault.values import Reader, ReaderKind, Selection

PLACES = "local-content"


@pytest.fixture
def subject(db):
    world.publish()
    who = world.grown("purpose:profile", f"purpose:{PLACES}", "permission:location")
    put(who, "profile", nickname="Mimi", occupation="baker")
    put(who, PLACES, **{"location.coarse": "Shanghai"})
    return who


def put(who, purpose, **values):
    return service.collect(ask=collecting(purpose, *values), data_subject_id=who, values=values, now=NOW)


def held(who, now=NOW):
    return {item.category for item in queries.metadata(who, now=now)}


def erase(who, **conditions):
    return service.erase_items(data_subject_id=who, selection=Selection(**conditions), now=NOW)


def alive(who):
    return {
        p.clause for p in keys.places(data_subject_id=who) if not p.is_destroyed and p.clause.startswith("storage.")
    }


def test_a_whole_erasure_leaves_neither_rows_nor_keys(subject):
    """Everything goes, the looks too; reading back finds nothing."""
    service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))
    other = world.grown("purpose:profile")
    put(other, "profile", nickname="Momo")
    done = erase(subject)
    assert (done.items, done.keys, done.left) == (3, 2, 0)
    assert held(subject) == set()
    assert alive(subject) == set()
    assert not Access.objects.filter(data_subject_id=subject).exists()
    assert held(other) == {"nickname"}
    assert erase(subject).items == 0


def test_a_part_goes_and_the_rest_stays_readable(subject):
    """Erasing one category leaves the others and the key that they need."""
    assert erase(subject, categories=frozenset({"nickname"})).keys == 0
    assert held(subject) == {"occupation", "location.coarse"}
    assert erase(subject, clauses=frozenset({"storage.location"})).keys == 1
    assert service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))["occupation"].value == "baker"


def test_a_hold_keeps_only_what_it_names(subject):
    """All goes but the clause under hold, with its key."""
    done = erase(subject, except_clauses=frozenset({"storage.location"}))
    assert (done.items, done.left) == (2, 0)
    assert held(subject) == {"location.coarse"}
    assert alive(subject) == {"storage.location"}


def test_expired_items_are_what_a_sweep_takes(subject):
    """A sweep at the end of the month takes the place and leaves the profile."""
    end = datetime(2026, 4, 1, 12, tzinfo=UTC)
    done = service.erase_items(data_subject_id=subject, selection=Selection(expired_at=end), now=end)
    assert (done.items, done.keys, held(subject)) == (1, 1, {"nickname", "occupation"})


def test_keys_are_destroyed_by_a_worker_when_the_process_died(subject, monkeypatch):
    """Killed between rows and keys, the intent is at risk, the erasure not done, and a worker ends it."""
    from upheld.vault import erasing

    monkeypatch.setattr(erasing, "_carry_out", lambda intent, now: 0)
    erase(subject, clauses=frozenset({"storage.location"}))
    left = service.leftovers(data_subject_id=subject, selection=Selection(clauses=frozenset({"storage.location"})))
    assert (left.rows, left.keys) == (0, 1)
    [intent] = intents.unsettled(before=NOW + timedelta(seconds=1))
    assert erasing._resume(intent, NOW) == "destroyed"
    assert "storage.location" not in alive(subject)


def test_a_restored_backup_revives_nothing(subject):
    """The rows and keys of an older backup come back, nothing is served until the journal is replayed, then they go."""
    backup = list(SealedItem.objects.all())
    erase(subject, categories=frozenset({"nickname"}))
    journal.JournalEntry.objects.update(status="done")
    journal.Narrowed.objects.all().delete()
    SealedItem.objects.bulk_create([row for row in backup if row.category == "nickname"])
    journal.look_again()
    with pytest.raises(Unavailable):
        service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))
    with controls.without("storage.restore_revives_nothing"):
        assert "nickname" in service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))
    journal.replay()
    journal.look_again()
    assert set(service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))) == {
        "occupation",
        "location.coarse",
    }


def test_restricted_items_are_stored_and_nothing_else(subject):
    """A restricted item is kept, shown to its person, and used for nothing until the restriction ends."""
    chosen = Selection(categories=frozenset({"nickname"}))

    def used():
        ask = using("profile", "nickname", "occupation")
        return set(service.open_items(ask=ask, data_subject_id=subject, now=NOW, by=Reader(kind=ReaderKind.SERVICE)))

    assert service.restrict_items(data_subject_id=subject, selection=chosen, now=NOW) == 1
    assert used() == {"occupation"}
    assert "nickname" in service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))
    with controls.without("gate.restricted_stops_use"):
        assert used() == {"nickname", "occupation"}
    assert service.unrestrict_items(data_subject_id=subject, selection=chosen, now=NOW) == 1
    assert used() == {"nickname", "occupation"}


def test_a_period_from_the_cancellation_begins_with_it(subject):
    """The profile has no end until the account is cancelled; then it has 180 days."""
    assert service.begin_period(data_subject_id=subject, start=Start.CANCELLATION, now=NOW) == 2
    ends = {item.category: item.expires_at for item in queries.metadata(subject, now=NOW)}
    assert ends["nickname"] == NOW + timedelta(days=180)
    assert held(subject, now=NOW + timedelta(days=180)) == set()
    assert service.begin_period(data_subject_id=subject, start=Start.CANCELLATION, now=NOW + timedelta(days=9)) == 0


def _in_format_1(key, text, associated_data):
    """What version 1 wrote; the room of cryptography reads it and writes it no more."""
    nonce, header = b"\x07" * 12, bytes((1, 1))
    framed = opening._V1_FRAME + len(associated_data).to_bytes(4, "big") + associated_data
    return header + nonce + AESGCM(key).encrypt(nonce, text.encode(), framed)


def test_an_older_format_opens_and_is_resealed(subject):
    """A row that an earlier release sealed still opens, and a step brings it to the present format."""
    row = SealedItem.objects.get(category="nickname")
    place = seals.item_place(row.id, subject, "nickname")
    old = _in_format_1(keys.load(row.key_id).secret, "Mimi", place.bytes)
    SealedItem.objects.filter(id=row.id).update(sealed=old, sealed_format=1)
    assert service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))["nickname"].value == "Mimi"
    step = service.reseal_step(now=NOW, limit=10)
    assert (step.resealed, step.skipped, step.after) == (1, 0, None)
    row.refresh_from_db()
    assert (row.sealed_format, bytes(row.sealed)[0]) == (2, 2)
    assert service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))["nickname"].value == "Mimi"
    assert service.reseal_step(now=NOW).resealed == 0


def test_nothing_is_stored_in_clear(subject):
    """Every row begins with a known sealed format; one that does not is counted."""
    assert (queries.held_count(), queries.unsealed_count()) == (3, 0)
    SealedItem.objects.filter(category="nickname").update(sealed=b"Mimi")
    assert queries.unsealed_count() == 1


def test_people_are_found_by_staff_with_a_reason(subject):
    """An exact identifier leads to its person, who then sees the look."""
    keys.bind(kind="phone", normalized="+8613800000001", data_subject_id=subject, now=NOW)

    def find(reader, number="+8613800000001"):
        return service.find_subject(kind="phone", normalized=number, purpose="support", now=NOW, by=reader)

    assert find(world.staff()) == subject
    assert [seen.purpose for seen in queries.accesses(subject)] == ["support"]
    assert find(world.staff(), "+8613800000002") is None
    from upheld.errors import Forbidden

    with pytest.raises(Forbidden):
        find(world.staff(reason=""))
    with controls.without("vault.staff_open_with_reason"):
        assert find(world.staff(reason="")) == subject


def test_a_version_that_keeps_less_shortens_what_is_held(subject):
    """Bound to a version that keeps places for ten days, an older place ends after ten days; longer changes nothing."""
    assert b"keep: 1 month" in world.POLICY.read_bytes()
    text = world.POLICY.read_bytes().replace(b"version: 1\n", b"version: 2\n", 1)
    world.publish(text.replace(b"keep: 1 month", b"keep: 10 days"), effective_at=NOW)
    world.publish(
        text.replace(b"version: 2\n", b"version: 3\n", 1).replace(b"keep: 1 month", b"keep: 1 year"), effective_at=NOW
    )
    assert service.shorten_periods(data_subject_id=subject, version=3, now=NOW) == 0
    assert service.shorten_periods(data_subject_id=subject, version=2, now=NOW) == 1
    assert "location.coarse" in held(subject, now=NOW + timedelta(days=9))
    assert "location.coarse" not in held(subject, now=NOW + timedelta(days=10))


def test_a_period_from_the_last_use_begins_anew_with_each(subject):
    """What is kept for a month from its last use stays as long as it is used, and a staff look is no use."""
    text = world.POLICY.read_bytes().replace(b"version: 1\n", b"version: 2\n", 1)
    before, storage, after = text.partition(b"\nstorage:\n")
    head, location, tail = after.partition(b"\n  location:\n")
    tail = tail.replace(b"from: collection", b"from: last-use", 1)
    world.publish(before + storage + head + location + tail, effective_at=NOW)
    who = world.grown(f"purpose:{PLACES}", "permission:location", version=2)
    put(who, PLACES, **{"location.coarse": "Shanghai"})

    def use(now):
        ask = using(PLACES, "location.coarse")
        return service.open_items(ask=ask, data_subject_id=who, now=now, by=Reader(id=who))

    assert use(NOW + timedelta(days=20))
    assert use(NOW + timedelta(days=45))
    service.copy_of(data_subject_id=who, now=NOW + timedelta(days=60), by=Reader(id=who))
    assert not use(NOW + timedelta(days=80))
