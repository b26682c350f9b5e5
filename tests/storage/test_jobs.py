# SPDX-License-Identifier: Apache-2.0
"""Durable steps: retries, timers, turns, fencing, and what a job may carry."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from upheld.clock import SimulatedClock
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, NotFound
from upheld.storage.intents import EffectIntent
from upheld.storage.jobs import Worker, done, engine, enqueue, every, job, queue, registry, revive, then
from upheld.storage.jobs.models import JobRun, JobStatus, JobStep

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(registry, "_steps", {})
    monkeypatch.setattr(registry, "_schedules", {})


@pytest.fixture
def clock():
    return SimulatedClock(NOW)


@pytest.fixture
def worker(clock):
    return Worker(clock, system_clock=clock, lease=LEASE)


def effect(name="effect"):
    EffectIntent.objects.create(effect_id=uuid7(NOW), kind=name, facts={}, intended_at=NOW)


def effects():
    return EffectIntent.objects.count()


def run_of(key="k"):
    return JobRun.objects.get(key=key)


def test_steps_follow_one_another_with_their_state(worker):
    """Each step gets what the one before handed over; each has its checkpoint."""
    seen = []

    @job("trial")
    def start(step):
        seen.append((step.name, dict(step.state), step.arguments["n"]))
        return then("finish", {"after": 7})

    @job("trial", "finish")
    def finish(step):
        seen.append((step.name, dict(step.state), step.arguments["n"]))
        return done()

    enqueue("trial", key="k", arguments={"n": 1}, now=NOW)
    assert worker.run_until_idle() == 1
    assert seen == [("start", {}, 1), ("finish", {"after": 7}, 1)]
    assert run_of().status == JobStatus.DONE
    assert list(JobStep.objects.order_by("number").values_list("name", flat=True)) == ["start", "finish"]


def test_one_key_is_one_run(worker):
    """Enqueued twice, even after it ended, it runs once."""
    job("trial")(lambda step: (effect(), done())[1])
    first = enqueue("trial", key="k", now=NOW)
    assert enqueue("trial", key="k", now=NOW) == first
    worker.run_until_idle()
    assert enqueue("trial", key="k", now=NOW) == first
    worker.run_until_idle()
    assert effects() == 1


def test_a_step_that_fails_is_undone_and_tried_again_later(worker, clock):
    """What it wrote is gone; it waits; the second try counts as attempt 2."""
    attempts = []

    @job("trial")
    def start(step):
        attempts.append(step.attempt)
        effect()
        if len(attempts) == 1:
            raise ZeroDivisionError("a secret value")
        return done()

    enqueue("trial", key="k", now=NOW)
    worker.run_until_idle()
    assert (effects(), run_of().status, run_of().last_error) == (0, "ready", "ZeroDivisionError")
    clock.advance(timedelta(seconds=2))
    worker.run_until_idle()
    assert (effects(), run_of().status, attempts) == (1, "done", [1, 2])


def test_a_step_that_never_works_is_laid_aside_in_plain_sight(worker, clock):
    """After the last try it is dead and listed; revived, it tries again."""
    works = []

    @job("trial")
    def start(step):
        if not works:
            raise BadInput("no")
        return done()

    run_id = enqueue("trial", key="k", now=NOW)
    for _ in range(queue.MOST_ATTEMPTS):
        worker.run_until_idle()
        clock.advance(timedelta(hours=2))
    assert [(d.run_id, d.attempts, d.last_error) for d in queue.dead_runs()] == [(run_id, 8, "bad_input")]
    assert queue.counts() == {"dead": 1}
    assert worker.run_once() is False
    works.append(1)
    revive(run_id, now=clock.now())
    worker.run_until_idle()
    assert run_of().status == "done"
    with pytest.raises(NotFound):
        revive(run_id, now=NOW)


def test_a_timer_waits_for_policy_time(worker, clock):
    """Neither a run nor a later step begins before its moment."""

    @job("trial")
    def start(step):
        effect()
        return then("late", at=step.now + timedelta(days=2))

    job("trial", "late")(lambda step: (effect(), done())[1])
    enqueue("trial", key="k", now=NOW, run_at=NOW + timedelta(days=1))
    counted = []
    for _ in range(4):
        worker.run_until_idle()
        counted.append(effects())
        clock.advance(timedelta(days=1))
    assert counted == [0, 1, 1, 2]


def test_an_outside_step_keeps_its_effect_id_at_every_try(worker, clock):
    """A gateway that saw the id before knows it again; the outcome commits with the checkpoint."""
    seen = []

    @job("trial", outside=True)
    def start(step):
        seen.append(step.effect_id)
        if len(seen) == 1:
            raise TimeoutError
        return lambda: (effect(), done())[1]

    enqueue("trial", key="k", now=NOW)
    worker.run_until_idle()
    clock.advance(timedelta(minutes=1))
    worker.run_until_idle()
    assert len(seen) == 2
    assert len(set(seen)) == 1
    assert (effects(), run_of().status) == (1, "done")


def test_a_worker_that_slept_through_its_lease_changes_nothing(worker, clock):
    """Another took the run over while the first was in its step: the first is fenced and its effect undone."""
    taken = []

    @job("trial")
    def start(step):
        effect()
        return done()

    enqueue("trial", key="k", now=NOW)
    slow = queue.claim(now=NOW, system_now=NOW, lease=LEASE)
    assert queue.claim(now=NOW, system_now=NOW + LEASE, lease=LEASE) is None
    fast = queue.claim(now=NOW, system_now=NOW + LEASE * 2, lease=LEASE)
    assert fast.token > slow.token
    assert worker._try_step(slow) is False
    assert (effects(), run_of().status) == (0, "running")
    with pytest.raises(queue.Fenced):
        queue.fail(slow, code="late", now=NOW)
    queue.release(slow)
    assert run_of().lease_token == fast.token
    worker._try_step(fast)
    assert (effects(), run_of().status, taken) == (1, "done", [])


def test_the_token_is_checked_in_the_effects_own_transaction(worker, clock):
    """Overtaken between an outside effect and its checkpoint, a worker writes no outcome."""

    @job("trial", outside=True)
    def start(step):
        queue.claim(now=NOW, system_now=NOW + LEASE * 2, lease=LEASE)
        return lambda: (effect(), done())[1]

    enqueue("trial", key="k", now=NOW)
    mine = queue.claim(now=NOW, system_now=NOW, lease=LEASE)
    assert worker._try_step(mine) is False
    assert (effects(), run_of().status) == (0, "running")


def test_a_step_that_kills_its_worker_ends_dead(worker, clock):
    """Eight workers lost on one step: it is laid aside, and other jobs go on."""
    job("trial")(lambda step: done())
    enqueue("trial", key="poison", now=NOW)
    for lost in range(queue.MOST_ATTEMPTS):
        assert queue.claim(now=NOW, system_now=NOW + LEASE * 2 * lost, lease=LEASE) is not None
    enqueue("trial", key="k", now=NOW)
    clock.advance(LEASE * 2 * queue.MOST_ATTEMPTS)
    worker.run_until_idle()
    assert (run_of("poison").status, run_of("poison").last_error, run_of().status) == ("dead", "worker_lost", "done")


def test_a_long_run_lets_others_have_their_turn(worker, monkeypatch):
    """After its steps for one turn a run goes back in line."""
    monkeypatch.setattr(engine, "STEPS_IN_A_TURN", 3)
    order = []

    @job("long")
    def long(step):
        order.append("long")
        return done() if step.state.get("n", 0) == 6 else then(state={"n": step.state.get("n", 0) + 1})

    @job("short")
    def short(step):
        order.append("short")
        return done()

    enqueue("long", key="long", now=NOW)
    enqueue("short", key="short", now=NOW)
    assert worker.run_until_idle() == 4
    assert order.count("long") == 7
    assert order.index("short") < 7


def test_a_job_comes_round_once_in_its_interval(worker, clock):
    """Two workers, many passes: one run an interval; skipped intervals are not made up for."""
    job("round")(lambda step: (effect(), done())[1])
    every("round", timedelta(hours=1))
    other = Worker(clock, system_clock=clock)
    for _ in range(3):
        worker.run_until_idle()
        other.run_until_idle()
    assert effects() == 1
    clock.advance(timedelta(hours=5))
    worker.run_until_idle()
    assert effects() == 2
    assert queue.tidy(before=clock.now() + timedelta(days=1)) > 0
    assert JobRun.objects.count() == 0


@pytest.mark.parametrize(
    "arguments",
    [
        {"name": "张三"},
        {"phone": "13800000000"},
        {"phone": "+8613800000000"},
        {"mail": "someone@mail.example"},
        {"share": 0.5},
        {"nothing": None},
        {"list": ["a"]},
        {"text": "two words"},
        {str(n): "x" * 100 for n in range(20)},
    ],
    ids=["name", "phone", "phone with code", "mail", "fraction", "none", "list", "text", "size"],
)
def test_a_job_carries_ids_only(arguments):
    """What could be a person's value is refused; ids and numbers pass."""
    job("trial")(lambda step: done())
    enqueue("trial", key="good", now=NOW, arguments={"id": str(uuid7(NOW)), "n": 1, "yes": True, "c": "storage.photos"})
    with pytest.raises(BadInput) as caught:
        enqueue("trial", key="bad", now=NOW, arguments=arguments)
    assert not any(str(value) in str(caught.value) for value in arguments.values() if isinstance(value, str))
    assert not JobRun.objects.filter(key="bad").exists()


