# SPDX-License-Identifier: Apache-2.0
"""A denial in plain words: what stands in the way, under which clause, and the page where it can be lifted."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from upheld.gate import Denial, Reason
from upheld.gate.explaining import reason_text
from upheld.policy import Policy
from upheld.terms import Language
from upheld.web.portal import names, pages
from upheld.web.portal.visitor import PortalRequest, Who


@dataclass(frozen=True, kw_only=True, slots=True)
class InTheWay:
    """One thing in the way, as a person reads it; `lift` and `address` are empty where the person can do nothing."""

    text: str
    clause: str
    clause_address: str
    lift: str
    address: str


def page(request: PortalRequest, who: Who, denial: Denial, *, title: str, back: str = "") -> HttpResponse:
    """Show why something was refused and what would lift it; nothing was changed."""
    context = {"reasons": in_the_way(denial, who.policy, who.language), "title": title, "back": back}
    return pages.show(request, "denied", context, status=403)


def in_the_way(denial: Denial, policy: Policy, language: Language) -> list[InTheWay]:
    """List what stands in the way."""
    return [_shown(reason, policy, language) for reason in denial.reasons]


def _shown(reason: Reason, policy: Policy, language: Language) -> InTheWay:
    try:
        text = reason_text(reason.code, language)
    except KeyError:  # one of the vault's own
        text = _("You may not do this for this person.")
    lift, address = _lift(reason.lifts)
    return InTheWay(
        text=text,
        clause=reason.clause,
        clause_address=names.clause_address(reason.clause, policy.version),
        lift=lift,
        address=address,
    )


def _lift(lifts: str) -> tuple[str, str]:
    verb, _space, about = lifts.partition(" ")
    topic = about.split(" ")[0]
    choices = reverse("portal:choices")
    at_topic = f"{choices}#{anchor(topic)}" if topic else choices
    ways = {
        "give_consent": (_("Agree to it under Choices"), at_topic),
        "lift_objection": (_("Switch it on again under Choices"), at_topic),
        "grant": (_("Grant the permission under Choices"), at_topic),
        "guardian_give_consent": (_("Your guardian agrees to it"), reverse("portal:guardian")),
        "verify_guardian": (_("Name your guardian"), reverse("portal:guardian")),
        "state_age": (_("Say your age"), reverse("portal:age")),
        "tell": (_("Read the policy and accept it"), reverse("portal:newer")),
        "admit": (_("Read the policy and accept it"), reverse("portal:newer")),
        "wait_until_effective": (_("Wait until the version applies"), reverse("portal:versions")),
    }
    return ways.get(verb, ("", ""))


def anchor(topic: str) -> str:
    """Return the anchor of a choice on its page."""
    return "choice-" + topic.replace(":", "-").replace(".", "-")
