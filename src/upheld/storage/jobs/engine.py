# SPDX-License-Identifier: Apache-2.0
"""The worker: takes a run, does its steps, and survives being killed at any line.

1. `claim` gives the run a new token and a lease, in a transaction of its own.
2. A step's transaction first checks the token and locks the run, then does the effect, then writes the checkpoint.
3. Killed before the commit: nothing happened; the lease ends and another worker does the step. Killed after it: the
   checkpoint says so and the next step follows. A worker that slept through its lease holds an old token and is fenced.
4. A step that fails is tried again after a growing wait; after the last try the run is dead, in plain sight.

Policy time decides what is due; leases run by the system's clock, which goes on when a simulation stands still.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import close_old_connections, transaction

from upheld.clock import Clock, SystemClock
from upheld.errors import BadInput, UpheldError
from upheld.storage.errors import StoreFault, retried, safe_errors
from upheld.storage.jobs import queue
from upheld.storage.jobs.models import JobRun
from upheld.storage.jobs.registry import Done, Next, Registered, Step, Then, every, find, job, schedules, then

LEASE: Final = timedelta(seconds=60)
"""Longer than any outside step may take (egress allows 30 s)."""
STEPS_IN_A_TURN: Final = 200
"""After so many steps a run goes back in line, so that one long sweep does not starve the rest."""
_KEPT: Final = timedelta(days=7)


class Worker:
    """Carries out jobs, one step at a time."""

    def __init__(self, clock: Clock, *, system_clock: Clock | None = None, lease: timedelta = LEASE) -> None:
        """Work by a policy clock.

        Args:
            clock: policy time: what is due.
            system_clock: the clock of leases.
            lease: how long a run stays with a worker that gives no sign.
        """
        self._clock = clock
        self._system = system_clock or SystemClock()
        self._lease = lease
        self._rounds: dict[str, str] = {}

    def run_once(self) -> bool:
        """Take one run and do its steps until it ends, waits, fails or had its turn; return whether there was one."""
        self._enqueue_rounds()
        mine = queue.claim(now=self._clock.now(), system_now=self._system.now(), lease=self._lease)
        if mine is None:
            return False
        for _ in range(STEPS_IN_A_TURN):
            if not self._try_step(mine):
                return True
        queue.release(mine)
        return True

    def run_until_idle(self, *, most: int = 1_000_000) -> int:
        """Work until nothing is due; return how many turns there were.

        Raises:
            UpheldError: there were `most` turns and still something is due.
        """
        for turns in range(most):
            if not self.run_once():
                return turns
        raise UpheldError(f"after {most} turns jobs are still due")

    def serve(self, stop: threading.Event, *, idle_seconds: float = 0.5) -> None:
        """Work until told to stop; a database that is away is waited for."""
        while not stop.is_set():
            try:
                was_busy = self.run_once()
            except StoreFault:
                was_busy = False
                close_old_connections()
            if not was_busy:
                stop.wait(idle_seconds)

    def _enqueue_rounds(self) -> None:
        now = self._clock.now()
        for schedule in schedules():
            turn = str((now.timestamp()) // schedule.interval.total_seconds())
            if self._rounds.get(schedule.kind) != turn:
                queue.enqueue_due(schedule, now=now)
                self._rounds[schedule.kind] = turn

    def _try_step(self, mine: queue.Claim) -> bool:
        try:
            return self._step(mine)
        except queue.Fenced:
            return False
        except Exception as error:  # noqa: BLE001 - whatever a step raises is written down, and never stops the worker
            self._fail(mine, error.code if isinstance(error, UpheldError) else type(error).__name__)
            return False

    def _fail(self, mine: queue.Claim, code: str) -> None:
        with suppress(queue.Fenced):  # another worker has it
            queue.fail(mine, code=code, now=self._clock.now())

    def _step(self, mine: queue.Claim) -> bool:
        standing = JobRun.objects.filter(id=mine.run_id, lease_token=mine.token).first()
        if standing is None:
            raise queue.Fenced("another worker took the run over")
        registered = find(standing.kind, standing.step)
        effect = self._do_outside(registered, standing) if registered.is_outside else None
        return retried(lambda: self._do_inside(mine, registered, effect))

    def _do_outside(self, registered: Registered, run: JobRun) -> Callable[[], Next]:
        coming = registered.run(self._given(run))
        if isinstance(coming, (Done, Then)):
            known: Next = coming
            return lambda: known
        return coming

    def _do_inside(self, mine: queue.Claim, registered: Registered, effect: Callable[[], Next] | None) -> bool:
        with safe_errors(), transaction.atomic(using=queue.STORE):
            run = queue.held(mine)
            coming = registered.run(self._given(run)) if effect is None else effect()
            if not isinstance(coming, (Done, Then)):
                raise BadInput(f"the step {run.step!r} of {run.kind!r} did not say what comes next")
            until = self._system.now() + self._lease
            return queue.checkpoint(run, coming, now=self._clock.now(), lease_until=until)

    def _given(self, run: JobRun) -> Step:
        return Step(
            run_id=run.id,
            name=run.step,
            arguments=run.arguments,
            state=run.state,
            now=self._clock.now(),
            effect_id=effect_id(run.id, run.steps_done),
            attempt=run.attempts + 1,
        )


def effect_id(run_id: UUID, number: int) -> UUID:
    """Return the id of a step's effect: the same at every try, another for every step."""
    return uuid5(run_id, f"step {number}")


@job("storage.tidy_jobs")
def tidy_jobs(step: Step) -> Next:
    """Remove what daily and hourly jobs left behind a week ago."""
    return then() if queue.tidy(before=step.now - _KEPT) else Done()


every("storage.tidy_jobs", timedelta(days=1))
