# SPDX-License-Identifier: Apache-2.0
"""The jobs of this room; the worker loads this page. Delivery itself is in `delivery.py`."""

from datetime import timedelta
from typing import Final

from upheld.messages import delivery, erasing
from upheld.storage.jobs import Next, Step, done, every, job, then

SWEEP: Final = "messages.sweep"
INTERVAL: Final = timedelta(minutes=5)

DELIVER: Final = delivery.KIND


@job(SWEEP, outside=True)
def _sweep(step: Step) -> Next:
    """Empty what is over, a batch at a time; outside, because keys are destroyed in their own store."""
    return then() if erasing.sweep(now=step.now) else done()


every(SWEEP, INTERVAL)
