# SPDX-License-Identifier: Apache-2.0
"""Records of choices: added, never changed."""

from typing import Any

from django.db import models
from typing_extensions import override

from upheld import controls
from upheld.errors import Conflict
from upheld.storage.base import ErasedBy, HouseTable


def _refuse_rewriting() -> None:
    if controls.in_force("consent.history_kept"):
        raise Conflict("records of consent are added, never changed or removed")


class _Added(models.QuerySet["ConsentRecord"]):
    """Rows that can be added and read."""

    @override
    def update(self, **kwargs: Any) -> int:
        """Refuse; a new record says what changed."""
        _refuse_rewriting()
        return super().update(**kwargs)

    @override
    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse; the record of consent outlives the consent."""
        _refuse_rewriting()
        return super().delete()


class ConsentRecord(HouseTable):
    """One thing that one person said about one topic."""

    erased = ErasedBy.PSEUDONYMOUS("opaque ids and topics: the proof that processing was lawful")

    data_subject_id = models.UUIDField()
    topic = models.CharField(max_length=200)
    action = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    wording_sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    actor = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = _Added.as_manager()

    class Meta:
        indexes = [models.Index(fields=["data_subject_id", "topic", "id"], name="consent_by_subject")]

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a row that is there already is not written again."""
        if not self._state.adding:
            _refuse_rewriting()
        super().save(*args, **kwargs)

    @override
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse; the record of consent outlives the consent."""
        _refuse_rewriting()
        return super().delete(*args, **kwargs)


class ConsentSalt(HouseTable):
    """What links a record to its entry in the log: the digest in the entry is over the record and this salt."""

    erased = ErasedBy.ROW("removed with the person; the entry then leads to no record")

    data_subject_id = models.UUIDField(db_index=True)
    salt = models.CharField(max_length=32)


class ConsentPrompt(HouseTable):
    """One time that a person was asked for one choice."""

    erased = ErasedBy.ROW("says only when the product asked; removed with the person")

    data_subject_id = models.UUIDField()
    topic = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["data_subject_id", "topic", "at"], name="prompt_by_subject")]
