# SPDX-License-Identifier: Apache-2.0
"""Open what is sealed: decided again from fresh facts, recorded as a look that the person can read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Forbidden
from upheld.facts import queries
from upheld.gate import Ask, Denied, Reason
from upheld.gate.values import Stop
from upheld.keys import service as keys
from upheld.policy.model.storage import Start
from upheld.storage.acts import Fact, act
from upheld.terms import Act, Actor, DataSubjectId
from upheld.vault import hot, rules, seals, terms
from upheld.vault.deciding import decide, named
from upheld.vault.events import VaultEvent
from upheld.vault.models import Access, SealedItem
from upheld.vault.values import Opened, OpenedItems, Reader, ReaderKind, Source, StaffReason

ITEMS_AT_ONCE: Final = 1_000
"""Most items opened in one act; a longer history is read in parts, so that one ask cannot hold the process."""

REASON_CLAUSE: Final = "house.access-reasons"
"""The key under which a reason in words is sealed; it is the person's, and dies with the person's other keys."""

REASON_CHARACTERS: Final = 500
"""Longest reason in words."""

_OWN: Final = frozenset({ReaderKind.SELF, ReaderKind.GUARDIAN})
"""Whom a restriction of single items does not keep from reading them: it was asked for on the person's behalf."""


def open_items(
    *, ask: Ask, data_subject_id: DataSubjectId, now: datetime, by: Reader, limit: int = ITEMS_AT_ONCE
) -> OpenedItems:
    """Open a person's items for one purpose.

    Args:
        ask: what for; only its categories are opened.
        data_subject_id: whose.
        now: an item that expired before it is unreadable.
        by: who looks; staff give a listed reason and say it in words.
        limit: at most so many, newest first.

    Raises:
        BadInput: the ask collects, or names no category; or the limit is out of bounds.
        Denied: the gate said no, or staff gave no reason; the refusal is recorded.
    """
    _check_shape(ask, by, limit)
    with act() as acting:
        decision = decide(with_reason(ask, by), data_subject_id=data_subject_id, now=now)
        decision = decision.and_also(_unreasoned(by)).and_also(another_person(by, data_subject_id, decision.clause))
        if decision.denial is None:
            opened = look(decision.ask.categories, data_subject_id, now=now, by=by, limit=limit)
            leave_trace(ask.purpose, opened, data_subject_id, now=now, by=by)
            if ask.act is Act.USE:
                _renew(opened, now)
            facts = decision.evidence(**seen(opened, by, now))
            acting.record(VaultEvent.OPENED, now=now, subject=data_subject_id, facts=facts, **decision.bears_on)
            return opened
        facts = decision.evidence(**who(by))
        acting.record(VaultEvent.OPENING_REFUSED, now=now, subject=data_subject_id, facts=facts, **decision.bears_on)
    raise Denied(decision.denial)


def with_reason(ask: Ask, by: Reader) -> Ask:
    """Give the gate what it demands of a look by staff: the reason's code and the case, never the words."""
    if by.kind is not ReaderKind.STAFF:
        return ask
    said = {"reason": by.reason_code, "case": by.case}
    return replace(ask, evidence={**ask.evidence, **{name: word for name, word in said.items() if word}})


def is_reasoned(by: Reader) -> bool:
    """Say whether a reader is a known member of staff with a listed reason, a case, and words for it."""
    listed = by.reason_code in set(StaffReason)
    return by.kind is ReaderKind.STAFF and by.id is not None and listed and bool(by.case and by.reason.strip())


def _unreasoned(by: Reader) -> Reason | None:
    """Say what is missing when staff look without saying why; the gate sees the code, the vault also the words."""
    if by.kind is not ReaderKind.STAFF or is_reasoned(by):
        return None
    if not controls.in_force("vault.staff_open_with_reason"):
        return None
    return Reason(
        code="staff_reason_missing", control="vault.staff_open_with_reason", clause="", lifts="evidence reason case"
    )


def another_person(by: Reader, data_subject_id: DataSubjectId, clause: str | None) -> Reason | None:
    """Say that someone who reads as the person is another one; a shell names its person in the reader's id."""
    if is_own(by, data_subject_id) or not controls.in_force("rights.own_data_only"):
        return None
    return Reason(code="another_person", control="rights.own_data_only", clause=clause or "")


def is_own(by: Reader, data_subject_id: DataSubjectId) -> bool:
    """Say whether a reader who comes as the person is that person; other kinds of readers do not claim to be."""
    return by.kind is not ReaderKind.SELF or by.id == data_subject_id


def _renew(opened: OpenedItems, now: datetime) -> None:
    """Begin anew the periods that run from the last use, which this is."""
    for version, clause in {(item.version, item.clause) for item in opened.every if item.expires_at is not None}:
        term = terms.term_of_clause(terms.policy(version), clause)
        if term is not None and term.start is Start.LAST_USE:
            ids = [item.item_id for item in opened.every if (item.version, item.clause) == (version, clause)]
            SealedItem.objects.filter(id__in=ids).update(expires_at=terms.span_after(now, term.keep))


