# SPDX-License-Identifier: Apache-2.0
"""People who come: a code proves their number, they accept the notice, say their age, and children find a guardian."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from upheld.children import service as children
from upheld.notices import service as notices
from upheld.people import accounts, sign_in
from upheld.people.values import CodeSent, Proven
from upheld.policy.model.processing import UnknownAgeRule
from upheld.simulation import made_up
from upheld.simulation.world import EVERY, Someone, World
from upheld.terms import Actor, AgeBand, DataSubjectId, Language

CHILDREN: Final = 0.06
UNKNOWN: Final = 0.06
ALONE: Final = 0.25
"""Share of children who name no guardian."""
WITH_BABY: Final = 0.08
"""Share of adults who add a child that has no account."""
TYPING_ERRORS: Final = 0.03
OFTENEST: Final = 15
"""The keenest person comes so many times in the time that is simulated, the least keen once; most come now and then."""


@dataclass(slots=True, kw_only=True)
class _Arrival:
    someone: Someone
    sent: CodeSent


def arrive(world: World, count: int) -> None:
    """Let some people come this morning."""
    arrivals = [_begin(world, len(world.people)) for _ in range(count)]
    world.work()
    came = [one for arrival in arrivals if arrival and (one := _finish(world, arrival))]
    asked = [_state_age(world, someone) for someone in came]
    if any(asked):
        world.work()
        for finish in asked:
            if finish is not None:
                finish()


def _begin(world: World, number: int) -> _Arrival | None:
    """Ask for a code; the form names the version that the person ticked."""
    someone = _drawn(world, number)
    world.people.append(someone)
    sent = world.tries(
        "ask for a code",
        sign_in.begin_sign_in,
        identifier=someone.phone,
        peer=someone.peer,
        language=Language.ZH_HANS,
        now=world.now,
        security_now=world.now,
        version=world.version,
    )
    return None if sent is None else _Arrival(someone=someone, sent=sent)


def _drawn(world: World, number: int) -> Someone:
    draw = world.chance.random()
    age = AgeBand.CHILD if draw < CHILDREN else AgeBand.UNKNOWN if draw < CHILDREN + UNKNOWN else AgeBand.ADULT
    if number < len(_FIRST):
        age = _FIRST[number]
    lowest, highest = max(1.0, world.days / OFTENEST), max(2.0, world.days)
    return Someone(
        number=number,
        id=DataSubjectId(UUID(int=0)),
        phone=made_up.phone(number),
        peer=made_up.peer(number),
        age=age,
        pace_days=lowest * (highest / lowest) ** world.chance.random(),
        has_account=False,
    )


_FIRST: Final = (AgeBand.ADULT, AgeBand.ADULT, AgeBand.CHILD, AgeBand.CHILD, AgeBand.UNKNOWN)
"""The first to come are of every age, so that small simulations meet them all."""


def _finish(world: World, arrival: _Arrival) -> Someone | None:
    """Type the code and open the account; now and then with a slip first."""
    code = world.outbox.code(arrival.someone.phone)
    if world.chance.random() < TYPING_ERRORS or arrival.someone.number == 0:
        wrong = f"{(int(code or 0) + 1) % 1_000_000:06d}"
        world.must_not("people.code_proves_number", _check, world, arrival, wrong)
    proven = world.tries("prove a number", _check, world, arrival, code)
    if not isinstance(proven, Proven):
        return None
    if arrival.someone.number % EVERY == 0:
        world.must_not("people.code_single_use", _check, world, arrival, code)
    signed = world.tries("open an account", _open, world, arrival.someone, proven)
    if signed is None:
        return None
    arrival.someone.id, arrival.someone.has_account = signed, True
    return arrival.someone


def _check(world: World, arrival: _Arrival, code: str) -> object:
    return sign_in.finish_sign_in(
        challenge_id=arrival.sent.challenge_id,
        code=code,
        peer=arrival.someone.peer,
        now=world.now,
        security_now=world.now,
    )


def _open(world: World, someone: Someone, proven: Proven) -> DataSubjectId:
    def acknowledge(subject: DataSubjectId) -> None:
        accept(world, subject, viewer=proven.challenge_id)
        if asks_age_first(world) and someone.age is AgeBand.ADULT:
            children.state_age(data_subject_id=subject, band=AgeBand.ADULT, now=world.now)

    return accounts.open_account(
        proven=proven, version=world.version, now=world.now, security_now=world.now, acknowledge=acknowledge
    ).data_subject_id


def asks_age_first(world: World) -> bool:
    """Say whether the account itself needs a known age, so that the form asks for it."""
    return world.policy.functions[accounts.ACCOUNT_FUNCTION].unknown_age is not UnknownAgeRule.ALLOWED


def accept(world: World, subject: DataSubjectId, *, viewer: UUID, actor: Actor = Actor.SELF) -> None:
    """Show the notice and take its acceptance."""
    notices.shown(viewer_id=viewer, version=world.version, language=Language.ZH_HANS, now=world.now)
    notices.acknowledge(
        data_subject_id=subject,
        version=world.version,
        language=Language.ZH_HANS,
        now=world.now,
        actor=actor,
        session_id=viewer,
    )


def _state_age(world: World, someone: Someone) -> Callable[[], None] | None:
    """Say the age; a child asks an adult to stand for it, and what follows is returned."""
    if someone.age is AgeBand.CHILD:
        born = date(world.now.year - world.chance.randint(5, 10), world.chance.randint(1, 12), 15)
        world.tries(
            "state a birth date",
            children.state_age,
            data_subject_id=someone.id,
            birth_on=born,
            now=world.now,
        )
        alone = world.chance.random() < ALONE or someone.number == len(_FIRST) - 2
        return None if alone else _ask_guardian(world, someone)
    world.tries("state an age", children.state_age, data_subject_id=someone.id, band=someone.age, now=world.now)
    if someone.age is AgeBand.ADULT and (world.chance.random() < WITH_BABY or someone.number == 1):
        _add_baby(world, someone)
    return None


def _ask_guardian(world: World, child: Someone) -> Callable[[], None] | None:
    adults = [one for one in world.people if one.age is AgeBand.ADULT and one.has_account and not one.is_gone]
    if not adults:
        return None
    guardian = world.chance.choice(adults)
    asked = world.tries(
        "ask a guardian",
        children.ask_guardian,
        child_id=child.id,
        guardian_number=guardian.phone,
        language=Language.ZH_HANS,
        peer=child.peer,
        now=world.now,
        security_now=world.now,
    )
    if asked is None:
        return None
    link, sent = asked
    return lambda: _verify_guardian(world, child, guardian, link, sent)


def _verify_guardian(world: World, child: Someone, guardian: Someone, link: UUID, sent: CodeSent) -> None:
    verified = world.tries(
        "verify a guardian",
        children.verify_by_code,
        link_id=link,
        challenge_id=sent.challenge_id,
        code=world.outbox.code(guardian.phone),
        peer=guardian.peer,
        now=world.now,
        security_now=world.now,
    )
    if verified is not None:
        child.guardian = guardian
        world.tries("accept for a child", accept, world, child.id, viewer=child.id, actor=Actor.GUARDIAN)


def _add_baby(world: World, guardian: Someone) -> None:
    born = date(world.now.year - 1, world.chance.randint(1, 12), 15)
    baby = world.tries(
        "add a represented child",
        children.add_represented,
        guardian_id=guardian.id,
        birth_on=born,
        now=world.now,
    )
    if baby is not None:
        added = Someone(
            number=len(world.people),
            id=baby,
            phone="",
            peer=guardian.peer,
            age=AgeBand.CHILD,
            pace_days=guardian.pace_days,
            guardian=guardian,
            has_account=False,
        )
        world.people.append(added)
