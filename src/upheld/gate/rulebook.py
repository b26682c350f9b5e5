# SPDX-License-Identifier: Apache-2.0
"""A policy made ready for decisions.

`compile` asks which controls are in force, once: the rules of a control that is out are not in the rulebook, and the
hot path looks nothing up. What an ask means under the policy does not depend on any person, so the rulebook keeps the
plan of each shape of ask it met; the number kept is bounded, and asks with unknown ids are never kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from upheld.errors import BadInput
from upheld.gate import rules
from upheld.gate.plan import Plan
from upheld.gate.topics import needed
from upheld.policy import Policy

PLANS_KEPT: Final = 4096
"""At most; some 2 kB each. The five policies meet a few hundred shapes."""

Shape = tuple[
    str,
    str,
    tuple[str, ...],
    str,
    str | None,
    str | None,
    str | None,
    bool,
    str | None,
    str | None,
    str | None,
    bool,
]
"""What a plan depends on: an ask without its evidence."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Rulebook:
    """A compiled policy.

    Args:
        policy: what was compiled; None for the rulebook of a version nobody knows, which refuses everything.
        version: the version it judges for.
        bits: topic -> the mask of its bit.
        enforced: the gaps that deny.
        plans: what each shape of ask met so far means.
    """

    policy: Policy | None
    version: int
    bits: Mapping[str, int]
    enforced: int
    plans: dict[Shape, Plan] = field(default_factory=dict, repr=False)


def compile(policy: Policy, *, topics: Mapping[str, int] | None = None) -> Rulebook:  # noqa: A001 - the gate's own word
    """Compile a policy with the controls in force now.

    Args:
        policy: a version of the policy.
        topics: topic -> number of its bit; by default topics are numbered in the file's order.

    Raises:
        BadInput: a topic that the policy needs has no bit.
    """
    bits = _numbered(policy) if topics is None else topics
    missing = [name for name in needed(policy) if name not in bits]
    if missing:
        raise BadInput(f"expected a bit for every topic of the policy; {missing[0]} has none")
    return Rulebook(
        policy=policy,
        version=policy.version,
        bits={name: 1 << bit for name, bit in bits.items()},
        enforced=rules.in_force(),
    )


def unknown_version() -> Rulebook:
    """Return the rulebook of a version that nobody knows: it declares nothing, so everything is refused."""
    return Rulebook(policy=None, version=0, bits={}, enforced=rules.in_force())


def _numbered(policy: Policy) -> dict[str, int]:
    return {name: bit for bit, name in enumerate(needed(policy))}
