# SPDX-License-Identifier: Apache-2.0
"""Attempts that the rooms themselves must refuse: on codes, choices and other people's data."""

from datetime import timedelta
from functools import partial
from typing import Final

from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.gate import Ask
from upheld.notices import service as notices
from upheld.people import accounts, sign_in
from upheld.people.values import CodeSent
from upheld.policy.model.storage import Start
from upheld.retention import erasing, holds
from upheld.retention.values import Because
from upheld.simulation import made_up
from upheld.simulation.attempting_asks import for_adults, some
from upheld.simulation.living import look, said_by
from upheld.simulation.offers import Offer
from upheld.simulation.personas import categories_of, fill, permit, persona, say_yes_to_all
from upheld.simulation.world import World
from upheld.terms import Act, DataSubjectId, Language
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.terms import storage_term
from upheld.vault.values import Reader, ReaderKind

_STRANGERS: Final = 60_000
"""From this number on phones belong to people who never join."""


# --- codes


def with_old_code(world: World) -> None:
    """Use a code after its five minutes."""
    phone, sent = _code(world)
    world.later(minutes=6)
    code = world.outbox.code(phone)
    world.must_not("people.code_expires", _prove, world, sent, code)


def with_code_again(world: World) -> None:
    """Use a code a second time."""
    phone, sent = _code(world)
    code = world.outbox.code(phone)
    _prove(world, sent, code)
    world.must_not("people.code_single_use", _prove, world, sent, code)


def with_guessed_code(world: World) -> None:
    """Guess a code."""
    phone, sent = _code(world)
    guess = f"{(int(world.outbox.code(phone) or 0) + 1) % 1_000_000:06d}"
    world.must_not("people.code_proves_number", _prove, world, sent, guess)


def too_many_codes(world: World) -> None:
    """Send code after code to one number."""
    phone = _strange_phone(world)

    def often() -> None:
        for _ in range(4):
            _send(world, phone)

    world.must_not("people.code_limits", often)


def _strange_phone(world: World) -> str:
    return made_up.phone(_STRANGERS + world.day * 10 + world.chance.randrange(10))


def _code(world: World) -> tuple[str, CodeSent]:
    phone = _strange_phone(world)
    sent = _send(world, phone)
    world.work()
    return phone, sent


def _send(world: World, phone: str) -> CodeSent:
    peer = made_up.peer(_STRANGERS + world.day)
    return sign_in.begin_sign_in(
        identifier=phone, peer=peer, language=Language.EN, now=world.now, security_now=world.now
    )


def _prove(world: World, sent: CodeSent, code: str) -> object:
    return sign_in.finish_sign_in(
        challenge_id=sent.challenge_id,
        code=code,
        peer=made_up.peer(_STRANGERS + world.day),
        now=world.now,
        security_now=world.now,
    )


# --- choices and the notice


def bundled(world: World) -> None:
    """Take several consents for one yes."""
    topics = [offer.choice for offer in world.offers if offer.is_choice][:2]
    someone = persona(world)
    if len(topics) > 1:
        world.must_not(
            "consent.one_by_one",
            consent.give,
            data_subject_id=someone.id,
            topic=topics,
            said=said_by(someone),
            now=world.now,
        )


def deemed(world: World) -> None:
    """Take a box that was ticked beforehand for a yes."""
    said = Said(method=Method.PRE_TICKED, language=Language.EN)
    for offer in some(world, (o for o in world.offers if o.is_choice)):
        someone = persona(world)
        world.must_not(
            "consent.no_deemed_consent",
            consent.give,
            data_subject_id=someone.id,
            topic=offer.choice,
            said=said,
            now=world.now,
        )


def nagging(world: World) -> None:
    """Ask again after a no."""
    for offer in some(world, (o for o in world.offers if o.is_choice)):
        someone = persona(world)
        topic = offer.choice
        consent.prompt(data_subject_id=someone.id, topic=topic, language=Language.EN, now=world.now)
        consent.refuse(data_subject_id=someone.id, topic=topic, said=said_by(someone), now=world.now)
        world.must_not(
            "consent.no_nagging",
            consent.prompt,
            data_subject_id=someone.id,
            topic=topic,
            language=Language.EN,
            now=world.now,
        )


