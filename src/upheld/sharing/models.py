# SPDX-License-Identifier: Apache-2.0
"""Tables of papers and disclosures."""

from django.db import models

from upheld.sharing.values import Paper
from upheld.storage.base import ErasedBy, HouseTable


class RecipientPaper(HouseTable):
    """An agreement, assessment or test of a recipient; added, never changed."""

    erased = ErasedBy.NO_PERSON("a recipient's id, dates and the digest of a document")

    recipient = models.CharField(max_length=64, db_index=True)
    paper = models.CharField(max_length=16, choices=[(p.value, p.value) for p in Paper])
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    document_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()


class Disclosure(HouseTable):
    """One disclosure of a person's data; kept three years as the record that law asks for."""

    erased = ErasedBy.PSEUDONYMOUS(
        "opaque id, recipient, categories and date: the record of disclosures that law keeps for three years"
        " (Network Data Security Management Regulations art. 12)"
    )

    data_subject_id = models.UUIDField()
    at = models.DateTimeField()
    recipient = models.CharField(max_length=64)
    purpose = models.CharField(max_length=120)
    categories = models.JSONField()
    form = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    ground = models.CharField(max_length=64, blank=True)
    caller_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "at"], name="disclosure_by_subject"),
            models.Index(fields=["recipient", "at"], name="disclosure_by_recipient"),
        ]
