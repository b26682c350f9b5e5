# SPDX-License-Identifier: Apache-2.0
"""Let four workers race for the same jobs, one of them killed again and again, and count what was done.

python workers_racing.py HOME RUNS
"""

import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta

from scratch import close, in_child, set_up

HOME, RUNS = sys.argv[1], int(sys.argv[2])
NOW = datetime(2026, 3, 1, tzinfo=UTC)
set_up(HOME)

from upheld.clock import SimulatedClock  # noqa: E402
from upheld.crypto.randomness import uuid7  # noqa: E402
from upheld.storage.intents import EffectIntent  # noqa: E402
from upheld.storage.jobs import Worker, done, enqueue, job, then  # noqa: E402
from upheld.storage.jobs.models import JobRun, JobStep  # noqa: E402


@job("race")
def start(step):
    name = f"{step.arguments['trial']}.{step.state.get('turn', 0)}"
    EffectIntent.objects.create(effect_id=uuid7(NOW), kind=name, facts={}, intended_at=NOW)
    turn = step.state.get("turn", 0) + 1
    return done() if turn == 4 else then(state={"turn": turn})


def fill():
    for number in range(RUNS):
        enqueue("race", key=f"race:{number}", arguments={"trial": number}, now=NOW)


def race():
    worker = Worker(SimulatedClock(NOW), lease=timedelta(seconds=0.3))
    while JobRun.objects.filter(kind="race").exclude(status="done").exists():
        if not worker.run_once():
            time.sleep(0.02)


def check():
    assert JobRun.objects.filter(kind="race", status="done").count() == RUNS, list(
        JobRun.objects.filter(kind="race").exclude(status="done").values_list("status", "last_error")
    )
    effects = list(EffectIntent.objects.values_list("kind", flat=True))
    assert len(effects) == len(set(effects)) == RUNS * 4, (len(effects), len(set(effects)))
    assert JobStep.objects.filter(run__kind="race").count() == RUNS * 4


def child():
    close()
    pid = os.fork()
    if pid == 0:
        try:
            race()
        finally:
            os._exit(0)
    return pid


assert in_child(fill) == 0
steady = [child() for _ in range(3)]
kills = 0
for delay in (0.05, 0.1, 0.03, 0.2, 0.08, 0.15):
    victim = child()
    time.sleep(delay)
    os.kill(victim, signal.SIGKILL)
    kills += os.waitstatus_to_exitcode(os.waitpid(victim, 0)[1]) == -9
for pid in steady:
    os.waitpid(pid, 0)
assert in_child(check) == 0
print(kills)
