# SPDX-License-Identifier: Apache-2.0
"""The restore journal: a restore revives nothing.

Whatever narrows (erase, correct, withdraw, restrict, refuse, unsubscribe, hold, revoke, a budget spent) also goes into
a database of its own that is never restored with the data. It holds opaque ids until the oldest backup has died.

    planned ──> done        1. `narrow` commits the entry as planned, in the journal
       └──────> void        2. the act commits, and with it a mark in the main database
                            3. the entry becomes done

Killed between 2 and 3, `reconcile` finds the mark and says done; killed before 2, it finds none and says void. So each
done entry has its mark, unless the main database was restored from an older copy: then `standing` says so, the vault
refuses everything, and `replay` carries out again what is missing, oldest first. A journal that is lost or itself older
than the data refuses everything too, until an operator brings it back. A restore replays planned entries as well: a
narrowing too many can be put right by the person, one too few cannot.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Max

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Misconfigured, NotFound, Unavailable
from upheld.storage.base import BareTable, ErasedBy
from upheld.storage.errors import Duplicate, retried, safe_errors
from upheld.storage.jobs.arguments import Argument, checked

STORE: Final = "journal"
MAIN: Final = "default"
WINDOW: Final = 200
"""How many of the last entries are compared: more than acts that can be under way at one moment."""
SETTLED_AFTER: Final = timedelta(minutes=5)
"""No act takes so long; a planned entry older than this was either done or undone."""
BACKUPS_LIVE: Final = timedelta(days=90)
"""The longest that a backup may be kept: an older one must not be restored, for the journal no longer covers it."""
CHECKED_FOR_SECONDS: Final = 1.0
"""How long a process believes that nobody restored the database under it."""
LARGEST_IDS: Final = 500
"""Ids in one entry; a longer list is cut into several entries by the caller."""

JournalFacts = Mapping[str, Argument | list[str]]
Replayer = Callable[[JournalFacts, datetime], None]


class JournalStatus(StrEnum):
    """Where an entry stands."""

    PLANNED = "planned"
    DONE = "done"
    VOID = "void"


class Standing(StrEnum):
    """How the main database stands to the journal."""

    IN_STEP = "in_step"
    BEHIND = "behind"
    """The data was restored; `replay` is due."""
    JOURNAL_LOST = "journal_lost"
    """The data knows of entries that the journal does not."""


class JournalHead(BareTable):
    """Which journal this is, and its next number."""

    erased = ErasedBy.NO_PERSON("a random id and a number")
    store = "journal"

    only = models.PositiveSmallIntegerField(primary_key=True)
    generation = models.UUIDField()
    next_sequence = models.PositiveBigIntegerField()


class JournalEntry(BareTable):
    """One narrowing."""

    erased = ErasedBy.EXPIRES("opaque ids; removed once the oldest backup that could revive it has died")
    store = "journal"

    sequence = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=80)
    facts = models.JSONField()
    at = models.DateTimeField()
    status = models.CharField(max_length=8)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="journal_planned", condition=models.Q(status="planned")),
            models.Index(fields=["sequence"], name="journal_done", condition=models.Q(status="done")),
        ]


class Narrowed(BareTable):
    """The main database's mark that an entry of the journal was carried out in it."""

    erased = ErasedBy.NO_PERSON("the number of a journal entry")

    sequence = models.PositiveBigIntegerField(primary_key=True)
    generation = models.UUIDField()


_replayers: dict[str, Replayer] = {}
_believed_until = 0.0


def replays(*kinds: str) -> Callable[[Replayer], Replayer]:
    """Register the function that carries entries of these kinds out again; it must be idempotent.

    It is called with the entry's facts and its time, inside a transaction of the main database.
    """

    def register(function: Replayer) -> Replayer:
        _replayers.update(dict.fromkeys((str(kind) for kind in kinds), function))
        return function

    return register


def narrow(kind: str, *, facts: JournalFacts, now: datetime) -> int:
    """Journal a narrowing from inside the act that does it; return the entry's number.

    Call it after every check of the act, next to its `record`.

    Raises:
        BadInput: nothing replays this kind, there is no act around, or `facts` carry more than ids.
    """
    name = str(kind)
    if name not in _replayers:
        raise BadInput(f"nothing is registered to replay entries of kind {name!r}")
    if not transaction.get_connection(MAIN).in_atomic_block:
        raise BadInput("a narrowing is journalled inside the act that does it")
    sequence, generation = retried(lambda: _plan(name, _checked(facts), now), using=STORE)
    Narrowed.objects.create(sequence=sequence, generation=generation)
    # robust: the act has happened; if the journal is away just then, `reconcile` says done later
    transaction.on_commit(lambda: _mark([sequence], JournalStatus.DONE), using=MAIN, robust=True)
    return sequence


def _checked(facts: JournalFacts) -> dict[str, object]:
    lists = {name: fact for name, fact in facts.items() if isinstance(fact, list)}
    for name, ids in lists.items():
        if len(ids) > LARGEST_IDS:
            raise BadInput(f"a journal entry lists at most {LARGEST_IDS} ids, {name} has {len(ids)}")
        for one in ids:
            checked({name: one}, what="a journal entry")
    single = {name: fact for name, fact in facts.items() if not isinstance(fact, list)}
    return {**checked(single, what="a journal entry"), **lists}


