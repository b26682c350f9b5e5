# SPDX-License-Identifier: Apache-2.0
"""SQLite under contention: two writing processes and a busy worker on one file; how long a write takes.

    .venv/bin/python benchmarks/contention.py [--seconds 20]

Each writer collects one value of one person per act (facts read, decided, key made, sealed, evidence) and sleeps a few
milliseconds, as web processes between requests do. The worker drains the evidence log and re-reads the queue without
pause. Prints the writes a second and the percentiles of one act's wall time, as JSON.
"""

import argparse
import json
import multiprocessing as mp
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def house(home: str) -> None:
    os.environ["UPHELD_HOME"] = home
    os.environ["UPHELD_INSECURE_LOOPBACK"] = "1"
    sys.path.insert(0, str(ROOT))
    from upheld.cli.house import open_house

    open_house(needs_setup=False)


def write(home: str, seconds: float, out: "mp.Queue[list[float]]") -> None:
    house(home)
    from tests.houses import House
    from upheld.crypto.randomness import digits
    from upheld.facts import queries as facts

    lived = House.__new__(House)
    from upheld.clock import SystemClock

    lived.clock = SystemClock()
    lived.version = facts.current_version(lived.now)
    lived.policy = facts.policy(lived.version)
    person = lived.person("purpose:profile")
    took, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        lived.collect(person, "profile", nickname=digits(6))
        took.append(time.perf_counter() - start)
        time.sleep(0.005)
    out.put(took)


def work(home: str, seconds: float) -> None:
    house(home)
    from upheld.clock import SystemClock
    from upheld.storage import sequencer
    from upheld.storage.jobs import Worker

    worker, clock, end = Worker(SystemClock()), SystemClock(), time.perf_counter() + seconds
    while time.perf_counter() < end:
        worker.run_once()
        sequencer.step(now=clock.now())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o700)
        maker = mp.get_context("spawn")
        ready = maker.Process(target=prepare, args=(home,))
        ready.start()
        ready.join()
        out: mp.Queue[list[float]] = maker.Queue()
        hands = [maker.Process(target=write, args=(home, seconds, out)) for _ in range(2)]
        hands.append(maker.Process(target=work, args=(home, seconds)))
        for hand in hands:
            hand.start()
        took = sorted(out.get() + out.get())
        for hand in hands:
            hand.join()
    at = lambda share: round(1000 * took[min(int(len(took) * share), len(took) - 1)], 1)  # noqa: E731
    print(json.dumps({"writes_per_second": round(len(took) / seconds), "p50_ms": at(0.5), "p95_ms": at(0.95),
                      "p99_ms": at(0.99), "max_ms": at(1), "load": os.getloadavg()[0]}))  # fmt: skip


def prepare(home: str) -> None:
    os.environ["UPHELD_HOME"] = home
    sys.path.insert(0, str(ROOT))
    from upheld.cli.setting_up import set_up

    set_up("product")
    from datetime import timedelta

    from upheld import places
    from upheld.clock import SystemClock
    from upheld.consent.events import ConsentEvent
    from upheld.facts import world_service
    from upheld.storage.acts import act

    now = SystemClock().now()
    with act() as acting:
        document = (places.POLICIES / "baby-device.yaml").read_bytes()
        world_service.publish_version(document, effective_at=now - timedelta(days=1), now=now)
        acting.record(ConsentEvent.ASKED, now=now, subject=None, clause=None, control=None, facts={})


if __name__ == "__main__":
    main()
