# SPDX-License-Identifier: Apache-2.0
"""Keys of people."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from upheld.crypto.randomness import uuid7
from upheld.keys import service
from upheld.keys.faults import AlreadyBound, KeyGone
from upheld.ledger import entries
from upheld.keys.models import BlindIndex, PersonKey
from upheld.storage.errors import Duplicate
from upheld.terms import DataSubjectId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALL = ["default", "keys", "journal"]
pytestmark = pytest.mark.django_db(databases=ALL)


def person() -> DataSubjectId:
    return DataSubjectId(uuid7(NOW))


def key(subject: DataSubjectId, clause: str = "storage.profile", period: str = ""):
    return service.data_key(data_subject_id=subject, clause=clause, period=period, now=NOW)


def test_a_clause_keeps_one_key_for_a_person():
    """Asking twice gives the same key; another clause, month or person gives another."""
    subject = person()
    key_id, first = key(subject)
    again_id, again = key(subject)
    others = [key(subject, "storage.orders"), key(subject, period="2026-03"), key(person())]
    assert (key_id, first) == (again_id, again)
    assert len({first.secret, *(other.secret for _, other in others)}) == 4
    assert service.load(key_id) == first


def test_a_key_is_stored_wrapped_and_never_printed():
    """Neither the row nor the value's text holds the key."""
    key_id, made = key(person())
    row = PersonKey.objects.get(id=key_id)
    assert made.secret not in bytes(row.wrapped)
    assert made.secret.hex() not in repr(made)
    assert str(made.secret) not in repr(made)


def test_a_destroyed_key_is_gone_and_its_bytes_are_overwritten():
    """Destroying is final, counts once, and leaves the other keys alone."""
    subject = person()
    lost, _ = key(subject)
    kept, _ = key(subject, "storage.orders")
    assert service.destroy(key_ids=[lost], now=NOW) == 1
    assert service.destroy(key_ids=[lost], now=NOW) == 0
    assert bytes(PersonKey.objects.get(id=lost).wrapped) == b""
    with pytest.raises(KeyGone):
        service.load(lost)
    assert set(service.load_many([lost, kept])) == {kept}
    assert [place.is_destroyed for place in service.places(data_subject_id=subject)] == [False, True]


def test_after_destruction_a_new_key_is_another_one():
    """A person who comes back gets a fresh key, never the old one."""
    subject = person()
    old_id, old = key(subject)
    service.destroy(key_ids=[old_id], now=NOW)
    new_id, new = key(subject)
    assert new_id != old_id
    assert new.secret != old.secret


def test_a_wrapped_key_put_in_another_row_does_not_unwrap():
    """Whoever writes the table cannot hand one person another's key."""
    from upheld.crypto.faults import SealBroken

    mine, _ = key(person())
    theirs, _ = key(person())
    PersonKey.objects.filter(id=mine).update(wrapped=PersonKey.objects.get(id=theirs).wrapped)
    with pytest.raises(SealBroken):
        service.load(mine)


def test_two_makers_of_one_key_end_with_the_same(monkeypatch):
    """A race on the first key of a clause is settled by the database."""
    subject = person()
    key_id, made = key(subject)
    seen = []
    honest = service.reading.live

    def blind_once(*args):
        seen.append(args)
        return None if len(seen) == 1 else honest(*args)

    monkeypatch.setattr(service.reading, "live", blind_once)
    assert key(subject) == (key_id, made)


def test_one_live_key_per_promise():
    """The database itself refuses a second live key for one promise."""
    key_id, _ = key(person())
    row = PersonKey.objects.get(id=key_id)
    row.id = uuid7(NOW)
    with pytest.raises(Duplicate):
        row.save(force_insert=True)


def test_an_identifier_leads_to_one_person():
    """Binding again is harmless, binding to another is refused, unbinding frees it."""
    first, second = person(), person()
    service.bind(kind="mobile", normalized="+8613800000000", data_subject_id=first, now=NOW)
    service.bind(kind="mobile", normalized="+8613800000000", data_subject_id=first, now=NOW)
    assert service.find("mobile", "+8613800000000") == first
    assert service.find("email", "+8613800000000") is None
    with pytest.raises(AlreadyBound):
        service.bind(kind="mobile", normalized="+8613800000000", data_subject_id=second, now=NOW)
    assert service.unbind(data_subject_id=first, kind="mobile", normalized="+8613800000000") == 1
    service.bind(kind="mobile", normalized="+8613800000000", data_subject_id=second, now=NOW)
    assert service.find("mobile", "+8613800000000") == second
    assert service.unbind(data_subject_id=second) == 1


def test_an_index_tells_nothing_of_its_identifier():
    """The stored bytes are neither the identifier nor its plain hash."""
    import hashlib

    service.bind(kind="mobile", normalized="+8613800000000", data_subject_id=person(), now=NOW)
    stored = bytes(BlindIndex.objects.get().index)
    assert b"138" not in stored
    assert stored != hashlib.sha256(b"+8613800000000").digest()


def test_entries_about_one_person_link_only_through_the_log_key():
    """Two references differ; the log key ties both to the person; once destroyed it ties no new one."""
    subject = person()
    one, two = service.subject_ref(subject, NOW), service.subject_ref(subject, NOW)
    held = service.log_key(subject, now=NOW)
    assert one.ref != two.ref
    assert held is not None
    assert [entries.subject_ref(held.secret, r.nonce) for r in (one, two)] == [one.ref, two.ref]
    service.destroy(key_ids=[held.key_id], now=NOW)
    later = service.subject_ref(subject, NOW + timedelta(days=1))
    assert len(later.ref) == len(one.ref)
    assert later.ref != entries.subject_ref(held.secret, later.nonce)
    assert service.log_key(subject, now=NOW) is None


def test_unknown_keys_are_gone():
    """An id that was never given out opens nothing."""
    with pytest.raises(KeyGone):
        service.load(UUID(int=1))
