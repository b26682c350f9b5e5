# SPDX-License-Identifier: Apache-2.0
"""The tables of this room: installations, what unlinked ones sent today, counts of the days before, links to people.

Ids of the first two are random and carry no time, unlike those of all other tables: rows must have no order, or they
would be the path of one visitor.
"""

from django.db import models

from upheld.storage.base import ErasedBy, HouseTable


class Installation(HouseTable):
    """A random reference that we gave to one installation of the product, for a day or for as long as it is linked."""

    erased = ErasedBy.EXPIRES("a random number of ours; swept when its day ended, or removed with its link")

    ends_at = models.DateTimeField(null=True)
    """Midnight UTC of its day; None while it is linked."""

    class Meta:
        indexes = [models.Index(fields=["ends_at"], name="installation_by_end")]


class TelemetryRow(HouseTable):
    """One thing that one unlinked installation sent on one day; the same thing sent twice is one row."""

    erased = ErasedBy.EXPIRES("points to nobody; becomes a count and is removed when its day has ended")

    installation_id = models.UUIDField()
    on = models.DateField()
    purpose = models.CharField(max_length=120)
    category = models.CharField(max_length=120)
    value = models.CharField(max_length=40)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation_id", "purpose", "category", "value"], name="telemetry_once")
        ]
        indexes = [models.Index(fields=["on"], name="telemetry_by_day")]


class DayCount(HouseTable):
    """How many unlinked installations sent one value on one day; never fewer than the smallest group."""

    erased = ErasedBy.NO_PERSON("a number over a group of devices that were linked to nobody")

    on = models.DateField()
    purpose = models.CharField(max_length=120)
    category = models.CharField(max_length=120)
    value = models.CharField(max_length=40)
    installations = models.PositiveIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["purpose", "category", "on"], name="count_by_category"),
            models.Index(fields=["expires_at"], name="count_by_expiry"),
        ]


class DeviceLink(HouseTable):
    """One time that a device was linked to a person, from then until it was undone."""

    erased = ErasedBy.ROW("opaque ids and dates; removed with the person, an ended one after its time")

    data_subject_id = models.UUIDField()
    installation_id = models.UUIDField(unique=True)
    purpose = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    linked_at = models.DateTimeField()
    unlinked_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "linked_at"], name="link_by_subject"),
            models.Index(fields=["unlinked_at"], name="link_by_end", condition=models.Q(unlinked_at__isnull=False)),
        ]
