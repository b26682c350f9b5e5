# SPDX-License-Identifier: Apache-2.0
"""The jobs of this room; the worker loads this page."""

from datetime import timedelta
from typing import Final

from upheld.clock import SystemClock
from upheld.people import limits, sessions, staff_invites, sweeping
from upheld.storage.jobs import Next, Step, done, every, job, then

SWEEP: Final = "people.sweep"
INTERVAL: Final = timedelta(minutes=5)


@job(SWEEP, outside=True)
def _sweep(step: Step) -> Next:
    """Remove codes, counters, sessions and invitations that are over; these run on security time, the system's."""
    security_now = SystemClock().now()
    gone = sweeping.sweep_codes(now=step.now, security_now=security_now)
    staff_invites.sweep(now=step.now, security_now=security_now)
    limits.sweep(now=security_now)
    sessions.sweep(security_now=security_now)
    return then() if gone else done()


every(SWEEP, INTERVAL)
