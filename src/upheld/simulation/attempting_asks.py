# SPDX-License-Identifier: Apache-2.0
"""Attempts that the gate must refuse: each lacks exactly one thing that the policy asks for."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from upheld.consent import rules as consent_rules
from upheld.consent import service as consent
from upheld.crypto.randomness import uuid7
from upheld.gate import Ask
from upheld.gate.planning import needs_consent
from upheld.policy.model.processing import ChildRule, UnknownAgeRule
from upheld.retention import cancelling, erasing
from upheld.retention.values import Because
from upheld.rights import fulfilment
from upheld.rights import service as rights
from upheld.rights.service import SIGNED_IN
from upheld.rights.values import Filing
from upheld.simulation.living import said_by
from upheld.simulation.offers import Offer
from upheld.simulation.personas import categories_of, collects, fill, permit, persona, say_yes, say_yes_to_all
from upheld.simulation.world import Someone, World
from upheld.terms import Act, AgeBand, DataSubjectId, LawfulBasis, Right

T = TypeVar("T")


def some(world: World, found: Iterable[T]) -> Iterator[T]:
    """Choose one of what was found; nothing where the policy has no such thing."""
    listed = list(found)
    if listed:
        yield world.chance.choice(listed)


def for_adults(world: World) -> list[Offer]:
    """List the functions that rest on contract or law, which every adult has."""
    return [offer for offer in world.offers if not offer.is_choice and not offer.separate and not offer.permissions]


# --- choices


def without_consent(world: World) -> None:
    """Collect for a function that nobody switched on."""
    for offer in some(world, (o for o in world.offers if o.is_choice)):
        someone = persona(world)
        say_yes(world, someone, offer.separate, *offer.permissions.values())
        world.must_not("gate.consent_needed", fill, world, someone, offer)


def without_separate_consent(world: World) -> None:
    """Collect sensitive data on the general consent alone."""
    for offer in some(world, (o for o in world.offers if o.separate)):
        someone = persona(world)
        say_yes(world, someone, offer.choice, *offer.permissions.values())
        world.must_not("gate.separate_consent", fill, world, someone, offer)


def without_permission(world: World) -> None:
    """Read from the device what it does not let the product read."""
    for offer in some(world, (o for o in world.offers if o.permissions)):
        someone = persona(world)
        say_yes(world, someone, offer.choice, offer.separate)
        world.must_not("gate.permission_granted", fill, world, someone, offer)


def in_background(world: World) -> None:
    """Gather while the product is not in use."""
    declared = world.policy.functions
    for offer in some(world, (o for o in world.offers if not declared[o.name].background)):
        someone = persona(world)
        say_yes_to_all(world, someone, offer)
        world.must_not("gate.background_declared", permit, world, someone, collects(offer, foreground=False))


def after_withdrawal(world: World) -> None:
    """Go on after a consent was withdrawn."""
    for offer in some(world, (o for o in world.offers if o.is_choice)):
        someone = persona(world)
        say_yes_to_all(world, someone, offer)
        consent.withdraw(data_subject_id=someone.id, topic=offer.choice, said=said_by(someone), now=world.now)
        world.must_not("consent.withdrawal_at_once", fill, world, someone, offer)


def after_objection(world: World) -> None:
    """Go on with a purpose that the person objected to."""
    policy = world.policy
    named = [(name, f"purpose:{name}") for name in policy.processing]
    open_to = [name for name, topic in named if consent_rules.is_objection(policy, topic)]
    for name in some(world, open_to):
        someone = persona(world)
        topic = f"purpose:{name}"
        consent.refuse(data_subject_id=someone.id, topic=topic, said=said_by(someone), now=world.now)
        plain = [c for c in policy.processing[name].categories if not policy.categories[c].sensitive]
        ask = Ask(act=Act.USE, purpose=name, categories=tuple(plain))
        world.must_not("gate.objection_stops_use", permit, world, someone, ask)


# --- what was declared


def for_undeclared_purpose(world: World) -> None:
    """Use data for an end that the policy does not name."""
    someone = persona(world)
    ask = Ask(act=Act.USE, purpose="another-end", categories=())
    world.must_not("gate.purpose_declared", permit, world, someone, ask)


def undeclared_category(world: World) -> None:
    """Use a category for a function that does not name it."""
    policy = world.policy
    for offer in some(world, for_adults(world)):
        foreign = [
            name
            for name, category in policy.categories.items()
            if name not in policy.functions[offer.name].categories and not category.sensitive
        ]
        someone = persona(world)
        ask = Ask(act=Act.USE, purpose=offer.name, categories=(world.chance.choice(foreign),))
        world.must_not("gate.category_declared", permit, world, someone, ask)


def before_notice(world: World) -> None:
    """Collect from someone who was shown no notice."""
    for offer in some(world, for_adults(world)):
        someone = persona(world, told=False)
        world.must_not("gate.told_before_collection", fill, world, someone, offer)


def of_nobody(world: World) -> None:
    """Act on an id that nobody has."""
    for offer in some(world, for_adults(world)):
        nobody = Someone(
            number=0, id=DataSubjectId(uuid7(world.now)), phone="", peer="", age=AgeBand.ADULT, pace_days=0
        )
        ask = Ask(act=Act.USE, purpose=offer.name, categories=categories_of(offer))
        world.must_not("gate.person_known", permit, world, nobody, ask)


def on_ground(world: World) -> None:
    """Cite a ground without its evidence, and one that nobody listed."""
    for offer in some(world, (o for o in world.offers if o.is_choice and not o.separate and not o.permissions)):
        someone = persona(world)
        bare = [*some(world, world.policy.grounds.collect), "it-suits-us"]
        for ground in bare:
            ask = collects(offer, ground=ground)
            world.must_not("gate.ground_evidence", permit, world, someone, ask)


# --- age


def of_child(world: World) -> None:
    """Let a child use what is for grown people."""
    for offer in some(world, (o for o in world.offers if o.for_children is ChildRule.NEVER)):
        someone = persona(world, age=AgeBand.CHILD)
        say_yes_to_all(world, someone, offer)
        world.must_not("gate.age_rules", fill, world, someone, offer)


def of_child_alone(world: World) -> None:
    """Collect from a child for whom no guardian stands."""
    for offer in some(world, (o for o in world.offers if o.for_children is ChildRule.GUARDIAN)):
        someone = persona(world, age=AgeBand.CHILD)
        say_yes_to_all(world, someone, offer)
        world.must_not("children.guardian_needed", fill, world, someone, offer)


def of_unknown_age(world: World) -> None:
    """Take someone of unknown age for an adult."""
    strict = (o for o in world.offers if o.for_unknown is not UnknownAgeRule.ALLOWED)
    for offer in some(world, strict):
        someone = persona(world, age=AgeBand.UNKNOWN)
        say_yes_to_all(world, someone, offer)
        world.must_not("children.age_unknown_is_not_adult", fill, world, someone, offer)


# --- after the end


def after_cancellation(world: World) -> None:
    """Go on serving a cancelled account; what law does not keep of it goes."""
    served = [o for o in for_adults(world) if world.policy.functions[o.name].basis is not LawfulBasis.LEGAL_DUTY]
    for offer in some(world, served):
        someone = persona(world)
        for one in for_adults(world):
            fill(world, someone, one)
        cancelling.cancel(data_subject_id=someone.id, now=world.now)
        someone.is_gone = True
        ask = Ask(act=Act.USE, purpose=offer.name, categories=categories_of(offer))
        world.must_not("gate.no_service_after_cancellation", permit, world, someone, ask)


def after_erasure(world: World) -> None:
    """Act on someone who was erased."""
    for offer in some(world, for_adults(world)):
        someone = persona(world)
        fill(world, someone, offer)
        erasing.begin(data_subject_id=someone.id, because=Because.OWN_CHOICE, now=world.now)
        someone.is_gone = True
        world.work()
        ask = Ask(act=Act.USE, purpose=offer.name, categories=categories_of(offer))
        world.must_not("gate.erased_stays_erased", permit, world, someone, ask)


def after_restriction(world: World) -> None:
    """Use what a person asked only to be kept."""
    rule = world.policy.rights.requests.get(Right.RESTRICTION) if world.policy.rights else None
    if rule is None:
        return
    for offer in some(world, for_adults(world)):
        someone = persona(world)
        filing = Filing(
            data_subject_id=someone.id, right=Right.RESTRICTION, channel=rule.channels[0], verified_by=SIGNED_IN
        )
        fulfilment.begin(request=rights.file(filing=filing, now=world.now), now=world.now)
        someone.is_gone = True
        world.work()
        ask = Ask(act=Act.USE, purpose=offer.name, categories=categories_of(offer))
        world.must_not("gate.restricted_stops_use", permit, world, someone, ask)


def into_the_open(world: World) -> None:
    """Make something public without a consent to just that."""
    plain = [name for name, one in world.policy.processing.items() if not needs_consent(one)]
    for name in some(world, plain) if world.policy.publication else ():
        someone = persona(world)
        categories = tuple(
            c for c in world.policy.processing[name].categories if not world.policy.categories[c].sensitive
        )
        ask = Ask(act=Act.PUBLISH, purpose=name, categories=categories)
        world.must_not("gate.consent_needed", permit, world, someone, ask)


ALL = (
    without_consent,
    without_separate_consent,
    without_permission,
    in_background,
    after_withdrawal,
    after_objection,
    for_undeclared_purpose,
    undeclared_category,
    before_notice,
    of_nobody,
    on_ground,
    of_child,
    of_child_alone,
    of_unknown_age,
    after_cancellation,
    after_erasure,
    after_restriction,
    into_the_open,
)
"""Every attempt on the gate, in the order in which they come round."""
