# SPDX-License-Identifier: Apache-2.0
"""What a new version changes for people: what was promised before and is promised otherwise now.

The comparison is of meaning: order in the file and choice of words change nothing, a longer deadline or a new
recipient does. A change is major when it touches a trigger on the *old* version's own list of major changes, since
that is the list people were promised.
"""

from dataclasses import dataclass
from enum import StrEnum

from upheld import controls
from upheld.errors import BadInput
from upheld.policy.comparing.change import Change, Direction
from upheld.policy.comparing.storage import kept_longer
from upheld.policy.comparing.walking import Walk
from upheld.policy.model import Policy
from upheld.policy.model.governance import Trigger

__all__ = ["Change", "Comparison", "Direction", "Weight", "diff", "listed_triggers"]


class Weight(StrEnum):
    """How much a version changes."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Everything that a new version changes.

    Args:
        weight: whether it is major by the old version's own list.
        cuts_rights: whether it takes something from people, and so binds only who expressly agree.
        changes: each change, in the order of the file.
    """

    weight: Weight
    cuts_rights: bool
    changes: tuple[Change, ...]

    @property
    def major(self) -> tuple[Change, ...]:
        """Name the changes that make it a major one."""
        return tuple(change for change in self.changes if change.major)


def diff(old: Policy, new: Policy) -> Comparison:
    """Compare two versions of a policy.

    Raises:
        BadInput: they are versions of different policies.
    """
    if old.policy != new.policy:
        raise BadInput(f"expected a version of '{old.policy}', one of '{new.policy}' came")
    listed = listed_triggers(old)
    changes = tuple(change.weighed(listed) for change in (*Walk(old, new).changes(), *kept_longer(old, new)))
    return Comparison(
        weight=_weight(changes),
        cuts_rights=any(change.cuts_rights for change in changes),
        changes=changes,
    )


def listed_triggers(policy: Policy) -> frozenset[Trigger]:
    """Name the triggers that are major under a policy; one without a list promised none, and then all of them are."""
    if not controls.in_force("policy.major_by_its_own_list"):
        return frozenset()
    if policy.changes is None or not policy.changes.major:
        return frozenset(Trigger)
    return frozenset(major.trigger for major in policy.changes.major.values())


def _weight(changes: tuple[Change, ...]) -> Weight:
    if any(change.major for change in changes):
        return Weight.MAJOR
    return Weight.MINOR if changes else Weight.NONE
