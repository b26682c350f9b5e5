# SPDX-License-Identifier: Apache-2.0
"""A person's rights, and looks by staff.

To answer a right is a purpose that no policy has to declare as a function: `right.access`, `right.correction` and so
on stand for every right that the policy grants. It rests on law and not on consent, so it goes on after a consent was
withdrawn, the data restricted, the account cancelled or the service ended.
"""

from typing import Final

from upheld.gate import clauses
from upheld.gate.draft import Draft
from upheld.gate.plan import Case, Plan
from upheld.gate.rules import Gap
from upheld.gate.values import Duty, Obligation
from upheld.policy import Policy
from upheld.policy.model.children import BeforeGuardian
from upheld.terms import Act, Actor, Right

STAFF_EVIDENCE: Final = ("reason", "case")
"""What every look by staff leaves, whatever the policy says."""


def staff_rule(draft: Draft, clause: str) -> None:
    """A look by staff says why and for which case, and the person is told."""
    if draft.ask.act is Act.STAFF_OPEN:
        draft.watch(Gap.STAFF_REASON_MISSING, clause, " ".join(("evidence", *STAFF_EVIDENCE)))
        draft.staff_evidence = STAFF_EVIDENCE
        draft.oblige(Obligation(Duty.TELL))


def right_plan(draft: Draft, policy: Policy, right: Right) -> Plan:
    """Plan an ask that answers a right."""
    clause = clauses.right(right)
    draft.rest_on(clause)
    draft.watch(Gap.PURPOSE_UNDECLARED, clause)
    acts = {Act.USE, Act.STAFF_OPEN} | ({Act.COLLECT} if right is Right.CORRECTION else set())
    draft.judge(Gap.ACT_UNDECLARED, clause, wrong=draft.ask.act not in acts)
    unknown = any(name not in policy.categories for name in draft.ask.categories)
    draft.judge(Gap.CATEGORY_UNDECLARED, clauses.CATEGORIES, wrong=unknown)
    _names_rule(draft, clause)
    staff_rule(draft, clause)
    _children_rule(draft, policy, right)
    return draft.plan()


def _names_rule(draft: Draft, clause: str) -> None:
    """An answer goes to the person: it has no recipient, comes from no source, and cites no ground."""
    ask = draft.ask
    for name, gap in (
        (ask.recipient, Gap.RECIPIENT_UNDECLARED),
        (ask.source, Gap.SOURCE_UNDECLARED),
        (ask.permission, Gap.SCENE_UNDECLARED),
        (ask.ground, Gap.GROUND_UNLISTED),
    ):
        if name is not None:
            draft.find(gap, clause)


def _children_rule(draft: Draft, policy: Policy, right: Right) -> None:
    """A child uses its own rights where the policy says so before a guardian stands; a guardian uses those listed."""
    children = policy.children
    draft.explain(Gap.GUARDIAN_MISSING, clauses.GUARDIAN, "verify_guardian")
    if children is not None and BeforeGuardian.OWN_RIGHTS not in children.before_guardian:
        draft.child = Case(guarded=True, heard=True, relevant=Gap.GUARDIAN_MISSING)
    if draft.ask.actor is Actor.GUARDIAN:
        draft.guardian_acts()
        may = children is not None and children.guardian is not None and right in children.guardian.may
        draft.judge(Gap.GUARDIAN_MAY_NOT, clauses.GUARDIAN, wrong=not may)
