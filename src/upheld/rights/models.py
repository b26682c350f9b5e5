# SPDX-License-Identifier: Apache-2.0
"""Tables of requests. What people and staff write in words is sealed in the vault's notes, never here."""

from typing import Any

from django.db import models
from typing_extensions import override

from upheld import controls
from upheld.errors import Conflict
from upheld.rights.rules import RequestState
from upheld.storage.base import ErasedBy, HouseTable
from upheld.terms import Actor, Right


def _refuse_removing() -> None:
    if controls.in_force("rights.never_disappears"):
        raise Conflict("a request is ended by an answer, a refusal or its person, and never removed")


class _Kept(models.QuerySet["SubjectRequest"]):
    """Rows that can be added, changed and read."""

    @override
    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse; the record of a request outlives it."""
        _refuse_removing()
        return super().delete()


class SubjectRequest(HouseTable):
    """One request of one person; it ends answered, refused or taken back, and is never removed."""

    erased = ErasedBy.PSEUDONYMOUS("an opaque id, a right, dates and grounds: the record that the right was served")

    data_subject_id = models.UUIDField(db_index=True)
    right = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Right])
    case = models.CharField(max_length=64, blank=True)
    """The case of the policy that opens the right, where it lists some."""
    channel = models.CharField(max_length=64)
    actor = models.CharField(max_length=16, choices=[(a.value, a.value) for a in Actor])
    categories = models.JSONField(default=list)
    """Ids of the categories that the request is about; empty means all."""
    clause = models.CharField(max_length=160)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in RequestState], db_index=True)
    received_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField(null=True, db_index=True)
    due_provisional = models.BooleanField(default=False)
    assigned_to = models.UUIDField(null=True, db_index=True)
    carried_out_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=64, blank=True)
    remedies = models.JSONField(default=list)
    overdue_noted_at = models.DateTimeField(null=True)

    objects = _Kept.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]

    @override
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse; the record of a request outlives it."""
        _refuse_removing()
        return super().delete(*args, **kwargs)


class RequestNote(HouseTable):
    """What was written about a request, sealed: the person's words, evidence, the answer."""

    erased = ErasedBy.KEY("sealed under the person's key for notes; it dies with that key")

    request_id = models.UUIDField(db_index=True)
    data_subject_id = models.UUIDField()
    kind = models.CharField(max_length=16)
    key_id = models.UUIDField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
