# SPDX-License-Identifier: Apache-2.0
"""Who of many people may be told, shared or counted: `python benchmarks/bench_census.py [--people 1000000] [--kernel 10000000]`.

Makes that many people under the widest of the five policies, three in ten with grants that lapse, in a database of its
own (SQLite on disk, and PostgreSQL where one is reachable), then times: everything read and one ask decided on everyone
(cold), the same after 1,000 people changed (warm), and checks a sample against decisions one by one. `--kernel` times
deciding alone, on columns in memory. Targets (design, section 7): cold <= 3 s, warm <= 50 ms.
"""

import argparse
import json
import os
import random
import resource
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOW = 1_800_000_000
CHANGED = 1_000


def wait(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def somebody(chance: random.Random, bits: int, version: int) -> bytes:
    from upheld.facts import packing
    from upheld.gate import PersonFacts

    lapses = ((chance.getrandbits(bits), NOW + chance.randrange(-9, 9)),) if chance.random() < 0.3 else ()
    return packing.pack(
        PersonFacts(
            version=version,
            stops=chance.choice([0] * 19 + [2]),
            held=chance.getrandbits(bits) | chance.getrandbits(bits),
            objected=chance.choice([0] * 9 + [chance.getrandbits(bits)]),
            lapses=lapses,
            adult=chance.random() < 0.8,
            adult_at=chance.choice([None, NOW + 99]),
            guardian_held=chance.choice([0, 0, chance.getrandbits(bits)]),
            guardian_until=NOW + 99,
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--kernel", type=int, default=0)
    parser.add_argument("--policy", default="general-platform")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "upheld.config.settings_test"
    os.environ["UPHELD_TEST_POSTGRESQL"] = (
        "postgresql://postgres@127.0.0.1:5432" if options.database == "postgresql" else ""
    )
    import django
    from django.test.utils import setup_databases, setup_test_environment

    django.setup()
    setup_test_environment()
    with tempfile.TemporaryDirectory():
        from django.test.runner import DiscoverRunner

        runner = DiscoverRunner(verbosity=0, interactive=False)
        made = setup_databases(0, interactive=False)
        try:
            print(json.dumps(measured(options), indent=1))
        finally:
            runner.teardown_databases(made)


def measured(options: argparse.Namespace) -> dict:
    from datetime import UTC, datetime, timedelta
    from uuid import UUID

    from django.db import transaction

    from upheld.facts import hot, service, world_service
    from upheld.facts.census import Census
    from upheld.facts.models import PersonFactsRow
    from upheld.gate import Ask, Permit
    from upheld.terms import Act, DataSubjectId

    moment = datetime.fromtimestamp(NOW, UTC)
    chance = random.Random(7)
    with transaction.atomic():
        version = world_service.publish_version(
            (ROOT / "policies" / f"{options.policy}.yaml").read_bytes(),
            effective_at=moment - timedelta(days=300),
            now=moment - timedelta(days=301),
        )
    topics = len(hot.world().topics)
    for start in range(0, options.people, 10_000):
        PersonFactsRow.objects.bulk_create(
            PersonFactsRow(
                data_subject_id=UUID(int=(start + one) << 60 | secrets.randbits(40)),
                revision=1,
                packed=somebody(chance, topics, version),
            )
            for one in range(min(10_000, options.people - start))
        )
    policy = hot_policy(version)
    purpose = next(name for name, one in policy.purposes.items() if Act.USE in one.acts and one.uses)
    recipient = next(name for name, one in policy.recipients.items() if one.receives and one.purposes)
    told = policy.recipients[recipient]
    asks = {
        "use": Ask(act=Act.USE, purpose=purpose, categories=policy.purposes[purpose].uses),
        "share": Ask(act=Act.SHARE, purpose=told.purposes[0], categories=told.receives, recipient=recipient),
        "message": Ask(act=Act.MESSAGE, purpose="service-messages"),
    }
    found: dict = {"database": options.database, "policy": options.policy, "topics": topics, "people": options.people}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    census = Census()
    started = time.perf_counter()
    reach = census.reach(asks["use"], NOW)
    found["cold_s"] = round(time.perf_counter() - started, 2)
    found["memory_mb"] = round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
    found["permitted"] = {"use": reach.permitted}
    ids = list(PersonFactsRow.objects.values_list("data_subject_id", flat=True)[: options.people : 997])
    for name, ask in asks.items():
        times = []
        for _ in range(5):
            with transaction.atomic():
                for subject in chance.sample(ids, min(len(ids), CHANGED)):
                    service.give_consent(DataSubjectId(subject), f"purpose:{purpose}", moment)
            started = time.perf_counter()
            reach = census.reach(ask, NOW)
            times.append(time.perf_counter() - started)
        found[f"warm_{name}_ms"] = round(statistics.median(times) * 1000, 1)
        found["permitted"][name] = reach.permitted
        may = set(census.permitted(ask, NOW))
        sample = ids[:1000]
        found["agrees"] = all((one in may) is isinstance(hot.decide(one, ask, NOW)[0], Permit) for one in sample)
    if options.kernel:
        found["kernel"] = kernel(options.kernel, policy, asks["use"])
    return found


def hot_policy(version: int):
    from upheld.facts import queries

    return queries.policy(version)


def kernel(people: int, policy, ask) -> dict:
    """Deciding alone, on columns that a sample repeated makes."""
    import numpy as np

    from upheld import gate
    from upheld.facts import columns
    from upheld.gate import WorldFacts
    from upheld.gate.many import Question

    book, chance = gate.compile(policy), random.Random(7)
    size = 50_000
    words = len(book.bits) // 64 + 1
    crowd = columns.crowd([somebody(chance, len(book.bits), policy.version) for _ in range(size)], words=words)
    world = WorldFacts(versions={policy.version: (0, 2**62)})
    question = Question(book, ask)
    started = time.perf_counter()
    yes = 0
    for _ in range(people // size):
        verdicts = question.put_to(crowd, world, NOW)
        yes += int(np.count_nonzero(verdicts.permitted))
    return {"people": people, "ms": round((time.perf_counter() - started) * 1000, 1), "permitted": yes}


if __name__ == "__main__":
    sys.exit(main())
