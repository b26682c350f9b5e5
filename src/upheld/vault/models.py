# SPDX-License-Identifier: Apache-2.0
"""The vault's tables; only this room touches them."""

from django.db import models

from upheld.storage.base import ErasedBy, HouseTable


class SealedItem(HouseTable):
    """One value about one person, sealed under the key of that person and storage clause."""

    erased = ErasedBy.KEY(
        "sealed under the person's key for the storage clause; the row is overwritten and removed too"
    )

    data_subject_id = models.UUIDField()
    category = models.CharField(max_length=120)
    purpose = models.CharField(max_length=120)
    clause = models.CharField(max_length=120)
    period = models.CharField(max_length=7, blank=True)
    key_id = models.UUIDField()
    sealed = models.BinaryField()
    sealed_format = models.PositiveSmallIntegerField()
    collected_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    restricted_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "category", "id"], name="item_by_subject"),
            models.Index(fields=["expires_at"], name="item_by_expiry", condition=models.Q(expires_at__isnull=False)),
            models.Index(fields=["sealed_format", "id"], name="item_by_format"),
        ]


class Access(HouseTable):
    """One look at a person's items: who, why, what, when. The person can list these."""

    erased = ErasedBy.ROW("removed with the person's other rows; the reason in words dies with its key")

    data_subject_id = models.UUIDField()
    at = models.DateTimeField()
    reader = models.CharField(max_length=12)
    reader_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=120)
    reason_code = models.CharField(max_length=24, blank=True)
    reason_key_id = models.UUIDField(null=True)
    reason_sealed = models.BinaryField(null=True)
    categories = models.JSONField()
    items = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["data_subject_id", "at"], name="access_by_subject")]


class PermitSpent(HouseTable):
    """A permit that was used, so that it is not used again; kept until it would have expired anyway."""

    erased = ErasedBy.EXPIRES("a permit lives a minute at most; swept after it expired")

    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="permit_by_expiry")]
