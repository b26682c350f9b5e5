# SPDX-License-Identifier: Apache-2.0
"""Reads of requests."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from upheld.errors import NotFound
from upheld.rights.models import SubjectRequest
from upheld.rights.rules import OPEN, RequestState
from upheld.rights.values import RequestView
from upheld.terms import Actor, DataSubjectId, Right, StaffId


def view(row: SubjectRequest) -> RequestView:
    """Turn a row into what leaves the room."""
    return RequestView(
        id=row.id,
        data_subject_id=DataSubjectId(row.data_subject_id),
        right=Right(row.right),
        case=row.case,
        channel=row.channel,
        actor=Actor(row.actor),
        categories=tuple(row.categories),
        clause=row.clause,
        version=row.version,
        state=RequestState(row.state),
        received_at=row.received_at,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        due_at=row.due_at,
        due_provisional=row.due_provisional,
        assigned_to=None if row.assigned_to is None else StaffId(row.assigned_to),
        carried_out_at=row.carried_out_at,
        ended_at=row.ended_at,
        refusal=row.refusal,
        remedies=tuple(row.remedies),
    )


def one(request_id: UUID, *, data_subject_id: DataSubjectId | None = None) -> RequestView:
    """Return a request; with `data_subject_id` only if it is that person's.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    rows = SubjectRequest.objects.filter(id=request_id)
    if data_subject_id is not None:
        rows = rows.filter(data_subject_id=data_subject_id)
    row = rows.first()
    if row is None:
        raise NotFound("there is no such request")
    return view(row)


def of(data_subject_id: DataSubjectId) -> tuple[RequestView, ...]:
    """List a person's requests, newest first."""
    rows = SubjectRequest.objects.filter(data_subject_id=data_subject_id).order_by("-received_at", "-id")
    return tuple(view(row) for row in rows)


def queue(
    *, states: Iterable[RequestState] = OPEN, right: Right | None = None, assigned_to: StaffId | None = None,
    limit: int = 100, offset: int = 0,
) -> tuple[RequestView, ...]:  # fmt: skip
    """List requests by what is due first; those whose clock has not started come after."""
    rows = SubjectRequest.objects.filter(state__in=[state.value for state in states])
    if right is not None:
        rows = rows.filter(right=right.value)
    if assigned_to is not None:
        rows = rows.filter(assigned_to=assigned_to)
    rows = rows.order_by(F("due_at").asc(nulls_last=True), "received_at", "id")
    return tuple(view(row) for row in rows[offset : offset + limit])


def count(states: Iterable[RequestState] = OPEN) -> int:
    """Count requests in some states."""
    return SubjectRequest.objects.filter(state__in=[state.value for state in states]).count()


def overdue(now: datetime) -> int:
    """Count open requests whose answer is late."""
    return SubjectRequest.objects.filter(state__in=[state.value for state in OPEN], due_at__lte=now).count()


def rights_due(before: datetime) -> frozenset[Right]:
    """Name the rights of which an open request is due by a moment."""
    rows = SubjectRequest.objects.filter(state__in=[state.value for state in OPEN], due_at__lte=before)
    return frozenset(Right(right) for right in rows.values_list("right", flat=True).distinct())


def earlier(data_subject_id: DataSubjectId, right: Right, *, since: datetime) -> int:
    """Count a person's requests of one right since a moment; fees and refusals of repetition rest on it."""
    return SubjectRequest.objects.filter(
        data_subject_id=data_subject_id, right=right.value, received_at__gte=since
    ).count()
