# SPDX-License-Identifier: Apache-2.0
"""How fast keys are made, unwrapped, rewrapped and destroyed.

    python benchmarks/bench_keys.py [--keys 100000] [--postgresql postgresql://postgres@127.0.0.1:5432]

Rewrapping is measured while another process loads keys all the time. Target: 50,000 keys/s.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
VARIABLES = {
    "default": "UPHELD_DATABASE_URL",
    "keys": "UPHELD_KEYS_DATABASE_URL",
    "journal": "UPHELD_JOURNAL_DATABASE_URL",
}


@contextmanager
def databases(server: str):
    """Make three databases and drop them at the end; files in a scratch folder without a server."""
    if not server:
        yield
        return
    import psycopg

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the databases are dropped then too
    names = {alias: f"upheld_bench_{alias}_{uuid.uuid4().hex[:8]}" for alias in VARIABLES}
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        for alias, name in names.items():
            admin.execute(f"CREATE DATABASE {name}")
            os.environ[VARIABLES[alias]] = f"{server}/{name}"
        try:
            yield
        finally:
            for name in names.values():
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fill(count: int) -> list[uuid.UUID]:
    """Put keys in fast; the first of them through the service."""
    from django.db import transaction

    from upheld.crypto.randomness import uuid7
    from upheld.crypto.wrapping import wrap
    from upheld.keys import epochs
    from upheld.keys.models import PersonKey

    epoch = epochs.current(NOW)
    provider_key = epochs.provider_key(epoch)
    ids = []
    with transaction.atomic(using="keys"):
        for start in range(0, count, 2000):
            rows = []
            for _ in range(min(2000, count - start)):
                key_id, subject = uuid7(NOW), uuid7(NOW)
                bound = epochs.context(
                    key_id=key_id, epoch=epoch.number, data_subject_id=subject, clause="c", period=""
                )
                wrapped = wrap(provider_key, os.urandom(32), context=bound)
                rows.append(PersonKey(id=key_id, data_subject_id=subject, clause="c", epoch=epoch, wrapped=wrapped))
                ids.append(key_id)
            PersonKey.objects.bulk_create(rows)
    return ids


def serve_meanwhile(ids: list[uuid.UUID], stop: str, told: int) -> None:
    """Load keys until told to stop, and tell how long each took."""
    from upheld.keys import service

    times = []
    while not Path(stop).exists():
        began = time.perf_counter()
        service.load(ids[len(times) * 7919 % len(ids)])
        times.append(time.perf_counter() - began)
        time.sleep(0.002)
    times.sort()
    os.write(told, json.dumps([len(times), times[len(times) // 2] * 1e6, times[int(len(times) * 0.99)] * 1e6]).encode())


def timed(work, times: int) -> float:
    """Return the median microseconds of one call."""
    taken = []
    for n in range(times):
        began = time.perf_counter()
        work(n)
        taken.append(time.perf_counter() - began)
    return median(taken) * 1e6


def run(count: int, step: int) -> dict[str, float | int | str]:
    """Measure everything on the databases that are set up."""
    from django.db import connections

    from upheld.crypto.opening import open_sealed
    from upheld.crypto.randomness import uuid7
    from upheld.crypto.sealing import seal
    from upheld.crypto.wrapping import unwrap
    from upheld.keys import epochs, service
    from upheld.keys.models import PersonKey

    found: dict[str, float | int | str] = {"database": connections["keys"].vendor, "keys": count}
    ids = fill(count)
    row = PersonKey.objects.select_related("epoch").get(id=ids[0])
    bound = epochs.context(key_id=row.id, epoch=1, data_subject_id=row.data_subject_id, clause="c", period="")
    sealed = seal(service.load(row.id).secret, b"a value of some length, like an address", associated_data=b"place")

    def unwrap_and_open(_):
        secret = unwrap(epochs.provider_key(row.epoch), bytes(row.wrapped), context=bound)
        open_sealed(secret, sealed, associated_data=b"place")

    found["unwrap_and_open_us"] = timed(unwrap_and_open, 5000)
    found["load_us"] = timed(lambda n: service.load(ids[n * 7919 % count]), 1000)
    found["load_many_20_us"] = timed(lambda n: service.load_many(ids[n * 20 : n * 20 + 20]), 300)
    found["data_key_new_us"] = timed(
        lambda n: service.data_key(data_subject_id=uuid7(NOW), clause="c", period="", now=NOW), 500
    )
    found["subject_ref_us"] = timed(lambda n: service.subject_ref(row.data_subject_id, NOW), 500)

    epochs.rotate(now=NOW + timedelta(days=1))
    stop = tempfile.mktemp()
    read_end, write_end = os.pipe()
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        serve_meanwhile(ids, stop, write_end)
        os._exit(0)
    began, cpu, done, steps = time.perf_counter(), time.process_time(), 0, []
    while True:
        at = time.perf_counter()
        part = epochs.rewrap_step(limit=step)
        if not part:
            break
        steps.append(time.perf_counter() - at)
        done += part
    taken, cpu = time.perf_counter() - began, time.process_time() - cpu
    Path(stop).touch()
    loads, load_p50, load_p99 = json.loads(os.read(read_end, 4096))
    os.waitpid(pid, 0)
    found["rewrapped"] = done
    found["rewrap_keys_per_s"] = done / taken
    found["rewrap_keys_per_cpu_s_of_this_process"] = done / cpu
    found["load_average"] = os.getloadavg()[0]
    found["rewrap_longest_step_ms"] = max(steps) * 1e3
    found["loads_meanwhile"] = loads
    found["load_meanwhile_p50_us"] = load_p50
    found["load_meanwhile_p99_us"] = load_p99
    began = time.perf_counter()
    destroyed = service.destroy(key_ids=ids[:10_000], now=NOW)
    found["destroy_keys_per_s"] = destroyed / (time.perf_counter() - began)
    began = time.perf_counter()
    service.scrub()
    found["scrub_ms"] = (time.perf_counter() - began) * 1e3
    return {name: round(value, 1) if isinstance(value, float) else value for name, value in found.items()}


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=100_000)
    parser.add_argument("--step", type=int, default=1_000)
    parser.add_argument("--postgresql", default="")
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT / "tests/storage/kills")]
    from scratch import close, set_up

    with tempfile.TemporaryDirectory() as home, databases(chosen.postgresql):
        set_up(home)
        print(json.dumps(run(chosen.keys, chosen.step), indent=1))
        close()


if __name__ == "__main__":
    main()
