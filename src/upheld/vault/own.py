# SPDX-License-Identifier: Apache-2.0
"""What people do with their own data by right: see it, take a copy, correct it.

A right is a purpose that the gate knows by itself (`right.copy`): it rests on law, so it goes on after a consent was
withdrawn, the data restricted or the account cancelled. Who may use it is the person, a guardian in office, or staff
who carry out the person's request.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import Conflict, NotFound
from upheld.gate import Ask, Denied, Reason
from upheld.gate.clauses import RIGHT_PREFIX
from upheld.gate.clauses import right as clause_of_right
from upheld.gate.values import PersonFacts
from upheld.keys import service as keys
from upheld.storage.acts import Act as Acting
from upheld.storage.acts import Fact, act
from upheld.terms import Act, Actor, DataSubjectId, Right
from upheld.vault import reading, seals, terms
from upheld.vault.deciding import Decision, decide, named
from upheld.vault.events import VaultEvent
from upheld.vault.models import SealedItem
from upheld.vault.narrowing import Narrowing, journal_ids
from upheld.vault.values import Collected, CollectedItem, OpenedItems, Reader, ReaderKind, Source

COPY_ITEMS: Final = 100_000
"""Most items of one copy: a measurement every five minutes for a year, some 100 MB of memory while it is made."""

_WHOSE_WORD: Final = {ReaderKind.GUARDIAN: Source.GUARDIAN}
"""Whose word a corrected value is; staff write down what the person asked for."""

_ACTORS: Final = {
    ReaderKind.SELF: Actor.SELF,
    ReaderKind.GUARDIAN: Actor.GUARDIAN,
    ReaderKind.STAFF: Actor.STAFF,
    ReaderKind.SERVICE: Actor.SERVICE,
    ReaderKind.RECIPIENT: Actor.SERVICE,
}


def copy_of(
    *,
    data_subject_id: DataSubjectId,
    now: datetime,
    by: Reader,
    right: Right = Right.COPY,
    categories: Collection[str] | None = None,
    limit: int | None = None,
) -> OpenedItems:
    """Open everything readable of a person for that person (PIPL art. 45, GDPR art. 15).

    Args:
        data_subject_id: whose.
        now: an item that expired before it is not in the copy.
        by: the person, the guardian, or staff who carry out the person's request.
        right: which right is used: access, copy or portability.
        categories: only these; all by default.
        limit: at most so many items, newest first; without it the copy is whole.

    Raises:
        Conflict: there is more than one copy may hold; take it in parts, by categories.
        Denied: the policy grants no such right, or the reader may not use it; the refusal is recorded.
    """
    use = Act.STAFF_OPEN if by.kind is ReaderKind.STAFF else Act.USE
    with act() as acting:
        decision = _decide(use, right, tuple(categories or ()), data_subject_id, by, now)
        if decision.denial is None:
            opened = reading.look(
                categories, data_subject_id, now=now, by=by, limit=COPY_ITEMS if limit is None else limit
            )
            cut_off = limit is None and len(opened.every) >= COPY_ITEMS
            _check_whole(cut_off=cut_off)
            reading.leave_trace(decision.ask.purpose, opened, data_subject_id, now=now, by=by)
            found = reading.seen(opened, by, now) | {"categories": named(opened), "cut_off": cut_off}
            _record(acting, VaultEvent.COPIED, decision, data_subject_id, by, now, found)
            return opened
        _record(acting, VaultEvent.OPENING_REFUSED, decision, data_subject_id, by, now, {})
    raise Denied(decision.denial)


def _check_whole(*, cut_off: bool) -> None:
    """Let no copy pass for whole that was cut off."""
    if cut_off and controls.in_force("vault.copy_is_whole"):
        raise Conflict(f"a copy holds at most {COPY_ITEMS} items", hint="take it in parts, by categories")


def correct(*, data_subject_id: DataSubjectId, item_id: UUID, value: str, now: datetime, by: Reader) -> Collected:
    """Put a right value in the place of a wrong one (PIPL art. 46, GDPR art. 16).

    The new item keeps the old one's purpose, clause and end: correcting keeps nothing for longer. The old value's
    sealed bytes are overwritten, and the restore journal says so.

    Raises:
        Denied: the policy grants no such right, or the reader may not use it; the refusal is recorded.
        NotFound: the person has no such item, or it can no longer be read.
        Conflict: it was corrected meanwhile.
        BadInput: the new value is not what the category asks for.
    """
    use = Act.STAFF_OPEN if by.kind is ReaderKind.STAFF else Act.COLLECT
    with act() as acting:
        decision = _decide(use, Right.CORRECTION, (), data_subject_id, by, now)
        if decision.denial is None:
            new = _put_right(data_subject_id, item_id, value, by, now)
            found: dict[str, Fact] = {"categories": [new.category], "clauses": [new.clause]}
            _record(acting, VaultEvent.CORRECTED, decision, data_subject_id, by, now, found)
            return _receipt(new, now)
        _record(acting, VaultEvent.CORRECTION_REFUSED, decision, data_subject_id, by, now, {})
    raise Denied(decision.denial)


def _decide(
    use: Act, right: Right, categories: tuple[str, ...], data_subject_id: DataSubjectId, by: Reader, now: datetime
) -> Decision:
    purpose = RIGHT_PREFIX + right.value
    ask = Ask(act=use, purpose=purpose, categories=categories, actor=_ACTORS[by.kind])
    decision = decide(reading.with_reason(ask, by), data_subject_id=data_subject_id, now=now)
    decision = decision.and_also(reading.another_person(by, data_subject_id, clause_of_right(right)))
    stranger = not _is_entitled(decision.facts.person, by, now)
    if stranger and controls.in_force("vault.item_has_one_subject"):
        return decision.and_also(_stranger(right))
    return decision


def _is_entitled(person: PersonFacts, by: Reader, now: datetime) -> bool:
    """Say whether a reader may use the person's rights: the person, a guardian in office, staff on a request."""
    match by.kind:
        case ReaderKind.SELF:
            return True
        case ReaderKind.GUARDIAN:
            return person.guardian_until > now.timestamp()
        case ReaderKind.STAFF:
            return reading.is_reasoned(by)
        case _:
            return False


