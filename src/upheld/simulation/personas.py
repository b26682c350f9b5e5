# SPDX-License-Identifier: Apache-2.0
"""People made for one attempt, so that exactly one thing stands in its way, and what attempts ask of the gate."""

from datetime import date

from upheld.children import service as children
from upheld.consent import service as consent
from upheld.gate import Ask
from upheld.notices import service as notices
from upheld.people import accounts
from upheld.simulation import made_up
from upheld.simulation.living import said_by
from upheld.simulation.offers import Offer
from upheld.simulation.world import Someone, World
from upheld.terms import Act, AgeBand, DataSubjectId, Language
from upheld.vault import service as vault
from upheld.vault.values import Collected


def persona(world: World, *, age: AgeBand = AgeBand.ADULT, told: bool = True) -> Someone:
    """Add someone whom the company's program knows and vouches for, and who gave no consent yet."""

    def acknowledge(subject: DataSubjectId) -> None:
        if told:
            notices.shown(viewer_id=subject, version=world.version, language=Language.EN, now=world.now)
            notices.acknowledge(data_subject_id=subject, version=world.version, language=Language.EN, now=world.now)

    number = len(world.people)
    subject = accounts.register(version=world.version, vouched_by=world.program, now=world.now, acknowledge=acknowledge)
    someone = Someone(
        number=number, id=subject, phone=made_up.phone(number), peer=made_up.peer(number), age=age, pace_days=0
    )
    if age is AgeBand.CHILD:
        born = date(world.now.year - 8, 1, 15)
        children.state_age(data_subject_id=subject, birth_on=born, now=world.now)
    else:
        children.state_age(data_subject_id=subject, band=age, now=world.now)
    world.people.append(someone)
    return someone


def say_yes(world: World, someone: Someone, *topics: str) -> None:
    """Let a persona give these consents; empty names are none."""
    for topic in dict.fromkeys(topics):
        if topic:
            consent.give(data_subject_id=someone.id, topic=topic, said=said_by(someone), now=world.now)
            someone.given.append(topic)


def say_yes_to_all(world: World, someone: Someone, offer: Offer) -> None:
    """Let a persona switch a function on, with all it takes."""
    say_yes(world, someone, offer.choice, offer.separate, *offer.permissions.values())


def categories_of(offer: Offer) -> tuple[str, ...]:
    """Name all categories that a function can collect."""
    return offer.required + offer.optional


def collects(offer: Offer, **more: object) -> Ask:
    """Ask to collect everything that a function can."""
    said: dict[str, object] = {"declared": True, **more}
    return Ask(act=Act.COLLECT, purpose=offer.name, categories=categories_of(offer), **said)  # type: ignore[arg-type]


def fill(world: World, someone: Someone, offer: Offer) -> Collected:
    """Collect made-up values for everything that a function can collect."""
    values = {name: made_up.value(world.policy.categories[name], name, world.chance) for name in categories_of(offer)}
    return vault.collect(ask=collects(offer), data_subject_id=someone.id, values=values, now=world.now)


def permit(world: World, someone: Someone, ask: Ask) -> str:
    """Let the company's program take a permit."""
    return vault.issue_permit(ask=ask, data_subject_id=someone.id, caller_id=world.program, now=world.now)
