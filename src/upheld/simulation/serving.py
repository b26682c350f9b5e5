# SPDX-License-Identifier: Apache-2.0
"""What staff do with the requests in their queue, each a few days after it came in."""

from typing import Final

from upheld.rights import fulfilment, queries
from upheld.rights import service as rights
from upheld.rights.rules import RequestState
from upheld.rights.values import RefusalGiven, RequestView
from upheld.simulation import made_up
from upheld.simulation.world import Staff, Waiting, World
from upheld.terms import Right
from upheld.vault import service as vault
from upheld.vault.values import Reader, ReaderKind, StaffReason

REFUSED: Final = 0.08
"""Share of requests that staff refuse, on a ground that the policy lists."""
_CARRIED_OUT: Final = frozenset({Right.ERASURE, Right.CANCELLATION, Right.RESTRICTION})
_LOOKED_AT: Final = {
    Right.ACCESS: Right.ACCESS,
    Right.COPY: Right.COPY,
    Right.PORTABILITY: Right.PORTABILITY,
}
"""Requests for which staff open the person's data, and by which right."""


def serve(world: World) -> None:
    """Deal with the requests that staff get to today."""
    if world.staff is None:
        return
    due = [one for one in world.waiting if one.on_day <= world.day]
    world.waiting[:] = [one for one in world.waiting if one.on_day > world.day]
    for waiting in due:
        _deal_with(world, world.staff, waiting)


def _deal_with(world: World, staff: Staff, waiting: Waiting) -> None:
    request = queries.one(waiting.request_id)
    rights.assign(request_id=request.id, staff_id=staff.support, now=world.now)
    if request.state is RequestState.RECEIVED:
        if waiting.someone.number % 2 == 0:
            text = made_up.words(world.chance)
            passed = world.must_not(
                "rights.verified_first", rights.answer, request_id=request.id, text=text, now=world.now
            )
            if passed:
                return
        request = _verified(world, request)
    if world.chance.random() < REFUSED and _refuse(world, request):
        return
    if request.right in _CARRIED_OUT:
        waiting.someone.is_gone = True
        world.tries(f"carry out {request.right.value}", fulfilment.begin, request=request, now=world.now)
        return
    if request.right in _LOOKED_AT and not waiting.someone.is_gone:
        _look(world, staff, request)
    text = made_up.words(world.chance)
    world.tries("answer a request", rights.answer, request_id=request.id, text=text, now=world.now)


def _verified(world: World, request: RequestView) -> RequestView:
    declared = world.policy.rights.verification if world.policy.rights else None
    if declared is None:
        return request
    method = min(declared.methods)
    return rights.verify(request_id=request.id, method=method, now=world.now, evidence=made_up.words(world.chance))


def _refuse(world: World, request: RequestView) -> bool:
    """Refuse on a listed ground with what it demands; first, as staff might, on one that nobody listed."""
    grounds = world.policy.rights.refusals if world.policy.rights else {}
    if not grounds:
        return False
    text = made_up.words(world.chance)
    unlisted = RefusalGiven(ground="too-busy", evidence={}, text=text)
    if world.must_not(
        "rights.refusal_ground_listed",
        rights.refuse,
        request_id=request.id,
        refusal=unlisted,
        now=world.now,
    ):
        return True
    ground = world.chance.choice(sorted(grounds))
    evidence = dict.fromkeys(grounds[ground].evidence, "simulated")
    refusal = RefusalGiven(ground=ground, evidence=evidence, text=text)
    world.tries("refuse a request", rights.refuse, request_id=request.id, refusal=refusal, now=world.now)
    return True


def _look(world: World, staff: Staff, request: RequestView) -> None:
    by = Reader(
        kind=ReaderKind.STAFF,
        id=staff.support,
        reason_code=StaffReason.REQUEST.value,
        case=str(request.id),
        reason=made_up.words(world.chance),
    )
    right = _LOOKED_AT[request.right]
    subject = request.data_subject_id
    world.tries("staff take a copy", vault.copy_of, data_subject_id=subject, now=world.now, by=by, right=right)
