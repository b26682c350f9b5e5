# SPDX-License-Identifier: Apache-2.0
"""What the company's program does with people's data: ask the gate, take permits, hand data to recipients."""

from typing import Final

from upheld.consent import service as consent
from upheld.gate import Ask
from upheld.sharing import service as sharing
from upheld.simulation.living import give, said_by
from upheld.simulation.offers import Handing
from upheld.simulation.world import Someone, World
from upheld.terms import Act, AgeBand
from upheld.vault import service as vault

SHARED: Final = 0.25
"""How often someone who uses the product today gets something shared."""


def act_on(world: World, someone: Someone) -> None:
    """Let the program do its part for someone who uses the product today."""
    if someone.is_gone:
        return
    if world.chance.random() < SHARED:
        _hand_over(world, someone)
    elif world.chance.random() < 0.2:
        _permit(world, someone)
    elif world.chance.random() < 0.1:
        _switch_off_purpose(world, someone)


def _hand_over(world: World, someone: Someone) -> None:
    if not world.handings:
        return
    handing = world.chance.choice(world.handings)
    if someone.age is AgeBand.ADULT and world.chance.random() < 0.7:
        for topic in handing.topics:
            give(world, someone, topic)
    hand_over(world, someone, handing)


def hand_over(world: World, someone: Someone, handing: Handing) -> None:
    """Hand what is held to a recipient, if the gate lets it pass."""
    ask = Ask(act=Act.SHARE, purpose=handing.purpose, categories=handing.categories, recipient=handing.recipient)
    world.tries(
        "hand over",
        sharing.disclose,
        ask=ask,
        data_subject_id=someone.id,
        now=world.now,
        caller_id=world.program,
    )


def _permit(world: World, someone: Someone) -> None:
    """Ask for a permit for a further purpose, and spend it; now and then twice."""
    purposes = [name for name, purpose in world.policy.purposes.items() if Act.USE in purpose.acts]
    if not purposes:
        return
    name = world.chance.choice(purposes)
    categories = world.policy.purposes[name].uses[:2]
    if not categories:
        return
    ask = Ask(act=Act.USE, purpose=name, categories=tuple(categories))
    token = world.tries(
        "take a permit",
        vault.issue_permit,
        ask=ask,
        data_subject_id=someone.id,
        caller_id=world.program,
        now=world.now,
    )
    if token is None:
        return

    def spend() -> object:
        return vault.spend_permit(token, caller_id=world.program, now=world.now)

    world.tries("spend a permit", spend)
    if world.chance.random() < 0.2:
        world.must_not("vault.permit_needed", spend)


def _switch_off_purpose(world: World, someone: Someone) -> None:
    """Let someone object to a purpose that rests on no consent but may be switched off."""
    names = [name for name, purpose in world.policy.purposes.items() if purpose.refusable]
    if not names:
        return
    topic = f"purpose:{world.chance.choice(names)}"
    if topic in someone.given:
        someone.given.remove(topic)
    world.tries(
        "object",
        consent.refuse,
        data_subject_id=someone.id,
        topic=topic,
        said=said_by(someone),
        now=world.now,
    )
