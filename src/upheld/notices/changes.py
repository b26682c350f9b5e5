# SPDX-License-Identifier: Apache-2.0
"""What a new version changes, and whom it can bind without asking."""

from upheld import policy as policies
from upheld.facts import queries as facts
from upheld.notices.values import Change
from upheld.policy import Policy, Weight

NOTHING = Change(is_major=False)
"""A first version, or one against which nothing changes."""


def from_last(policy: Policy) -> Change:
    """Compare a policy with the last published version."""
    published = facts.versions()
    return between(facts.policy(published[0].seq), policy) if published else NOTHING


def step(old: int, new: int) -> Change:
    """Compare two published versions.

    Raises:
        NotFound: one of them was never published.
    """
    return between(facts.policy(old), facts.policy(new))


def between(old: Policy, new: Policy) -> Change:
    """Compare two versions of one policy.

    Raises:
        ValueError: they are versions of different policies.
    """
    found = policies.diff(old, new)
    return Change(
        is_major=found.weight is Weight.MAJOR,
        triggers=tuple(sorted({change.trigger.value for change in found.major if change.trigger is not None})),
        cuts=tuple(change.path for change in found.changes if change.cuts_rights),
        changed=tuple(change.what for change in found.changes),
    )
