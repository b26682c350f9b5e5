# SPDX-License-Identifier: Apache-2.0
"""What simulated people do with the product on a day they use it: choose, use, look, change their mind, ask."""

from collections.abc import Callable
from typing import Final

from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.gate import Ask
from upheld.policy.model.processing import ChildRule
from upheld.rights import fulfilment
from upheld.rights import service as rights
from upheld.rights.service import SIGNED_IN
from upheld.rights.values import Filing
from upheld.simulation import made_up
from upheld.simulation.offers import Offer
from upheld.simulation.world import Someone, Waiting, World
from upheld.terms import Act, Actor, AgeBand, Language, Right
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.values import Reader, ReaderKind, Source

Deed = Callable[[World, Someone], None]

REFUSES: Final = 0.15
"""How often someone who is asked for a choice says no."""
SLOWEST_ANSWER_DAYS: Final = 6
"""Staff get to a request within so many days; no policy gives them fewer than 15."""


def live(world: World, someone: Someone) -> None:
    """Let someone do a few things today."""
    for _ in range(1 + world.chance.randrange(3)):
        if someone.is_gone:
            return
        deed = world.chance.choices(_DEEDS, _WEIGHTS)[0]
        deed(world, someone)


# --- choices


def choose(world: World, someone: Someone) -> None:
    """Come upon a function that is off, and switch it on or decline."""
    offers = [o for o in world.offers if o.is_choice and o.name not in someone.on and _is_for(o, someone)]
    if not offers:
        return
    offer = world.chance.choice(offers)
    if world.chance.random() < REFUSES:
        decline(world, someone, offer.choice)
        return
    switch_on(world, someone, offer)
    collect(world, someone, offer)


def switch_on(world: World, someone: Someone, offer: Offer) -> None:
    """Say yes to everything that a function needs, one by one."""
    for topic in dict.fromkeys((offer.choice, offer.separate, *offer.permissions.values())):
        if topic:
            give(world, someone, topic)
    someone.on.append(offer.name)


def give(world: World, someone: Someone, topic: str) -> None:
    """Say yes to one topic; for a child with a guardian the guardian does, save for what only the device asks."""
    if topic in someone.given:
        return
    said = said_by(someone)
    if world.tries(
        "give a consent",
        consent.give,
        data_subject_id=someone.id,
        topic=topic,
        said=said,
        now=world.now,
    ):
        someone.given.append(topic)


def decline(world: World, someone: Someone, topic: str) -> None:
    """Say no when asked."""
    world.tries(
        "refuse a consent",
        consent.refuse,
        data_subject_id=someone.id,
        topic=topic,
        said=said_by(someone),
        now=world.now,
    )


def withdraw(world: World, someone: Someone) -> None:
    """Take back something that was given, and stop using what rests on it."""
    if not someone.given:
        return
    topic = world.chance.choice(someone.given)
    someone.given.remove(topic)
    someone.on[:] = [name for name in someone.on if topic not in _topics(world.offer(name))]
    world.tries(
        "withdraw a consent",
        consent.withdraw,
        data_subject_id=someone.id,
        topic=topic,
        said=said_by(someone),
        now=world.now,
    )


def said_by(someone: Someone) -> Said:
    """Say who speaks: the person, or the guardian of a child."""
    if someone.guardian is None:
        return Said(method=Method.SWITCH, language=Language.ZH_HANS)
    return Said(method=Method.SWITCH, language=Language.ZH_HANS, actor=Actor.GUARDIAN, actor_id=someone.guardian.id)


def _topics(offer: Offer) -> tuple[str, ...]:
    return (offer.choice, offer.separate, *offer.permissions.values())


def _is_for(offer: Offer, someone: Someone) -> bool:
    """Say whether the product shows a function to a person of this age; what it hides may still be asked of the gate."""
    if someone.age is AgeBand.CHILD:
        return offer.for_children is ChildRule.ALLOWED or (
            offer.for_children is ChildRule.GUARDIAN and someone.guardian is not None
        )
    return someone.age is AgeBand.ADULT or offer.for_unknown.value == "allowed"


# --- using


def use(world: World, someone: Someone) -> None:
    """Use a function: something is collected; half of the time, what is held is then looked at for it."""
    offers = [o for o in world.offers if (not o.is_choice or o.name in someone.on) and _is_for(o, someone)]
    offers = [o for o in offers if o.name != "account"]
    if not offers:
        return
    offer = world.chance.choice(offers)
    collect(world, someone, offer)
    if world.chance.random() < 0.5:
        look(world, someone, offer)


