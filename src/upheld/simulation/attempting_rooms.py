# SPDX-License-Identifier: Apache-2.0
"""Attempts that the rooms themselves must refuse: on codes, choices, other people's data, staff and requests."""

from datetime import timedelta
from typing import Final

from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.gate import Ask
from upheld.notices import service as notices
from upheld.people import accounts, api_keys, sign_in, staff, staff_invites
from upheld.people.key_values import Terms
from upheld.people.permissions import Permission, Role
from upheld.people.values import CodeSent
from upheld.policy.model.storage import Start
from upheld.retention import erasing, holds
from upheld.retention.values import Because
from upheld.rights import queries as requests
from upheld.rights import service as rights
from upheld.rights.values import Filing, RefusalGiven, RequestView
from upheld.simulation import made_up, office
from upheld.simulation.attempting_asks import for_adults, some
from upheld.simulation.living import look, said_by
from upheld.simulation.offers import Offer
from upheld.simulation.personas import categories_of, fill, permit, persona, say_yes_to_all
from upheld.simulation.world import World
from upheld.terms import Act, DataSubjectId, Language, Right
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
    world.must_not("people.code_expires", lambda: _prove(world, sent, code))


def with_code_again(world: World) -> None:
    """Use a code a second time."""
    phone, sent = _code(world)
    code = world.outbox.code(phone)
    _prove(world, sent, code)
    world.must_not("people.code_single_use", lambda: _prove(world, sent, code))


def with_guessed_code(world: World) -> None:
    """Guess a code."""
    phone, sent = _code(world)
    guess = f"{(int(world.outbox.code(phone) or 0) + 1) % 1_000_000:06d}"
    world.must_not("people.code_proves_number", lambda: _prove(world, sent, guess))


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
            lambda: consent.give(data_subject_id=someone.id, topic=topics, said=said_by(someone), now=world.now),
        )


def deemed(world: World) -> None:
    """Take a box that was ticked beforehand for a yes."""
    said = Said(method=Method.PRE_TICKED, language=Language.EN)
    for offer in some(world, (o for o in world.offers if o.is_choice)):
        someone = persona(world)
        world.must_not(
            "consent.no_deemed_consent",
            lambda: consent.give(data_subject_id=someone.id, topic=offer.choice, said=said, now=world.now),
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
            lambda: consent.prompt(data_subject_id=someone.id, topic=topic, language=Language.EN, now=world.now),
        )


def unread_notice(world: World) -> None:
    """Take the acceptance of a notice that was not shown."""

    def acknowledge(subject: DataSubjectId) -> None:
        notices.acknowledge(data_subject_id=subject, version=world.version, language=Language.EN, now=world.now)

    world.must_not(
        "notices.acknowledged_version",
        lambda: accounts.register(
            version=world.version, vouched_by=world.program, now=world.now, acknowledge=acknowledge
        ),
    )


# --- other people's data


def as_another(world: World) -> None:
    """Take a copy of another person's data."""
    someone, other = persona(world), persona(world)
    by = Reader(kind=ReaderKind.SELF, id=other.id)
    world.must_not("rights.own_data_only", lambda: vault.copy_of(data_subject_id=someone.id, now=world.now, by=by))


def as_unproven_helper(world: World) -> None:
    """Use someone's rights without standing for them."""
    someone = persona(world)
    by = Reader(kind=ReaderKind.SERVICE, id=world.program)
    world.must_not(
        "vault.item_has_one_subject", lambda: vault.copy_of(data_subject_id=someone.id, now=world.now, by=by)
    )


def permit_twice(world: World) -> None:
    """Spend a permit twice."""
    for offer in some(world, for_adults(world)):
        someone = persona(world)
        ask = Ask(act=Act.USE, purpose=offer.name, categories=categories_of(offer))
        token = permit(world, someone, ask)
        vault.spend_permit(token, caller_id=world.program, now=world.now)
        world.must_not("vault.permit_needed", lambda: vault.spend_permit(token, caller_id=world.program, now=world.now))


