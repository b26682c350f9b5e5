# SPDX-License-Identifier: Apache-2.0
"""Effects across databases: an intent first, one outcome, nothing forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from upheld.clock import SimulatedClock
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.storage import intents
from upheld.storage.jobs import Worker
from upheld.storage.jobs.models import JobRun

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def done_outside(monkeypatch):
    """A place outside the database, and who resumes effects on it."""
    monkeypatch.setattr(intents, "_resumers", {})
    outside = []

    @intents.resumes("trial")
    def resume(intent, now):
        if intent.effect_id not in outside:
            outside.append(intent.effect_id)
        return lambda: "delivered"

    return outside


@pytest.fixture
def worker():
    clock = SimulatedClock(NOW + timedelta(minutes=1))
    return Worker(clock, system_clock=clock)


def at_risk():
    return [intent.effect_id for intent in intents.unsettled(before=NOW + timedelta(hours=1))]


def test_an_intent_without_outcome_is_at_risk_until_it_is_resumed(done_outside, worker):
    """Whoever intended died before the effect: a worker does it and writes the outcome."""
    effect_id = uuid7(NOW)
    intents.intend("trial", effect_id, facts={"n": 1}, now=NOW)
    assert at_risk() == [effect_id]
    worker.run_until_idle()
    assert (done_outside, at_risk()) == ([effect_id], [])
    assert intents.EffectIntent.objects.get().outcome == "delivered"


def test_an_effect_that_was_done_before_the_crash_is_not_doubled(done_outside, worker):
    """Died between effect and outcome: resumed under the same id, it is the same effect."""
    effect_id = uuid7(NOW)
    intents.intend("trial", effect_id, facts={}, now=NOW)
    done_outside.append(effect_id)
    worker.run_until_idle()
    assert done_outside == [effect_id]
    assert at_risk() == []


def test_a_settled_intent_is_left_alone(done_outside, worker):
    """Its outcome stands; a worker finds nothing to do; another outcome is refused."""
    effect_id = uuid7(NOW)
    intents.intend("trial", effect_id, facts={}, now=NOW)
    intents.settle(effect_id, outcome="refused", now=NOW)
    intents.settle(effect_id, outcome="refused", now=NOW)
    with pytest.raises(Conflict):
        intents.settle(effect_id, outcome="delivered", now=NOW)
    worker.run_until_idle()
    assert done_outside == []
    assert JobRun.objects.get(kind="storage.resume_intent").status == "done"


def test_one_id_is_one_effect(done_outside):
    """Intended again it is the same; with other facts it is refused."""
    effect_id = uuid7(NOW)
    first = intents.intend("trial", effect_id, facts={"n": 1}, now=NOW)
    assert intents.intend("trial", effect_id, facts={"n": 1}, now=NOW + timedelta(hours=1)) == first
    with pytest.raises(Conflict):
        intents.intend("trial", effect_id, facts={"n": 2}, now=NOW)
    with pytest.raises(NotFound):
        intents.settle(uuid7(NOW), outcome="delivered", now=NOW)


def test_what_nobody_could_resume_is_not_intended(done_outside):
    """An unknown kind, or facts that are no ids, are refused before anything happens."""
    with pytest.raises(BadInput):
        intents.intend("unknown", uuid7(NOW), facts={}, now=NOW)
    with pytest.raises(BadInput):
        intents.intend("trial", uuid7(NOW), facts={"phone": "13800000000"}, now=NOW)
    assert at_risk() == []