def _plan(kind: str, facts: Mapping[str, object], now: datetime) -> tuple[int, UUID]:
    with safe_errors(), transaction.atomic(using=STORE):
        head = JournalHead.objects.select_for_update().filter(only=1).first() or _found(now)
        sequence = head.next_sequence
        JournalHead.objects.filter(only=1).update(next_sequence=F("next_sequence") + 1)
        JournalEntry.objects.create(
            sequence=sequence, kind=kind, facts=facts, at=now, status=JournalStatus.PLANNED.value
        )
    return sequence, head.generation


def _found(now: datetime) -> JournalHead:
    """Begin a journal, unless the data knows of an earlier one."""
    if Narrowed.objects.exists():
        raise Unavailable("the restore journal is lost", hint="bring the journal's database back")
    try:
        with transaction.atomic(using=STORE):
            return JournalHead.objects.create(only=1, generation=uuid7(now), next_sequence=1)
    except Duplicate:
        return JournalHead.objects.select_for_update().get(only=1)


def _mark(sequences: Sequence[int], status: JournalStatus) -> None:
    with safe_errors():
        JournalEntry.objects.filter(sequence__in=sequences).exclude(status=status.value).update(status=status.value)


def standing() -> Standing:
    """Compare the main database with the journal, by its last entries."""
    head = JournalHead.objects.filter(only=1).first()
    newest = Narrowed.objects.order_by("-sequence").first()
    if newest is not None and (
        head is None or newest.generation != head.generation or newest.sequence >= head.next_sequence
    ):
        return Standing.JOURNAL_LOST
    last = JournalEntry.objects.filter(status=JournalStatus.DONE.value).order_by("-sequence")
    sequences = list(last.values_list("sequence", flat=True)[:WINDOW])
    missing = len(sequences) - Narrowed.objects.filter(sequence__in=sequences).count()
    return Standing.BEHIND if missing else Standing.IN_STEP


def is_restored_unreplayed() -> bool:
    """Say whether the main database was restored and lacks what the journal knows, or the journal itself is lost."""
    return standing() is not Standing.IN_STEP


def refuse_until_replayed() -> None:
    """Let nothing pass while a restored database lacks what the journal knows.

    A process that found all well believes it for a second, so that a decision does not cost two more reads; a restore
    under a running product shows within that second.

    Raises:
        Unavailable: `replay` is due, or the journal is lost.
    """
    global _believed_until  # noqa: PLW0603 - what this process found, and until when it holds
    if not controls.in_force("storage.restore_revives_nothing") or time.monotonic() < _believed_until:
        return
    found = standing()
    if found is not Standing.IN_STEP:
        raise Unavailable(f"nothing is served: the restore journal says {found.value}", hint="upheld restore --replay")
    _believed_until = time.monotonic() + CHECKED_FOR_SECONDS


def look_again() -> None:
    """Let the next check look, whatever this process believed; for restores and tests."""
    global _believed_until  # noqa: PLW0603 - see refuse_until_replayed
    _believed_until = 0.0


def replay() -> int:
    """Carry out again every entry that the restored database lacks, oldest first; return how many.

    Each entry is one transaction with its mark, so a replay that was killed goes on where it stopped. What it does is
    recorded by the replayers' own acts.

    Raises:
        Unavailable: the journal is lost.
        Misconfigured: nothing replays an entry's kind; everything stays refused.
    """
    look_again()
    if standing() is Standing.JOURNAL_LOST:
        raise Unavailable("the restore journal is lost", hint="bring the journal's database back")
    count = 0
    for entry in _missing():
        _replay_one(entry)
        count += 1
    return count


def _missing() -> Iterable[JournalEntry]:
    entries = JournalEntry.objects.exclude(status=JournalStatus.VOID.value).order_by("sequence")
    after = 0
    while some := list(entries.filter(sequence__gt=after)[:WINDOW]):
        numbers = [entry.sequence for entry in some]
        present = set(Narrowed.objects.filter(sequence__in=numbers).values_list("sequence", flat=True))
        yield from (entry for entry in some if entry.sequence not in present)
        after = numbers[-1]


def _replay_one(entry: JournalEntry) -> None:
    replayer = _replayers.get(entry.kind)
    if replayer is None:
        raise Misconfigured(f"nothing is registered to replay entries of kind {entry.kind!r}")
    head = JournalHead.objects.get(only=1)
    with safe_errors(), transaction.atomic(using=MAIN):
        with suppress(NotFound), transaction.atomic(using=MAIN):  # whom the backup does not know, it cannot revive
            replayer(entry.facts, entry.at)
        Narrowed.objects.create(sequence=entry.sequence, generation=head.generation)
    _mark([entry.sequence], JournalStatus.DONE)


def reconcile(*, now: datetime) -> int:
    """Settle planned entries that a crash left behind: done if the main database has their mark, else void.

    While a restored database waits for its replay nothing is settled.
    """
    if is_restored_unreplayed():
        return 0
    planned = JournalEntry.objects.filter(status=JournalStatus.PLANNED.value, at__lt=now - SETTLED_AFTER)
    numbers = list(planned.order_by("sequence").values_list("sequence", flat=True)[:WINDOW])
    present = set(Narrowed.objects.filter(sequence__in=numbers).values_list("sequence", flat=True))
    _mark(sorted(present), JournalStatus.DONE)
    _mark([number for number in numbers if number not in present], JournalStatus.VOID)
    return len(numbers)


def forget(*, before: datetime) -> int:
    """Remove entries from before the oldest backup that still lives; the last ones stay, to compare by."""
    last = JournalEntry.objects.aggregate(last=Max("sequence"))["last"] or 0
    old = JournalEntry.objects.filter(at__lt=before, sequence__lte=last - WINDOW)
    old = old.exclude(status=JournalStatus.PLANNED.value)
    with safe_errors():
        return old.delete()[0]
