# SPDX-License-Identifier: Apache-2.0
"""The tables of the key store; they live in a database of their own and only this room touches them."""

from django.db import models

from upheld.storage.base import BareTable, ErasedBy, HouseTable


class KeyEpoch(BareTable):
    """A span of time whose data keys are wrapped under one provider key."""

    erased = ErasedBy.NO_PERSON("a number, two dates, and the name of a key that lives outside every database")
    store = "keys"

    number = models.PositiveIntegerField(primary_key=True)
    provider = models.CharField(max_length=24)
    provider_key_ref = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    """When its provider key was given up; no copy of the key store from before opens since then."""

    @property
    def is_retired(self) -> bool:
        """Say whether its provider key was given up."""
        return self.retired_at is not None


class PersonKey(HouseTable):
    """A data key of one person, storage clause and period, wrapped; empty once destroyed."""

    erased = ErasedBy.KEY("it is the key: destroying overwrites the wrapped bytes; opaque ids stay to say that it was")
    store = "keys"

    data_subject_id = models.UUIDField()
    clause = models.CharField(max_length=120)
    period = models.CharField(max_length=7, blank=True)
    """Empty, or the month that the storage period runs from: `YYYY-MM`."""
    epoch = models.ForeignKey(KeyEpoch, on_delete=models.PROTECT, related_name="+", db_column="epoch", db_index=False)
    wrapped = models.BinaryField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["data_subject_id", "clause", "period"],
                condition=models.Q(destroyed_at__isnull=True),
                name="one_live_key_per_promise",
            ),
        ]
        indexes = [
            models.Index(  # live keys are found by the constraint above; few are destroyed, and rotation skips them
                fields=["data_subject_id"],
                name="destroyed_key_by_subject",
                condition=models.Q(destroyed_at__isnull=False),
            ),
            models.Index(
                fields=["epoch", "id"], name="live_key_by_epoch", condition=models.Q(destroyed_at__isnull=True)
            ),
        ]


class BlindIndex(HouseTable):
    """Which person an identifier leads to; the identifier itself is unreadable."""

    erased = ErasedBy.ROW("removed when the identifier is given up and when the person is erased")
    store = "keys"

    data_subject_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=24)
    index = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "index"], name="one_person_per_identifier")]
