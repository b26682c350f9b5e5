# SPDX-License-Identifier: Apache-2.0
"""Fill a demonstration: the weeks before this moment, lived by a few simulated people, and the staff who may sign in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from upheld.errors import Misconfigured
from upheld.notices import publishing
from upheld.people import api_keys
from upheld.people.key_values import Terms
from upheld.people.permissions import Permission, Role
from upheld.policy import parse
from upheld.policy.model import policy as policy_model
from upheld.promises import history
from upheld.simulation import attempts, office, running
from upheld.simulation.badges import SignIn
from upheld.simulation.parting import index
from upheld.simulation.world import Staff, World
from upheld.storage import deployment
from upheld.terms import Act

PEOPLE: Final = 24
WEEKS: Final = 5
"""So many weeks lie behind a demonstration: enough for a plot of the board, little enough to fill in seconds."""
_WEEK: Final = timedelta(weeks=1)
_KEY_LIVES: Final = timedelta(days=30)
_NETWORKS: Final = ("127.0.0.0/8", "::1/128")
_PEOPLE_AN_HOUR: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What a demonstration offers to whoever looks at it."""

    sign_ins: tuple[SignIn, ...]
    api_key: str = field(repr=False)
    people: int


def fill(document: bytes, *, until: datetime, seed: int, tell: Callable[[int], None] = lambda _: None) -> Filled:
    """Let some weeks pass before a moment, on a database marked as demonstration.

    Args:
        document: the policy.
        until: where the past ends: now.
        seed: of chance.
        tell: is told that so many more days are over.

    Raises:
        Misconfigured: the database is no demonstration's, or the policy takes effect only later.
    """
    if deployment.kind() is not deployment.DeploymentKind.DEMO:
        raise Misconfigured("only a demonstration is filled with simulated people")
    days = _days(parse(document, name="demo").policy, until)
    start = (until - timedelta(days=days + 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    plan = running.Plan(
        document=document, people=PEOPLE, days=days, seed=seed, start=start, attempts_until=attempts.ROUND_DAYS
    )
    world = running.new_world(plan)
    sign_ins = _open_office(world, document)
    world.later(days=1)
    _live(world, plan, tell=tell)
    if world.now < until:
        world.clock.advance(until - world.now)
    world.work()
    index(world)
    history.take(version=world.version, now=world.now)
    return Filled(
        sign_ins=sign_ins, api_key=_key(world), people=sum(one.id.int > 0 and not one.is_gone for one in world.people)
    )


def _days(policy: policy_model.Policy, until: datetime) -> int:
    """Say how many days may lie behind: those of some weeks, or as many as the policy has been in force."""
    in_force = (until - publishing.effective_at(policy)).days - 2
    if in_force < 1:
        raise Misconfigured("this policy takes effect only later; a demonstration runs one that is in force")
    return min(7 * WEEKS, in_force)


def _open_office(world: World, document: bytes) -> tuple[SignIn, ...]:
    """Enrol the staff, and let the officer publish alone, which the board then shows."""
    sign_ins = tuple(
        office.enrol(
            role, name=f"Demo {role.value}", email=f"{role.value}@demo.example", now=world.now, security_now=world.now
        )
        for role in (Role.OFFICER, Role.SUPPORT, Role.AUDITOR)
    )
    officer, support, _ = (one.staff_id for one in sign_ins)
    world.staff = Staff(officer=officer, second=officer, support=support, badge=sign_ins[0])
    office.publish(document, proposer=officer, approver=officer, now=world.now)
    return sign_ins


def _live(world: World, plan: running.Plan, *, tell: Callable[[int], None]) -> None:
    """Live through the days, and keep the board of every week for its plot."""
    begun = world.now

    def told(days: int) -> None:
        if (world.now - begun) // _WEEK * _WEEK == world.now - begun:
            history.take(version=world.version, now=world.now)
        tell(days)

    running.live_through(world, plan, tell=told)


def _key(world: World) -> str:
    """Issue a program's key for everything that the policy declares, usable from this machine alone."""
    policy = world.policy
    terms = Terms(
        name="Demo program",
        purposes=tuple(policy.processing),
        acts=tuple(Act),
        permissions=tuple(one for one in Permission if one.value.startswith("api:")),
        networks=_NETWORKS,
        people_an_hour=_PEOPLE_AN_HOUR,
        life=_KEY_LIVES,
    )
    return api_keys.issue(terms=terms, now=world.now).text
