# SPDX-License-Identifier: Apache-2.0
"""What narrows items without ending them: a storage period that begins, a restriction, a corrected value.

Each goes into the restore journal inside its act, so that a restored backup does not undo it.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from upheld.policy.model.storage import Start
from upheld.storage import journal
from upheld.storage.acts import Act as Acting
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault import rules, terms
from upheld.vault.choosing import chosen
from upheld.vault.events import VaultEvent
from upheld.vault.models import SealedItem
from upheld.vault.values import Selection


class Narrowing(StrEnum):
    """Kinds of journal entries that this room writes and replays."""

    ERASED = "vault.items_erased"
    PERIOD_BEGUN = "vault.period_begun"
    RESTRICTED = "vault.items_restricted"
    SHORTENED = "vault.periods_shortened"
    SUPERSEDED = "vault.items_superseded"
    UNRESTRICTED = "vault.items_unrestricted"
    """Widens, but has to follow the restriction that it lifts when both are replayed."""


IDS_AT_ONCE: Final = journal.LARGEST_IDS
"""Ids in one journal entry; longer lists become several entries."""


def begin_period(*, data_subject_id: DataSubjectId, start: Start, now: datetime) -> int:
    """Begin the storage periods of a person that wait for this moment; return for how many items.

    Args:
        data_subject_id: whose.
        start: what has happened: a cancellation, a case closed, an erasure.
        now: when it happened.
    """
    with act() as acting:
        ends, begun = _begin(data_subject_id, start, now)
        if begun:
            facts = {"subject": str(data_subject_id), "start": start.value}
            journal.narrow(Narrowing.PERIOD_BEGUN, facts=facts, now=now)
        acting.record(
            VaultEvent.PERIOD_BEGUN,
            now=now,
            subject=data_subject_id,
            clause=min(ends, default=None),
            control="retention.sweep",
            facts={
                "start": start.value,
                "items": begun,
                "ends": {clause: rules.minute(end) for clause, end in ends.items()},
            },
        )
    return begun


def _begin(data_subject_id: DataSubjectId, start: Start, at: datetime) -> tuple[dict[str, datetime], int]:
    waiting = SealedItem.objects.filter(data_subject_id=data_subject_id, expires_at=None)
    ends: dict[str, datetime] = {}
    begun = 0
    for version, clause in sorted(set(waiting.values_list("version", "clause"))):
        term = terms.term_of_clause(terms.policy(version), clause)
        if term is not None and term.start is start:
            ends[clause] = terms.span_after(at, term.keep)
            begun += waiting.filter(version=version, clause=clause).update(expires_at=ends[clause])
    return ends, begun


@journal.replays(Narrowing.PERIOD_BEGUN)
def _begin_again(facts: journal.JournalFacts, at: datetime) -> None:
    _begin(subject_of(facts), Start(str(facts["start"])), at)


def shorten_periods(*, data_subject_id: DataSubjectId, version: int, now: datetime) -> int:
    """Let items end sooner where a version that now binds the person keeps them for less; return how many.

    A version that keeps longer changes nothing here: an item keeps the clause it was collected under.
    """
    with act() as acting:
        shortened = _shorten(data_subject_id, version)
        if shortened:
            facts: journal.JournalFacts = {"subject": str(data_subject_id), "version": version}
            journal.narrow(Narrowing.SHORTENED, facts=facts, now=now)
        acting.record(
            VaultEvent.PERIODS_SHORTENED,
            now=now,
            subject=data_subject_id,
            clause=None,
            control="retention.sweep",
            facts={"version": version, "items": shortened},
        )
    return shortened


def _shorten(data_subject_id: DataSubjectId, version: int) -> int:
    held = SealedItem.objects.filter(data_subject_id=data_subject_id, superseded_at=None, version__lt=version)
    policy = terms.policy(version)
    shortened = 0
    for row in held.exclude(expires_at=None).defer("sealed"):
        term = terms.term_for(policy, purpose=row.purpose, category=row.category)
        end = None if term is None else term.expires_at(row.collected_at)
        if end is not None and row.expires_at is not None and end < row.expires_at:
            shortened += held.filter(id=row.id).update(expires_at=end)
    return shortened


@journal.replays(Narrowing.SHORTENED)
def _shorten_again(facts: journal.JournalFacts, _at: datetime) -> None:
    _shorten(subject_of(facts), int(str(facts["version"])))


def restrict_items(*, data_subject_id: DataSubjectId, selection: Selection, now: datetime) -> int:
    """Let the chosen items be stored and nothing else; return how many were not so before."""
    with act() as acting:
        rows = chosen(data_subject_id, selection).filter(restricted_at=None)
        ids = list(rows.values_list("id", flat=True))
        SealedItem.objects.filter(id__in=ids).update(restricted_at=now)
        journal_ids(Narrowing.RESTRICTED, data_subject_id, ids, now=now)
        _record_count(acting, VaultEvent.RESTRICTED, data_subject_id, len(ids), now=now)
    return len(ids)


def unrestrict_items(*, data_subject_id: DataSubjectId, selection: Selection, now: datetime) -> int:
    """Let the chosen items be used again; return how many were restricted."""
    with act() as acting:
        rows = chosen(data_subject_id, selection).exclude(restricted_at=None)
        ids = list(rows.values_list("id", flat=True))
        SealedItem.objects.filter(id__in=ids).update(restricted_at=None)
        journal_ids(Narrowing.UNRESTRICTED, data_subject_id, ids, now=now)
        _record_count(acting, VaultEvent.UNRESTRICTED, data_subject_id, len(ids), now=now)
    return len(ids)


def _record_count(
    acting: Acting, event: VaultEvent, data_subject_id: DataSubjectId, items: int, *, now: datetime
) -> None:
    acting.record(
        event,
        now=now,
        subject=data_subject_id,
        clause="rights.requests.restriction",
        control="gate.restricted_stops_use",
        facts={"items": items},
    )


@journal.replays(Narrowing.RESTRICTED)
def _restrict_again(facts: journal.JournalFacts, at: datetime) -> None:
    items_of(facts).filter(restricted_at=None).update(restricted_at=at)


@journal.replays(Narrowing.UNRESTRICTED)
def _unrestrict_again(facts: journal.JournalFacts, _at: datetime) -> None:
    items_of(facts).update(restricted_at=None)


@journal.replays(Narrowing.SUPERSEDED)
def _supersede_again(facts: journal.JournalFacts, at: datetime) -> None:
    """Take the wrong value away again; the right one came after the backup and is gone, which the person is told."""
    items_of(facts).filter(superseded_at=None).update(sealed=b"", superseded_at=at)


def journal_ids(kind: Narrowing, data_subject_id: DataSubjectId, ids: Sequence[UUID], *, now: datetime) -> None:
    """Write to the restore journal, inside the caller's act, what happens to these items."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = [str(one) for one in ids[start : start + IDS_AT_ONCE]]
        journal.narrow(kind, facts={"subject": str(data_subject_id), "items": some}, now=now)


def subject_of(facts: journal.JournalFacts) -> DataSubjectId:
    """Return the person whom a journal entry is about."""
    return DataSubjectId(UUID(str(facts["subject"])))


def items_of(facts: journal.JournalFacts) -> QuerySet[SealedItem]:
    """Select the items that a journal entry lists."""
    listed = facts["items"]
    ids = [UUID(one) for one in listed] if isinstance(listed, list) else []
    return SealedItem.objects.filter(data_subject_id=subject_of(facts), id__in=ids)
