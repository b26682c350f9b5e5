# SPDX-License-Identifier: Apache-2.0
"""Attempts to hand data over that must fail: each lacks exactly one thing that the policy asks for."""

from collections.abc import Callable

from upheld.gate import Ask
from upheld.sharing import service as sharing
from upheld.simulation.attempting_asks import some
from upheld.simulation.offers import Handing
from upheld.simulation.personas import persona, say_yes
from upheld.simulation.world import Someone, World
from upheld.terms import Act


def shares(world: World, someone: Someone, handing: Handing, **more: object) -> Callable[[], object]:
    """Return what hands a recipient's categories over, with something changed."""
    told = {"recipient": handing.recipient, **more}
    ask = Ask(act=Act.SHARE, purpose=handing.purpose, categories=handing.categories, **told)  # type: ignore[arg-type]
    return lambda: sharing.disclose(ask=ask, data_subject_id=someone.id, now=world.now, caller_id=world.program)


def to_stranger(world: World) -> None:
    """Hand data to someone whom the policy does not name."""
    for handing in some(world, world.handings):
        someone = persona(world)
        say_yes(world, someone, *handing.topics)
        world.must_not("gate.recipient_declared", shares(world, someone, handing, recipient="nobody-named"))


def abroad(world: World) -> None:
    """Hand data over in another region."""
    for handing in some(world, world.handings):
        someone = persona(world)
        say_yes(world, someone, *handing.topics)
        world.must_not("gate.residency", shares(world, someone, handing, destination="aq"))


def to_stopped(world: World) -> None:
    """Hand data to a recipient that was stopped."""
    for handing in some(world, world.handings):
        someone = persona(world)
        say_yes(world, someone, *handing.topics)
        sharing.stop_recipient(recipient=handing.recipient, now=world.now)
        world.must_not("gate.recipient_stopped", shares(world, someone, handing))
        sharing.resume_recipient(recipient=handing.recipient, now=world.now)


def without_share_consent(world: World) -> None:
    """Hand data over without the consent that this takes."""
    wanted = (h for h in world.handings if any(not topic.startswith("sensitive:") for topic in h.topics))
    for handing in some(world, wanted):
        someone = persona(world)
        say_yes(world, someone, *handing.topics[:-1])
        world.must_not("gate.consent_needed", shares(world, someone, handing))


def without_paper(world: World, handing: Handing, control: str) -> None:
    """Hand data to a recipient one of whose papers is not on file."""
    someone = persona(world)
    say_yes(world, someone, *handing.topics)
    world.must_not(control, shares(world, someone, handing))


ALL = (to_stranger, abroad, to_stopped, without_share_consent)
"""Every attempt to hand data over, in the order in which they come round."""
