# SPDX-License-Identifier: Apache-2.0
"""Count against limits without keeping who was counted: keyed hashes in rows that expire.

A count is one insert that may find its row there already, and one update that is made only while the limit has room:
both atomic on SQLite and PostgreSQL, so two processes cannot pass one limit together.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from django.db import transaction
from django.db.models import F

from upheld import controls
from upheld.errors import TooMany
from upheld.people import digests
from upheld.people.limit_tables import (
    FAILURES_FORGOTTEN_AFTER,
    Allowance,
    Limit,
    allowance,
    delay_after,
)
from upheld.people.models import LimitWindow, PersonCounted, TryDelay

_IPV6_SITE_BITS: Final = 64
"""One subscriber holds a whole /64 (RFC 6177), so its addresses count as one."""
_HOLD_LIFE: Final = timedelta(days=1)
"""When the row of a held thing is swept; it is locked, not counted, so this only keeps the table small."""


def take(limit: Limit, who: str, *, now: datetime) -> bool:
    """Count one against a limit; say whether it had room, which without its control is not enforced.

    Args:
        limit: which.
        who: what it is counted for: a number, prefix, address, or empty for all; only its keyed hash is kept.
        now: security time.

    Raises:
        TooMany: the window is full; says when it ends.
    """
    within = allowance(limit, now)
    has_taken = _has_taken(within, who, now=now)
    if not has_taken and controls.in_force("people.code_limits"):
        ends_at = _window_end(within, now)
        raise TooMany(
            f"the limit {limit.value} of {within.most} in {int(within.window.total_seconds())} seconds is reached",
            retry_after_seconds=max(1, int((ends_at - now).total_seconds())),
        )
    return has_taken


def take_all(wanted: Iterable[tuple[Limit, str]], *, now: datetime) -> bool:
    """Count one against each of several limits, or against none of them; say whether all had room.

    Raises:
        TooMany: one of them is full.
    """
    with transaction.atomic():
        # one order for all, so that two processes cannot wait for each other
        had_room = [take(limit, who, now=now) for limit, who in sorted(wanted)]
    return all(had_room)


def _has_taken(within: Allowance, who: str, *, now: datetime) -> bool:
    ends_at = _window_end(within, now)
    digest = digests.keyed(f"limit/{within.limit.value}", who, ends_at.isoformat())
    LimitWindow.objects.bulk_create([LimitWindow(digest=digest, used=0, expires_at=ends_at)], ignore_conflicts=True)
    return LimitWindow.objects.filter(digest=digest, used__lt=within.most).update(used=F("used") + 1) == 1


def _window_end(within: Allowance, now: datetime) -> datetime:
    size = int(within.window.total_seconds())
    return now.fromtimestamp((int(now.timestamp()) // size + 1) * size, tz=now.tzinfo)


def hold(what: str, who: str, *, now: datetime) -> None:
    """Let nobody else pass here for the same one until the caller's transaction ends."""
    digest = digests.keyed(f"hold/{what}", who)
    fresh = LimitWindow(digest=digest, used=0, expires_at=now + _HOLD_LIFE)
    LimitWindow.objects.bulk_create([fresh], ignore_conflicts=True)
    LimitWindow.objects.select_for_update().get(digest=digest)


def refuse_while_delayed(what: str, who: str, *, now: datetime) -> None:
    """Refuse a try that comes before its delay is over.

    Raises:
        TooMany: too many failed in a row; says how long to wait.
    """
    delay = TryDelay.objects.filter(digest=digests.keyed(f"delay/{what}", who), not_before__gt=now).first()
    if delay is not None and controls.in_force("people.tries_slowed"):
        raise TooMany(
            "too many tries failed in a row",
            retry_after_seconds=max(1, int((delay.not_before - now).total_seconds())),
        )


def count_failure(what: str, who: str, *, now: datetime) -> None:
    """Count a failed try; each failure past the free ones doubles the wait for the next."""
    digest = digests.keyed(f"delay/{what}", who)
    with transaction.atomic():
        fresh = TryDelay(digest=digest, failures=0, not_before=now, expires_at=now)
        TryDelay.objects.bulk_create([fresh], ignore_conflicts=True)
        row = TryDelay.objects.select_for_update().get(digest=digest)
        row.failures = 1 if row.expires_at < now else row.failures + 1
        row.not_before = now + delay_after(row.failures)
        row.expires_at = now + FAILURES_FORGOTTEN_AFTER
        row.save()


def forget_failures(what: str, who: str) -> None:
    """Start counting anew after a success."""
    TryDelay.objects.filter(digest=digests.keyed(f"delay/{what}", who)).delete()


def place_of(address: str) -> str:
    """Return what a network address counts as: itself, or its site for IPv6; one bucket for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> _IPV6_SITE_BITS << _IPV6_SITE_BITS))
    return str(found)


def sweep(*, now: datetime, keep: timedelta = timedelta(0)) -> int:
    """Remove the rows whose window is over; say how many."""
    gone = 0
    for table in (LimitWindow, TryDelay, PersonCounted):
        removed, _ = table.objects.filter(expires_at__lt=now - keep).delete()
        gone += removed
    return gone
