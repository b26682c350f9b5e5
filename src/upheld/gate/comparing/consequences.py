# SPDX-License-Identifier: Apache-2.0
"""What follows for people from a new version: which of their choices it takes away, which it asks for again."""

from collections.abc import Iterable, Iterator
from typing import Final

from upheld.gate import topics
from upheld.gate.comparing.decisions import Changed, Decision, Kind
from upheld.gate.planning import needs_consent
from upheld.policy import Policy
from upheld.policy.model.governance import Trigger
from upheld.policy.model.recipients import Recipient, Role

_CHOICES: Final = frozenset(
    {
        "consent_missing",
        "separate_consent_missing",
        "share_consent_missing",
        "share_more_consent_missing",
        "publication_consent_missing",
        "tracker_consent_missing",
        "guardian_missing",
        "guardian_consent_missing",
        "permission_missing",
        "objected",
        "not_told",
        "abroad",
    }
)
"""Needs that are a person's, or a guardian's, to fill: without one, a choice is gone."""
_SAFEGUARDS: Final = frozenset(
    {
        "agreement_missing",
        "assessment_missing",
        "security_test_missing",
        "evidence_missing",
        "staff_reason_missing",
        "person_restricted",
        "person_cancelled",
        "person_erased",
        "recipient_stopped",
        "service_ceased",
    }
)
"""Needs that protect a person whatever they choose."""
_SHARING: Final = frozenset({"share_consent_missing", "share_more_consent_missing", "abroad"})
_NARROW: Final = ("share:", "share-more:", "abroad:", "tracker:", "source:")
"""Where one of these is given too, the consent to the purpose is not about who receives or passes data on."""
_NARROWER: Final = frozenset({"separate_consent_missing", "share_more_consent_missing", "abroad"})
_ASKED_ONCE: Final = ("told:", "permission:")
"""Topics that are not asked for again: a notice has an acceptance of its own, and devices ask at each use."""


def trigger_of(decision: Decision) -> Trigger | None:
    """Say which kind of major change a decision is: to allow more changes how data is used, or who gets it."""
    if not decision.kind.widens:
        return None
    if any(decision.recipients):
        return Trigger.RECIPIENTS
    return Trigger.RIGHTS if {need.code for need in decision.lost} & _CHOICES else Trigger.BUSINESS_MODEL


def cuts(decision: Decision, served: frozenset[str]) -> bool:
    """Say whether a decision takes something from people.

    It does where a choice or a safeguard is no longer needed, where a right can no longer be used, and where data goes
    to somebody who decides over it and need not ask (`served` are the recipients that only work for the controller).
    """
    lost = {need.code for need in decision.lost}
    if lost & (_CHOICES | _SAFEGUARDS):
        return True
    if decision.kind is Kind.NEWLY_REFUSED:
        return all(purpose.startswith("right.") for purpose in decision.purposes)
    asked = {need.code for need in decision.needs} & _SHARING
    wider = decision.kind is Kind.NEWLY_ALLOWED and any(name not in served for name in decision.recipients if name)
    return wider and decision.is_plain and not asked


def processors(policy: Policy) -> frozenset[str]:
    """Name the recipients that only work for the controller."""
    return frozenset(name for name, found in policy.recipients.items() if found.role is Role.PROCESSOR)


def ask_again(old: Policy, new: Policy, changes: Iterable[Changed]) -> tuple[str, ...]:
    """Name the topics that people granted and that now would grant more, or something else."""
    known = set(topics.needed(old)) & set(topics.needed(new))
    wider = dict.fromkeys((*_of_decisions(changes), *_of_words(old, new)))
    return tuple(topic for topic in wider if topic in known and not topic.startswith(_ASKED_ONCE))


def _of_decisions(changes: Iterable[Changed]) -> Iterator[str]:
    for change in changes:
        if _covers_more(change):
            given = [topic for need in change.needs if need.code in _CHOICES for topic in sorted(need.about)]
            narrow = [topic for topic in given if topic.startswith(_NARROW)]
            yield from narrow or given


def _covers_more(change: Changed) -> bool:
    """Say whether a choice covers more than it did: something new passes with it, or a narrower choice is gone."""
    ask = change.ask
    if not change.kind.widens or ask.ground is not None or ask.destination is not None:
        return False
    return change.kind is Kind.NEWLY_ALLOWED or bool({need.code for need in change.lost} & _NARROWER)


def _of_words(old: Policy, new: Policy) -> Iterator[str]:
    """A consent is to a purpose as it was worded and to a recipient as it was named."""
    for name, after in new.processing.items():
        before = old.processing.get(name)
        if before is not None and before.purpose != after.purpose and (needs_consent(before) or needs_consent(after)):
            yield from (topics.purpose(name), topics.sensitive(name))
    for name, recipient in new.recipients.items():
        known = old.recipients.get(name)
        if known is not None and _who(known) != _who(recipient):
            yield from (topics.share(name), topics.share_more(name), topics.abroad(name))


def _who(recipient: Recipient) -> tuple[object, ...]:
    return recipient.name, recipient.kind, recipient.role, recipient.region, recipient.purpose
