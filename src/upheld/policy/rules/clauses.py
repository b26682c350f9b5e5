# SPDX-License-Identifier: Apache-2.0
"""Rules on clauses: each has controls, and they exist."""

from collections.abc import Iterator

from upheld import controls
from upheld.policy.binding import unsupported as without_controls
from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule


@rule(
    "E951",
    ("A clause has a control that upholds it.", "每项条款均有落实它的控制措施。"),
    remedy=(
        "name its controls, or do not promise it; docs/reference/controls.md lists them",
        "写明控制措施，或不作此承诺；见 docs/reference/controls.md",
    ),
)
def unsupported(policy: Policy) -> Iterator[Fault]:
    """Find promises that nothing upholds."""
    if not controls.in_force("notices.clause_has_control"):
        return
    for clause in without_controls(policy):
        yield Fault(clause, (f"nothing upholds '{clause}'", f"“{clause}”没有控制措施"))


@rule(
    "E952",
    ("A control that is named exists.", "所写的控制措施存在。"),
    remedy=("correct the name; docs/reference/controls.md lists them", "更正名称；见 docs/reference/controls.md"),
)
def unknown_control(policy: Policy) -> Iterator[Fault]:
    """Find controls that nobody built."""
    for name, commitment in policy.commitments.items():
        for control in commitment.controls:
            if control not in controls.CONTROLS:
                message = (f"there is no control '{control}'", f"不存在控制措施“{control}”")
                yield Fault(f"commitments.{name}.controls", message)
