# SPDX-License-Identifier: Apache-2.0
"""What people do with their own data by right: see it, take a copy, correct it.

These rights need no consent and no purpose of the controller's; the person's being known is their ground. So the gate
is not asked: who may use the right is settled here, and the same evidence is left.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import Conflict, Forbidden, NotFound
from upheld.facts import queries as facts
from upheld.gate.values import PersonFacts, Stop
from upheld.keys import service as keys
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, Right
from upheld.vault import reading, seals, terms
from upheld.vault.deciding import JSON
from upheld.vault.events import VaultEvent
from upheld.vault.models import SealedItem
from upheld.vault.narrowing import Narrowing, journal_ids
from upheld.vault.values import Collected, CollectedItem, OpenedItems, Reader, ReaderKind, Source

_WHOSE_WORD: Final = {ReaderKind.GUARDIAN: Source.GUARDIAN}
"""Whose word a corrected value is; staff write down what the person asked for."""


def copy_of(
    *,
    data_subject_id: DataSubjectId,
    now: datetime,
    by: Reader,
    right: Right = Right.COPY,
    categories: Collection[str] | None = None,
    limit: int = reading.ITEMS_AT_ONCE,
) -> OpenedItems:
    """Open everything readable of a person for that person (PIPL art. 45, GDPR art. 15).

    Args:
        data_subject_id: whose.
        now: an item that expired before it is not in the copy.
        by: the person, the guardian, or staff who carry out the person's request.
        right: which right is used: access, copy or portability.
        categories: only these.
        limit: at most so many items, newest first.

    Raises:
        NotFound: nobody of that id is known, or that person was erased.
        Forbidden: the reader is none of these.
    """
    with act() as acting:
        person = _entitled(data_subject_id, by, now)
        opened = reading.look(categories, data_subject_id, now=now, by=by, limit=limit)
        reading.leave_trace(f"right:{right.value}", opened, data_subject_id, now=now, by=by)
        acting.record(
            VaultEvent.COPIED,
            now=now,
            subject=data_subject_id,
            clause=f"rights.{right.value}",
            control="rights.own_data_only",
            facts=_standing(person, by, now) | reading.seen(opened, by, now) | {"categories": sorted(opened)},
        )
        return opened


def correct(*, data_subject_id: DataSubjectId, item_id: UUID, value: str, now: datetime, by: Reader) -> Collected:
    """Put a right value in the place of a wrong one (PIPL art. 46, GDPR art. 16).

    The new item keeps the old one's purpose, clause and end: correcting keeps nothing for longer. The old value's
    sealed bytes are overwritten, and the restore journal says so.

    Raises:
        NotFound: the person has no such item, or it can no longer be read.
        Conflict: it was corrected meanwhile.
        Forbidden: the reader is neither the person, nor the guardian, nor staff carrying out a request.
        BadInput: the new value is not what the category asks for.
    """
    with act() as acting:
        person = _entitled(data_subject_id, by, now)
        old = reading.readable(data_subject_id, now=now).filter(id=item_id).first()
        if old is None:
            raise NotFound("there is no such item")
        new = _replacement(old, value, now=now, source=_WHOSE_WORD.get(by.kind, Source.SELF))
        new.save(force_insert=True)
        _supersede(old, new, now)
        facts = _standing(person, by, now) | {"category": old.category, "clauses": [old.clause]}
        acting.record(
            VaultEvent.CORRECTED,
            now=now,
            subject=data_subject_id,
            clause=f"rights.{Right.CORRECTION.value}",
            control="rights.own_data_only",
            facts=facts,
        )
    item = CollectedItem(item_id=new.id, category=new.category, clause=new.clause, expires_at=new.expires_at)
    return Collected(
        data_subject_id=data_subject_id, purpose=new.purpose, version=new.version, collected_at=now, items=(item,)
    )


def _entitled(data_subject_id: DataSubjectId, by: Reader, now: datetime) -> PersonFacts:
    """Return the person's facts, if this reader may use the person's rights.

    1. No restored journal waits.
    2. The person is known and not erased; both look alike from outside.
    3. The reader is the person, the guardian in office, or staff carrying out a request of the person's.
    """
    journal.refuse_until_replayed()
    person = facts.of(data_subject_id).person
    if person.stops & (Stop.UNKNOWN_PERSON | Stop.ERASED):
        raise NotFound("there is no such person")
    if controls.in_force("vault.item_has_one_subject") and not _is_entitled(person, by, now):
        raise Forbidden("rights are used by the person, a guardian in office, or staff on the person's request")
    return person


def _is_entitled(person: PersonFacts, by: Reader, now: datetime) -> bool:
    match by.kind:
        case ReaderKind.SELF:
            return True
        case ReaderKind.GUARDIAN:
            return person.guardian_until > now.timestamp()
        case ReaderKind.STAFF:
            return reading.unreasoned(by) is None
        case _:
            return False


def _standing(person: PersonFacts, by: Reader, now: datetime) -> dict[str, JSON]:
    return {
        "reader": by.kind.value,
        "entitled": _is_entitled(person, by, now),
        "guardian": person.guardian_until > now.timestamp(),
        "reason_given": bool(by.reason.strip()),
        "version": person.version,
    }


def _replacement(old: SealedItem, value: str, *, now: datetime, source: Source) -> SealedItem:
    checked = terms.checked(old.version, old.category, value)
    key = keys.load(old.key_id).secret
    row_id = uuid7(now)
    place = seals.item_place(row_id, DataSubjectId(old.data_subject_id), old.category)
    sealed = seals.seal(key, checked, place)
    return SealedItem(
        id=row_id,
        data_subject_id=old.data_subject_id,
        category=old.category,
        purpose=old.purpose,
        clause=old.clause,
        period=old.period,
        key_id=old.key_id,
        sealed=sealed,
        sealed_format=seals.format_of(sealed),
        collected_at=old.collected_at,
        expires_at=old.expires_at,
        source=source.value,
        version=old.version,
        restricted_at=old.restricted_at,
    )


def _supersede(old: SealedItem, new: SealedItem, now: datetime) -> None:
    """Overwrite the old value, unless someone else did so first."""
    changed = SealedItem.objects.filter(id=old.id, superseded_at=None).update(
        sealed=b"", superseded_at=now, superseded_by=new.id
    )
    if not changed:
        raise Conflict("the item was corrected meanwhile; look again")
    journal_ids(Narrowing.SUPERSEDED, DataSubjectId(old.data_subject_id), [old.id], now=now)