def what_expired(world: World) -> None:
    """Collect something now, and look for it when it has ended and before the sweep comes."""
    for offer in some(world, _soon_over(world)):
        someone = persona(world)
        say_yes_to_all(world, someone, offer)
        fill(world, someone, offer)
        ends = [item.expires_at for item in vault_queries.metadata(someone.id, now=world.now) if item.expires_at]
        if ends:
            world.stale.append((max(ends), lambda: look(world, someone, offer)))


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


# --- staff


def staff_without_reason(world: World) -> None:
    """Look someone up without saying why."""
    if world.staff is None:
        return
    by = Reader(kind=ReaderKind.STAFF, id=world.staff.support)
    for offer in some(world, for_adults(world)):
        someone = persona(world)
        ask = Ask(act=Act.STAFF_OPEN, purpose=offer.name, categories=categories_of(offer))
        world.must_not(
            "vault.staff_open_with_reason",
            lambda: vault.open_items(ask=ask, data_subject_id=someone.id, now=world.now, by=by),
        )


def staff_with_one_factor(world: World) -> None:
    """Sign in as staff by password alone; the right way afterwards."""
    if world.staff is None:
        return
    badge = world.staff.badge
    world.must_not(
        "people.staff_second_factor",
        lambda: staff.sign_in(
            email=badge.email, password=badge.password, code="", peer=office.PEER, now=world.now, security_now=world.now
        ),
    )
    world.later(minutes=1)
    world.tries("staff sign in", lambda: office.sign_in(badge, now=world.now))


def staff_beyond_role(world: World) -> None:
    """Let support invite an officer."""
    if world.staff is None:
        return
    support = world.staff.support
    world.must_not(
        "people.staff_role",
        lambda: staff_invites.invite(role=Role.OFFICER, now=world.now, security_now=world.now, invited_by=support),
    )


def key_from_elsewhere(world: World) -> None:
    """Use a program's key from a network that it was not issued for."""
    terms = Terms(
        name="Simulated program",
        purposes=tuple(world.policy.functions)[:1],
        acts=(Act.USE,),
        permissions=tuple(one for one in Permission if one.value.startswith("api:"))[:1],
        networks=("192.0.2.0/24",),
        people_an_hour=1,
        life=timedelta(days=1),
    )
    header = f"Bearer {api_keys.issue(terms=terms, now=world.now).text}"
    world.must_not(
        "people.api_key_scope",
        lambda: api_keys.authenticate(header=header, address="203.0.113.1", now=world.now),
    )


# --- requests


def unverified(world: World) -> None:
    """Answer, and then refuse on no listed ground, and ask a fee for, a request; the right way at last."""
    request = _filed(world)
    if request is None:
        return
    answer = made_up.words(world.chance)
    world.must_not("rights.fee_only_when_repeated", lambda: rights.ask_fee(request_id=request.id, now=world.now))
    if world.must_not(
        "rights.verified_first", lambda: rights.answer(request_id=request.id, text=answer, now=world.now)
    ):
        return
    listed = world.policy.rights.verification if world.policy.rights else None
    if listed is not None:
        rights.verify(request_id=request.id, method=min(listed.methods), now=world.now)
    refusal = RefusalGiven(ground="too-busy", evidence={}, text=answer)
    world.must_not(
        "rights.refusal_ground_listed", lambda: rights.refuse(request_id=request.id, refusal=refusal, now=world.now)
    )
    if requests.one(request.id).is_open:
        world.tries("answer a request", lambda: rights.answer(request_id=request.id, text=answer, now=world.now))


def _filed(world: World) -> RequestView | None:
    declared = world.policy.rights.requests if world.policy.rights else {}
    if Right.ACCESS not in declared:
        return None
    channel = declared[Right.ACCESS].channels[0]
    filing = Filing(data_subject_id=persona(world).id, right=Right.ACCESS, channel=channel)
    return rights.file(filing=filing, now=world.now)


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
    staff_without_reason,
    staff_with_one_factor,
    staff_beyond_role,
    key_from_elsewhere,
    unverified,
)
"""Every attempt on the rooms, in the order in which they come round."""
