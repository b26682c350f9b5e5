# SPDX-License-Identifier: Apache-2.0
"""Ends of storage: erasures leave nothing, sweeps are in time, cancellations erase, holds keep only their own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from upheld.facts import queries as facts
from upheld.promises.inspectors.base import Finding, Now, inspects, looks
from upheld.promises.values import Seen
from upheld.retention import holds, queries
from upheld.retention.events import RetentionEvent
from upheld.vault import queries as vault
from upheld.vault.terms import span_after

SWEPT_WITHIN: Final = timedelta(hours=24)
"""The sweep runs every hour; an item that waits a day after its end is late. Unreadable it is at once."""


@inspects("retention.erasure_read_back", events=(RetentionEvent.ERASURE_DONE,))
def read_back(seen: Seen) -> Iterator[Finding]:
    """Reading back found nothing."""
    kept = seen.facts.get("left") == 0
    yield Finding(control="retention.erasure_read_back", kept=kept, why="something_left")


@inspects("retention.cancellation_erases", events=(RetentionEvent.CANCELLED,))
def cancelled(seen: Seen) -> Iterator[Finding]:
    """What a cancelled account leaves behind was put to erasure, unless nothing was to go."""
    to_erase, begun = seen.facts.get("to_erase"), seen.facts.get("erasure_begun")
    yield Finding(control="retention.cancellation_erases", kept=to_erase == 0 or begun is True, why="not_erased")


@looks("retention.sweep")
def sweep(now: Now) -> Iterator[Finding]:
    """Nothing expired waits longer than the sweep may take."""
    oldest = vault.oldest_expired(now=now.at, except_people=holds.held_people(now=now.at))
    late = oldest is not None and now.at - oldest > SWEPT_WITHIN
    if late:
        now.details.append("an expired item waits for the sweep")
    if late or queries.last_swept():
        yield Finding(control="retention.sweep", kept=not late, why="sweep_late")


@looks("retention.sweep")
def ceased(now: Now) -> Iterator[Finding]:
    """Of a service that ended nothing is held past the time it had for erasing, but what a hold names."""
    declared, ended_at = now.policy.cessation, facts.world().ceased_at
    if declared is None or now.at.timestamp() < ended_at:
        return
    held = set(vault.people_held()) - holds.held_people(now=now.at)
    late = bool(held) and now.at > span_after(datetime.fromtimestamp(ended_at, UTC), declared.erase_within)
    yield Finding(
        control="retention.sweep",
        kept=not late,
        why="left_after_cessation",
        about=("cessation.erase-within",),
        at_risk=bool(held) and not late,
    )


@looks("retention.erasure_read_back")
def stuck(now: Now) -> Iterator[Finding]:
    """No erasure has been under way for longer than a day."""
    if queries.begun_before(now.at - SWEPT_WITHIN):
        yield Finding(control="retention.erasure_read_back", at_risk=True, why="erasure_under_way")