def unread_notice(world: World) -> None:
    """Take the acceptance of a notice that was not shown."""

    def acknowledge(subject: DataSubjectId) -> None:
        notices.acknowledge(data_subject_id=subject, version=world.version, language=Language.EN, now=world.now)

    world.must_not(
        "notices.acknowledged_version",
        accounts.register,
        version=world.version,
        vouched_by=world.program,
        now=world.now,
        acknowledge=acknowledge,
    )


# --- other people's data


def as_another(world: World) -> None:
    """Take a copy of another person's data."""
    someone, other = persona(world), persona(world)
    by = Reader(kind=ReaderKind.SELF, id=other.id)
    world.must_not("rights.own_data_only", vault.copy_of, data_subject_id=someone.id, now=world.now, by=by)


def as_unproven_helper(world: World) -> None:
    """Use someone's rights without standing for them."""
    someone = persona(world)
    by = Reader(kind=ReaderKind.SERVICE, id=world.program)
    world.must_not("vault.item_has_one_subject", vault.copy_of, data_subject_id=someone.id, now=world.now, by=by)


def permit_twice(world: World) -> None:
    """Spend a permit twice."""
    for offer in some(world, for_adults(world)):
        someone = persona(world)
        ask = Ask(act=Act.USE, purpose=offer.name, categories=categories_of(offer))
        token = permit(world, someone, ask)
        vault.spend_permit(token, caller_id=world.program, now=world.now)
        world.must_not("vault.permit_needed", vault.spend_permit, token, caller_id=world.program, now=world.now)


def what_expired(world: World) -> None:
    """Collect something now, and look for it when it has ended and before the sweep comes."""
    for offer in some(world, _soon_over(world)):
        someone = persona(world)
        say_yes_to_all(world, someone, offer)
        fill(world, someone, offer)
        ends = [item.expires_at for item in vault_queries.metadata(someone.id, now=world.now) if item.expires_at]
        if ends:
            world.stale.append((max(ends), partial(look, world, someone, offer)))


def _soon_over(world: World) -> list[Offer]:
    """Name the functions whose data ends soonest after its collection."""
    policy, ends = world.policy, {}
    for offer in world.offers:
        terms = [storage_term(policy, purpose=offer.name, category=c) for c in categories_of(offer)]
        if terms and all(term.start is Start.COLLECTION for term in terms):
            ends[offer.name] = max(term.keep.days_at_most for term in terms)
    soonest = min(ends.values(), default=0)
    return [offer for offer in world.offers if ends.get(offer.name) == soonest]


def held_and_erased(world: World) -> None:
    """Erase someone of whom a law keeps one thing: only that one stays."""
    offers = [o for o in for_adults(world) if o.required]
    clauses = {o.name: storage_term(world.policy, purpose=o.name, category=o.required[0]).clause for o in offers}
    if len(set(clauses.values())) < 2:
        return
    someone = persona(world)
    for offer in offers:
        fill(world, someone, offer)
    kept = clauses[offers[0].name]
    until = world.now + timedelta(days=2)
    holds.place(data_subject_id=someone.id, clause=kept, law="simulated order", until=until, now=world.now)
    erasing.begin(data_subject_id=someone.id, because=Because.OWN_CHOICE, now=world.now)
    someone.is_gone = True
    world.work()
    left = {item.clause for item in vault_queries.metadata(someone.id, now=world.now)}
    if left - {kept}:
        world.passed["retention.hold_keeps_only_its_own"] += 1
    world.done["erase all but what is held"] += 1


ALL = (
    with_old_code,
    with_code_again,
    with_guessed_code,
    too_many_codes,
    bundled,
    deemed,
    nagging,
    unread_notice,
    as_another,
    as_unproven_helper,
    permit_twice,
    what_expired,
    held_and_erased,
)
"""Every attempt on codes, choices and data, in the order in which they come round."""
