# SPDX-License-Identifier: Apache-2.0
"""End items: rows first, keys last, and look whether anything is left.

Erasing crosses two databases and the journal, so its order matters:

1. in one act the rows go, the restore journal learns which, and intents name the keys that seal nothing any more;
2. those keys are destroyed and the intents settled, with evidence of their own;
3. reading back finds none of the rows and none of the keys.

Killed after step 1, a worker takes the intents up; until then `leftovers` counts them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.keys import service as keys
from upheld.storage import intents, journal
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault.choosing import chosen
from upheld.vault.deciding import named
from upheld.vault.events import VaultEvent
from upheld.vault.models import Access, SealedItem
from upheld.vault.narrowing import Narrowing, items_of, journal_ids, subject_of
from upheld.vault.reading import REASON_CLAUSE
from upheld.vault.values import ErasedItems, Leftovers, Selection

DESTROY_KEYS: Final = "vault.destroy_keys"
"""Kind of the intents to destroy keys."""

_KEYS_PER_INTENT: Final = 16
"""An intent carries at most 1 KB; sixteen ids take three quarters of it."""

_OURS: Final = "storage."
"""Keys of items are named by storage clauses; other keys of a person are not the vault's to destroy."""


def erase_items(*, data_subject_id: DataSubjectId, selection: Selection, now: datetime) -> ErasedItems:
    """Erase the chosen items of a person and every key that then seals nothing.

    A selection without conditions takes everything but what is held: the looks too, and the reasons for them. Called
    again, it erases what came since, and finishes what was left.
    """
    with act() as acting:
        rows = chosen(data_subject_id, selection)
        found = list(rows.values_list("id", "key_id", "clause"))
        _remove([one for one, _, _ in found])
        if selection.takes_everything:
            Access.objects.filter(data_subject_id=data_subject_id).delete()
        doomed = _sealing_nothing(data_subject_id, {key for _, key, _ in found}, selection)
        journal_ids(Narrowing.ERASED, data_subject_id, [one for one, _, _ in found], now=now)
        effects = [_intend(some, data_subject_id, now) for some in _parts(doomed)]
        acting.record(
            VaultEvent.ERASED,
            now=now,
            subject=data_subject_id,
            clause=min((clause for _, _, clause in found), default=None),
            control="retention.erasure_read_back",
            facts={
                "items": len(found),
                "keys": len(doomed),
                "clauses": named(clause for _, _, clause in found),
                "everything": selection.takes_everything,
                "held_clauses": len(selection.except_clauses),
            },
        )
    destroyed = sum(_carry_out(intent, now) for intent in effects)
    return ErasedItems(
        items=len(found), keys=destroyed, left=leftovers(data_subject_id=data_subject_id, selection=selection).found
    )


def _remove(ids: Sequence[UUID]) -> None:
    """Remove rows; the database zeroes what it frees (`secure_delete`), and the keys follow."""
    for some in _parts(ids, journal.LARGEST_IDS):
        SealedItem.objects.filter(id__in=some).delete()


def _sealing_nothing(data_subject_id: DataSubjectId, touched: set[UUID], selection: Selection) -> list[UUID]:
    """Name the keys to destroy: of those touched, or of all that are ours, the ones that no readable row needs."""
    mine = touched
    if selection.takes_everything:
        alive = (place for place in keys.places(data_subject_id=data_subject_id) if not place.is_destroyed)
        mine = touched | {
            place.key_id
            for place in alive
            if place.clause == REASON_CLAUSE
            or (place.clause.startswith(_OURS) and place.clause not in selection.except_clauses)
        }
    return sorted(mine - _needed(data_subject_id))


def _needed(data_subject_id: DataSubjectId) -> set[UUID]:
    rows = SealedItem.objects.filter(data_subject_id=data_subject_id, superseded_at=None)
    return set(rows.values_list("key_id", flat=True).distinct())


def _intend(key_ids: Sequence[UUID], data_subject_id: DataSubjectId, now: datetime) -> intents.Intent:
    facts = {"subject": str(data_subject_id)} | {f"key{n}": str(key) for n, key in enumerate(key_ids)}
    return intents.intend(DESTROY_KEYS, uuid7(now), facts=facts, now=now)


def _carry_out(intent: intents.Intent, now: datetime) -> int:
    """Destroy an intent's keys and settle it; a key that a row needs again is left alone."""
    subject = DataSubjectId(UUID(str(intent.facts["subject"])))
    named = {UUID(str(key)) for name, key in intent.facts.items() if name.startswith("key")}
    with act() as acting:
        doomed = named - _needed(subject)
        destroyed = keys.destroy(key_ids=doomed, now=now)
        intents.settle(intent.effect_id, outcome="destroyed", now=now)
        acting.record(
            VaultEvent.KEYS_DESTROYED,
            now=now,
            subject=subject,
            clause=None,
            control="retention.erasure_read_back",
            facts={"keys": len(named), "destroyed": destroyed, "alive": len(keys.load_many(doomed))},
        )
    return destroyed


@intents.resumes(DESTROY_KEYS)
def _resume(intent: intents.Intent, now: datetime) -> str:
    subject = DataSubjectId(UUID(str(intent.facts["subject"])))
    named = {UUID(str(key)) for name, key in intent.facts.items() if name.startswith("key")}
    keys.destroy(key_ids=named - _needed(subject), now=now)
    return "destroyed"


@journal.replays(Narrowing.ERASED)
def _erase_again(facts: journal.JournalFacts, at: datetime) -> None:
    """Erase once more what a restored backup brought back, with the keys that came back with it."""
    subject = subject_of(facts)
    rows = items_of(facts)
    touched = set(rows.values_list("key_id", flat=True))
    rows.delete()
    keys.destroy(key_ids=touched - _needed(subject), now=at)


def leftovers(*, data_subject_id: DataSubjectId, selection: Selection) -> Leftovers:
    """Read back after an erasure: chosen rows still there, and keys that should be gone.

    Of a partial erasure the keys are those whose intent is not settled; of a whole one every key that seals nothing.
    """
    rows = chosen(data_subject_id, selection).count()
    if selection.takes_everything:
        doomed = _sealing_nothing(data_subject_id, set(), selection)
        return Leftovers(rows=rows, keys=len(doomed))
    return Leftovers(rows=rows, keys=len(keys.load_many(_waiting(data_subject_id))))


def _waiting(data_subject_id: DataSubjectId) -> set[UUID]:
    far_ahead = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
    mine = (
        intent
        for intent in intents.unsettled(before=far_ahead)
        if intent.kind == DESTROY_KEYS and intent.facts["subject"] == str(data_subject_id)
    )
    return {UUID(str(key)) for intent in mine for name, key in intent.facts.items() if name.startswith("key")}


def _parts(ids: Sequence[UUID], size: int = _KEYS_PER_INTENT) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
