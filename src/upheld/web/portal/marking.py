# SPDX-License-Identifier: Apache-2.0
"""What stands beside each field before it is filled in: whether it is needed, and whether it asks for care."""

from collections.abc import Collection, Iterable

from upheld import controls
from upheld.policy import Policy
from upheld.web.kit.forms import Mark


def marks(policy: Policy, names: Iterable[str], needed: Collection[str], *, prefix: str) -> dict[str, Mark]:
    """Mark the fields for some categories.

    Args:
        policy: the version that declares the categories.
        names: ids of the categories.
        needed: those that cannot be left empty.
        prefix: what the name of a field has before the id of its category.
    """
    says_need = controls.in_force("notices.need_labelled")
    says_sensitive = controls.in_force("notices.sensitive_flagged")
    return {
        prefix + name: Mark(
            need=("needed" if name in needed else "optional") if says_need else "",
            sensitive=says_sensitive and policy.categories[name].sensitive,
        )
        for name in names
    }
