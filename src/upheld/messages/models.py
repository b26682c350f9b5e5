# SPDX-License-Identifier: Apache-2.0
"""The tables of messages; only this room touches them."""

from django.db import models

from upheld.storage.base import ErasedBy, HouseTable


class OutgoingMessage(HouseTable):
    """One SMS or e-mail; address and words are sealed, and emptied when it is delivered or given up."""

    erased = ErasedBy.KEY("address and words are sealed under a key of their own and emptied on delivery")

    data_subject_id = models.UUIDField()
    channel = models.CharField(max_length=8)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    dedupe_key = models.BinaryField(max_length=32, unique=True)
    key_id = models.UUIDField(null=True)
    sealed_letter = models.BinaryField(null=True)
    state = models.CharField(max_length=10)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "queued_at"], name="message_by_subject"),
            models.Index(fields=["state", "queued_at"], name="message_by_state"),
            models.Index(
                fields=["expires_at"], name="message_by_expiry", condition=models.Q(sealed_letter__isnull=False)
            ),
        ]


class PortalNote(HouseTable):
    """One note that waits in a person's portal, sealed under that person's key, until it expires."""

    erased = ErasedBy.KEY("sealed under the person's key for notes; the row is removed too")

    data_subject_id = models.UUIDField()
    template = models.CharField(max_length=60)
    dedupe_key = models.BinaryField(max_length=32, unique=True)
    key_id = models.UUIDField()
    sealed_note = models.BinaryField()
    left_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "left_at"], name="note_by_subject"),
            models.Index(fields=["expires_at"], name="note_by_expiry"),
        ]