def look(
    categories: Iterable[str] | None, data_subject_id: DataSubjectId, *, now: datetime, by: Reader, limit: int
) -> OpenedItems:
    """Open the readable items of these categories, or of all; the caller has a permit, and records the look."""
    unrestricted_only = by.kind not in _OWN and controls.in_force("gate.restricted_stops_use")
    rows = hot.readable_rows(data_subject_id, categories, now=now, with_restricted=not unrestricted_only, limit=limit)
    return OpenedItems(open_rows(rows))


def readable(data_subject_id: DataSubjectId, *, now: datetime) -> QuerySet[SealedItem]:
    """Select what of a person may still be read: current and not expired, newest first."""
    rows = SealedItem.objects.filter(data_subject_id=data_subject_id, superseded_at=None)
    if controls.in_force("vault.expiry_at_read"):
        rows = rows.filter(Q(expires_at=None) | Q(expires_at__gt=now))
    return rows.order_by("-collected_at", "-id")


def open_rows(rows: Sequence[SealedItem]) -> tuple[Opened, ...]:
    """Open rows, each key loaded once; a row whose key is destroyed is erased already."""
    alive = keys.load_many({row.key_id for row in rows})
    return tuple(_opened(row, alive[row.key_id].secret) for row in rows if row.key_id in alive)


def _opened(row: SealedItem, key: bytes) -> Opened:
    place = seals.item_place(row.id, DataSubjectId(row.data_subject_id), row.category)
    return Opened(
        item_id=row.id,
        category=row.category,
        purpose=row.purpose,
        clause=row.clause,
        collected_at=row.collected_at,
        expires_at=row.expires_at,
        source=Source(row.source),
        version=row.version,
        value=seals.unseal(key, bytes(row.sealed), place),
    )


def leave_trace(
    purpose: str, opened: OpenedItems, data_subject_id: DataSubjectId, *, now: datetime, by: Reader
) -> None:
    """Write the look where the person can read it, its reason in words sealed; who was erased reads none."""
    row = Access(
        id=uuid7(now),
        data_subject_id=data_subject_id,
        at=now,
        reader=by.kind.value,
        reader_id=by.id,
        purpose=purpose,
        reason_code=by.reason_code,
        categories=sorted(opened),
        items=len(opened.every),
    )
    if by.reason and not queries.of(data_subject_id).person.stops & Stop.ERASED:
        row.reason_key_id, key = keys.data_key(
            data_subject_id=data_subject_id, clause=REASON_CLAUSE, period="", now=now
        )
        row.reason_sealed = seals.seal(key.secret, by.reason, seals.reason_place(row.id, data_subject_id))
    row.save(force_insert=True)


def seen(opened: OpenedItems, by: Reader, now: datetime) -> dict[str, Fact]:
    """Say in evidence who saw how much, and whether any of it had expired or was opened without a reason."""
    ends = [item.expires_at for item in opened.every if item.expires_at is not None]
    return {
        **who(by),
        "items": len(opened.every),
        "clauses": named(item.clause for item in opened.every),
        "opened_at": rules.minute(now),
        "earliest_end": rules.minute(min(ends, default=None)),
        "expired_items": sum(end <= now for end in ends),
    }


def who(by: Reader) -> dict[str, Fact]:
    """Say in evidence what class of reader looked, and of staff whether they said why."""
    found: dict[str, Fact] = {"reader": by.kind.value}
    if by.kind is ReaderKind.STAFF:
        found |= {"reason_code": by.reason_code, "reason_given": is_reasoned(by)}
    return found


def find_subject(*, kind: str, normalized: str, purpose: str, now: datetime, by: Reader) -> DataSubjectId | None:
    """Find the person whom an identifier leads to: exact match only, by staff with a reason.

    Raises:
        Forbidden: the reader is no staff, or gave no reason.
    """
    if controls.in_force("vault.staff_open_with_reason") and not is_reasoned(by):
        raise Forbidden("people are looked up by staff, with a case and a listed reason told in words")
    with act() as acting:
        found = keys.find(kind, normalized)
        if found is not None:
            leave_trace(purpose, OpenedItems(()), found, now=now, by=by)
        acting.record(
            VaultEvent.FOUND,
            now=now,
            subject=found,
            clause=None,
            control="vault.staff_open_with_reason",
            facts={
                "reader": by.kind.value,
                "reason_code": by.reason_code,
                "reason_given": is_reasoned(by),
                "found": found is not None,
            },
        )
    return found


def _check_shape(ask: Ask, by: Reader, limit: int) -> None:
    if ask.act in {Act.COLLECT, Act.KEEP, Act.PERMISSION}:
        raise BadInput(f"opening needs an ask that reads, act {ask.act.value} came")
    if not ask.categories:
        raise BadInput("expected at least one category to open, none came")
    if not 1 <= limit <= ITEMS_AT_ONCE:
        raise BadInput(f"expected a limit from 1 to {ITEMS_AT_ONCE}, {limit} came")
    if (by.kind is ReaderKind.STAFF) != (ask.act is Act.STAFF_OPEN):
        raise BadInput("staff open with act staff_open, and nobody else does")
    if (by.kind is ReaderKind.GUARDIAN) != (ask.actor is Actor.GUARDIAN):
        raise BadInput("who reads as guardian asks as guardian")
    if len(by.reason) > REASON_CHARACTERS:
        raise BadInput(f"expected a reason of at most {REASON_CHARACTERS} characters, {len(by.reason)} came")
