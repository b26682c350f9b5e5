# SPDX-License-Identifier: Apache-2.0
"""The product changes hands: bind whoever takes it over, and tell people before anything goes there (PIPL art. 22).

Data goes to a successor only from the day on which the paper holds, and that day is no earlier than the lead that the
policy promises. A durable job tells everyone who is served, a few in each step; the portal announces it to all.
"""

from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.facts import bindings
from upheld.facts import queries as facts
from upheld.facts import world_service as world
from upheld.messages import service as messages
from upheld.messages.service import Message
from upheld.notices import ways
from upheld.policy import Policy
from upheld.policy.model.governance import Succession, Telling
from upheld.sharing import dates
from upheld.sharing.events import SharingEvent
from upheld.sharing.models import SuccessorPaper
from upheld.sharing.sources import as_successor
from upheld.sharing.values import SuccessorHeld
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.storage.jobs import Next, Step, done, enqueue, job, then
from upheld.terms import DataSubjectId, StaffId
from upheld.vault.rules import minute
from upheld.vault.terms import span_after

JOB: Final = "sharing.tell_of_successor"
RELEASED: Final = "sharing.successor_released"
TEMPLATE: Final = "successor.bound"
PEOPLE_A_STEP: Final = 25
"""A step is short enough to be done again after a crash."""
_CLAUSE: Final = "succession"
_CONTROL: Final = "gate.successor_bound"


def bind_successor(
    *,
    name: str,
    contact: str,
    starts_at: datetime,
    until: datetime | None,
    document_sha256: str,
    signed_by: StaffId,
    now: datetime,
) -> SuccessorHeld:
    """Put on file that whoever takes the product over is bound by the policy, and begin to tell people.

    Args:
        name: the successor's public name; people are told it.
        contact: how to reach it, in one line; people are told it.
        starts_at: from when data may go there.
        until: until when; None for until it is released.
        document_sha256: digest of the signed undertaking, in hex.
        signed_by: the member of staff who answers for it.
        now: when it is put on file.

    Raises:
        NotFound: the policy in force says nothing of a successor.
        BadInput: name or contact is empty, the dates contradict each other or leave less than the lead that the policy
            promises, or the digest is none.
        Conflict: another successor is bound; release that one first.
    """
    succession = _succession(now)
    if not name.strip() or not contact.strip():
        raise BadInput("expected the name and the contact of the successor, which people are told")
    dates.check(starts_at, until, document_sha256)
    _check_lead(succession, starts_at, now)
    row = SuccessorPaper(
        id=uuid7(now),
        name=name.strip(),
        contact=contact.strip(),
        starts_at=starts_at,
        until=until,
        document_sha256=document_sha256,
        signed_by=signed_by,
        recorded_at=now,
    )
    with act() as acting:
        if any(one.until is None or one.until > now for one in SuccessorPaper.objects.select_for_update()):
            raise Conflict("another successor is bound; release that one first")
        row.save(force_insert=True)
        world.bind_successor(starts_at, until, now)
        acting.record(
            SharingEvent.SUCCESSOR_BOUND,
            now=now,
            subject=None,
            clause=_CLAUSE,
            control=_CONTROL,
            facts={"successor": str(row.id), **dates.on_file(row)},
        )
        enqueue(JOB, key=f"successor:{row.id}", arguments={"successor": str(row.id)}, now=now)
    return as_successor(row)


def _succession(now: datetime) -> Succession:
    policy = facts.rulebook(facts.current_version(now)).policy
    if policy is None or policy.succession is None:
        raise NotFound("the policy in force says nothing of a successor")
    return policy.succession


def _check_lead(succession: Succession, starts_at: datetime, now: datetime) -> None:
    if succession.lead is None:
        return
    earliest = span_after(now, succession.lead)
    if starts_at < earliest:
        raise BadInput(f"the policy promises to tell people before; expected a day from {earliest.date()} on")


def release_successor(*, paper_id: UUID, staff_id: StaffId, now: datetime) -> SuccessorHeld:
    """Take off file that a successor is bound: from now on nothing goes there without each person's consent.

    Raises:
        NotFound: there is no such successor.
        Conflict: it is over already.
    """
    with act() as acting:
        row = SuccessorPaper.objects.select_for_update().filter(id=paper_id).first()
        if row is None:
            raise NotFound("there is no such successor")
        if row.until is not None and row.until <= now:
            raise Conflict("this is over already")
        _release(row, now)
        journal.narrow(RELEASED, facts={"successor": str(paper_id)}, now=now)
        acting.record(
            SharingEvent.SUCCESSOR_RELEASED,
            now=now,
            subject=None,
            clause=_CLAUSE,
            control=_CONTROL,
            facts={"successor": str(row.id), "until": minute(now), "by": str(staff_id)},
        )
    return as_successor(row)


def _release(row: SuccessorPaper, now: datetime) -> None:
    dates.end(row, now)
    row.save(update_fields=["until", "starts_at"])
    world.bind_successor(row.starts_at, row.until, now)


@journal.replays(RELEASED)
def _release_again(found: journal.JournalFacts, at: datetime) -> None:
    row = SuccessorPaper.objects.filter(id=UUID(str(found["successor"]))).first()
    if row is not None and (row.until is None or row.until > at):
        _release(row, at)


@job(JOB)
def _tell_all(step: Step) -> Next:
    row = SuccessorPaper.objects.filter(id=UUID(str(step.arguments["successor"]))).first()
    if row is None or (row.until is not None and row.until <= step.now):
        return done()
    after = step.state.get("after")
    everyone, last = bindings.not_under(0, after=UUID(str(after)) if after else None, limit=PEOPLE_A_STEP)
    for one in everyone:
        _tell(row, one.data_subject_id, facts.policy(one.version), step.now)
    return done() if last is None else then("start", {"after": str(last)})


def _tell(row: SuccessorPaper, data_subject_id: DataSubjectId, policy: Policy, now: datetime) -> None:
    """Tell one person by note, and by letter where the policy promises one and an address may be used."""
    message = Message(
        data_subject_id=data_subject_id,
        template=TEMPLATE,
        values={"name": row.name, "contact": row.contact, "date": row.starts_at.date().isoformat()},
        language=ways.language_of(data_subject_id),
        dedupe=f"successor:{row.id}",
        clause=_CLAUSE,
    )
    messages.leave_note(message, now=now)
    promised = policy.succession.tell if policy.succession is not None else ()
    told = [Telling.MESSAGE.value]
    for way in (one for one in promised if one in ways.LETTERS):
        with suppress(Conflict, NotFound, BadInput):  # no address that may be used: the note is there all the same
            address = ways.address(data_subject_id, policy, way, now)
            if address is not None:
                messages.queue(message, channel=ways.LETTERS[way][1], address=address, now=now)
                told.append(way.value)
    with act() as acting:
        acting.record(
            SharingEvent.SUCCESSOR_TOLD,
            now=now,
            subject=data_subject_id,
            clause=_CLAUSE,
            control=_CONTROL,
            facts={"successor": str(row.id), "ways": [*told], "before": now < row.starts_at},
        )
