# SPDX-License-Identifier: Apache-2.0
"""Tables of the promise board."""

from django.db import models

from upheld.storage.base import ErasedBy, HouseTable


class BoardSnapshot(HouseTable):
    """The promise board as it was recomputed once; while that goes on, how far it has come."""

    erased = ErasedBy.NO_PERSON("counts and names of clauses and controls")

    policy = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    """Policy time that was asked about."""
    done_at = models.DateTimeField(null=True)
    """None while it is being recomputed."""
    judged = models.PositiveBigIntegerField(default=0)
    """Entries of the log that were judged."""
    tree_size = models.PositiveBigIntegerField(default=0)
    """Entries there are to judge; then those that were."""
    counts = models.JSONField(default=dict)
    statuses = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    """The whole lines; emptied when a later snapshot has its own."""
    notes = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["version", "-at"], name="snapshot_by_version")]
