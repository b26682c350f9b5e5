# SPDX-License-Identifier: Apache-2.0
"""Clauses on rights and on children."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.storage import evidence
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.children import Children
from upheld.policy.model.identity import Chapter
from upheld.policy.model.rights import Remedy, RightRule, Rights
from upheld.terms import Right


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses of `rights` and `children`."""
    if policy.rights:
        for right, rule in policy.rights.requests.items():
            yield from _right(right, rule)
        yield from _answering(policy.rights)
        yield from _refusals(policy.rights)
    if policy.children:
        yield from _children(policy.children)


def _right(right: Right, rule: RightRule) -> Iterator[Draft]:
    path = f"rights.requests.{hyphened(right)}"
    yield Draft(
        id=path,
        phrase="right",
        terms=lambda w: _right_terms(w, rule),
        controls=(
            "rights.never_disappears",
            "rights.answered_in_time",
            "rights.verified_first",
            "rights.own_data_only",
            *_RIGHT_CONTROLS.get(right, ()),
        ),
        chapter=Chapter.RIGHTS,
        own=rule.text,
    )
    for name, case in rule.cases.items():
        yield Draft(
            id=f"{path}.cases.{name}",
            phrase="right.case",
            terms=of(case, lambda w, case: {"label": w.say(case.label)}),
            controls=("rights.never_disappears", *_RIGHT_CONTROLS.get(right, ())),
            chapter=Chapter.RIGHTS,
            own=case.text,
        )


_RIGHT_CONTROLS = {
    Right.ERASURE: ("retention.erasure_read_back", "storage.restore_revives_nothing"),
    Right.WITHDRAWAL: ("consent.withdrawal_at_once", "consent.history_kept"),
    Right.CANCELLATION: ("gate.no_service_after_cancellation", "retention.cancellation_erases"),
    Right.RESTRICTION: ("gate.restricted_stops_use",),
}


def _right_terms(w: Wording, rule: RightRule) -> dict[str, str]:
    cases = w.listed((w.say(case.label) for case in rule.cases.values()), last="or")
    return {
        "label": w.say(rule.label),
        "channels": w.contacts(rule.channels),
        "span": w.span(rule.within),
        "start": w.value(rule.from_),
        "self_service": w.phrase("part.self_service") if rule.self_service else "",
        "cases": w.phrase("part.cases", cases=cases) if cases else "",
        "forms": w.phrase("part.forms", forms=w.values(rule.forms, last="or")) if rule.forms else "",
        "tell": w.phrase("part.tell") if rule.tell_recipients else "",
        "backups": w.phrase("part.backups", backups=w.say(rule.backups)) if rule.backups else "",
    }


def _answering(rights: Rights) -> Iterator[Draft]:
    verification, fees = rights.verification, rights.fees
    if verification:
        yield Draft(
            id="rights.verification",
            phrase="rights.verification",
            terms=lambda w: {"methods": w.listed((w.say(words) for words in verification.methods.values()), last="or")},
            controls=("rights.verified_first",),
            chapter=Chapter.RIGHTS,
            own=verification.text,
        )
    if fees:
        yield Draft(
            id="rights.fees",
            phrase="rights.fees",
            terms=lambda w: {"free": str(fees.free), "span": w.span(fees.per)},
            controls=("rights.fee_only_when_repeated",),
            chapter=Chapter.RIGHTS,
            own=fees.text,
        )


def _refusals(rights: Rights) -> Iterator[Draft]:
    for name, refusal in rights.refusals.items():
        yield Draft(
            id=f"rights.refusals.{name}",
            phrase=f"rights.refusal.{refusal.kind}",
            terms=of(
                refusal, lambda w, refusal: {"label": w.say(refusal.label), "evidence": evidence(w, refusal.evidence)}
            ),
            controls=("rights.refusal_ground_listed",),
            chapter=Chapter.RIGHTS,
            own=refusal.text,
        )
    for name, remedy in rights.remedies.items():
        yield Draft(
            id=f"rights.remedies.{name}",
            phrase="rights.remedy",
            terms=of(remedy, _remedy),
            controls=("rights.refusal_ground_listed", "rights.never_disappears"),
            chapter=Chapter.RIGHTS,
            own=remedy.text,
        )


def _remedy(w: Wording, remedy: Remedy) -> dict[str, str]:
    return {
        "label": w.say(remedy.label),
        "channel": w.phrase("part.channel", channel=w.contacts([remedy.channel])) if remedy.channel else "",
        "within": w.phrase("part.within", span=w.span(remedy.within)) if remedy.within else "",
    }


def _children(children: Children) -> Iterator[Draft]:
    yield Draft(
        id="children.under",
        phrase="children.under",
        terms=lambda _w: {"age": str(children.under)},
        controls=("gate.age_rules",),
        chapter=Chapter.CHILDREN,
    )
    yield Draft(
        id="children.age-asked",
        phrase="children.age_asked",
        terms=lambda w: {"text": w.say(children.age_asked)},
        controls=("children.age_unknown_is_not_adult",),
        chapter=Chapter.CHILDREN,
    )
    yield from _guardian(children)
    for name, ground in children.grounds.items():
        yield Draft(
            id=f"children.grounds.{name}",
            phrase="children.ground",
            terms=of(
                ground, lambda w, ground: {"label": w.say(ground.label), "evidence": evidence(w, ground.evidence)}
            ),
            controls=("children.guardian_needed", "gate.ground_evidence"),
            chapter=Chapter.CHILDREN,
            own=ground.text,
        )


def _guardian(children: Children) -> Iterator[Draft]:
    guardian = children.guardian
    if guardian:
        yield Draft(
            id="children.guardian",
            phrase="children.guardian",
            terms=lambda w: {
                "methods": w.listed((w.say(words) for words in guardian.verified_by.values()), last="or"),
                "rights": w.values(guardian.may),
            },
            controls=("children.guardian_needed", "vault.item_has_one_subject"),
            chapter=Chapter.CHILDREN,
            own=guardian.text,
        )
        if guardian.contact:
            contact = guardian.contact
            yield Draft(
                id="children.guardian.contact",
                phrase="children.contact",
                terms=lambda w: {"contact": w.contacts([contact])},
                controls=("rights.never_disappears",),
                chapter=Chapter.CHILDREN,
            )
    if children.before_guardian:
        yield Draft(
            id="children.before-guardian",
            phrase="children.before_guardian",
            terms=lambda w: {"acts": w.values(children.before_guardian)},
            controls=("children.guardian_needed",),
            chapter=Chapter.CHILDREN,
        )
