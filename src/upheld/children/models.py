# SPDX-License-Identifier: Apache-2.0
"""Tables of guardianship."""

from django.db import models

from upheld.children.values import LinkState
from upheld.storage.base import ErasedBy, HouseTable


class GuardianLink(HouseTable):
    """Who stands for whom, since when and until when; the guardian may have no account."""

    erased = ErasedBy.PSEUDONYMOUS("two opaque ids, a state and dates: who was entitled to act when")

    guardian_id = models.UUIDField(null=True, db_index=True)
    child_id = models.UUIDField(db_index=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in LinkState])
    asked_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=16, blank=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child_id"], condition=models.Q(state=LinkState.VERIFIED.value), name="one_guardian_in_office"
            )
        ]
