# SPDX-License-Identifier: Apache-2.0
"""What the worker does for the key store: let its files forget the keys that were destroyed."""

from datetime import timedelta
from typing import Final

from upheld.keys import service
from upheld.storage.jobs import Next, Step, done, every, job

SCRUB: Final = "keys.scrub"


@job(SCRUB, outside=True)
def _scrub(_step: Step) -> Next:
    service.scrub()
    return done()


every(SCRUB, timedelta(hours=1))
