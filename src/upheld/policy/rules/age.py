# SPDX-License-Identifier: Apache-2.0
"""Rules on children and guardians."""

from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.processing import ChildRule
from upheld.policy.packs import Law
from upheld.policy.rules.registry import Fault, law_rule, rule
from upheld.terms import Right

_GUARDIANS_RIGHTS: Final = (Right.ACCESS, Right.CORRECTION, Right.ERASURE, Right.WITHDRAWAL)


@law_rule(
    "E801",
    ("The child age is not below that of the law.", "儿童年龄不低于法律规定。"),
    remedy=("raise 'children.under'", "调高 children.under"),
)
def child_age_too_low(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find children who would be treated as adults."""
    for item in law.items("child-age"):
        if policy.children and policy.children.under < item.number:
            message = (f"{policy.children.under} is below {item.number}", f"{policy.children.under} 低于 {item.number}")
            yield Fault("children.under", message, item.source)


@rule(
    "E802",
    ("Where children may use something, a guardian can be verified.", "允许儿童使用的，可核实监护人。"),
    remedy=("add 'children.guardian'", "补充 children.guardian"),
)
def no_guardian(policy: Policy) -> Iterator[Fault]:
    """Find rules that ask for a guardian whom nobody could verify."""
    asks = [name for name, one in policy.processing.items() if one.child is ChildRule.GUARDIAN]
    guardian = policy.children.guardian if policy.children else None
    if asks and (guardian is None or not guardian.verified_by):
        yield Fault(
            "children",
            (
                f"'{asks[0]}' needs a guardian's consent, but no way of verifying one is named",
                f"“{asks[0]}”须监护人同意，但未写明核实方式",
            ),
        )


@rule(
    "E803",
    ("A guardian can use the child's rights.", "监护人可行使儿童的权利。"),
    remedy=("add it to 'children.guardian.may'", "在 children.guardian.may 中补充"),
    source="PIPL art. 31",
)
def guardian_without_rights(policy: Policy) -> Iterator[Fault]:
    """Find guardians who may consent but not see."""
    if policy.children and policy.children.guardian:
        for right in _GUARDIANS_RIGHTS:
            if right not in policy.children.guardian.may:
                yield Fault(
                    "children.guardian.may",
                    (f"a guardian may not use '{hyphened(right)}'", f"监护人不可行使“{hyphened(right)}”"),
                )
