# SPDX-License-Identifier: Apache-2.0
"""Tables of erasures and legal holds."""

from django.db import models

from upheld.retention.values import Because, ErasureState
from upheld.storage.base import ErasedBy, HouseTable


class Erasure(HouseTable):
    """One erasure carried out for one person, and its proof in numbers."""

    erased = ErasedBy.PSEUDONYMOUS("an opaque id, counts and dates: the proof that the erasure took place")

    data_subject_id = models.UUIDField(db_index=True)
    because = models.CharField(max_length=16, choices=[(b.value, b.value) for b in Because])
    request_id = models.UUIDField(null=True)
    categories = models.JSONField(default=list)
    """Ids of categories; empty means everything."""
    item_ids = models.JSONField(default=list)
    """Opaque ids of single items; empty means not narrowed to items."""
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ErasureState])
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    items = models.PositiveIntegerField(default=0)
    keys = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    recipients = models.JSONField(default=list)
    """Ids of the recipients to be told."""

    @property
    def takes_everything(self) -> bool:
        """Say whether nothing of the person is to stay."""
        return not self.categories and not self.item_ids


class LegalHold(HouseTable):
    """A named duty to keep; it suspends the erasure of what it names and of nothing else."""

    erased = ErasedBy.PSEUDONYMOUS("an opaque id, a storage clause and a legal reference: why something is still kept")

    data_subject_id = models.UUIDField(db_index=True)
    clause = models.CharField(max_length=160)
    """The storage clause whose items are held."""
    law = models.CharField(max_length=200)
    """The article or order that demands it."""
    placed_at = models.DateTimeField()
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)


class SweepDone(HouseTable):
    """One sweep that ran to its end."""

    erased = ErasedBy.NO_PERSON("a time and counts")

    at = models.DateTimeField(db_index=True)
    items = models.PositiveIntegerField()
