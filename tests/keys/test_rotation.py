# SPDX-License-Identifier: Apache-2.0
"""Rotation as a job."""

from datetime import UTC, datetime, timedelta

import pytest

from upheld.clock import SimulatedClock
from upheld.crypto.randomness import uuid7
from upheld.keys import epochs, rotation, service
from upheld.ledger import entries
from upheld.storage.jobs import Worker
from upheld.storage.jobs.models import JobRun
from upheld.storage.ledger_models import EvidenceIntake
from upheld.terms import DataSubjectId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.UPHELD = {**settings.UPHELD, "PROVIDER_KEYS": tmp_path / "provider-keys"}


@pytest.fixture
def clock():
    return SimulatedClock(NOW)


@pytest.fixture
def keys(monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    monkeypatch.setattr(rotation, "_BATCHES_IN_A_STEP", 2)
    return [service.data_key(data_subject_id=DataSubjectId(uuid7(NOW)), clause="c", now=NOW)[1] for _ in range(7)]


def evidence():
    rows = EvidenceIntake.objects.values_list("leaf", flat=True)
    found = [entries.read(bytes(leaf)) for leaf in rows]
    return sorted((e.kind, tuple(sorted(e.facts.items()))) for e in found if e.kind.startswith("keys."))


def test_a_rotation_opens_rewraps_and_retires(clock, keys):
    """Every key stays the same; the old provider key goes after an hour; each stage has its evidence."""
    run = rotation.rotate(now=NOW)
    assert rotation.rotate(now=NOW) == run
    worker = Worker(clock, system_clock=clock)
    worker.run_until_idle()
    assert [(e.live_keys, e.is_retired) for e in epochs.epochs()] == [(0, False), (7, False)]
    clock.advance(timedelta(hours=1))
    worker.run_until_idle()
    assert [(e.live_keys, e.is_retired) for e in epochs.epochs()] == [(0, True), (7, False)]
    assert JobRun.objects.get(id=run).status == "done"
    assert service.load_many([key.key_id for key in keys]) == {key.key_id: key for key in keys}
    assert evidence() == [
        ("keys.epoch.opened", (("epoch", 2),)),
        ("keys.epoch.retired", (("epoch", 2), ("retired", [1]))),
        ("keys.epoch.rewrapped", (("epoch", 2), ("keys", 7))),
    ]


def test_a_rotation_killed_after_its_epoch_opened_opens_no_other(clock, keys):
    """The step is done again and finds what it did."""
    rotation.rotate(now=NOW)
    epochs.rotate(now=NOW, after=1)
    Worker(clock, system_clock=clock).run_until_idle()
    assert [e.number for e in epochs.epochs()] == [1, 2]
    assert epochs.epochs()[1].live_keys == 7


def test_a_key_that_was_wrapped_late_delays_the_retirement(clock, keys, monkeypatch):
    """A transaction that began under the old epoch finished after the rewrapping: its key is rewrapped too."""
    rotation.rotate(now=NOW)
    worker = Worker(clock, system_clock=clock)
    worker.run_until_idle()
    old = epochs.KeyEpoch.objects.get(number=1)
    with monkeypatch.context() as patched:
        patched.setattr(service, "current", lambda now: old)
        late = service.data_key(data_subject_id=DataSubjectId(uuid7(NOW)), clause="c", now=NOW)[1]
    clock.advance(timedelta(hours=1))
    worker.run_until_idle()
    clock.advance(timedelta(hours=1))
    worker.run_until_idle()
    assert [(e.live_keys, e.is_retired) for e in epochs.epochs()] == [(0, True), (8, False)]
    assert service.load(late.key_id) == late
