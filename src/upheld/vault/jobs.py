# SPDX-License-Identifier: Apache-2.0
"""What the worker does for the vault: re-seal rows of an older format, and drop permits that ended."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from upheld.storage.jobs import Next, Step, done, every, job, then
from upheld.vault import permits, resealing

RESEAL: Final = "vault.reseal"
PERMITS: Final = "vault.sweep_permits"


@job(RESEAL)
def _reseal(step: Step) -> Next:
    """Re-seal a few rows; a round with nothing to do leaves no trace."""
    after = step.state.get("after")
    if after is None and not resealing.has_older():
        return done()
    made = resealing.reseal_step(now=step.now, after=UUID(str(after)) if after else None)
    return then("start", {"after": str(made.after)}) if made.after else done()


@job(PERMITS)
def _permits(step: Step) -> Next:
    permits.sweep_permits(now=step.now)
    return done()


every(RESEAL, timedelta(days=1))
every(PERMITS, timedelta(hours=1))
