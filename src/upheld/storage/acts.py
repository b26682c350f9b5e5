# SPDX-License-Identifier: Apache-2.0
"""An act and its evidence commit together, or neither does.

    with act() as acting:
        Consent.objects.create(...)
        acting.record(ConsentEvent.GIVEN, now=now, subject=data_subject_id, clause="consent.photos",
                      control="gate.separate_consent", facts={"topic": "sensitive:photos"})

Leaving the block without `record` raises `NoEvidence` and rolls everything back. An act inside an act joins the outer
transaction; each still needs its own evidence, and an inner act that fails takes its own rows and evidence with it.
Evidence lives in the default database, so acts are on that alone; what crosses databases uses `storage.intents`.

`facts` hold what an inspector needs to judge the clause without trusting the control, and nothing about a person:
words of our own, ids of policy things, whole numbers, true and false, times cut to the minute. The person appears as
`HMAC(the person's log key, nonce)`, a new one in every entry. Log keys live a floor above, so `keys` hands its maker
of references to `refer_subjects_with` when it is loaded.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction

from upheld import controls
from upheld.errors import BadInput, Misconfigured, NoEvidence
from upheld.storage import own_evidence
from upheld.storage.errors import safe_errors
from upheld.storage.evidence import Evidence, Fact, SubjectRef
from upheld.storage.sequencer import take_in
from upheld.terms import DataSubjectId

__all__ = ["Act", "Evidence", "Fact", "SubjectRef", "act", "refer_subjects_with"]

EVIDENCE_STORE: Final = "default"
"""The database that evidence is taken in; an act on any other could not commit with its evidence."""

SubjectReferrer = Callable[[DataSubjectId, datetime], SubjectRef]
_referrers: list[SubjectReferrer] = []


def refer_subjects_with(referrer: SubjectReferrer) -> None:
    """Take the maker of subject references; `upheld.keys.service` calls this when it is loaded."""
    _referrers[:] = [referrer]


class Act:
    """An act under way; `record` is what makes it one."""

    def __init__(self) -> None:
        """Start without evidence."""
        self._recorded = 0

    @property
    def has_evidence(self) -> bool:
        """Say whether anything was recorded."""
        return self._recorded > 0

    def record(
        self,
        event: StrEnum,
        *,
        now: datetime,
        subject: DataSubjectId | None,
        clause: str | None,
        control: str | None,
        facts: Mapping[str, Fact],
    ) -> UUID:
        """Write the evidence of this act, in this act's transaction, and return the id it is found by for good.

        Args:
            event: what happened; a member of the room's `events`.
            now: when, aware UTC.
            subject: whom it is about, or None if about nobody.
            clause: the clause of the policy that it bears on.
            control: the control that let it pass or stopped it.
            facts: what an inspector needs; nothing about a person. `policy`, `actor` and `record` become the entry's
                own fields (`upheld.ledger.entries`).

        Raises:
            BadInput: a fact is not JSON, has a fraction, or `now` has no time zone.
            EntryMalformed: it makes no entry.
        """
        if now.tzinfo is None:
            raise BadInput("evidence needs an aware time, a naive one came")
        for name, fact in facts.items():
            _check(name, fact)
        evidence_id = take_in(
            Evidence(
                event=event.value,
                at=now,
                subject=None if subject is None else _refer(subject, now),
                clause=clause,
                control=control,
                facts=facts,
            )
        )
        if subject is not None:
            own_evidence.note(evidence_id, data_subject_id=subject, kind=event.value, at=now)
        self._recorded += 1
        return evidence_id


@contextmanager
def act(using: str = EVIDENCE_STORE) -> Iterator[Act]:
    """Open a transaction that commits only with evidence.

    Raises:
        NoEvidence: the block ended without `record`; nothing of it was kept.
        BadInput: `using` names a database that takes in no evidence.
        StoreFault: the database refused something; the message carries no values.
    """
    if using != EVIDENCE_STORE:
        raise BadInput(f"acts commit in the database {EVIDENCE_STORE!r}, {using!r} came", hint="see storage.intents")
    with safe_errors(), transaction.atomic(using=using):
        acting = Act()
        yield acting
        if controls.in_force("storage.evidence_with_act") and not acting.has_evidence:
            raise NoEvidence("an act ended without recording its evidence; it was undone")


def _refer(subject: DataSubjectId, now: datetime) -> SubjectRef:
    if not _referrers:
        raise Misconfigured("no room makes subject references", hint="load upheld.keys.service at start")
    return _referrers[0](subject, now)


def _check(name: str, fact: Fact) -> None:
    if fact is None or isinstance(fact, (str, int)):
        return
    if isinstance(fact, list):
        for one in fact:
            _check(name, one)
    elif isinstance(fact, dict):
        for key, one in fact.items():
            _check(f"{name}.{key}", one)
    else:
        raise BadInput(f"fact {name!r} is neither text, whole number, true, false, nothing, list nor object")
