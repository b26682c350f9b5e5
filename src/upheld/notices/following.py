# SPDX-License-Identifier: Apache-2.0
"""What follows a publication: a durable job tells people of it, and binds those whom it may bind without asking.

It goes through the people whom another version binds than the newest, a few in each step, once when a version is
published, once when it applies, once when one is withdrawn, and every hour for whoever came late: a person who was told
on a page only yesterday, or who registered under the version before. Doing a person again changes nothing.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from upheld.errors import BadInput, Conflict, NotFound
from upheld.facts import bindings
from upheld.notices import changes, falling, queries, telling, ways
from upheld.policy.model.governance import Telling
from upheld.storage.jobs import Next, Step, done, enqueue, every, job, then
from upheld.terms import DataSubjectId

JOB: Final = "notices.follow"
EVERY: Final = timedelta(hours=1)
PEOPLE_A_STEP: Final = 25
"""A step is short enough to be done again after a crash."""


def begin(*, version: int, applies_at: datetime, now: datetime) -> None:
    """Put in what follows a publication, in its transaction: telling at once, binding from the day it applies."""
    enqueue(JOB, key=f"follow:{version}:published", now=now)
    if applies_at > now:
        enqueue(JOB, key=f"follow:{version}:applies", now=now, run_at=applies_at)


def begin_back(*, version: int, now: datetime) -> None:
    """Put in what follows a withdrawal, in its transaction."""
    enqueue(JOB, key=f"follow:{version}:withdrawn", now=now)


@job(JOB)
def _follow(step: Step) -> Next:
    known = changes.standing(step.now)
    if not known:
        return done()
    after = step.state.get("after")
    people, last = bindings.not_under(known[0].seq, after=UUID(str(after)) if after else None, limit=PEOPLE_A_STEP)
    for one in people:
        follow(one.data_subject_id, one.version, now=step.now)
    return done() if last is None else then("start", {"after": str(last)})


every(JOB, EVERY)


def follow(data_subject_id: DataSubjectId, bound: int, *, now: datetime) -> None:
    """Tell one person of every version that waits, and bind the person to the newest that may bind unasked."""
    known = [one.seq for one in changes.standing(now)]
    if bound not in known:
        falling.fall_back(data_subject_id, bound, now=now)
        return
    newer = [seq for seq in known if seq > bound]
    for seq in reversed(newer):
        _tell(data_subject_id, bound, seq, now=now)
    for seq in newer:
        with suppress(Conflict):  # it does not apply yet, takes rights away, or is still to be shown
            telling.take_effect(data_subject_id=data_subject_id, version=seq, now=now)
            return


def _tell(data_subject_id: DataSubjectId, bound: int, version: int, *, now: datetime) -> None:
    is_major = queries.change_between(bound, version).is_major
    for name in queries.ways_left(data_subject_id, bound, version, now=now):
        way = Telling(name)
        if way not in ways.BY_WORKER:
            continue
        with suppress(Conflict, NotFound, BadInput):  # the address went meanwhile: the next round looks again
            sent = ways.send(data_subject_id, bound=bound, version=version, is_major=is_major, way=way, now=now)
            telling.told(data_subject_id=data_subject_id, version=version, way=way, now=now, message_id=sent)
