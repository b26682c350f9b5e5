# SPDX-License-Identifier: Apache-2.0
"""Which evidence is a person's own, so that the person can be given receipts of it.

The log itself leads from nobody to anything: each entry names its person by a reference of its own. This table is the
other way in, for the person alone; it is removed with the person, and the entries then lead nowhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import models

from upheld.errors import NotFound
from upheld.ledger import entries
from upheld.ledger.entries import Entry
from upheld.storage.base import BareTable, ErasedBy
from upheld.storage.ledger_models import EvidenceIntake, LedgerEntry
from upheld.terms import DataSubjectId

KINDS: Final = (
    "children.age.",
    "children.guardian.",
    "consent.",
    "notices.version.acknowledged",
    "people.account.",
    "people.identifier.",
    "retention.account.",
    "retention.erasure.",
    "rights.request.",
    "rights.restriction.",
    "sharing.disclosure.",
    "vault.item.collected",
    "vault.item.copied",
    "vault.item.corrected",
)
"""Beginnings of the names of events that people get receipts of: what they did, and what was done about it."""
PAGE: Final = 200
"""Receipts of a list that is shown whole."""


class OwnEvidence(BareTable):
    """One piece of evidence that is a person's own."""

    erased = ErasedBy.ROW("removed with the person; the entries of the log then lead to nobody")

    evidence_id = models.UUIDField(primary_key=True)
    data_subject_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "upheld_own_evidence"
        indexes = [models.Index(fields=["data_subject_id", "-at"], name="own_evidence_by_subject")]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnEntry:
    """An entry of the log that is a person's own; `index` is None until the sequencer has taken it in."""

    evidence_id: UUID
    at: datetime
    entry: Entry
    index: int | None


def note(evidence_id: UUID, *, data_subject_id: DataSubjectId, kind: str, at: datetime) -> None:
    """Note, in the caller's act, that evidence is a person's own, if people get receipts of its kind."""
    if kind.startswith(KINDS):
        OwnEvidence(evidence_id=evidence_id, data_subject_id=data_subject_id, kind=kind, at=at).save(force_insert=True)


def entries_of(data_subject_id: DataSubjectId, *, kinds: Collection[str] = (), limit: int = PAGE) -> list[OwnEntry]:
    """List a person's own entries, newest first; `kinds` narrows to some events."""
    rows = OwnEvidence.objects.filter(data_subject_id=data_subject_id)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    ids = list(rows.order_by("-at", "-evidence_id").values_list("evidence_id", flat=True)[:limit])
    return _read(ids)


def entry_of(data_subject_id: DataSubjectId, evidence_id: UUID) -> OwnEntry:
    """Return one of a person's own entries.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    if not OwnEvidence.objects.filter(evidence_id=evidence_id, data_subject_id=data_subject_id).exists():
        raise NotFound("there is no such receipt")
    return _read([evidence_id])[0]


def forget(*, data_subject_id: DataSubjectId) -> int:
    """Remove, inside an erasure's act, what leads from a person to the log; say how many rows."""
    return OwnEvidence.objects.filter(data_subject_id=data_subject_id).delete()[0]


def _read(ids: list[UUID]) -> list[OwnEntry]:
    # what waits first: a row that gets its index between the two reads is then found in both, and never in neither
    waiting = EvidenceIntake.objects.filter(evidence_id__in=ids).values_list("evidence_id", "at", "leaf")
    found: dict[UUID, tuple[datetime, bytes, int | None]] = {one: (at, bytes(leaf), None) for one, at, leaf in waiting}
    logged = LedgerEntry.objects.filter(evidence_id__in=ids).values_list("evidence_id", "at", "leaf", "index")
    found |= {one: (at, bytes(leaf), index) for one, at, leaf, index in logged}
    return [
        OwnEntry(evidence_id=one, at=found[one][0], entry=entries.read(found[one][1]), index=found[one][2])
        for one in ids
        if one in found
    ]
