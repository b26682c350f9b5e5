# SPDX-License-Identifier: Apache-2.0
"""Run a simulation: make the world, let days pass, bring the log up to date, recompute the board.

A day: in the morning people arrive and prove their numbers; then those whose day it is live it, and the company's
program acts on them; staff deal with their queue; in the evening the worker does what is due and the sequencer indexes
the day's evidence. People act before the evening's sweep, so what expired since is met unreadable, not merely gone.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log1p
from random import Random
from typing import Final
from uuid import UUID

from upheld import controls, policy
from upheld.clock import SimulatedClock
from upheld.messages import jobs as message_jobs
from upheld.notices import publishing
from upheld.people import limits, sessions, staff_invites, sweeping
from upheld.people.permissions import Role
from upheld.retention import jobs as retention_jobs
from upheld.rights import deadlines
from upheld.simulation import arriving, attempts, company, living, office, outbox, parting, passing_on, serving
from upheld.simulation.outcome import Ran
from upheld.simulation.parting import index, judged
from upheld.simulation.world import Someone, Staff, World
from upheld.storage import journal
from upheld.storage.jobs import Worker, queue

JOBS: Final = (deadlines, message_jobs, retention_jobs)
"""Importing them registers what the worker does. The sweep of codes is not among them, as it goes by the system's clock;
nor are the board's daily snapshots."""
PROGRAM: Final = UUID("018f0000-0000-7000-8000-00000000000c")
"""The company's program, as evidence names it."""
ARRIVE_WITHIN: Final = 0.6
"""Most people come in this part of the time; the rest is for what follows."""
AT_ONCE: Final = 1_000
"""Most arrivals in one hour, well under the limit of codes."""
MORNING_HOURS: Final = 1
"""Hours after midnight UTC at which the day begins: nine o'clock in China."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is to be simulated."""

    document: bytes
    people: int
    days: int
    seed: int
    start: datetime | None = None
    attempts_until: int | None = None
    """The day from which nothing is attempted that must fail; None for never."""
    without: tuple[str, ...] = ()


Tell = Callable[[int], None]
"""Is told that so many more days are over."""


def run(plan: Plan, *, tell: Tell = lambda _: None, erase_everyone: bool = False) -> Ran:
    """Run a simulation on the databases of this process, and judge it; then erase everyone, if asked, and judge again."""
    with controls.without(*plan.without):
        world = make_world(plan)
        live_through(world, plan, tell=tell)
        made = judged(world)
        forgotten = parting.erase_everyone(world, made) if erase_everyone else None
        dead = tuple(f"{run.kind} at {run.step}: {run.last_error}" for run in queue.dead_runs())
        return Ran(world=world, board=made, dead_jobs=dead, forgotten=forgotten)


def make_world(plan: Plan) -> World:
    """Publish the policy by simulated staff, and move to its first morning."""
    world = new_world(plan)
    _open_office(world, plan.document)
    attempts.before_effect(world)
    world.later(days=1)
    return world


def new_world(plan: Plan) -> World:
    """Make a world without people, the day before its first."""
    declared = policy.parse(plan.document, name="simulated").policy
    begins = plan.start or publishing.effective_at(declared)
    midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    clock = SimulatedClock(midnight - timedelta(days=1))
    journal.look_again()
    return World(
        policy=declared,
        version=declared.version,
        clock=clock,
        chance=Random(plan.seed),
        outbox=outbox.wired(),
        worker=Worker(clock),
        program=PROGRAM,
        days=plan.days,
        attempts_until=plan.days if plan.attempts_until is None else plan.attempts_until,
    )


def _open_office(world: World, document: bytes) -> None:
    roles = ((Role.OFFICER, "officer"), (Role.PUBLISHER, "publisher"), (Role.SUPPORT, "support"))
    enrolled = [
        office.enrol(
            role, name=f"Simulated {name}", email=f"{name}@simulated.example", now=world.now, security_now=world.now
        )
        for role, name in roles
    ]
    officer, publisher, support = (one.staff_id for one in enrolled)
    world.staff = Staff(officer=officer, second=publisher, support=support, badge=enrolled[0])
    office.open_office(world, document, enrolled)


def live_through(world: World, plan: Plan, *, tell: Tell) -> None:
    """Let the days pass; on the first, the papers of recipients are put on file."""
    attempts.before_papers(world)
    arrivals = _arrivals(plan)
    active: list[tuple[int, int]] = []
    for day in range(plan.days):
        world.day = day
        with _one_day(world):
            known = len(world.people)
            for count in arrivals[day]:
                arriving.arrive(world, count)
                world.later(hours=1 if count == AT_ONCE else 0)
            for someone in world.people[known:]:
                _come_again(world, active, someone, after=0)
            _live(world, active)
            passing_on.today(world)
            attempts.today(world)
            serving.serve(world)
        tell(1)


@contextmanager
def _one_day(world: World) -> Iterator[None]:
    midnight = world.now.replace(hour=0, minute=0, second=0)
    world.clock.advance(midnight + timedelta(hours=MORNING_HOURS) - world.now)
    yield
    evening = midnight + timedelta(hours=22)
    if world.now < evening:
        world.clock.advance(evening - world.now)
    world.work()
    world.later(seconds=30)
    world.work()  # what waited a few seconds for another job
    sweep_codes(world)
    index(world)
    world.clock.advance(midnight + timedelta(days=1) - world.now)


def sweep_codes(world: World) -> None:
    """Remove codes, counters, sessions and invitations that are over by simulated security time."""
    while sweeping.sweep_codes(now=world.now, security_now=world.now):
        pass
    staff_invites.sweep(now=world.now, security_now=world.now)
    limits.sweep(now=world.now)
    sessions.sweep(security_now=world.now)


def _arrivals(plan: Plan) -> list[list[int]]:
    """Spread people over the first days, so many in an hour at most."""
    days = max(1, int(plan.days * ARRIVE_WITHIN))
    spread = [plan.people * (day + 1) // days - plan.people * day // days for day in range(days)]
    spread += [0] * (plan.days - days)
    return [[min(AT_ONCE, count - done) for done in range(0, count, AT_ONCE)] for count in spread]


def _come_again(world: World, active: list[tuple[int, int]], someone: Someone, *, after: int) -> None:
    away = int(-log1p(-world.chance.random()) * someone.pace_days)
    heapq.heappush(active, (world.day + max(after, away), someone.number))


def _live(world: World, active: list[tuple[int, int]]) -> None:
    while active and active[0][0] <= world.day:
        _, number = heapq.heappop(active)
        someone = world.people[number]
        if someone.is_gone or someone.id.int == 0:
            continue
        world.later(seconds=1)
        living.live(world, someone)
        company.act_on(world, someone)
        _come_again(world, active, someone, after=1)