def test_unknown_jobs_and_steps(worker):
    """An unknown job is refused; a step that is gone fails in sight; a name is registered once."""
    with pytest.raises(BadInput):
        enqueue("nobody", key="k", now=NOW)
    job("trial")(lambda step: then("gone"))
    enqueue("trial", key="k", now=NOW)
    worker.run_until_idle()
    assert (run_of().status, run_of().step, run_of().last_error) == ("ready", "gone", "bad_input")
    with pytest.raises(BadInput):
        job("trial")(print)
    with pytest.raises(BadInput):
        every("trial", timedelta(milliseconds=1))


def test_a_step_must_say_what_comes_next(worker):
    """Silence is a failure, not an end."""
    job("trial")(lambda step: None)
    enqueue("trial", key="k", now=NOW)
    worker.run_until_idle()
    assert (run_of().status, run_of().last_error) == ("ready", "bad_input")


def test_a_worker_serves_until_it_is_told_to_stop(worker):
    """It does what is due, then waits."""
    stop = threading.Event()

    @job("trial")
    def start(step):
        stop.set()
        return done()

    enqueue("trial", key="k", now=NOW)
    worker.serve(stop, idle_seconds=0)
    assert run_of().status == "done"


def test_a_worker_outlives_a_database_that_is_away(worker, monkeypatch):
    """A fault of the database is waited out."""
    from upheld.storage.errors import Unreachable

    stop = threading.Event()
    calls = []

    def once():
        calls.append(1)
        if len(calls) == 2:
            stop.set()
        raise Unreachable("away")

    monkeypatch.setattr(worker, "run_once", once)
    monkeypatch.setattr(engine, "close_old_connections", lambda: None)
    worker.serve(stop, idle_seconds=0)
    assert len(calls) == 2


def test_endless_work_is_named(worker):
    """A bound that is reached is said, not hidden."""
    from upheld.errors import UpheldError

    job("trial")(lambda step: done())
    enqueue("trial", key="k", now=NOW)
    with pytest.raises(UpheldError, match="still due"):
        worker.run_until_idle(most=1)
