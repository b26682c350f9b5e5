# SPDX-License-Identifier: Apache-2.0
"""What the evidence log costs: `python benchmarks/bench_ledger.py [--entries N] [--postgresql URL]`.

Set TMPDIR to choose the disk. Prints JSON: acts with and without evidence in one run, drain against arrival, proof and verification at N entries.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ACTS = 3_000


def timed(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def set_up(home, url):
    os.environ |= {"UPHELD_HOME": home, "UPHELD_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "upheld.config.settings"}
    from django.conf import settings

    settings.MIGRATION_MODULES = {"upheld": None}
    settings.SECRET_KEY = "for benchmarks alone"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="default", run_syncdb=True, verbosity=0)


class Happened(StrEnum):
    OPENED = "vault.item.opened"


def bench_acts():
    """The same transaction (one business row), without and with its evidence, alternating in one run."""
    from django.db import transaction

    from upheld.crypto.randomness import uuid7
    from upheld.storage.acts import act
    from upheld.storage.intents import EffectIntent

    facts = {
        "consent_given": True,
        "expires_at": "2026-01-31T08:05Z",
        "opened_at": "2026-01-01T00:00Z",
        "purpose": "account",
    }

    def business():
        EffectIntent.objects.create(effect_id=uuid7(NOW), kind="bench", facts={}, intended_at=NOW)

    def without():
        for _ in range(ACTS // 10):
            with transaction.atomic():
                business()

    def with_evidence():
        for _ in range(ACTS // 10):
            with act() as acting:
                business()
                acting.record(
                    Happened.OPENED,
                    now=NOW,
                    subject=None,
                    clause="storage.profile",
                    control="vault.expiry_at_read",
                    facts=facts,
                )

    without(), with_evidence()
    bare, full = zip(*((timed(without), timed(with_evidence)) for _ in range(10)), strict=True)
    per_act = statistics.median(full) / (ACTS // 10)
    return {
        "acts_per_second_without": round(ACTS / 10 / statistics.median(bare)),
        "acts_per_second_with": round(1 / per_act),
        "ratio": round(statistics.median(bare) / statistics.median(full), 3),
    }


def bench_drain(arrival):
    """Drain what the acts left, and step under load; lag is the age of evidence when its checkpoint is signed."""
    from upheld.storage import sequencer
    from upheld.storage.ledger_models import EvidenceIntake

    waiting = EvidenceIntake.objects.count()
    spent = timed(lambda: [None for _ in iter(sequencer.drain, 0)])
    return {
        "drained": waiting,
        "drained_per_second": round(waiting / spent),
        "times_arrival": round(waiting / spent / arrival, 2),
    }


def bench_lag():
    """One writer and one sequencer in turns of 0.2 s, as a worker would: worst age of evidence at its checkpoint."""
    from upheld.storage import sequencer
    from upheld.storage.acts import act
    from upheld.storage.ledger_models import EvidenceIntake

    lags = []
    for _ in range(15):
        until = time.perf_counter() + 0.2
        while time.perf_counter() < until:
            with act() as acting:
                acting.record(Happened.OPENED, now=datetime.now(UTC), subject=None, clause=None, control=None, facts={})
        moments = list(EvidenceIntake.objects.values_list("at", flat=True))
        sequencer.step(now=datetime.now(UTC))
        done = datetime.now(UTC)
        lags += [(done - moment) / timedelta(seconds=1) for moment in moments]
    return {"lag_p99_seconds": round(statistics.quantiles(lags, n=100)[98], 3)}


def fill(entries):
    """Grow the log to its size; what waits is written in bulk, so that this takes minutes and not hours."""
    from upheld.ledger.entries import Entry, write
    from upheld.storage import sequencer, stored_log
    from upheld.storage.ledger_models import EvidenceIntake

    left = entries - stored_log.head().size
    spent = 0.0
    for start in range(0, left, 20_000):
        count = min(20_000, left - start)
        rows = []
        for number in range(count):
            facts = {"consent_given": True, "number": start + number, "expires_at": "2026-01-31T08:05Z"}
            leaf = write(
                Entry(
                    kind="vault.item.opened",
                    at=NOW,
                    clause="storage.profile",
                    control="vault.expiry_at_read",
                    actor="self",
                    subject_ref="f" * 64,
                    nonce="n" * 22,
                    facts=facts,
                )
            )
            rows.append(EvidenceIntake(evidence_id=uuid.uuid4(), leaf=leaf, at=NOW))
        EvidenceIntake.objects.bulk_create(rows)
        spent += timed(lambda: [None for _ in iter(sequencer.drain, 0)])
    return {"entries": entries, "filled_per_second": round(left / spent) if spent else None}


def bench_proofs(entries):
    import random

    from upheld.ledger.merkle import leaf_hash, verify_inclusion
    from upheld.storage import stored_log

    indexes = random.Random(1).sample(range(entries), min(300, entries))
    times, root = [], stored_log.head().root
    for index in indexes:
        started = time.perf_counter()
        proof = stored_log.proof_for(index)
        times.append(time.perf_counter() - started)
    from upheld.storage.ledger_models import LedgerEntry

    leaf = leaf_hash(bytes(LedgerEntry.objects.get(index=indexes[-1]).leaf))
    checked = min(timed(lambda: verify_inclusion(indexes[-1], entries, leaf, proof.path, root)) for _ in range(20))
    return {
        "proof_ms_median": round(statistics.median(times) * 1e3, 3),
        "proof_ms_p99": round(sorted(times)[int(len(times) * 0.99) - 1] * 1e3, 3),
        "check_proof_us": round(checked * 1e6, 1),
    }


def bench_verify(folder):
    import resource

    from upheld.ledger.verify import verify_log
    from upheld.storage import log_keys, stored_log

    exported = timed(lambda: stored_log.export(folder))
    names = [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]

    def read(name):
        file = folder / name
        return file.read_bytes() if file.is_file() else None

    cpu = time.process_time()
    verified = timed(lambda: verify_log(read, names, log_keys.own_keyring()))
    cpu = time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "export_seconds": round(exported, 2),
        "verify_seconds": round(verified, 2),
        "verify_cpu_seconds": round(cpu, 2),
        "peak_memory_mb": memory,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument(
        "--postgresql", default="", help="URL of an empty database; SQLite in a scratch folder without it"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        set_up(home, options.postgresql)
        from upheld.storage import sequencer

        sequencer.make_log_key("bench.upheld.example")
        found = {"database": "PostgreSQL" if options.postgresql else "SQLite"}
        found |= bench_acts()
        found |= bench_drain(found["acts_per_second_with"])
        found |= bench_lag()
        while sequencer.drain():
            pass
        found |= fill(options.entries)
        sequencer.publish(now=NOW)
        from upheld.storage import stored_log

        found |= bench_proofs(stored_log.head().size)
        found |= bench_verify(Path(home) / "export")
        json.dump(found, sys.stdout, indent=1)
        print()


if __name__ == "__main__":
    main()
