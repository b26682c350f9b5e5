# SPDX-License-Identifier: Apache-2.0
"""Gives evidence its index in the log, and publishes checkpoints.

    act's transaction          EvidenceIntake row
    drain, one transaction     head read -> waiting rows -> head moved by compare-and-set -> entries, tiles -> rows gone
    publish                    checkpoint signed and kept -> witness asked -> cosignature added

The rows taken are whatever waits, never "greater than the last": a row that arrived early may commit late. The head
is read before the rows, so whoever lost the race to another sequencer finds that its compare-and-set fails, and
nothing of its transaction stays. A kill at any line leaves either everything of a step or nothing of it, and the next
call goes on from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connections, transaction

from upheld.crypto.randomness import uuid7
from upheld.errors import Conflict, UpheldError
from upheld.ledger import entries
from upheld.ledger.checkpoint import Checkpoint, origin_of, sign
from upheld.ledger.entries import Entry
from upheld.ledger.faults import EntryMalformed
from upheld.ledger.merkle import EMPTY_ROOT, leaf_hash, range_root
from upheld.ledger.tiles import TileNodes, append
from upheld.storage.evidence import Evidence
from upheld.storage.ledger_models import EvidenceIntake, LedgerCheckpoint, LedgerEntry, LedgerHead, LedgerTile
from upheld.storage.log_keys import log_signer, make_log_key
from upheld.storage.stored_log import place_of, read_tile
from upheld.storage.witnessing import Post, ask_witness

__all__ = ["Lag", "Step", "drain", "lag", "make_log_key", "publish", "step", "take_in"]

BATCH: Final = 500
"""Rows in one transaction: durable appends in hundreds ran ten times faster than one by one (SQLite, PostgreSQL)."""

_ID, _LEAF, _AT = EvidenceIntake.evidence_id.field, EvidenceIntake.leaf.field, EvidenceIntake.at.field
_INSERT: Final = "INSERT INTO upheld_evidence_intake (evidence_id, leaf, at) VALUES (%s, %s, %s)"
_LIFTED: Final = ("policy", "actor", "record")
"""Facts of these names become the entry's own fields."""


class HeadMoved(Conflict):
    """Another sequencer was faster; nothing was changed, try again."""

    code = "ledger_head_moved"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lag:
    """How far the log is behind the acts."""

    waiting: int
    oldest: timedelta
    """Age of the oldest evidence without an index; zero if none waits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What one step of the sequencer did."""

    drained: int
    size: int
    published: bool
    witnessed: bool
    trouble: str = ""
    """Why the witness did not sign, in words; empty if it did or was not asked."""


def take_in(evidence: Evidence) -> UUID:
    """Write evidence in the caller's transaction, and return the id it is found by for good.

    Facts named `policy`, `actor` and `record` become the entry's own fields.

    Raises:
        EntryMalformed: it makes no entry.
    """
    facts = dict(evidence.facts)
    lifted = {name: _text(name, facts.pop(name, None)) for name in _LIFTED}
    subject = evidence.subject
    entry = Entry(
        kind=evidence.event,
        at=evidence.at,
        clause=evidence.clause,
        control=evidence.control,
        subject_ref=None if subject is None else subject.ref,
        nonce=None if subject is None else subject.nonce,
        facts=facts,
        **lifted,
    )
    evidence_id = uuid7(evidence.at)
    _insert(evidence_id, entries.write(entry), evidence.at)
    return evidence_id


def _insert(evidence_id: UUID, leaf: bytes, at: datetime) -> None:
    """Insert without the ORM's save, which took half the time of an act's evidence."""
    connection = connections["default"]
    values = ((_ID, evidence_id), (_LEAF, leaf), (_AT, at))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [field.get_db_prep_save(value, connection) for field, value in values])


