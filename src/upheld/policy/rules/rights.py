# SPDX-License-Identifier: Apache-2.0
"""Rules on rights: each has a channel, a deadline within the law, and an end that a person can contest."""

from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.spans import Unit
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Right

_LONGEST_DAYS: Final = 30
"""GB/T 35273-2020, 8.7: a request is answered within thirty days."""
_LONGEST_WORKING_DAYS: Final = 15
"""App violation method of 2019, part 6: correction, erasure and cancellation within fifteen working days."""
_NEEDED: Final = (
    Right.ACCESS,
    Right.COPY,
    Right.CORRECTION,
    Right.ERASURE,
    Right.WITHDRAWAL,
    Right.CANCELLATION,
    Right.PORTABILITY,
    Right.EXPLANATION,
    Right.COMPLAINT,
)
"""PIPL art. 15, 24, 44-48, 50; GB/T 35273-2020, 8.5, 8.8."""


@rule("E701", "Every right has a deadline with a figure.", remedy="add 'within', as '15 days'")
def no_deadline(policy: Policy) -> Iterator[Fault]:
    """Find answers that may take for ever."""
    for right, entry in policy.rights.requests.items() if policy.rights else ():
        if entry.within is None:
            yield Fault(
                f"rights.requests.{hyphened(right)}", f"no figure says how soon '{hyphened(right)}' is answered"
            )


@rule(
    "E702",
    "A deadline is no longer than the law allows.",
    remedy="shorten 'within'",
    source="GB/T 35273-2020, 8.7; App violation method 2019, part 6",
)
def too_long(policy: Policy) -> Iterator[Fault]:
    """Find deadlines past thirty days, or past fifteen working days."""
    for right, entry in policy.rights.requests.items() if policy.rights else ():
        span = entry.within
        if span is None:
            continue
        longest = _LONGEST_WORKING_DAYS if span.unit is Unit.WORKING_DAY else _LONGEST_DAYS
        if span.days_at_most > longest:
            yield Fault(f"rights.requests.{hyphened(right)}.within", f"{span} is longer than {longest}")


@rule("E703", "Every right that the policy's laws give can be used.", remedy="add it under 'rights.requests'")
def missing_right(policy: Policy) -> Iterator[Fault]:
    """Find rights that the law gives and the policy does not mention."""
    if policy.rights is None or "pipl" not in policy.laws:
        return
    for right in _NEEDED:
        if right not in policy.rights.requests:
            yield Fault("rights.requests", f"the right '{hyphened(right)}' is missing")


@rule(
    "E704",
    "A refusal leaves a person remedies.",
    remedy="add 'rights.remedies'",
    source="PIPL art. 50",
)
def no_remedy(policy: Policy) -> Iterator[Fault]:
    """Find refusals that a person could only accept."""
    if policy.rights and not policy.rights.remedies:
        yield Fault("rights", "no remedy is named")


@rule("E705", "The requester is verified before a request is carried out.", remedy="add 'rights.verification'")
def nobody_verified(policy: Policy) -> Iterator[Fault]:
    """Find rights that anyone could use in another's name."""
    if policy.rights and (policy.rights.verification is None or not policy.rights.verification.methods):
        yield Fault("rights", "no way of verifying a requester is named")


@rule("E706", "A person without an account can use each right.", remedy="add a contact with 'outsiders: true'")
def members_only(policy: Policy) -> Iterator[Fault]:
    """Find rights whose every channel needs an account."""
    if policy.rights is None or policy.controller is None:
        return
    contacts = policy.controller.contacts
    for right, entry in policy.rights.requests.items():
        if not any(name in contacts and contacts[name].outsiders for name in entry.channels):
            path = f"rights.requests.{hyphened(right)}.channels"
            yield Fault(path, f"'{hyphened(right)}' has no channel for a person without an account")


@rule("W707", "Who received the data is told of its erasure.", remedy="set 'tell-recipients: true'")
def recipients_not_told(policy: Policy) -> Iterator[Fault]:
    """Find erasures that end at the controller's door."""
    erasure = policy.rights.requests.get(Right.ERASURE) if policy.rights else None
    if erasure and policy.recipients and not erasure.tell_recipients:
        yield Fault("rights.requests.erasure", "recipients are not told of an erasure")


@rule("E708", "A copy says in which form it comes.", remedy="add 'forms'")
def formless_copy(policy: Policy) -> Iterator[Fault]:
    """Find copies in no form."""
    for right in (Right.COPY, Right.PORTABILITY):
        entry = policy.rights.requests.get(right) if policy.rights else None
        if entry and not entry.forms:
            yield Fault(f"rights.requests.{right}", f"'{right}' names no form")
