# SPDX-License-Identifier: Apache-2.0
"""Clauses on who answers for the data and what the policy covers."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter, Contact, Controller
from upheld.terms import Language

_CHECKED = ("policy.checked_before_publish",)


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses of `effective`, `controller`, `regulators` and `scope`."""
    yield Draft(
        id="effective",
        phrase="version.dates",
        terms=lambda w: {
            "version": str(policy.version),
            "updated": w.day(policy.updated),
            "effective": w.day(policy.effective),
        },
        controls=("policy.dates_in_order", "gate.version_in_force"),
        chapter=Chapter.WHO,
    )
    if policy.controller:
        yield from _controller(policy.controller)
    for name, regulator in policy.regulators.items():
        yield Draft(
            id=f"regulators.{name}",
            phrase="regulator",
            terms=of(regulator, lambda w, regulator: {"label": _lower_first(w.say(regulator.label), w)}),
            controls=("rights.refusal_ground_listed",),
            chapter=Chapter.CONTACT,
            own=regulator.text,
        )
    if policy.scope:
        for section, entries in (("products", policy.scope.products), ("excludes", policy.scope.excludes)):
            for name, words in entries.items():
                yield Draft(
                    id=f"scope.{section}.{name}",
                    phrase=f"scope.{section.removesuffix('s')}",
                    terms=of(words, lambda w, words: {"product": w.say(words)}),
                    controls=("gate.purpose_declared", *(["web.policy_named"] if section == "products" else [])),
                    chapter=Chapter.WHO,
                )


def _controller(controller: Controller) -> Iterator[Draft]:
    yield Draft(
        id="controller.name",
        phrase="controller.name",
        terms=lambda w: {
            "name": w.say(controller.name),
            "address": f"（{w.say(controller.address)}）"
            if w.language is Language.ZH_HANS and controller.address
            else f" ({w.say(controller.address)})"
            if controller.address
            else "",
        },
        controls=_CHECKED,
        chapter=Chapter.WHO,
    )
    if controller.officer:
        officer = controller.officer
        yield Draft(
            id="controller.officer",
            phrase="controller.officer",
            terms=lambda w: {"contact": w.contacts([officer])},
            controls=_CHECKED,
            chapter=Chapter.WHO,
        )
    for name, contact in controller.contacts.items():
        yield Draft(
            id=f"controller.contacts.{name}",
            phrase="controller.contact",
            terms=of(contact, _contact),
            controls=(*_CHECKED, "rights.never_disappears"),
            chapter=Chapter.CONTACT,
            own=contact.text,
        )


def _contact(w: Wording, contact: Contact) -> dict[str, str]:
    return {
        "label": _lower_first(w.say(contact.label), w),
        "address": w.phrase("part.address", address=contact.address) if contact.address else "",
    }


def _lower_first(text: str, w: Wording) -> str:
    return text if w.language is Language.ZH_HANS or text.startswith("My,") else text[:1].lower() + text[1:]
