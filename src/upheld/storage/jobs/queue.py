# SPDX-License-Identifier: Apache-2.0
"""Put jobs in, look at them, take one out to work on, and write down how a step ended.

Every change of a run after its claim names the lease's token; a worker that was overtaken changes no row and is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Count, F, Q, QuerySet

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.storage.errors import retried, safe_errors
from upheld.storage.jobs.arguments import Argument, checked
from upheld.storage.jobs.models import JobRun, JobStatus, JobStep
from upheld.storage.jobs.registry import START, Done, Next, Schedule, Then, is_known

STORE: Final = "default"
MOST_ATTEMPTS: Final = 8
"""Tries of one step before the run is laid aside as dead: with the waits below, some four minutes."""
FIRST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(hours=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Fenced(Conflict):
    """Another worker took the run over; whatever this one was about to write is void."""

    code = "fenced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A run in a worker's hands until its lease ends."""

    run_id: UUID
    token: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadRun:
    """A run that was laid aside, as the console shows it."""

    run_id: UUID
    kind: str
    step: str
    attempts: int
    last_error: str
    created_at: datetime


def enqueue(
    kind: str,
    *,
    key: str,
    now: datetime,
    arguments: Mapping[str, Argument] | None = None,
    run_at: datetime | None = None,
) -> UUID:
    """Put a job in, in the caller's transaction; return its run's id, the former one if the key was used before.

    Args:
        kind: the job's name.
        key: what is being done; built of ids, never of values about a person.
        now: policy time.
        arguments: ids, whole numbers, true and false; 1 KB at most.
        run_at: policy time before which nothing happens.

    Raises:
        BadInput: the job is unknown, or carries what a job may not.
    """
    if not is_known(kind):
        raise BadInput(f"there is no job {kind!r}")
    carried = checked(arguments or {})
    checked({"key": key}, what="a job's key")
    run = JobRun(
        id=uuid7(now),
        key=key,
        kind=kind,
        arguments=carried,
        status=JobStatus.READY,
        step=START,
        run_at=run_at or now,
        created_at=now,
    )
    with safe_errors():
        JobRun.objects.bulk_create([run], ignore_conflicts=True)
        return JobRun.objects.values_list("id", flat=True).get(key=key)


def enqueue_due(schedule: Schedule, *, now: datetime) -> str:
    """Put in the run of the present interval of a job that comes round; return its key."""
    turn = (now - _EPOCH) // schedule.interval
    key = f"@{schedule.kind}:{int(schedule.interval.total_seconds())}s:{turn}"
    enqueue(schedule.kind, key=key, now=now, arguments=schedule.arguments)
    return key


def claim(*, now: datetime, system_now: datetime, lease: timedelta) -> Claim | None:
    """Take the run that is due longest, or None; one that a dead worker left counts a failed try."""
    if not _due(now, system_now).exists():  # a plain read: an idle worker takes no lock
        return None

    def take() -> Claim | None:
        with safe_errors(), transaction.atomic(using=STORE):
            due = _due(now, system_now).order_by("run_at", "lease_token", "id")  # fewer turns first
            if connections[STORE].vendor == "postgresql":
                due = due.select_for_update(skip_locked=True)
            while run := due.first():
                if mine := _take(run, system_now + lease):
                    return mine
            return None

    return retried(take, using=STORE)


def _due(now: datetime, system_now: datetime) -> QuerySet[JobRun]:
    ready = Q(status=JobStatus.READY, run_at__lte=now)
    abandoned = Q(status=JobStatus.RUNNING, lease_until__lt=system_now)
    return JobRun.objects.filter(Q(status__in=(JobStatus.READY, JobStatus.RUNNING)) & (ready | abandoned))


def _take(run: JobRun, until: datetime) -> Claim | None:
    run.lease_token += 1
    if run.status == JobStatus.RUNNING:
        run.attempts += 1
        run.last_error = "worker_lost"
        if run.attempts >= MOST_ATTEMPTS:
            run.status, run.lease_until = JobStatus.DEAD, None
            run.save()
            return None
    run.status, run.lease_until = JobStatus.RUNNING, until
    run.save()
    return Claim(run_id=run.id, token=run.lease_token)


