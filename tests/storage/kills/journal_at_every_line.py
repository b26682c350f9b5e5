# SPDX-License-Identifier: Apache-2.0
"""Kill an act that narrows at every line of the journal, and compare the data with the journal after it was settled.

python journal_at_every_line.py HOME
"""

import sys
from datetime import UTC, datetime, timedelta

from scratch import in_child, kill_self_at_line, set_up

NOW = datetime(2026, 3, 1, tzinfo=UTC)
set_up(sys.argv[1])

from django.db import transaction  # noqa: E402

from upheld.crypto.randomness import uuid7  # noqa: E402
from upheld.storage import journal  # noqa: E402
from upheld.storage.intents import EffectIntent  # noqa: E402


@journal.replays("trial")
def replay(facts, at):
    raise AssertionError("nothing was restored")


def withdraw(number: int):
    kill_self_at_line(number, "upheld/storage/journal.py")
    with transaction.atomic():
        EffectIntent.objects.create(effect_id=uuid7(NOW), kind=str(number), facts={}, intended_at=NOW)
        journal.narrow("trial", facts={"n": number}, now=NOW)


def check(number: int):
    assert not journal.is_restored_unreplayed()
    journal.reconcile(now=NOW + timedelta(hours=1))
    done = sorted(e.facts["n"] for e in journal.JournalEntry.objects.filter(status="done"))
    happened = sorted(int(kind) for kind in EffectIntent.objects.values_list("kind", flat=True))
    assert done == happened, (number, done, happened)
    assert not journal.JournalEntry.objects.filter(status="planned").exists()


number = 1
while (code := in_child(lambda: withdraw(number))) != 0:
    assert code == -9, code
    assert in_child(lambda: check(number)) == 0, number
    number += 1
assert in_child(lambda: check(number)) == 0
print(number - 1)
