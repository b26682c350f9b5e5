# SPDX-License-Identifier: Apache-2.0
"""What a choice is about, whether it may be made alone, and when it may be asked for again."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from upheld.consent import outside
from upheld.consent.values import TopicKind, Wording
from upheld.errors import BadInput
from upheld.gate import topics
from upheld.gate.planning import needs_consent
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.policy.model.processing import Function, Purpose
from upheld.policy.rendering import refusing
from upheld.terms import Language, LawfulBasis, Tier

ASK_AGAIN_AFTER_DAYS: Final = 180
"""How long a refusal is respected before the product may ask again by itself. The law says "not frequently" (Network
Data Security Regulations art. 22(5)) and gives no number; half a year is our reading, and no policy format says less."""


def single(asked: str | Sequence[str]) -> tuple[str, ...]:
    """Return the topics asked for; a bundle is told by its length."""
    return (asked,) if isinstance(asked, str) else tuple(dict.fromkeys(asked))


def kind_of(topic: str) -> TopicKind:
    """Return what a topic is about.

    Raises:
        BadInput: it is no topic that a person chooses.
    """
    prefix, _, name = topic.partition(":")
    if not name or prefix not in set(TopicKind):
        raise BadInput("expected a topic such as purpose:ID, sensitive:ID, share:ID or permission:ID")
    return TopicKind(prefix)


def check_topic(policy: Policy, topic: str) -> TopicKind:
    """Return what a topic is about, if the policy knows it.

    Raises:
        BadInput: it is no topic of the policy's.
    """
    kind = kind_of(topic)
    if topic not in topics.needed(policy):
        raise BadInput("the policy version that binds this person knows no such topic")
    return kind


def name_of(topic: str) -> str:
    """Return the id that a topic is about."""
    return topic.partition(":")[2]


def is_objection(policy: Policy, topic: str) -> bool:
    """Say whether saying no to a topic is an objection: the purpose rests on no consent, yet may be switched off."""
    return not rests_on_choice(policy, topic) and can_switch_off(policy.processing[name_of(topic)])


def can_change(policy: Policy, topic: str) -> bool:
    """Say whether a person may choose: all but what basic functions or law need."""
    if kind_of(topic) is not TopicKind.PURPOSE:
        return True
    processing = policy.processing[name_of(topic)]
    return processing.basis is LawfulBasis.CONSENT or can_switch_off(processing)


def can_switch_off(processing: Function | Purpose) -> bool:
    """Say whether a purpose that rests on no consent may be switched off."""
    if isinstance(processing, Function):
        return processing.tier is Tier.EXTENDED
    return processing.refusable


def may_ask(refused_at: datetime | None, asked_at: datetime | None, *, now: datetime) -> bool:
    """Say whether the product may ask by itself: not within the interval after a refusal."""
    interval = timedelta(days=ASK_AGAIN_AFTER_DAYS)
    refused_lately = refused_at is not None and now < refused_at + interval
    asked_since = (
        refused_at is not None and asked_at is not None and asked_at > refused_at and now < asked_at + interval
    )
    return not refused_lately and not asked_since


def choices(policy: Policy) -> Iterator[str]:
    """Name every topic that the settings page shows, in the file's order."""
    for topic in topics.needed(policy):
        prefix = topic.partition(":")[0]
        if prefix in set(TopicKind) and _is_shown(policy, topic):
            yield topic


def _is_shown(policy: Policy, topic: str) -> bool:
    kind, name = kind_of(topic), name_of(topic)
    match kind:
        case TopicKind.SHARE:
            return policy.recipients[name].basis is LawfulBasis.CONSENT
        case TopicKind.ABROAD:
            home = policy.residency.region if policy.residency else policy.recipients[name].region
            return policy.recipients[name].region != home
        case _:
            return True


def wording(policy: Policy, topic: str, language: Language) -> Wording:
    """Say what is shown when a choice is asked for; its digest goes into the record."""
    kind, name = check_topic(policy, topic), name_of(topic)
    if kind in outside.KINDS:
        label, why, categories, refused = outside.words(policy, kind, name, language)
    elif kind is TopicKind.PERMISSION:
        label, why, categories, refused = _of_permission(policy, name, language)
    elif kind in {TopicKind.SHARE, TopicKind.SHARE_MORE, TopicKind.ABROAD}:
        label, why, categories, refused = _of_recipient(policy, kind, name, language)
    else:
        label, why, categories, refused = _of_purpose(policy, kind, name, language)
    shown = "\n".join((topic, str(policy.version), language.value, label, why, ",".join(categories), refused))
    return Wording(
        topic=topic,
        label=label,
        why=why,
        categories=categories,
        refusal_effect=refused,
        sha256=hashlib.sha256(shown.encode()).hexdigest(),
    )


_Words = tuple[str, str, tuple[str, ...], str]


def _of_purpose(policy: Policy, kind: TopicKind, name: str, language: Language) -> _Words:
    processing = policy.processing[name]
    touched = tuple(c for c in processing.categories if c in policy.categories)
    if kind is TopicKind.SENSITIVE:
        touched = tuple(c for c in touched if policy.categories[c].sensitive)
    return (
        say(processing.label, language),
        say(processing.purpose, language),
        touched,
        refusing.of_processing(policy, name, language),
    )


def _of_permission(policy: Policy, name: str, language: Language) -> _Words:
    permission = policy.permissions[name]
    scenes = [policy.functions[s] for s in permission.scenes if s in policy.functions]
    why = "; ".join(say(scene.purpose, language) for scene in scenes)
    return say(permission.label, language), why, tuple(permission.gives), refusing.of_permission(policy, name, language)


def _of_recipient(policy: Policy, kind: TopicKind, name: str, language: Language) -> _Words:
    recipient = policy.recipients[name]
    touched = recipient.off_by_default if kind is TopicKind.SHARE_MORE else recipient.receives
    effects = (refusing.of_processing(policy, p, language) for p in recipient.purposes if p in policy.processing)
    refused = " ".join(dict.fromkeys(said for said in effects if said))
    return say(recipient.name, language), say(recipient.purpose, language), tuple(touched), refused


def tier_of(policy: Policy, topic: str) -> Tier | None:
    """Return whether a topic's function is basic or extended; None where it belongs to no single function."""
    if kind_of(topic) not in {TopicKind.PURPOSE, TopicKind.SENSITIVE}:
        return None
    processing = policy.processing[name_of(topic)]
    return processing.tier if isinstance(processing, Function) else None


def rests_on_choice(policy: Policy, topic: str) -> bool:
    """Say whether a topic is on only where a person chose it, as the gate asks; else contract or law carries it."""
    return kind_of(topic) is not TopicKind.PURPOSE or needs_consent(policy.processing[name_of(topic)])