def held(mine: Claim) -> JobRun:
    """Return the run and lock it, inside a transaction.

    Raises:
        Fenced: another worker took it over.
    """
    runs = JobRun.objects.select_for_update() if connections[STORE].vendor == "postgresql" else JobRun.objects.all()
    run = runs.filter(id=mine.run_id, lease_token=mine.token, status=JobStatus.RUNNING).first()
    if run is None:
        raise Fenced("another worker took the run over")
    return run


def checkpoint(run: JobRun, coming: Next, *, now: datetime, lease_until: datetime) -> bool:
    """Write down that a step happened, in its own transaction; return whether the next may follow at once."""
    JobStep.objects.create(
        id=uuid7(now),
        run_id=run.id,
        number=run.steps_done,
        name=run.step,
        lease_token=run.lease_token,
        attempts=run.attempts,
        finished_at=now,
    )
    run.steps_done += 1
    run.attempts, run.last_error = 0, ""
    at_once = False
    match coming:
        case Done():
            run.status, run.finished_at, run.lease_until, run.state = JobStatus.DONE, now, None, {}
        case Then(step=step, state=state, at=at):
            run.step, run.state = step, checked(state, what="a step's state")
            at_once = at is None or at <= now
            run.run_at = now if at is None else at
            run.status = JobStatus.RUNNING if at_once else JobStatus.READY
            run.lease_until = lease_until if at_once else None
    run.save()
    return at_once


def fail(mine: Claim, *, code: str, now: datetime) -> None:
    """Write down that a step failed, and when it is tried again; after the last try the run is dead."""

    def write() -> None:
        with safe_errors(), transaction.atomic(using=STORE):
            run = held(mine)
            run.attempts += 1
            run.last_error = code[:80]
            run.lease_until = None
            run.status = JobStatus.DEAD if run.attempts >= MOST_ATTEMPTS else JobStatus.READY
            run.run_at = now + min(FIRST_WAIT * 2 ** (run.attempts - 1), LONGEST_WAIT)
            run.save()

    retried(write, using=STORE)


def release(mine: Claim) -> None:
    """Give a run back as it stands, for another turn."""
    runs = JobRun.objects.filter(id=mine.run_id, lease_token=mine.token, status=JobStatus.RUNNING)
    with safe_errors():
        runs.update(status=JobStatus.READY, lease_until=None)


def revive(run_id: UUID, *, now: datetime) -> None:
    """Let a dead run try its step again.

    Raises:
        NotFound: there is no dead run of that id.
    """
    dead = JobRun.objects.filter(id=run_id, status=JobStatus.DEAD)
    if not dead.update(status=JobStatus.READY, attempts=0, run_at=now, lease_token=F("lease_token") + 1):
        raise NotFound("there is no dead run of that id")


def dead_runs(*, limit: int = 100) -> list[DeadRun]:
    """List the runs that were laid aside, oldest first."""
    rows = JobRun.objects.filter(status=JobStatus.DEAD).order_by("created_at", "id")[:limit]
    return [
        DeadRun(
            run_id=row.id,
            kind=row.kind,
            step=row.step,
            attempts=row.attempts,
            last_error=row.last_error,
            created_at=row.created_at,
        )
        for row in rows
    ]


def counts() -> dict[str, int]:
    """Count runs by status, for metrics and `doctor`."""
    return dict(JobRun.objects.values_list("status").annotate(n=Count("id")))


def tidy(*, before: datetime, limit: int = 1_000) -> int:
    """Remove finished runs of jobs that come round; runs of named acts stay, or their keys could run twice."""
    old = JobRun.objects.filter(key__startswith="@", status=JobStatus.DONE, finished_at__lt=before)
    ids: Sequence[UUID] = list(old.values_list("id", flat=True)[:limit])
    JobStep.objects.filter(run_id__in=ids).delete()
    return JobRun.objects.filter(id__in=ids).delete()[0]
