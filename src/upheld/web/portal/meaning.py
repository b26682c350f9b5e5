# SPDX-License-Identifier: Apache-2.0
"""What a clause means for one person: choices, items held, who received something, rights. Nothing is opened for it."""

from dataclasses import dataclass
from datetime import datetime

from upheld import policy as policies
from upheld.consent import queries as consent
from upheld.consent.rules import name_of
from upheld.consent.values import Choice, TopicKind
from upheld.errors import NotFound
from upheld.policy.rendering.concerning import Concern, concern
from upheld.rights import queries as rights
from upheld.rights.values import RequestView
from upheld.sharing import queries as sharing
from upheld.sharing.values import DisclosureMade
from upheld.terms import Right
from upheld.web.portal import holding, names
from upheld.web.portal.denials import anchor
from upheld.web.portal.visitor import Who


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """One choice that a clause is about."""

    choice: Choice
    anchor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One recipient that received something a clause is about."""

    recipient: str
    at: datetime
    categories: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What a clause means for one person.

    Attributes:
        text: the clause's sentence.
        concern: what it is about.
        choices: the person's choices that it is about.
        items: what is held under it; values stay sealed.
        received: what recipients got under it.
        requests: the person's own requests under it, where it is about a right.
    """

    clause: str
    text: str
    concern: Concern
    choices: tuple[Chosen, ...]
    items: tuple[holding.Held, ...]
    received: tuple[Received, ...]
    requests: tuple[RequestView, ...]


def meaning(who: Who, clause: str, *, now: datetime) -> Meaning:
    """Say what a clause of the version that binds a person means for that person.

    Raises:
        NotFound: that version has no such clause.
    """
    found = next((one for one in policies.bind(who.policy) if one.id == clause), None)
    if found is None:
        raise NotFound("the version that binds you has no such clause")
    about = concern(who.policy, clause)
    return Meaning(
        clause=clause,
        text=found.text.get(who.language) or next(iter(found.text.values())),
        concern=about,
        choices=_choices(who, about, now),
        items=tuple(one for one in holding.items(who, now=now) if _holds(one, about)),
        received=tuple(_received(one, who) for one in sharing.disclosures(who.data_subject_id) if _went(one, about)),
        requests=_requests(who, about.right),
    )


_ABOUT_RECIPIENT = (TopicKind.SHARE, TopicKind.SHARE_MORE, TopicKind.ABROAD)


def _choices(who: Who, about: Concern, now: datetime) -> tuple[Chosen, ...]:
    every = consent.state_of(who.data_subject_id, language=who.language, now=now)
    return tuple(Chosen(choice=one, anchor=anchor(one.topic)) for one in every if _chooses(one, about))


def _chooses(choice: Choice, about: Concern) -> bool:
    name = name_of(choice.topic)
    if choice.kind in _ABOUT_RECIPIENT:
        return name in about.recipients
    return name in (about.permissions if choice.kind is TopicKind.PERMISSION else about.purposes)


def _holds(held: holding.Held, about: Concern) -> bool:
    return held.item.category in about.categories and held.item.purpose in about.purposes


def _went(made: DisclosureMade, about: Concern) -> bool:
    return made.recipient in about.recipients and bool(set(made.categories) & set(about.categories))


def _received(made: DisclosureMade, who: Who) -> Received:
    return Received(
        recipient=names.recipient(who.policy, made.recipient, who.language),
        at=made.at,
        categories=tuple(names.categories(who.policy, made.categories, who.language)),
    )


def _requests(who: Who, right: Right | None) -> tuple[RequestView, ...]:
    return tuple(one for one in rights.of(who.data_subject_id) if one.right is right)
