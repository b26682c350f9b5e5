# SPDX-License-Identifier: Apache-2.0
"""Carrying requests out, as a durable job that waits for what it began and then replies.

What software can do alone (erase, cancel, restrict) it does; what needs a person's judgement (explain, complain) waits
in the queue for staff. A request whose right the policy lets people use by themselves is carried out as soon as it is
verified; any other when staff say so.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from upheld.errors import Conflict, NotFound
from upheld.facts import queries as facts
from upheld.facts import service as facts_service
from upheld.retention import cancelling, erasing
from upheld.retention import queries as retention
from upheld.retention.values import Because
from upheld.rights import queries, service
from upheld.rights.rules import RequestState
from upheld.rights.values import RequestView
from upheld.storage.jobs import Next, Step, done, enqueue, job, then
from upheld.terms import Right

JOB: Final = "rights.fulfil"
LOOK_AGAIN: Final = timedelta(seconds=5)
"""How soon a request looks again whether its erasure is done."""


def is_by_software(right: Right) -> bool:
    """Say whether software can do what a right asks for; the others are answered in words."""
    return right in _DOES


def is_automatic(request: RequestView) -> bool:
    """Say whether it is carried out without a member of staff."""
    rights = facts.policy(request.version).rights
    return rights is not None and is_by_software(request.right) and rights.requests[request.right].self_service


def begin(*, request: RequestView, now: datetime) -> None:
    """Put a verified request in line.

    Raises:
        Conflict: it is not verified, or nothing of it can be carried out by software.
    """
    if request.state is not RequestState.VERIFIED:
        raise Conflict(f"only a verified request is carried out; this one is {request.state.value}")
    if not is_by_software(request.right):
        raise Conflict(f"a request for {request.right.value} is answered by staff")
    enqueue(JOB, key=f"fulfil:{request.id}", arguments={"request": str(request.id)}, now=now)


@job(JOB)
def _start(step: Step) -> Next:
    request = queries.one(UUID(str(step.arguments["request"])))
    if not request.is_open:
        return done()
    erasure = _DOES[request.right](request, step)
    if erasure is None:
        return then("reply")
    return then("wait", {"erasure": str(erasure)})


@job(JOB, "wait")
def _wait(step: Step) -> Next:
    erasure = retention.erasure(UUID(str(step.state["erasure"])))
    if erasure.done_at is None:
        return then("wait", step.state, at=step.now + LOOK_AGAIN)
    return then("reply", {"items": erasure.items, "keys": erasure.keys})


@job(JOB, "reply")
def _reply(step: Step) -> Next:
    request = queries.one(UUID(str(step.arguments["request"])))
    if request.is_open:
        counts = {name: int(value) for name, value in step.state.items() if isinstance(value, int)}
        service.carried_out(request_id=request.id, now=step.now, counts=counts)
        service.answer_done(request_id=request.id, now=step.now)
    return done()


def _erase(request: RequestView, step: Step) -> UUID:
    return erasing.begin(
        data_subject_id=request.data_subject_id,
        because=Because.REQUEST,
        now=step.now,
        categories=request.categories,
        request_id=request.id,
    )


def _cancel(request: RequestView, step: Step) -> UUID | None:
    """Close the account; who is represented has none and is erased, and one that was closed before stays so."""
    subject = request.data_subject_id
    try:
        return cancelling.cancel(data_subject_id=subject, now=step.now, request_id=request.id)
    except NotFound:
        return erasing.begin(data_subject_id=subject, because=Because.CANCELLATION, now=step.now, request_id=request.id)
    except Conflict:
        return None


def _restrict(request: RequestView, step: Step) -> None:
    facts_service.restrict(request.data_subject_id, step.now)


_DOES: Final[dict[Right, Callable[[RequestView, Step], UUID | None]]] = {
    Right.ERASURE: _erase,
    Right.CANCELLATION: _cancel,
    Right.RESTRICTION: _restrict,
}
