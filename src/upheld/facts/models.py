# SPDX-License-Identifier: Apache-2.0
"""Tables of the facts: causes are added and never changed; packed rows are what the causes fold into.

A reader of one decision touches `PersonFactsRow` and `WorldFactsRow` alone. Both can be rebuilt from their causes at
any time (`upheld.facts.service.rebuild`), and a property test says that rebuilding changes nothing.
"""

from django.db import models

from upheld.facts.events import PersonVerb, WorldVerb
from upheld.storage.base import BareTable, ErasedBy, HouseTable

WORLD = 1
"""Primary key of the one row of world facts."""


class PolicyVersion(BareTable):
    """A version of the policy, byte for byte as it was published."""

    erased = ErasedBy.NO_PERSON("the policy file and its dates")

    seq = models.PositiveIntegerField(primary_key=True)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    updated_on = models.DateField()
    effective_at = models.DateTimeField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class Topic(BareTable):
    """The bit that stands for a topic in every packed row; added, never renumbered."""

    erased = ErasedBy.NO_PERSON("names out of policy files")

    bit = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=200, unique=True)


class FactCause(HouseTable):
    """One thing that happened to a person's facts.

    `topic` and `number` are the verb's arguments: a topic's name; a version, or an instant in seconds. The sole
    change ever made to a row is that an erasure blanks the instant at which a child comes of age: it tells a birthday.
    """

    erased = ErasedBy.PSEUDONYMOUS("opaque ids and topics; the one date that tells a birthday is blanked at erasure")

    data_subject_id = models.UUIDField()
    revision = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=24, choices=[(verb.value, verb.value) for verb in PersonVerb])
    topic = models.CharField(max_length=200, default="")
    number = models.BigIntegerField(default=0)
    by_guardian = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["data_subject_id", "revision"], name="factcause_one_per_revision"),
        ]


class PersonFactsRow(BareTable):
    """All that a decision needs to know of one person, packed."""

    erased = ErasedBy.PSEUDONYMOUS("at erasure nothing remains but that the person was erased")

    data_subject_id = models.UUIDField(primary_key=True)
    revision = models.PositiveBigIntegerField()
    packed = models.BinaryField()


class WorldCause(HouseTable):
    """One thing that happened to what holds for everyone."""

    erased = ErasedBy.NO_PERSON("versions, recipients and their papers")

    revision = models.PositiveBigIntegerField(unique=True)
    verb = models.CharField(max_length=24, choices=[(verb.value, verb.value) for verb in WorldVerb])
    about = models.CharField(max_length=200, default="")
    starts = models.BigIntegerField(default=0)
    ends = models.BigIntegerField(default=0)
    at = models.DateTimeField()


class WorldFactsRow(BareTable):
    """What holds for everyone, packed; one row.

    `stamp` is the id of the last cause. A process that keeps the unpacked world compares stamps, since a revision
    that was rolled back can come again with other content.
    """

    erased = ErasedBy.NO_PERSON("versions, recipients and their papers")

    id = models.PositiveSmallIntegerField(primary_key=True)
    revision = models.PositiveBigIntegerField()
    stamp = models.UUIDField()
    packed = models.BinaryField()
