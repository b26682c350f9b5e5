# SPDX-License-Identifier: Apache-2.0
"""The durable steps of this room: carry an erasure out, sweep what has expired, and what a service left at its end."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import Broken
from upheld.retention import ceasing, erasing, holds
from upheld.retention.events import RetentionEvent
from upheld.retention.models import SweepDone
from upheld.storage.acts import act
from upheld.storage.jobs import Next, Step, done, every, job, then
from upheld.terms import DataSubjectId
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.values import Selection

SWEEP: Final = "retention.sweep"
SWEEP_EVERY: Final = timedelta(hours=1)
CESSATION: Final = "retention.cessation"
PEOPLE_A_STEP: Final = 50
"""People whose expired items one step takes; a step is short enough to be done again after a crash."""
ERASE_AGAIN: Final = timedelta(minutes=1)
"""How soon an erasure that left something begins anew; the board shows one that takes a day."""


@job(erasing.JOB)
def _deny(step: Step) -> Next:
    erasing.deny(_id(step), now=step.now)
    return then("recipients")


@job(erasing.JOB, "recipients")
def _recipients(step: Step) -> Next:
    erasing.list_recipients(_id(step))
    return then("items")


@job(erasing.JOB, "items", outside=True)
def _items(step: Step) -> Next:
    erasing.erase_items(_id(step), now=step.now)
    return then("account")


@job(erasing.JOB, "account", outside=True)
def _account(step: Step) -> Next:
    erasing.erase_account(_id(step), now=step.now)
    return then("prove")


@job(erasing.JOB, "prove")
def _prove(step: Step) -> Next:
    """Read back; what came in meanwhile, or would not go, is erased once more before it is called done."""
    try:
        erasing.prove(_id(step), now=step.now)
    except Broken:
        return then("items", at=step.now + ERASE_AGAIN)
    return done()


def _id(step: Step) -> UUID:
    return UUID(str(step.arguments["erasure"]))


@job(SWEEP, outside=True)
def _sweep(step: Step) -> Next:
    """Erase what has expired, some people at a time, save what a hold names."""
    gone = int(step.state.get("gone", 0))
    if not controls.in_force("retention.sweep"):
        return done()
    after = step.state.get("after")
    people = vault_queries.people_with_expired(
        now=step.now, after=UUID(str(after)) if after else None, limit=PEOPLE_A_STEP
    )
    for person in people:
        subject = DataSubjectId(person)
        held = holds.held_clauses(subject, now=step.now)
        selection = Selection(expired_at=step.now, except_clauses=held)
        gone += vault.erase_items(data_subject_id=subject, selection=selection, now=step.now).items
    if len(people) == PEOPLE_A_STEP:
        return then("start", {"gone": gone, "after": str(people[-1])})
    return then("finish", {"gone": gone})


@job(SWEEP, "finish")
def _swept(step: Step) -> Next:
    gone = int(step.state.get("gone", 0))
    SweepDone.objects.create(id=uuid7(step.now), at=step.now, items=gone)
    if gone:
        with act() as acting:
            acting.record(
                RetentionEvent.SWEPT, now=step.now, subject=None, clause=None, control=SWEEP, facts={"items": gone}
            )
    return done()


every(SWEEP, SWEEP_EVERY)


@job(CESSATION)
def _cease(step: Step) -> Next:
    """Once the service has ended, begin the erasure of everyone, some people at a time."""
    if not controls.in_force("retention.sweep") or not ceasing.has_ceased(step.now):
        return done()
    after = step.state.get("after")
    people = ceasing.begin_some(now=step.now, after=UUID(str(after)) if after else None, limit=PEOPLE_A_STEP)
    return then("start", {"after": str(people[-1])}) if len(people) == PEOPLE_A_STEP else done()


every(CESSATION, SWEEP_EVERY)
