# SPDX-License-Identifier: Apache-2.0
"""The rules of requests: their states, their clocks, their refusals and fees. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from upheld import calendars, controls
from upheld.errors import BadInput, Conflict
from upheld.policy.model.rights import Fees, Refusal, RightRule
from upheld.policy.model.spans import ClockStart, Span, Unit


class RequestState(StrEnum):
    """States of a request; the last three are its only ends."""

    RECEIVED = "received"
    VERIFIED = "verified"
    ANSWERED = "answered"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


LEGAL: Final = {
    RequestState.RECEIVED: {RequestState.VERIFIED, RequestState.REFUSED, RequestState.TAKEN_BACK},
    RequestState.VERIFIED: {RequestState.ANSWERED, RequestState.REFUSED, RequestState.TAKEN_BACK},
    RequestState.ANSWERED: set[RequestState](),
    RequestState.REFUSED: set[RequestState](),
    RequestState.TAKEN_BACK: set[RequestState](),
}
"""From each state, the states that may follow."""

OPEN: Final = (RequestState.RECEIVED, RequestState.VERIFIED)


def move(now_in: RequestState, to: RequestState) -> None:
    """Refuse a step that no request may take.

    Raises:
        Conflict: `to` may not follow `now_in`; answering before verifying among them.
    """
    if to in LEGAL[now_in]:
        return
    if now_in not in OPEN and not controls.in_force("rights.never_disappears"):
        return
    unverified_answer = now_in is RequestState.RECEIVED and to is RequestState.ANSWERED
    if unverified_answer and not controls.in_force("rights.verified_first"):
        return
    hint = "verify the requester first" if unverified_answer else ""
    raise Conflict(f"a request that is {now_in.value} cannot become {to.value}", hint=hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class DueAt:
    """When an answer is late, and whether a calendar still to come may move it."""

    at: datetime
    provisional: bool


def due_at(rule: RightRule, *, received_at: datetime, verified_at: datetime | None, region: str) -> DueAt | None:
    """Say when the answer is late; None while a clock that starts at verification has not started.

    The day the clock starts on does not count (GB/T 35273-2020 8.7 counts whole days; Regulation (EEC) 1182/71, art. 3).
    """
    if rule.within is None:
        raise BadInput("the right has no deadline; the policy check refuses such a file")
    start = received_at if rule.from_ is ClockStart.RECEIPT else verified_at
    if start is None:
        return None
    last, provisional = _last_day(rule.within, calendars.day_of(start, region), region)
    return DueAt(at=calendars.end_of(last, region), provisional=provisional)


def _last_day(span: Span, start_on: date, region: str) -> tuple[date, bool]:
    match span.unit:
        case Unit.WORKING_DAY:
            due = calendars.due_on(start_on, span.amount, "working", region)
            return due.on, due.provisional
        case Unit.MONTH:
            return calendars.add_months(start_on, span.amount), False
        case Unit.YEAR:
            return calendars.add_months(start_on, 12 * span.amount), False
        case Unit.DAY:
            return calendars.add_days(start_on, span.amount), False
        case Unit.HOUR:
            return calendars.add_days(start_on, -(-span.amount // 24)), False


def check_refusal(grounds: dict[str, Refusal], ground: str, evidence: dict[str, str]) -> None:
    """Refuse a refusal that names no listed ground, or lacks what that ground demands.

    Raises:
        BadInput: which ground or which fields were expected.
    """
    if not controls.in_force("rights.refusal_ground_listed"):
        return
    if ground not in grounds:
        raise BadInput(f"expected one of the policy's grounds: {', '.join(sorted(grounds)) or 'it lists none'}")
    missing = [name for name in grounds[ground].evidence if not evidence.get(name, "").strip()]
    if missing:
        raise BadInput(f"the ground {ground} needs: {', '.join(missing)}")


def fee_allowed(fees: Fees | None, earlier_in_period: int) -> bool:
    """Say whether a request may cost something: only past the declared number in the declared period."""
    if not controls.in_force("rights.fee_only_when_repeated"):
        return True
    return fees is not None and earlier_in_period >= fees.free
