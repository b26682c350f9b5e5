# SPDX-License-Identifier: Apache-2.0
"""Attempts about data that does not come from the person, or is not about the person, about trackers and a successor."""

from upheld.gate import Ask, clauses, topics
from upheld.gate.planning import needs_consent
from upheld.policy.model.data import About
from upheld.policy.model.sources import SourcePaper
from upheld.simulation.attempting_asks import for_adults, some
from upheld.simulation.personas import collects, permit, persona, say_yes, say_yes_to_all
from upheld.simulation.world import World
from upheld.terms import Act


def from_stranger(world: World) -> None:
    """Take in what somebody passes on whom the policy does not name."""
    for offer in some(world, for_adults(world)):
        someone = persona(world)
        world.must_not("gate.source_declared", permit, world, someone, collects(offer, source="nobody-named"))


def without_lawful_origin(world: World) -> None:
    """Take in what a declared source passes on, where neither a paper nor the person makes that lawful."""
    open_to = [name for name, its in world.policy.sources.items() if SourcePaper.LAWFUL_ORIGIN not in its.needs]
    for name in some(world, open_to):
        source = world.policy.sources[name]
        purpose = source.purposes[0]
        someone = persona(world)
        processing = world.policy.processing[purpose]
        say_yes(world, someone, topics.purpose(purpose) if needs_consent(processing) else "")
        if topics.has_sensitive(world.policy, processing):
            say_yes(world, someone, topics.sensitive(purpose))
        given = tuple(one for one in source.gives if one in processing.categories)
        ask = Ask(act=Act.COLLECT, purpose=purpose, categories=given, source=name)
        world.must_not("gate.source_lawful", permit, world, someone, ask)


def about_others(world: World) -> None:
    """Bring what is about another person without declaring that this person agreed."""
    known = world.policy.categories
    wanted = (o for o in world.offers if any(known[c].about is About.OTHER for c in o.required + o.optional))
    for offer in some(world, wanted):
        someone = persona(world)
        say_yes_to_all(world, someone, offer)
        world.must_not("gate.others_data_declared", permit, world, someone, collects(offer, declared=False))


def tracker_of_nobody(world: World) -> None:
    """Set a tracker that the policy does not name."""
    ask = Ask(act=Act.SET_TRACKER, purpose=f"{clauses.TRACKER_PREFIX}nobody-named")
    world.must_not("gate.tracker_declared", permit, world, persona(world), ask)


def tracker_unasked(world: World) -> None:
    """Set a tracker that the product can do without, unasked."""
    for name in some(world, (name for name, its in world.policy.trackers.items() if not its.essential)):
        ask = Ask(act=Act.SET_TRACKER, purpose=f"{clauses.TRACKER_PREFIX}{name}")
        world.must_not("gate.tracker_consent", permit, world, persona(world), ask)


def to_unbound_successor(world: World) -> None:
    """Hand the product's data to a successor that nothing binds."""
    for offer in some(world, for_adults(world)) if world.policy.succession is not None else ():
        ask = Ask(act=Act.TRANSFER, purpose=offer.name, categories=offer.required[:1], recipient=clauses.SUCCESSOR)
        world.must_not("gate.successor_bound", permit, world, persona(world), ask)


ALL = (from_stranger, without_lawful_origin, about_others, tracker_of_nobody, tracker_unasked, to_unbound_successor)
"""Every attempt of this page, in the order in which they come round."""
