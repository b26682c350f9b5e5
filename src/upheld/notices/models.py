# SPDX-License-Identifier: Apache-2.0
"""Proposals of versions, and who was shown, told and agreed what. Published versions themselves live in `facts`."""

from django.db import models

from upheld.storage.base import ErasedBy, HouseTable


class NoticeProposal(HouseTable):
    """A policy file that someone wants to publish, and who stood behind it."""

    erased = ErasedBy.PSEUDONYMOUS("the policy file, and opaque ids of staff: the record of who published what")

    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    warnings = models.PositiveIntegerField()
    is_major = models.BooleanField()
    marked_major = models.BooleanField(default=False)
    because = models.CharField(max_length=8, blank=True)
    reason = models.JSONField(default=dict)
    """Why the revision came, in each of the policy's languages; empty for a first version."""
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    by_one_person = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(state="published"), name="one_publication_per_version"
            )
        ]


class NoticeShown(HouseTable):
    """One time that a version was shown to a person, or to a session without an account."""

    erased = ErasedBy.PSEUDONYMOUS("opaque ids, a version and a time")

    viewer_id = models.UUIDField()
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["viewer_id", "version"], name="shown_by_viewer")]


class NoticeAcknowledgement(HouseTable):
    """One person's acceptance of one version, as it was shown in one language."""

    erased = ErasedBy.PSEUDONYMOUS("opaque ids, a version and a digest: the proof that the person was told")

    data_subject_id = models.UUIDField()
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    document_sha256 = models.CharField(max_length=64)
    actor = models.CharField(max_length=12)
    cuts_agreed = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["data_subject_id", "version"], name="acknowledged_by_subject")]


class NoticeSalt(HouseTable):
    """What links an acknowledgement to its entry in the log."""

    erased = ErasedBy.ROW("removed with the person; the entry then leads to no acknowledgement")

    data_subject_id = models.UUIDField(db_index=True)
    salt = models.CharField(max_length=32)


class ChangeTold(HouseTable):
    """One time that one person was told of a change."""

    erased = ErasedBy.PSEUDONYMOUS("opaque ids, a version, a way and a time")

    data_subject_id = models.UUIDField()
    version = models.PositiveIntegerField()
    way = models.CharField(max_length=12)
    message_id = models.UUIDField(null=True)
    """The letter or note that carried it; the room of messages knows whether it arrived."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["data_subject_id", "version", "way"], name="told_once_each_way")]


class NoticeRefusal(HouseTable):
    """One person's refusal of one version that takes something away; nobody asks for that version again."""

    erased = ErasedBy.PSEUDONYMOUS("opaque ids, a version and a time")

    data_subject_id = models.UUIDField()
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    actor = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["data_subject_id", "version"], name="one_refusal_per_version")]


class NoticeWithdrawal(HouseTable):
    """A version that was published by mistake and taken back: why, by whom, and what people fall back to."""

    erased = ErasedBy.PSEUDONYMOUS("a version, opaque ids of staff and a reason: the record of who took back what")

    version = models.PositiveIntegerField(unique=True)
    reason = models.JSONField()
    falls_back_to = models.PositiveIntegerField()
    """0 where nobody was bound and no other version is in force."""
    withdrawn_by = models.UUIDField()
    at = models.DateTimeField()
