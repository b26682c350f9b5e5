# SPDX-License-Identifier: Apache-2.0
"""Attempts of staff, of programs and on requests that must fail."""

from datetime import timedelta

from upheld.gate import Ask
from upheld.people import api_keys, staff, staff_invites
from upheld.people.key_values import Terms
from upheld.people.permissions import Permission, Role
from upheld.rights import queries as requests
from upheld.rights import service as rights
from upheld.rights.values import Filing, RefusalGiven, RequestView
from upheld.simulation import made_up, office
from upheld.simulation.attempting_asks import for_adults, some
from upheld.simulation.personas import categories_of, persona
from upheld.simulation.world import World
from upheld.terms import Act, Right
from upheld.vault import service as vault
from upheld.vault.values import Reader, ReaderKind


def staff_without_reason(world: World) -> None:
    """Look someone up without saying why."""
    if world.staff is None:
        return
    by = Reader(kind=ReaderKind.STAFF, id=world.staff.support)
    for offer in some(world, for_adults(world)):
        someone = persona(world)
        ask = Ask(act=Act.STAFF_OPEN, purpose=offer.name, categories=categories_of(offer))
        world.must_not(
            "vault.staff_open_with_reason",
            vault.open_items,
            ask=ask,
            data_subject_id=someone.id,
            now=world.now,
            by=by,
        )


def staff_with_one_factor(world: World) -> None:
    """Sign in as staff by password alone; the right way afterwards."""
    if world.staff is None:
        return
    badge = world.staff.badge
    world.must_not(
        "people.staff_second_factor",
        staff.sign_in,
        email=badge.email,
        password=badge.password,
        code="",
        peer=office.PEER,
        now=world.now,
        security_now=world.now,
    )
    world.later(minutes=1)
    world.tries("staff sign in", office.sign_in, badge, now=world.now)


def staff_beyond_role(world: World) -> None:
    """Let support invite an officer."""
    if world.staff is None:
        return
    support = world.staff.support
    world.must_not(
        "people.staff_role",
        staff_invites.invite,
        role=Role.OFFICER,
        now=world.now,
        security_now=world.now,
        invited_by=support,
    )


def key_from_elsewhere(world: World) -> None:
    """Use a program's key from a network that it was not issued for."""
    terms = Terms(
        name="Simulated program",
        purposes=tuple(world.policy.functions)[:1],
        acts=(Act.USE,),
        permissions=tuple(one for one in Permission if one.value.startswith("api:"))[:1],
        networks=("192.0.2.0/24",),
        people_an_hour=1,
        life=timedelta(days=1),
    )
    header = f"Bearer {api_keys.issue(terms=terms, now=world.now).text}"
    world.must_not(
        "people.api_key_scope",
        api_keys.authenticate,
        header=header,
        address="203.0.113.1",
        now=world.now,
    )


# --- requests


def unverified(world: World) -> None:
    """Answer, and then refuse on no listed ground, and ask a fee for, a request; the right way at last."""
    request = _filed(world)
    if request is None:
        return
    answer = made_up.words(world.chance)
    world.must_not("rights.fee_only_when_repeated", rights.ask_fee, request_id=request.id, now=world.now)
    if world.must_not("rights.verified_first", rights.answer, request_id=request.id, text=answer, now=world.now):
        return
    listed = world.policy.rights.verification if world.policy.rights else None
    if listed is not None:
        rights.verify(request_id=request.id, method=min(listed.methods), now=world.now)
    refusal = RefusalGiven(ground="too-busy", evidence={}, text=answer)
    world.must_not("rights.refusal_ground_listed", rights.refuse, request_id=request.id, refusal=refusal, now=world.now)
    if requests.one(request.id).is_open:
        world.tries("answer a request", rights.answer, request_id=request.id, text=answer, now=world.now)


def _filed(world: World) -> RequestView | None:
    declared = world.policy.rights.requests if world.policy.rights else {}
    if Right.ACCESS not in declared:
        return None
    channel = declared[Right.ACCESS].channels[0]
    filing = Filing(data_subject_id=persona(world).id, right=Right.ACCESS, channel=channel)
    return rights.file(filing=filing, now=world.now)


ALL = (
    staff_without_reason,
    staff_with_one_factor,
    staff_beyond_role,
    key_from_elsewhere,
    unverified,
)
"""Every attempt of staff, in the order in which they come round."""
