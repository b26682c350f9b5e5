# SPDX-License-Identifier: Apache-2.0
"""Erasures, carried out as durable steps that any crash resumes.

1. *begin*: the erasure is written down with its reason; from here on it cannot be forgotten.
2. *deny*: when everything goes, the person's facts say erased, so every later ask is refused.
3. *items*: what no hold names leaves the vault; its keys are destroyed last.
4. *recipients*: everyone who received any of it is listed, to be told.
5. *account*: when everything goes, sessions, identifiers and account rows go too.
6. *prove*: reading back finds nothing; the counts are the proof.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.consent import service as consent
from upheld.crypto.randomness import uuid7
from upheld.devices import service as devices
from upheld.errors import Broken, NotFound
from upheld.facts import service as facts_service
from upheld.notices import service as notices
from upheld.people import service as people
from upheld.retention import holds, restoring
from upheld.retention.events import RetentionEvent
from upheld.retention.models import Erasure
from upheld.retention.values import Because, ErasureState
from upheld.sharing import queries as sharing
from upheld.storage import jobs, own_evidence
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault import service as vault
from upheld.vault.values import Selection

JOB: Final = "retention.erase"
"""The job that carries an erasure out; its steps are in `upheld.retention.jobs`."""


def begin(
    *,
    data_subject_id: DataSubjectId,
    because: Because,
    now: datetime,
    categories: Collection[str] = (),
    item_ids: Collection[UUID] = (),
    request_id: UUID | None = None,
) -> UUID:
    """Write an erasure down; without categories or items it takes everything. The job `retention.erase` does the rest."""
    with act() as acting:
        row = Erasure.objects.create(
            id=uuid7(now),
            data_subject_id=data_subject_id,
            because=because.value,
            request_id=request_id,
            categories=sorted(categories),
            item_ids=sorted(map(str, item_ids)),
            state=ErasureState.BEGUN.value,
            begun_at=now,
        )
        acting.record(
            RetentionEvent.ERASURE_BEGUN,
            now=now,
            subject=data_subject_id,
            clause="rights.requests.erasure",
            control="retention.erasure_read_back",
            facts={"because": because.value, "everything": row.takes_everything, "categories": row.categories},
        )
        jobs.enqueue(JOB, key=f"erase:{row.id}", arguments={"erasure": str(row.id)}, now=now)
    return row.id


def deny(erasure_id: UUID, *, now: datetime) -> None:
    """Refuse every later act on a person who is erased whole; what a hold names is stored and nothing else."""
    row = _begun(erasure_id)
    if not row.takes_everything:
        return
    subject = DataSubjectId(row.data_subject_id)
    held = holds.held_clauses(subject, now=now)
    if held:
        facts_service.restrict(subject, now)
    else:
        facts_service.erase(subject, now)
    restoring.journal_end(subject, held=held, now=now)


def erase_items(erasure_id: UUID, *, now: datetime) -> None:
    """Take the chosen items from the vault, save those that a hold names."""
    row = _begun(erasure_id)
    subject = DataSubjectId(row.data_subject_id)
    held = holds.held_clauses(subject, now=now)
    done = vault.erase_items(data_subject_id=subject, selection=_selection(row, held), now=now)
    row.items, row.keys, row.held = row.items + done.items, row.keys + done.keys, len(held)
    row.save(update_fields=["items", "keys", "held"])


def list_recipients(erasure_id: UUID) -> tuple[str, ...]:
    """Write down who received any of it, so that they are told to erase it too (GDPR art. 19; PIPL art. 47)."""
    row = _begun(erasure_id)
    made = sharing.disclosures(DataSubjectId(row.data_subject_id))
    wanted = set(row.categories)
    row.recipients = sorted({d.recipient for d in made if not wanted or wanted & set(d.categories)})
    row.save(update_fields=["recipients"])
    return tuple(row.recipients)


def erase_account(erasure_id: UUID, *, now: datetime) -> None:
    """Take sessions, identifiers, account rows and the way to receipts of a person who is erased whole."""
    row = _begun(erasure_id)
    if row.takes_everything:
        subject = DataSubjectId(row.data_subject_id)
        people.erase_subject(data_subject_id=subject, now=now)
        consent.forget(data_subject_id=subject)
        devices.forget(data_subject_id=subject)
        notices.forget(data_subject_id=subject)
        own_evidence.forget(data_subject_id=subject)
        restoring.end_keys(subject, held=holds.held_clauses(subject, now=now), now=now)


def prove(erasure_id: UUID, *, now: datetime) -> Erasure:
    """Read back, and end the erasure with its proof.

    Raises:
        Broken: something of it can still be found; the job tries again and the board shows it.
    """
    with act() as acting:
        row = _begun(erasure_id)
        subject = DataSubjectId(row.data_subject_id)
        held = holds.held_clauses(subject, now=now)
        row.left = vault.leftovers(data_subject_id=subject, selection=_selection(row, held)).found
        if row.left and controls.in_force("retention.erasure_read_back"):
            raise Broken(f"an erasure left {row.left} rows or keys behind")
        row.state, row.done_at = ErasureState.DONE.value, now
        row.save()
        acting.record(
            RetentionEvent.ERASURE_DONE,
            now=now,
            subject=subject,
            clause="rights.requests.erasure",
            control="retention.erasure_read_back",
            facts={
                "because": row.because,
                "everything": row.takes_everything,
                "items": row.items,
                "keys": row.keys,
                "left": row.left,
                "held": row.held,
                "recipients": row.recipients,
            },
        )
    return row


def _begun(erasure_id: UUID) -> Erasure:
    row = Erasure.objects.filter(id=erasure_id, state=ErasureState.BEGUN.value).first()
    if row is None:
        raise NotFound("there is no such erasure under way")
    return row


def _selection(row: Erasure, held: frozenset[str]) -> Selection:
    return Selection(
        categories=frozenset(row.categories) or None,
        item_ids=frozenset(UUID(one) for one in row.item_ids) or None,
        except_clauses=held,
    )
