# SPDX-License-Identifier: Apache-2.0
"""What a new version changes, and whom it can bind without asking.

Comparing takes a while, and a job asks the same for every person: what was found is kept for each pair of documents
and set of controls in force.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from upheld import controls
from upheld import policy as policies
from upheld.facts import queries as facts
from upheld.facts.queries import Version
from upheld.notices.values import Change
from upheld.policy import Policy, Weight

NOTHING = Change(is_major=False)
"""A first version, or one against which nothing changes."""
KEPT: Final = 64

_kept: dict[tuple[str, str, frozenset[str]], Change] = {}


def standing(now: datetime) -> Sequence[Version]:
    """List the published versions that nobody took back, newest first; those to come are among them."""
    return [one for one in facts.versions() if one.withdrawn_at is None or now < one.withdrawn_at]


def last(now: datetime) -> Version | None:
    """Return the last published version that nobody took back: the one that a new version follows."""
    found = standing(now)
    return found[0] if found else None


def from_last(policy: Policy, *, now: datetime) -> Change:
    """Compare a policy with the last published version."""
    before = last(now)
    return between(facts.policy(before.seq), policy) if before else NOTHING


def step(old: int, new: int) -> Change:
    """Compare two published versions.

    Raises:
        NotFound: one of them was never published.
    """
    before, after = facts.policy(old), facts.policy(new)
    digests = {one.seq: one.sha256 for one in facts.versions()}
    key = (digests[old], digests[new], controls.out())
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[key] = between(before, after)
    return found


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
