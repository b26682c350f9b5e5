# SPDX-License-Identifier: Apache-2.0
"""Rules on the grounds of processing: a basis of its own under one law belongs to a law that the policy follows."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule


@rule(
    "E412",
    ("A basis under a law is one of a law that the policy names.", "各法律下的依据对应所列法律。"),
    remedy=("add the law under 'laws', or remove the basis", "在“laws”中补列该法律，或删除该依据"),
    source="PIPL art. 13; GDPR art. 6(1)",
)
def basis_under_no_law(policy: Policy) -> Iterator[Fault]:
    """Find bases under laws that the policy does not follow."""
    for name, processing in policy.processing.items():
        section = "functions" if name in policy.functions else "purposes"
        for law in processing.basis_under:
            if law not in policy.laws:
                yield Fault(
                    f"{section}.{name}.basis-under", (f"'{law}' is not among the laws", f"“{law}”不在所列法律中")
                )
