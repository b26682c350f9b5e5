# SPDX-License-Identifier: Apache-2.0
"""How many durable steps a worker does in a second, beside bare commits of one row in the same run.

python benchmarks/bench_jobs.py [--steps 2000] [--postgresql postgresql://postgres@127.0.0.1:5432]
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime

from bench_keys import ROOT, databases

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def run(steps: int) -> dict[str, object]:
    """Measure runs of one step, runs of many steps, and bare commits."""
    from django.db import connections, transaction

    from upheld.clock import SimulatedClock
    from upheld.crypto.randomness import uuid7
    from upheld.storage.intents import EffectIntent
    from upheld.storage.jobs import Worker, done, enqueue, job, then

    def effect():
        EffectIntent.objects.create(effect_id=uuid7(NOW), kind="bench", facts={}, intended_at=NOW)

    @job("bench.one")
    def one(step):
        effect()
        return done()

    @job("bench.many")
    def many(step):
        effect()
        left = step.arguments["steps"] - step.state.get("n", 0) - 1
        return then(state={"n": step.state.get("n", 0) + 1}) if left else done()

    found: dict[str, object] = {"database": connections["default"].vendor, "load_average": os.getloadavg()[0]}
    began = time.perf_counter()
    for _ in range(steps):
        with transaction.atomic():
            effect()
    found["bare_commits_per_s"] = round(steps / (time.perf_counter() - began))
    began = time.perf_counter()
    for n in range(steps):
        enqueue("bench.one", key=f"one:{n}", now=NOW)
    found["enqueued_per_s"] = round(steps / (time.perf_counter() - began))
    worker = Worker(SimulatedClock(NOW))
    began = time.perf_counter()
    worker.run_until_idle()
    found["runs_of_one_step_per_s"] = round(steps / (time.perf_counter() - began))
    enqueue("bench.many", key="many", now=NOW, arguments={"steps": steps})
    began = time.perf_counter()
    worker.run_until_idle()
    found["steps_of_one_run_per_s"] = round(steps / (time.perf_counter() - began))
    return found


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--postgresql", default="")
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT / "tests/storage/kills")]
    from scratch import close, set_up

    with tempfile.TemporaryDirectory() as home, databases(chosen.postgresql):
        set_up(home)
        print(json.dumps(run(chosen.steps), indent=1))
        close()


if __name__ == "__main__":
    main()