def _text(name: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise EntryMalformed(f"the fact {name} is text or nothing")


def drain(*, batch: int = BATCH) -> int:
    """Give waiting evidence its indexes, and return how many got one.

    Raises:
        HeadMoved: another sequencer was faster; nothing was changed.
    """
    with transaction.atomic():
        head = _head()
        waiting = list(
            EvidenceIntake.objects.order_by("arrival").values_list("arrival", "evidence_id", "leaf", "at")[:batch]
        )
        if not waiting:
            return 0
        leaves = [bytes(leaf) for _, _, leaf, _ in waiting]
        tiles, root = _grown(head.size, leaves)
        _move_head(head, head.size + len(leaves), root)  # from here on no other sequencer gets past this line
        _write_tiles(tiles)
        LedgerEntry.objects.bulk_create(
            LedgerEntry(index=head.size + at, evidence_id=evidence_id, leaf=leaf, at=moment)
            for at, (_, evidence_id, leaf, moment) in enumerate(waiting)
        )
        taken, _ = EvidenceIntake.objects.filter(arrival__in=[row[0] for row in waiting]).delete()
        if taken != len(waiting):
            raise HeadMoved(f"{len(waiting)} waiting rows were expected, {taken} were left")
    return len(waiting)


def _head() -> LedgerHead:
    head, _ = LedgerHead.objects.get_or_create(only=1, defaults={"size": 0, "root": EMPTY_ROOT, "generation": 0})
    return head


def _move_head(head: LedgerHead, size: int, root: bytes) -> None:
    """Move the head if it still stands where it was read."""
    moved = LedgerHead.objects.filter(only=1, size=head.size, generation=head.generation).update(size=size, root=root)
    if not moved:
        raise HeadMoved(f"the log's head was read at {head.size} and has moved since")


def _grown(old_size: int, leaves: Sequence[bytes]) -> tuple[dict[int, bytes], bytes]:
    """Return the tiles that change, by the key of their row, and the new root."""
    changed = append(read_tile, old_size, [leaf_hash(leaf) for leaf in leaves])
    tiles = {place_of(tile.level, tile.index): hashes for tile, hashes in changed}

    def read(level: int, index: int) -> bytes:
        return tiles.get(place_of(level, index)) or read_tile(level, index)

    return tiles, range_root(TileNodes(read), 0, old_size + len(leaves))


def _write_tiles(tiles: Mapping[int, bytes]) -> None:
    LedgerTile.objects.bulk_create(
        [LedgerTile(place=place, hashes=hashes) for place, hashes in tiles.items()],
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["hashes"],
    )


def publish(*, now: datetime) -> bool:
    """Sign the log as it stands; return False if there is a checkpoint of it already.

    Raises:
        Misconfigured: this deployment has no log key.
    """
    head = _head()
    if head.size == 0 or LedgerCheckpoint.objects.filter(generation=head.generation, size=head.size).exists():
        return False
    signer = log_signer()
    origin = origin_of(signer.name, head.generation)
    note = sign(Checkpoint(origin=origin, size=head.size, root=bytes(head.root)), signer)
    row = LedgerCheckpoint(
        id=uuid7(now), generation=head.generation, size=head.size, note=note.to_bytes(), published_at=now
    )
    LedgerCheckpoint.objects.bulk_create([row], ignore_conflicts=True)  # another sequencer signed the same
    return True


def step(*, now: datetime, post: Post | None = None, batch: int = BATCH) -> Step:
    """Drain what waits, publish a checkpoint, and have it witnessed if `post` reaches a witness.

    Never raises for a witness that does not answer or refuses: acts go on, and the board shows the checkpoint as not
    witnessed.
    """
    drained = 0
    while taken := _drain_or_yield(batch):
        drained += taken
        if taken < batch:
            break
    published = publish(now=now)
    witnessed, trouble = False, ""
    if post is not None:
        try:
            witnessed = ask_witness(post, now=now)
        except UpheldError as error:
            trouble = error.message
    return Step(drained=drained, size=_head().size, published=published, witnessed=witnessed, trouble=trouble)


def _drain_or_yield(batch: int) -> int:
    try:
        return drain(batch=batch)
    except HeadMoved:
        return 0


def lag(*, now: datetime) -> Lag:
    """Return how far the log is behind."""
    waiting = EvidenceIntake.objects.count()
    oldest = EvidenceIntake.objects.order_by("arrival").values_list("at", flat=True).first()
    return Lag(waiting=waiting, oldest=max(timedelta(0), now - oldest) if oldest else timedelta(0))
