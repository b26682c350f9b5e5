# SPDX-License-Identifier: Apache-2.0
"""Kill a worker at every line of the engine, start another, and count what was done.

python jobs_at_every_line.py HOME STRIDE
"""

import sys
from datetime import UTC, datetime, timedelta

from scratch import in_child, kill_self_at_line, set_up

HOME, STRIDE = sys.argv[1], int(sys.argv[2])
NOW = datetime(2026, 3, 1, tzinfo=UTC)
set_up(HOME)

from upheld.clock import SimulatedClock  # noqa: E402
from upheld.crypto.randomness import uuid7  # noqa: E402
from upheld.storage.intents import EffectIntent  # noqa: E402
from upheld.storage.jobs import Done, Worker, enqueue, job, then  # noqa: E402
from upheld.storage.jobs.models import JobRun, JobStep  # noqa: E402


def effect(step):
    EffectIntent.objects.create(
        effect_id=uuid7(NOW), kind=f"{step.arguments['trial']}.{step.name}", facts={}, intended_at=NOW
    )


@job("trial")
def first(step):
    effect(step)
    return then("outside", {"at": 1})


@job("trial", "outside", outside=True)
def second(step):
    def settle():
        effect(step)
        return then("late", {"at": 2}, at=NOW + timedelta(hours=1))

    return settle


@job("trial", "late")
def third(step):
    effect(step)
    return Done()


def work(number: int, *, killed: bool):
    clock = SimulatedClock(NOW)
    later = timedelta(0) if killed else timedelta(minutes=5)
    worker = Worker(clock, system_clock=SimulatedClock(NOW + later))
    if killed:
        kill_self_at_line(number, "upheld/storage/jobs")
    enqueue("trial", key=f"trial:{number}", arguments={"trial": number}, now=NOW)
    worker.run_until_idle()
    clock.advance(timedelta(hours=2))
    worker.run_until_idle()


def count(number: int):
    run = JobRun.objects.get(key=f"trial:{number}")
    assert run.status == "done", (number, run.status, run.step, run.last_error)
    assert JobStep.objects.filter(run_id=run.id).count() == 3, number
    effects = sorted(EffectIntent.objects.filter(kind__startswith=f"{number}.").values_list("kind", flat=True))
    assert effects == [f"{number}.{name}" for name in ("late", "outside", "start")], (number, effects)


def finish(number: int):
    work(number, killed=False)
    count(number)


number, kills = 1, 0
while True:
    code = in_child(lambda: work(number, killed=True))
    if code == 0:
        break
    assert code == -9, code
    kills += 1
    assert in_child(lambda: finish(number)) == 0, number
    number += STRIDE
print(kills)
