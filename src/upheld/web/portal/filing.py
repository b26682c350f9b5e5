# SPDX-License-Identifier: Apache-2.0
"""File a request for the person signed in, and have it carried out where software may."""

from datetime import datetime

from upheld.errors import BadInput
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.policy.model.identity import ContactKind
from upheld.rights import fulfilment, service
from upheld.rights.values import Filing, RequestView
from upheld.terms import Language, Right
from upheld.web.portal.visitor import Who

_IN_PRODUCT = (ContactKind.IN_APP, ContactKind.WEB)


def file(
    who: Who,
    right: Right,
    *,
    now: datetime,
    case: str = "",
    categories: tuple[str, ...] = (),
    statement: str = "",
) -> RequestView:
    """File a request of a person whom the session proves, and begin it where nobody at the company has to judge.

    Raises:
        BadInput: the policy offers no such right, or the case is none of its own.
    """
    filing = Filing(
        data_subject_id=who.data_subject_id,
        right=right,
        channel=channel_of(who.policy, right),
        case=case,
        actor=who.actor,
        categories=categories,
        statement=statement,
        verified_by=service.SIGNED_IN,
    )
    request = service.file(filing=filing, now=now)
    if fulfilment.is_automatic(request):
        fulfilment.begin(request=request, now=now)
    return request


def channel_of(policy: Policy, right: Right) -> str:
    """Name the channel of the policy that this portal is: its first inside the product, else the first of all.

    Raises:
        BadInput: the policy offers no such right.
    """
    rule = policy.rights.requests.get(right) if policy.rights else None
    if rule is None:
        raise BadInput(f"the policy does not offer the right of {right.value}")
    contacts = policy.controller.contacts if policy.controller else {}
    inside = [name for name in rule.channels if name in contacts and contacts[name].kind in _IN_PRODUCT]
    return inside[0] if inside else rule.channels[0]


def cases_of(policy: Policy, right: Right, language: Language) -> list[tuple[str, str]]:
    """List the cases that open a right, with their words."""
    rule = policy.rights.requests.get(right) if policy.rights else None
    return [(name, say(case.label, language)) for name, case in rule.cases.items()] if rule else []


def offered(policy: Policy) -> set[Right]:
    """Name the rights that a policy offers."""
    return set(policy.rights.requests) if policy.rights else set()
