# SPDX-License-Identifier: Apache-2.0
"""Papers of recipients, sources and successors, and every disclosure."""

from django.db import models

from upheld.storage.base import ErasedBy, HouseTable


class RecipientPaper(HouseTable):
    """An agreement, assessment or security test: from when, until when, which document, who signed it here."""

    erased = ErasedBy.PSEUDONYMOUS("names of recipients, digests, and the opaque id of a member of staff")

    recipient = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    document_sha256 = models.CharField(max_length=64)
    signed_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    review_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "kind", "starts_at"], name="paper_by_recipient")]


class SourcePaper(HouseTable):
    """An agreement with a source, or that it holds its data lawfully; columns as of a recipient's paper."""

    erased = ErasedBy.PSEUDONYMOUS("names of sources, digests, and the opaque id of a member of staff")

    source = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    document_sha256 = models.CharField(max_length=64)
    signed_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "kind", "starts_at"], name="paper_by_source")]


class SuccessorPaper(HouseTable):
    """That whoever takes the product over is bound by the policy: who that is, and from when data may go there."""

    erased = ErasedBy.PSEUDONYMOUS("the public name and contact of a company, a digest, and an opaque id of staff")

    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    document_sha256 = models.CharField(max_length=64)
    signed_by = models.UUIDField()
    recorded_at = models.DateTimeField()


class Disclosure(HouseTable):
    """One handing of one person's data to one recipient; the record is kept (Network Data Regulations art. 12)."""

    erased = ErasedBy.PSEUDONYMOUS(
        "opaque id, names of categories and recipient; the record of provision, without content"
    )

    data_subject_id = models.UUIDField()
    recipient = models.CharField(max_length=64)
    purpose = models.CharField(max_length=64)
    categories = models.JSONField()
    form = models.CharField(max_length=16)
    ground = models.CharField(max_length=64, blank=True)
    caller_id = models.UUIDField(null=True)
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "at"], name="disclosure_by_subject"),
            models.Index(fields=["recipient", "at"], name="disclosure_by_recipient"),
        ]
