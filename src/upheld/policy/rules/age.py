# SPDX-License-Identifier: Apache-2.0
"""Rules on children and guardians."""

from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.processing import ChildRule
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Right

CHILD_AGES: Final = {
    "pipl": (14, "PIPL art. 31"),
    "gdpr": (13, "GDPR art. 8(1), which lets states go from 16 down to 13"),
}
"""By law: the age under which it demands a guardian, at the least, and where it says so."""
_GUARDIANS_RIGHTS: Final = (Right.ACCESS, Right.CORRECTION, Right.ERASURE, Right.WITHDRAWAL)


@rule("E801", "The child age is not below that of the policy's laws.", remedy="raise 'children.under'")
def child_age_too_low(policy: Policy) -> Iterator[Fault]:
    """Find children who would be treated as adults."""
    for law in policy.laws:
        if policy.children and law in CHILD_AGES and policy.children.under < CHILD_AGES[law][0]:
            age, where = CHILD_AGES[law]
            yield Fault("children.under", f"{policy.children.under} is below {age} ({where})")


@rule("E802", "Where children may use something, a guardian can be verified.", remedy="add 'children.guardian'")
def no_guardian(policy: Policy) -> Iterator[Fault]:
    """Find rules that ask for a guardian whom nobody could verify."""
    asks = [name for name, one in policy.processing.items() if one.child is ChildRule.GUARDIAN]
    guardian = policy.children.guardian if policy.children else None
    if asks and (guardian is None or not guardian.verified_by):
        yield Fault("children", f"'{asks[0]}' needs a guardian's consent, but no way of verifying one is named")


@rule(
    "E803", "A guardian can use the child's rights.", remedy="add it to 'children.guardian.may'", source="PIPL art. 31"
)
def guardian_without_rights(policy: Policy) -> Iterator[Fault]:
    """Find guardians who may consent but not see."""
    if policy.children and policy.children.guardian:
        for right in _GUARDIANS_RIGHTS:
            if right not in policy.children.guardian.may:
                yield Fault("children.guardian.may", f"a guardian may not use '{hyphened(right)}'")