def _stranger(right: Right) -> Reason:
    return Reason(code="not_entitled", control="vault.item_has_one_subject", clause=clause_of_right(right))


def _record(
    acting: Acting,
    event: VaultEvent,
    decision: Decision,
    data_subject_id: DataSubjectId,
    by: Reader,
    now: datetime,
    found: dict[str, Fact],
) -> None:
    standing: dict[str, Fact] = {
        **reading.who(by),
        "entitled": _is_entitled(decision.facts.person, by, now) and reading.is_own(by, data_subject_id),
    }
    facts = {**decision.evidence(), **standing, **found}
    acting.record(event, now=now, subject=data_subject_id, facts=facts, **decision.bears_on)


def _put_right(data_subject_id: DataSubjectId, item_id: UUID, value: str, by: Reader, now: datetime) -> SealedItem:
    old = reading.readable(data_subject_id, now=now).filter(id=item_id).first()
    if old is None:
        raise NotFound("there is no such item")
    new = _replacement(old, value, now=now, source=_WHOSE_WORD.get(by.kind, Source.SELF))
    new.save(force_insert=True)
    still_current = SealedItem.objects.filter(id=old.id, superseded_at=None)
    if not still_current.update(sealed=b"", superseded_at=now, superseded_by=new.id):
        raise Conflict("the item was corrected meanwhile; look again")
    journal_ids(Narrowing.SUPERSEDED, data_subject_id, [old.id], now=now)
    return new


def _replacement(old: SealedItem, value: str, *, now: datetime, source: Source) -> SealedItem:
    checked = terms.checked(terms.policy(old.version), old.category, value)
    key = keys.load(old.key_id).secret
    row_id = uuid7(now)
    sealed = seals.seal(key, checked, seals.item_place(row_id, DataSubjectId(old.data_subject_id), old.category))
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


def _receipt(new: SealedItem, now: datetime) -> Collected:
    item = CollectedItem(item_id=new.id, category=new.category, clause=new.clause, expires_at=new.expires_at)
    return Collected(
        data_subject_id=DataSubjectId(new.data_subject_id),
        purpose=new.purpose,
        version=new.version,
        collected_at=now,
        items=(item,),
    )
