# SPDX-License-Identifier: Apache-2.0
"""What the worker does for this room: count the days that ended, look through what is kept, sweep."""

from datetime import timedelta
from typing import Final

from upheld.devices import service
from upheld.storage.jobs import Next, Step, done, every, job, then

COUNT: Final = "devices.count"
SCAN: Final = "devices.scan"


@job(COUNT)
def _count(step: Step) -> Next:
    service.count_days(now=step.now)
    return then("sweep")


@job(COUNT, "sweep")
def _sweep(step: Step) -> Next:
    service.sweep(now=step.now)
    return done()


@job(SCAN)
def _scan(step: Step) -> Next:
    service.scan(now=step.now)
    return done()


every(COUNT, timedelta(hours=1))
every(SCAN, timedelta(days=1))
