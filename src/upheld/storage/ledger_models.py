# SPDX-License-Identifier: Apache-2.0
"""Tables of the evidence log.

An act writes `EvidenceIntake` in its own transaction. The sequencer moves rows from there to `LedgerEntry`, and in the
same transaction moves `LedgerHead` and writes the tiles; so a row is in exactly one of the two tables at any moment.
"""

from django.db import models

from upheld.storage.base import BareTable, ErasedBy, HouseTable

_OPAQUE = "entries without personal data; a person is an HMAC that nobody can link once the person's log key is gone"

LEVEL_BITS = 56
"""A tile's key is its level above this bit and its index below: 2^56 tiles of a level outlast any log."""


class EvidenceIntake(BareTable):
    """Evidence that has committed and has no index yet."""

    erased = ErasedBy.PSEUDONYMOUS(_OPAQUE)

    arrival = models.BigAutoField(primary_key=True)
    """Orders what one transaction wrote; says nothing of which transaction committed first."""
    evidence_id = models.UUIDField()
    """The evidence's id for good; unique in `LedgerEntry`."""
    leaf = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "upheld_evidence_intake"


class LedgerEntry(BareTable):
    """One leaf of the log."""

    erased = ErasedBy.PSEUDONYMOUS(_OPAQUE)

    index = models.BigIntegerField(primary_key=True)
    evidence_id = models.UUIDField(unique=True)
    leaf = models.BinaryField()
    at = models.DateTimeField()
    """To the microsecond, for our own statistics; what is hashed and exported has the minute."""

    class Meta:
        db_table = "upheld_ledger_entry"


class LedgerTile(BareTable):
    """256 hashes or, at the right edge, fewer; a full one never changes."""

    erased = ErasedBy.NO_PERSON("hashes")

    place = models.BigIntegerField(primary_key=True)
    hashes = models.BinaryField()

    class Meta:
        db_table = "upheld_ledger_tile"


class LedgerHead(BareTable):
    """How far the log has come: one row, moved by compare-and-set alone."""

    erased = ErasedBy.NO_PERSON("size and root of the log")

    only = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField()
    root = models.BinaryField()
    generation = models.IntegerField()

    class Meta:
        db_table = "upheld_ledger_head"


class LedgerCheckpoint(HouseTable):
    """A signed size and root; kept for ever."""

    erased = ErasedBy.NO_PERSON("sizes, roots and signatures")

    generation = models.IntegerField()
    size = models.BigIntegerField()
    note = models.BinaryField()
    published_at = models.DateTimeField()
    witnessed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "upheld_ledger_checkpoint"
        constraints = [
            models.UniqueConstraint(fields=["generation", "size"], name="upheld_one_checkpoint_per_size"),
        ]
