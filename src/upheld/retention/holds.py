# SPDX-License-Identifier: Apache-2.0
"""Legal holds: placed with the law that demands them, lifted, and what they name while they last."""

from datetime import datetime
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, NotFound
from upheld.facts import queries as facts
from upheld.retention import restoring
from upheld.retention.events import RetentionEvent
from upheld.retention.models import LegalHold
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault.rules import minute


def place(*, data_subject_id: DataSubjectId, clause: str, law: str, until: datetime, now: datetime) -> UUID:
    """Hold what one storage clause keeps of a person, until a date, under a named law.

    Raises:
        BadInput: the clause is none of the policy's, the law is not named, or the date has passed.
    """
    version = facts.of(data_subject_id).person.version
    if not clause.startswith("storage.") or clause.removeprefix("storage.") not in facts.policy(version).storage:
        raise BadInput("expected a storage clause of the person's policy version")
    if not law.strip():
        raise BadInput("expected the article or order that demands the hold, nothing came")
    if until <= now:
        raise BadInput("expected a date to come for the end of the hold")
    with act() as acting:
        hold = LegalHold.objects.create(
            id=uuid7(now),
            data_subject_id=data_subject_id,
            clause=clause,
            law=law.strip()[:200],
            placed_at=now,
            until=until,
        )
        restoring.journal_hold(hold, now=now)
        acting.record(
            RetentionEvent.HOLD_PLACED,
            now=now,
            subject=data_subject_id,
            clause=clause,
            control="retention.hold_keeps_only_its_own",
            facts={"until": minute(until)},
        )
    return hold.id


def lift(*, hold_id: UUID, now: datetime) -> None:
    """End a hold; what it held goes with the next sweep.

    Raises:
        NotFound: there is no hold of that id in force.
    """
    with act() as acting:
        hold = LegalHold.objects.select_for_update().filter(id=hold_id, lifted_at=None).first()
        if hold is None:
            raise NotFound("there is no such hold in force")
        hold.lifted_at = now
        hold.save(update_fields=["lifted_at"])
        restoring.journal_lifted(hold, now=now)
        acting.record(
            RetentionEvent.HOLD_LIFTED,
            now=now,
            subject=DataSubjectId(hold.data_subject_id),
            clause=hold.clause,
            control="retention.hold_keeps_only_its_own",
            facts={},
        )


def held_clauses(data_subject_id: DataSubjectId, *, now: datetime) -> frozenset[str]:
    """Name the storage clauses of a person that holds name now; without the control a hold keeps everything."""
    rows = LegalHold.objects.filter(data_subject_id=data_subject_id, lifted_at=None, until__gt=now)
    named = frozenset(rows.values_list("clause", flat=True))
    if named and not controls.in_force("retention.hold_keeps_only_its_own"):
        policy = facts.policy(facts.of(data_subject_id).person.version)
        return frozenset(f"storage.{name}" for name in policy.storage)
    return named


def held_people(*, now: datetime) -> frozenset[UUID]:
    """Name the people of whom anything is held; the sweep looks at their holds one by one."""
    rows = LegalHold.objects.filter(lifted_at=None, until__gt=now)
    return frozenset(rows.values_list("data_subject_id", flat=True))
