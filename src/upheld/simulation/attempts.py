# SPDX-License-Identifier: Apache-2.0
"""Attempts that must fail, a few a day, so that every one comes round once a week however few people there are.

With all controls in force each is refused. With one taken out, its attempt passes: the board finds it in the evidence,
and the simulation names it with the clauses that the control upholds.
"""

from typing import Final

from upheld.simulation import (
    attempting_asks,
    attempting_handing,
    attempting_rooms,
    attempting_sources,
    attempting_work,
    office,
)
from upheld.simulation.offers import Handing
from upheld.simulation.personas import persona
from upheld.simulation.world import World

ROUND_DAYS: Final = 7
_ALL: Final = (
    attempting_asks.ALL + attempting_sources.ALL + attempting_handing.ALL + attempting_rooms.ALL + attempting_work.ALL
)
_PAPERS: Final = {
    "agreement": "sharing.agreement_in_force",
    "assessment": "sharing.assessment_in_force",
    "security_test": "sharing.assessment_in_force",
}


def today(world: World) -> None:
    """Make the attempts of this day, and look for what ended since yesterday's sweep."""
    if world.day >= world.attempts_until:
        return
    a_day = -(-len(_ALL) // ROUND_DAYS)
    begin = world.day % ROUND_DAYS * a_day
    for attempt in _ALL[begin : begin + a_day]:
        attempt(world)
    over = [look for ends, look in world.stale if ends <= world.now]
    world.stale[:] = [(ends, look) for ends, look in world.stale if ends > world.now]
    for look in over:
        look()


def before_effect(world: World) -> None:
    """Let someone accept a version before it applies."""
    world.must_not("gate.version_in_force", persona, world)


def before_papers(world: World) -> None:
    """File the papers of recipients, each kind first missing for one recipient that is then tried."""
    if world.staff is None:
        return
    lacking = _lacking(world)
    without = {handing.recipient: paper for paper, handing in lacking.items()}
    office.file_source_papers(world.policy, signed_by=world.staff.officer, now=world.now)
    office.file_papers(world.policy, signed_by=world.staff.officer, now=world.now, without=without)
    for paper, handing in lacking.items():
        attempting_handing.without_paper(world, handing, _PAPERS[paper])
        office.file_paper(handing.recipient, paper, signed_by=world.staff.officer, now=world.now)


def _lacking(world: World) -> dict[str, Handing]:
    """Choose for each kind of paper a recipient of its own that needs it."""
    chosen: dict[str, Handing] = {}
    for paper in _PAPERS:
        taken = {handing.recipient for handing in chosen.values()}
        for handing in world.handings:
            if paper in handing.papers and handing.recipient not in taken:
                chosen[paper] = handing
                break
    return chosen
