# SPDX-License-Identifier: Apache-2.0
"""Rotation as a durable job: a new epoch, every key wrapped again, and an hour later the old provider key given up.

    start ── rewrap, batch by batch ── retire

The key store is a database of its own, so each step is an outside step: done again after a crash it finds what it did
and goes on, and its evidence commits with its checkpoint.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.keys import epochs
from upheld.keys.events import KeysEvent
from upheld.storage.acts import Fact, act
from upheld.storage.jobs import Next, Step, done, enqueue, job, then
from upheld.storage.jobs.registry import Settle

_JOB: Final = "keys.rotation"
BATCH: Final = 1_000
"""Keys in one transaction, for on SQLite other writers wait meanwhile; 5,000 at once ran no faster."""
_BATCHES_IN_A_STEP: Final = 100


def rotate(*, now: datetime) -> UUID:
    """Begin a rotation and return its run; while one of the same epoch is under way, that one."""
    number = epochs.current(now).number
    return enqueue(_JOB, key=f"rotation:{number}", arguments={"from": number}, now=now)


@job(_JOB, outside=True)
def open_next(step: Step) -> Next | Settle:
    """Open the next epoch, unless this rotation did so before it was killed."""
    number = epochs.rotate(now=step.now, after=int(step.arguments["from"]))

    def write() -> Next:
        _record(KeysEvent.EPOCH_OPENED, step.now, {"epoch": number})
        return then("rewrap", {"epoch": number, "keys": 0})

    return write


@job(_JOB, "rewrap", outside=True)
def rewrap(step: Step) -> Next | Settle:
    """Wrap some batches under the new epoch; keys that another transaction holds are met again later."""
    number, keys = int(step.state["epoch"]), int(step.state["keys"])
    for _ in range(_BATCHES_IN_A_STEP):
        wrapped = epochs.rewrap_step(limit=BATCH)
        keys += wrapped
        if not wrapped:
            break
    else:
        return then("rewrap", {"epoch": number, "keys": keys})

    def write() -> Next:
        _record(KeysEvent.EPOCH_REWRAPPED, step.now, {"epoch": number, "keys": keys})
        return then("retire", {"epoch": number}, at=step.now + epochs.RETIRE_AFTER)

    return write


@job(_JOB, "retire", outside=True)
def retire(step: Step) -> Next | Settle:
    """Give up the provider keys of older epochs; what still wraps a key is rewrapped first."""
    number = int(step.state["epoch"])
    if any(epoch.live_keys for epoch in epochs.epochs() if epoch.number < number):
        return then("rewrap", {"epoch": number, "keys": 0})
    epochs.retire(now=step.now)
    retired: list[Fact] = [epoch.number for epoch in epochs.epochs() if epoch.is_retired]

    def write() -> Next:
        _record(KeysEvent.EPOCH_RETIRED, step.now, {"epoch": number, "retired": retired})
        return done()

    return write


def _record(event: KeysEvent, now: datetime, facts: dict[str, Fact]) -> None:
    with act() as acting:
        acting.record(event, now=now, subject=None, clause=None, control=None, facts=facts)
