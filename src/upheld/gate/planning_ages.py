# SPDX-License-Identifier: Apache-2.0
"""What an act needs of a child, and of a person whose age is not known."""

from upheld.gate import clauses
from upheld.gate.draft import Draft
from upheld.gate.plan import Case
from upheld.gate.rules import CONSENTS, GUARDED, Gap
from upheld.policy.model.processing import ChildRule, UnknownAgeRule
from upheld.terms import Actor


def age_cases(draft: Draft, clause: str, topic: str, *, child: ChildRule, unknown: UnknownAgeRule | None) -> None:
    """Say what each age band needs; asked last, because a child's guardian gives every consent that was needed.

    Args:
        draft: the plan so far.
        clause: whose rules these are.
        topic: what the guardian of a child must have granted.
        child: the rule for children.
        unknown: the rule while the age is not known; none refuses.
    """
    draft.explain(Gap.CHILD_NOT_ALLOWED, clause, "come_of_age")
    draft.explain(Gap.AGE_UNKNOWN, clause, "state_age")
    draft.explain(Gap.GUARDIAN_MISSING, clauses.GUARDIAN, "verify_guardian")
    draft.explain(Gap.GUARDIAN_CONSENT_MISSING, clauses.GUARDIAN, f"guardian_give_consent {topic}")
    draft.child = _child(draft, topic, child)
    draft.unknown = _unknown(draft, child, unknown)
    if draft.ask.actor is Actor.GUARDIAN:
        draft.guardian_acts()


def _child(draft: Draft, topic: str, rule: ChildRule) -> Case:
    match rule:
        case ChildRule.NEVER:
            return Case(gaps=Gap.CHILD_NOT_ALLOWED, relevant=Gap.CHILD_NOT_ALLOWED, heard=True)
        case ChildRule.ALLOWED:
            return Case(relevant=Gap.CHILD_NOT_ALLOWED, heard=True, excused=draft.child_excused & ~GUARDED)
        case ChildRule.GUARDIAN:
            wanted = draft.bits.get(topic, 0) | draft.topics_of(CONSENTS)
            never = Gap.GUARDIAN_CONSENT_MISSING if draft.unnumbered & CONSENTS else 0
            return Case(
                gaps=never,
                guarded=True,
                heard=True,
                guardian_topics=wanted,
                relevant=GUARDED,
                excused=draft.child_excused,
            )


def _unknown(draft: Draft, child: ChildRule, rule: UnknownAgeRule | None) -> Case:
    """Without its control, a person of unknown age is taken for an adult; that the age is unknown is still seen."""
    as_adult = draft.adult.gaps
    relevant = draft.adult.relevant | Gap.AGE_UNKNOWN
    if rule is UnknownAgeRule.ALLOWED:
        return Case(gaps=as_adult, relevant=relevant)
    if rule is UnknownAgeRule.AS_CHILD and child is not ChildRule.NEVER and draft.enforced & Gap.AGE_UNKNOWN:
        return draft.child
    return Case(gaps=as_adult | Gap.AGE_UNKNOWN, relevant=relevant)
