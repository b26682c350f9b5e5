# SPDX-License-Identifier: Apache-2.0
"""The two tables of the step engine."""

from django.db import models

from upheld.storage.base import ErasedBy, HouseTable


class JobStatus(models.TextChoices):
    """Where a run stands.

    ready ──> running ──> done
      ^          │  └───> dead ──(revive)──> ready
      └──────────┘  (a step waits, or is tried again)
    """

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class JobRun(HouseTable):
    """One job to be carried out, once."""

    erased = ErasedBy.PSEUDONYMOUS("opaque ids, names of our own and times; what a job did is in its room's rows")

    key = models.CharField(max_length=200, unique=True)
    """What is being done; the same key never runs twice."""
    kind = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=JobStatus)
    step = models.CharField(max_length=80)
    state = models.JSONField(default=dict)
    """What the last step handed to the next: a cursor, a count."""
    steps_done = models.PositiveIntegerField(default=0)
    run_at = models.DateTimeField()
    """Policy time before which nothing happens."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """Failed tries of the present step."""
    last_error = models.CharField(max_length=80, blank=True)
    """The code of the last failure; never its text."""
    lease_token = models.BigIntegerField(default=0)
    """Grows with every claim: a worker that lost its lease holds an older one and may change nothing."""
    lease_until = models.DateTimeField(null=True)
    """System time after which another worker may take over."""
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_at", "id"], name="job_due", condition=models.Q(status__in=("ready", "running"))),
            models.Index(fields=["kind", "status", "finished_at"], name="job_by_kind"),
        ]


class JobStep(HouseTable):
    """The checkpoint of one step, committed with the step's effect."""

    erased = ErasedBy.PSEUDONYMOUS("names of our own and times")

    run = models.ForeignKey(JobRun, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    lease_token = models.BigIntegerField()
    attempts = models.PositiveSmallIntegerField()
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="a_step_happens_once")]
