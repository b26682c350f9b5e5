# SPDX-License-Identifier: Apache-2.0
"""Grounds without consent: which a policy lists for an operation, and what each stands in for.

A ground belongs to one operation and one policy, and every use of it brings the evidence that the policy demands. It
stands in for consents, never for a declared purpose, category or recipient, nor for a restriction.
"""

from dataclasses import dataclass
from typing import Final

from upheld.gate import clauses
from upheld.gate.draft import Draft
from upheld.gate.rules import CONSENTS, GUARDED, Gap
from upheld.gate.values import Ask, Duty, Obligation
from upheld.policy import Policy
from upheld.policy.model.children import BeforeGuardian
from upheld.policy.model.processing import Function, Purpose
from upheld.policy.model.storage import AllowedBy
from upheld.terms import Act

STANDS_IN_FOR: Final = CONSENTS | Gap.OBJECTED | Gap.PERSON_CANCELLED
"""What a listed ground excuses: the person's will, and that the account is closed, which is no service."""

_WITHOUT_GUARDIAN: Final = {
    "legal-duty": BeforeGuardian.LEGAL_DUTY,
    "emergency": BeforeGuardian.EMERGENCY,
    "vital-interests": BeforeGuardian.EMERGENCY,
}
"""Grounds by their usual ids, and what the policy must let pass before a guardian is verified."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A ground that an ask cites and the policy lists."""

    clause: str
    evidence: tuple[str, ...]
    for_children: bool = False


def cited(policy: Policy, ask: Ask) -> Cited | None:
    """Return the ground that an ask cites, if the policy lists it for that operation."""
    if ask.ground is None:
        return None
    ground = clauses.grounds_for(policy, ask.act).get(ask.ground)
    if ground is not None:
        return Cited(clauses.ground(ask.act, ask.ground), ground.evidence)
    case = policy.publication.get(ask.ground) if ask.act is Act.PUBLISH else None
    if case is not None and case.by == "law":
        return Cited(f"publication.{ask.ground}", case.evidence)
    ground = policy.children.grounds.get(ask.ground) if policy.children is not None else None
    if ground is not None:
        return Cited(f"children.grounds.{ask.ground}", ground.evidence, for_children=True)
    return None


def is_passage(policy: Policy, ask: Ask) -> bool:
    """Say whether what an ask cites is a case of leaving the region and not a ground without consent.

    A ground for children's data may share its name with such a case (`law`): what leaves the region then cites the
    case, and a child's guardian is asked all the same.
    """
    if policy.residency is None or ask.ground is None:
        return False
    ground = cited(policy, ask)
    if ground is not None and not ground.for_children:
        return False
    passage = policy.residency.abroad.get(ask.ground)
    return passage is not None and passage.by is not AllowedBy.SEPARATE_CONSENT


def case_by_consent(policy: Policy, ask: Ask, *, goes_abroad: bool) -> bool:
    """Say whether what an ask cites is a case of publishing or of leaving the region that rests on the person's consent.

    It names the case, whose evidence is then demanded, and stands in for nothing.
    """
    publication = policy.publication.get(ask.ground or "") if ask.act is Act.PUBLISH else None
    if publication is not None and publication.by == "explicit_consent":
        return True
    passage = policy.residency.abroad.get(ask.ground or "") if goes_abroad and policy.residency is not None else None
    return passage is not None and passage.by is AllowedBy.SEPARATE_CONSENT


def ground_rule(draft: Draft, policy: Policy, _processing: Function | Purpose) -> None:
    """A listed ground, with its evidence, stands in for consents; nothing else does."""
    ask = draft.ask
    if ask.ground is None or (draft.goes_abroad and is_passage(policy, ask)):
        return
    ground = cited(policy, ask)
    if ground is None and case_by_consent(policy, ask, goes_abroad=draft.goes_abroad):
        return
    draft.observed["ground"] = "unlisted" if ground is None else ask.ground
    clause = clauses.ground(ask.act, None) if ground is None else ground.clause
    draft.judge(Gap.GROUND_UNLISTED, clause, wrong=ground is None)
    if ground is not None:
        draft.rest_on(clause)
        draft.oblige(Obligation(Duty.LOG, "ground"))
        draft.demand(ground.clause, ground.evidence)
    if ground is not None and ground.for_children:
        draft.only_for_children(Gap.GROUND_UNLISTED, clause)
        draft.child_excused = CONSENTS | GUARDED
    elif ground is not None or not draft.enforced & Gap.GROUND_UNLISTED:
        draft.excuse(STANDS_IN_FOR)
        draft.child_excused = GUARDED if _passes_without_guardian(policy, ask.ground) else 0


def _passes_without_guardian(policy: Policy, ground: str) -> bool:
    """Before a verified guardian only what the policy lists passes."""
    if policy.children is None:
        return False
    return _WITHOUT_GUARDIAN.get(ground) in policy.children.before_guardian or ground in policy.children.grounds
