# SPDX-License-Identifier: Apache-2.0
"""The queue: every open request by what is due first, and the ended ones to look up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from upheld.facts import queries as facts
from upheld.people import staff_records
from upheld.people.permissions import Permission, is_allowed
from upheld.people.values import StaffMetadata, StaffStatus
from upheld.rights import queries
from upheld.rights.rules import OPEN, RequestState
from upheld.rights.values import RequestView
from upheld.terms import Right, StaffId
from upheld.web.console import pages, words
from upheld.web.console.desk import StaffRequest
from upheld.web.kit import labels, pagination

MOST: Final = 2_000
"""Requests that one list reads; the filters lead to the others."""
_STATES: Final[dict[str, tuple[RequestState, ...]]] = {
    "": OPEN,
    "received": (RequestState.RECEIVED,),
    "verified": (RequestState.VERIFIED,),
    "ended": (RequestState.ANSWERED, RequestState.REFUSED, RequestState.TAKEN_BACK),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the queue."""

    request: RequestView
    channel: str
    assignee: str
    is_overdue: bool
    number: str


def queue(request: StaffRequest) -> HttpResponse:
    """Show the queue, narrowed by state, right, assignee and lateness."""
    wanted = request.GET
    state, late = wanted.get("state", ""), wanted.get("late", "") == "yes"
    found = queries.queue(
        states=_STATES.get(state, OPEN),
        right=_right(wanted.get("right", "")),
        assigned_to=_staff_id(wanted.get("assignee", "")),
        limit=MOST,
    )
    if late:
        found = tuple(one for one in found if one.is_overdue(request.now))
    page = pagination.page(request, found)
    staff = staff_records.everyone()
    context = {
        "page": page,
        "rows": rows(request, list(page), staff),
        "counts": {name: queries.count(states) for name, states in _STATES.items()} | {"open": queries.count()},
        "overdue": queries.overdue(request.now),
        "rights": [(right.value, labels.label(right)) for right in Right],
        "staff": [(str(one.id), one.name) for one in takers(staff)],
        "wanted": wanted,
    }
    return pages.show(request, "requests", context)


def rows(request: StaffRequest, found: Sequence[RequestView], staff: Sequence[StaffMetadata]) -> list[Row]:
    """Turn requests into lines of a list."""
    named = {one.id: one.name for one in staff}
    return [
        Row(
            request=one,
            channel=words.channel(facts.policy(one.version), one.channel, request.member.language),
            assignee=named.get(one.assigned_to, _("Nobody")) if one.assigned_to else _("Nobody"),
            is_overdue=one.is_overdue(request.now),
            number=number(one.id),
        )
        for one in found
    ]


def number(request_id: UUID) -> str:
    """Return what a request is called aloud: the last digits of its id."""
    return request_id.hex[-8:].upper()


def takers(staff: Sequence[StaffMetadata]) -> list[StaffMetadata]:
    """Return the staff who may answer requests."""
    return [
        one
        for one in staff
        if one.status is StaffStatus.ACTIVE and is_allowed(one.role, Permission.CONSOLE_REQUESTS_ANSWER)
    ]


def _right(text: str) -> Right | None:
    return Right(text) if text in set(Right) else None


def _staff_id(text: str) -> StaffId | None:
    try:
        return StaffId(UUID(text))
    except ValueError:
        return None
