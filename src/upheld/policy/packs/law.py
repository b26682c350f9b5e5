# SPDX-License-Identifier: Apache-2.0
"""The law of a day, for one policy: the items in force that bind its controller."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from upheld.policy.model import Policy
from upheld.policy.packs.loading import Item, Pack, packs


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """What binds a policy.

    Args:
        on: the day; none means as things stand at the end of what the packs know.
        packs: those that bind it, by their name or where its controller sits.
        unnamed: of those, the ones that the policy does not name.
    """

    on: date | None
    packs: tuple[Pack, ...]
    unnamed: tuple[Pack, ...]

    def items(self, rule: str) -> Iterator[Item]:
        """List what the packs in force demand about one thing."""
        for pack in self.packs:
            for item in pack.items:
                if item.rule == rule and item.is_in_force(self.on):
                    yield item

    def binds(self, pack: str) -> bool:
        """Say whether a pack binds the policy."""
        return any(one.id == pack for one in self.packs)


def day_of(policy: Policy) -> date | None:
    """Give the day by whose law a policy is judged unless another is asked for: when it takes effect."""
    return policy.effective or policy.updated


def law_of(policy: Policy, on: date | None = None) -> Law:
    """Find what binds a policy on a day.

    Args:
        policy: the policy; it is bound by the packs that it names, and by the laws of its controller's region.
        on: the day; by default the one it takes effect on.
    """
    day = on or day_of(policy)
    home = policy.controller.region.partition("-")[0] if policy.controller else ""
    binding = [
        pack for pack in packs().values() if pack.is_in_force(day) and (pack.id in policy.laws or home in pack.regions)
    ]
    return Law(
        on=day,
        packs=tuple(binding),
        unnamed=tuple(pack for pack in binding if pack.id not in policy.laws),
    )
