# SPDX-License-Identifier: Apache-2.0
"""Watch the jobs: which wait too long, and whether one is waited for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from upheld.storage.jobs.models import JobRun, JobStatus

LATE_AFTER: Final = timedelta(minutes=5)
"""A worker looks every second; a run due for so long means that none is at work, or that it fails again and again."""
_WAITING: Final = (JobStatus.READY, JobStatus.RUNNING)


@dataclass(frozen=True, kw_only=True, slots=True)
class LateRun:
    """A run that should have gone on by now."""

    run_id: UUID
    kind: str
    step: str
    due_at: datetime
    attempts: int
    last_error: str


def late_runs(*, now: datetime, limit: int = 100) -> list[LateRun]:
    """List the runs that have been due too long, the latest first."""
    rows = JobRun.objects.filter(status__in=_WAITING, run_at__lt=now - LATE_AFTER).order_by("run_at", "id")[:limit]
    return [
        LateRun(
            run_id=row.id,
            kind=row.kind,
            step=row.step,
            due_at=row.run_at,
            attempts=row.attempts,
            last_error=row.last_error,
        )
        for row in rows
    ]


def late_count(*, now: datetime) -> int:
    """Count the runs that have been due too long."""
    return JobRun.objects.filter(status__in=_WAITING, run_at__lt=now - LATE_AFTER).count()


def waits(kind: str, *, now: datetime) -> bool:
    """Say whether a run of a job is due and has not ended."""
    return JobRun.objects.filter(kind=kind, status__in=_WAITING, run_at__lte=now).exists()


def last_done_at(kind: str) -> datetime | None:
    """Return when a run of a job last ended well; None if none is known."""
    rows = JobRun.objects.filter(kind=kind, status=JobStatus.DONE, finished_at__isnull=False).order_by("-finished_at")
    return rows.values_list("finished_at", flat=True).first()