def collect(world: World, someone: Someone, offer: Offer) -> None:
    """Give a function what it needs, and some of what it likes."""
    wanted = offer.required + tuple(c for c in offer.optional if world.chance.random() < 0.5)
    if not wanted:
        wanted = offer.optional[:1]
    if not wanted:
        return
    values = {name: made_up.value(world.policy.categories[name], name, world.chance) for name in wanted}
    ask = Ask(act=Act.COLLECT, purpose=offer.name, categories=wanted, declared=True)
    source = Source.SELF if someone.guardian is None else Source.GUARDIAN
    world.tries(
        "collect",
        vault.collect,
        ask=ask,
        data_subject_id=someone.id,
        values=values,
        now=world.now,
        source=source,
    )


def look(world: World, someone: Someone, offer: Offer) -> None:
    """Let the product open for a function what it collected."""
    ask = Ask(act=Act.USE, purpose=offer.name, categories=offer.required or offer.optional[:1])
    by = Reader(kind=ReaderKind.SERVICE, id=world.program)
    world.tries("use", vault.open_items, ask=ask, data_subject_id=someone.id, now=world.now, by=by)


# --- rights


def own_reader(someone: Someone) -> Reader:
    """Say who reads a person's own page: the person, or the guardian."""
    if someone.guardian is not None:
        return Reader(kind=ReaderKind.GUARDIAN, id=someone.guardian.id)
    return Reader(kind=ReaderKind.SELF, id=someone.id)


def take_copy(world: World, someone: Someone) -> None:
    """Download a copy of everything."""
    world.tries(
        "take a copy",
        vault.copy_of,
        data_subject_id=someone.id,
        now=world.now,
        by=own_reader(someone),
    )


def correct(world: World, someone: Someone) -> None:
    """Put one item right."""
    items = [i for i in vault_queries.metadata(someone.id, now=world.now) if i.category not in {"phone", "email"}]
    if not items:
        return
    items.sort(key=lambda item: (item.category, item.collected_at))
    item = world.chance.choice(items)
    value = made_up.value(world.policy.categories[item.category], item.category, world.chance)
    world.tries(
        "correct",
        vault.correct,
        data_subject_id=someone.id,
        item_id=item.item_id,
        value=value,
        now=world.now,
        by=own_reader(someone),
    )


def request(world: World, someone: Someone) -> None:
    """File a request of some right; one that the policy lets people carry out alone is carried out at once."""
    file(world, someone, world.chance.choices(_RIGHTS, _RIGHT_WEIGHTS)[0])


def file(world: World, someone: Someone, right: Right) -> None:
    """File one request."""
    if world.policy.rights is None or right not in world.policy.rights.requests:
        return
    rule = world.policy.rights.requests[right]
    signed_in = someone.has_account and world.chance.random() < 0.7
    filing = Filing(
        data_subject_id=someone.id,
        right=right,
        channel=world.chance.choice(rule.channels),
        case=world.chance.choice(list(rule.cases)) if rule.cases else "",
        actor=Actor.SELF if someone.guardian is None else Actor.GUARDIAN,
        statement=made_up.words(world.chance),
        verified_by=SIGNED_IN if signed_in else "",
    )
    filed = world.tries(f"request {right.value}", rights.file, filing=filing, now=world.now)
    if filed is None:
        return
    if signed_in and fulfilment.is_automatic(filed):
        someone.is_gone = right in _ENDING
        fulfilment.begin(request=filed, now=world.now)
        return
    on_day = world.day + world.chance.randrange(SLOWEST_ANSWER_DAYS)
    world.waiting.append(Waiting(request_id=filed.id, someone=someone, right=right, on_day=on_day))


_ENDING: Final = frozenset({Right.ERASURE, Right.CANCELLATION, Right.RESTRICTION})
_RIGHT_TABLE: Final = (
    (Right.ACCESS, 5),
    (Right.CORRECTION, 2),
    (Right.PORTABILITY, 1),
    (Right.EXPLANATION, 1),
    (Right.COMPLAINT, 2),
    (Right.WITHDRAWAL, 1),
    (Right.RESTRICTION, 1),
    (Right.ERASURE, 2),
    (Right.CANCELLATION, 2),
)
_RIGHTS: Final = [right for right, _ in _RIGHT_TABLE]
_RIGHT_WEIGHTS: Final = [weight for _, weight in _RIGHT_TABLE]
_DEED_TABLE: Final[tuple[tuple[Deed, int], ...]] = (
    (choose, 26),
    (use, 50),
    (withdraw, 6),
    (take_copy, 4),
    (correct, 6),
    (request, 5),
)
_DEEDS: Final = [deed for deed, _ in _DEED_TABLE]
_WEIGHTS: Final = [weight for _, weight in _DEED_TABLE]
