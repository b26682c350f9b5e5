# SPDX-License-Identifier: Apache-2.0
"""What comes into the vault without the person typing it: what sources pass on, and what a guardian tells of a child."""

from upheld.gate import Ask, topics
from upheld.gate.planning import needs_consent
from upheld.policy.model.data import About
from upheld.policy.model.processing import ChildRule
from upheld.simulation import made_up
from upheld.simulation.living import give
from upheld.simulation.world import Someone, World
from upheld.terms import Act, Actor, AgeBand
from upheld.vault import service as vault
from upheld.vault.values import Source


def today(world: World) -> None:
    """Let a source pass on something of one adult, and a guardian tell something of one child."""
    here = [one for one in world.people if not one.is_gone and one.id.int and one.pace_days]
    adults = [one for one in here if one.age is AgeBand.ADULT and one.has_account]
    babies = [one for one in here if not one.has_account and one.guardian is not None]
    if adults and world.policy.sources:
        receive(world, world.chance.choice(adults))
    if babies:
        tell_of_child(world, world.chance.choice(babies))


def receive(world: World, someone: Someone) -> None:
    """Let a source pass on what it is declared to give, to someone who asked for that and authorised it."""
    name = world.chance.choice(list(world.policy.sources))
    source = world.policy.sources[name]
    purpose = world.chance.choice(source.purposes)
    wanted = tuple(one for one in source.gives if one in world.policy.processing[purpose].categories)
    if not wanted:
        return
    _switch_on(world, someone, purpose)
    if source.authorised_by_person:
        give(world, someone, topics.source(name))
    ask = Ask(act=Act.COLLECT, purpose=purpose, categories=wanted, actor=Actor.SERVICE, source=name)
    _collect(world, someone, "receive from a source", ask, Source.THIRD_PARTY)


def tell_of_child(world: World, baby: Someone) -> None:
    """Let a guardian give what a function asks about the child, under the child's own record."""
    known = world.policy.categories
    open_to = {
        name: tuple(one for one in function.collects if known[one].about is About.CHILD)
        for name, function in world.policy.functions.items()
        if function.child is not ChildRule.NEVER
    }
    listed = [name for name, about in open_to.items() if about]
    if not listed:
        return
    purpose = world.chance.choice(listed)
    _switch_on(world, baby, purpose)
    ask = Ask(act=Act.COLLECT, purpose=purpose, categories=open_to[purpose], actor=Actor.GUARDIAN)
    _collect(world, baby, "tell of a child", ask, Source.GUARDIAN)


def _switch_on(world: World, someone: Someone, purpose: str) -> None:
    processing = world.policy.processing[purpose]
    if needs_consent(processing):
        give(world, someone, topics.purpose(purpose))
    if topics.has_sensitive(world.policy, processing):
        give(world, someone, topics.sensitive(purpose))


def _collect(world: World, someone: Someone, deed: str, ask: Ask, source: Source) -> None:
    values = {name: made_up.value(world.policy.categories[name], name, world.chance) for name in ask.categories}
    world.tries(
        deed,
        vault.collect,
        ask=ask,
        data_subject_id=someone.id,
        values=values,
        now=world.now,
        source=source,
    )
