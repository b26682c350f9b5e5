# SPDX-License-Identifier: Apache-2.0
"""The only reader of the time.

Verbs take `now`, an aware UTC datetime, from a clock that the shell was given. `serve` and `work` can build only
`SystemClock`; simulations and tests move a `SimulatedClock` by hand.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class SimulatedClock:
    """A clock that stands still until it is moved forward.

    >>> clock = SimulatedClock(datetime(2026, 1, 1, tzinfo=UTC))
    >>> clock.advance(timedelta(days=1))
    >>> clock.now().isoformat()
    '2026-01-02T00:00:00+00:00'
    """

    def __init__(self, start: datetime) -> None:
        """Stand at `start`, which must be aware."""
        if start.tzinfo is None:
            msg = "a simulated clock needs an aware datetime, a naive one came"
            raise ValueError(msg)
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Move forward; time never runs back."""
        if by < timedelta(0):
            msg = f"a clock moves forward only, {by} came"
            raise ValueError(msg)
        self._now += by
