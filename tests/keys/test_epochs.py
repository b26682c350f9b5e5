# SPDX-License-Identifier: Apache-2.0
"""Rotation while serving."""

from datetime import UTC, datetime, timedelta

import pytest

from upheld.crypto.faults import SealBroken
from upheld.crypto.randomness import uuid7
from upheld.errors import Conflict
from upheld.keys import epochs, service
from upheld.keys.faults import ProviderUnfit
from upheld.keys.models import KeyEpoch, PersonKey
from upheld.terms import DataSubjectId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.UPHELD = {**settings.UPHELD, "PROVIDER_KEYS": tmp_path / "provider-keys"}


def make(count: int = 1):
    return [
        service.data_key(data_subject_id=DataSubjectId(uuid7(NOW)), clause="c", period=period, now=NOW)[1]
        for period in ["", "2026-03"] * count
    ]


def rewrap_all(limit=3):
    steps = 0
    while epochs.rewrap_step(limit=limit):
        steps += 1
    return steps


def test_keys_survive_a_rotation_unchanged():
    """Before, during and after it every key reads the same; new keys are of the new epoch."""
    made = make(4)
    ids = [key.key_id for key in made]
    wrapped = dict(PersonKey.objects.values_list("id", "wrapped"))
    assert epochs.rotate(now=LATER) == 2
    assert service.load_many(ids) == {key.key_id: key for key in made}
    epochs.rewrap_step(limit=3)
    assert [e.live_keys for e in epochs.epochs()] == [5, 3]
    assert service.load_many(ids) == {key.key_id: key for key in made}
    assert rewrap_all() == 2
    assert service.load_many(ids) == {key.key_id: key for key in made}
    assert [(e.number, e.live_keys, e.is_open) for e in epochs.epochs()] == [(1, 0, False), (2, 8, True)]
    assert all(bytes(wrapped[k]) != bytes(w) for k, w in PersonKey.objects.values_list("id", "wrapped"))
    make()
    assert epochs.epochs()[1].live_keys == 10


def test_a_destroyed_key_stays_destroyed():
    """Rewrapping takes nothing back."""
    lost, kept = make()
    service.destroy(key_ids=[lost.key_id], now=NOW)
    epochs.rotate(now=LATER)
    rewrap_all()
    assert set(service.load_many([lost.key_id, kept.key_id])) == {kept.key_id}
    assert bytes(PersonKey.objects.get(id=lost.key_id).wrapped) == b""


def test_an_older_copy_of_the_store_dies_with_its_epoch():
    """With the copy's rows put back, the key opens before the epoch is retired and never after."""
    (key, _) = make()
    copy = PersonKey.objects.get(id=key.key_id)
    epochs.rotate(now=LATER)
    rewrap_all()
    service.destroy(key_ids=[key.key_id], now=LATER)
    copy.save()
    assert service.load(key.key_id) == key
    service.destroy(key_ids=[key.key_id], now=LATER)
    assert epochs.retire(now=LATER) == []
    assert epochs.retire(now=LATER + timedelta(hours=1)) == [1]
    assert epochs.retire(now=LATER + timedelta(hours=2)) == []
    copy.save()
    with pytest.raises(ProviderUnfit):
        service.load(key.key_id)
    KeyEpoch.objects.update(retired_at=None)  # the copy's epoch row, too, is from before
    with pytest.raises(ProviderUnfit):
        service.load(key.key_id)


def test_an_epoch_that_still_wraps_keys_is_not_retired():
    """Giving its key up would erase people who asked for nothing."""
    made = make(2)
    epochs.rotate(now=LATER)
    epochs.rewrap_step(limit=1)
    assert epochs.retire(now=LATER + timedelta(days=1)) == []
    assert len(service.load_many([key.key_id for key in made])) == 4


def test_a_retirement_that_was_cut_short_is_finished(tmp_path):
    """Marked but not given up: the next call gives it up."""
    make()
    epochs.rotate(now=LATER)
    rewrap_all()
    KeyEpoch.objects.filter(number=1).update(retired_at=LATER)
    assert len(list((tmp_path / "provider-keys").iterdir())) == 2
    epochs.retire(now=LATER + timedelta(days=1))
    assert len(list((tmp_path / "provider-keys").iterdir())) == 1


def test_two_rotations_at_once_make_one_epoch(monkeypatch, tmp_path):
    """The slower one is told, and leaves no key behind."""
    make()
    first = KeyEpoch.objects.get(number=1)
    assert epochs.rotate(now=LATER) == 2
    with pytest.raises(Conflict):
        epochs._open(2, epochs.provider(), LATER)
    assert len(list((tmp_path / "provider-keys").iterdir())) == 2
    assert KeyEpoch.objects.get(number=1).provider_key_ref == first.provider_key_ref


def test_two_first_epochs_at_once_are_one():
    """Whoever comes second uses the first's."""
    one = epochs.current(NOW)
    assert epochs._open(1, epochs.provider(), NOW).provider_key_ref == one.provider_key_ref


def test_nothing_to_rewrap():
    """Without epochs, or without older keys, a step does nothing."""
    assert epochs.rewrap_step() == 0
    assert service.open_first_epoch(now=NOW) == 1
    assert service.open_first_epoch(now=NOW) == 1
    make()
    assert epochs.rewrap_step() == 0


def test_an_epoch_of_another_provider_is_named(settings):
    """Switching providers needs a rotation while the former is still configured."""
    (key, _) = make()
    settings.UPHELD = {**settings.UPHELD, "PROVIDER_KEYS_GIVEN": {"a": b"a" * 32}}
    with pytest.raises(ProviderUnfit, match="'file'"):
        service.load(key.key_id)


def test_a_row_moved_to_another_epoch_does_not_unwrap():
    """The epoch is bound into the wrapped key."""
    (key, _) = make()
    epochs.rotate(now=LATER)
    PersonKey.objects.filter(id=key.key_id).update(epoch=2)
    with pytest.raises(SealBroken):
        service.load(key.key_id)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_scrubbing_leaves_no_trace_in_the_log_file():
    """After `scrub` SQLite's write-ahead log is empty; on PostgreSQL the dead rows are vacuumed."""
    (key, _) = make()
    service.destroy(key_ids=[key.key_id], now=NOW)
    service.scrub()
    assert service.load_many([key.key_id]) == {}
