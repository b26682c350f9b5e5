# SPDX-License-Identifier: Apache-2.0
"""Say what publishing a version, or withdrawing one, would do, before anything is done."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from upheld.facts import bindings
from upheld.facts import queries as facts
from upheld.notices import changes, publishing, ways, withdrawing
from upheld.notices.models import ChangeTold
from upheld.notices.values import Preview, Standing
from upheld.policy import Policy
from upheld.policy.model.governance import Telling
from upheld.vault import queries as vault


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawalPreview:
    """What withdrawing a version would do.

    Attributes:
        version: which.
        people: how many it binds.
        falls_back_to: the version that holds for them then; 0 for none.
    """

    version: int
    people: int
    falls_back_to: int


def preview(proposed: Policy, *, now: datetime, marked_major: bool = False) -> Preview:
    """Count what a version would change for whom, if it were published now.

    Args:
        proposed: the version.
        now: when it would be published.
        marked_major: a reviewer calls it major whatever the comparison says.
    """
    before = changes.last(now)
    change = changes.from_last(proposed, now=now)
    change = replace(change, is_major=change.is_major or marked_major)
    standing = tuple(_standing(proposed, now))
    return Preview(
        version=proposed.version,
        effective_at=publishing.effective_at(proposed) if proposed.effective else None,
        follows=before.seq if before else 0,
        change=change,
        standing=standing,
        tell=_told(standing, is_major=change.is_major, now=now),
        asked_again=_asked_again(change.ask_again),
        obstacles=tuple(publishing.obstacles(proposed, is_major=change.is_major, now=now)),
    )


def preview_withdrawal(version: int, *, now: datetime) -> WithdrawalPreview:
    """Count whom withdrawing a version concerns.

    Raises:
        NotFound: no such version was published.
        Conflict: it was withdrawn before.
    """
    back = withdrawing.falls_back_to(version, now=now)
    return WithdrawalPreview(version=version, people=bindings.counts().get(version, 0), falls_back_to=back)


def told_so_far(version: int) -> Mapping[str, int]:
    """Count the people who were told of a version, by way."""
    rows = ChangeTold.objects.filter(version=version).values_list("way", flat=True)
    return dict(Counter(rows.iterator()))


def _standing(proposed: Policy, now: datetime) -> Iterator[Standing]:
    """Compare the version with each one that binds people now; withdrawn ones are left behind already."""
    known = {one.seq for one in changes.standing(now)}
    for version, people in bindings.counts().items():
        if version in known:
            yield Standing(version=version, people=people, change=changes.between(facts.policy(version), proposed))


def _told(standing: tuple[Standing, ...], *, is_major: bool, now: datetime) -> Mapping[str, int]:
    counted: Counter[Telling] = Counter()
    for one in standing:
        for way in ways.promised(facts.policy(one.version), is_major=is_major or one.change.is_major):
            counted[way] += one.people
    for way, (category, _channel) in ways.LETTERS.items():
        if way in counted:
            counted[way] = min(counted[way], vault.people_holding(category, now=now))
    return {way.value: counted[way] for way in Telling if way in counted}


def _asked_again(topics: tuple[str, ...]) -> Mapping[str, int]:
    numbered = facts.topics()
    return bindings.holding({topic: numbered[topic] for topic in topics if topic in numbered})
