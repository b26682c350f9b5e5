# SPDX-License-Identifier: Apache-2.0
"""Reads of the evidence log: entries, proofs, receipts and export."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet, Subquery

from upheld.errors import Conflict, NotFound
from upheld.ledger.merkle import consistency_proof, inclusion_proof, range_root
from upheld.ledger.proof import Proof
from upheld.ledger.receipts import Disclosed, Receipt, write_receipt
from upheld.ledger.tiles import Tile, TileNodes, bundle, bundle_path, tile_width, tiles_for_proof, tiles_of
from upheld.ledger.verify import checkpoint_path
from upheld.storage.key_files import sync_folder
from upheld.storage.ledger_models import (
    LEVEL_BITS,
    EvidenceIntake,
    LedgerCheckpoint,
    LedgerEntry,
    LedgerHead,
    LedgerTile,
)

READ_ROWS: Final = 2_000
"""Entries fetched at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEntry:
    """An entry as it stands in the log."""

    index: int
    evidence_id: UUID
    leaf: bytes
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LogHead:
    """How far the log has come."""

    size: int
    root: bytes
    generation: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredCheckpoint:
    """A published checkpoint."""

    size: int
    note: bytes
    published_at: datetime
    witnessed_at: datetime | None


def place_of(level: int, index: int) -> int:
    """Return the key of a tile's row."""
    return level << LEVEL_BITS | index


def read_tile(level: int, index: int) -> bytes:
    """Return a tile's hashes; nothing if there is no such tile."""
    found = LedgerTile.objects.filter(place=place_of(level, index)).values_list("hashes", flat=True).first()
    return b"" if found is None else bytes(found)


def head() -> LogHead | None:
    """Return how far the log has come; None before the first entry."""
    row = LedgerHead.objects.filter(only=1).first()
    return None if row is None else LogHead(size=row.size, root=bytes(row.root), generation=row.generation)


def checkpoints(*, limit: int = 100) -> list[StoredCheckpoint]:
    """Return the latest checkpoints of the present generation, the newest first."""
    return [_checkpoint(row) for row in _checkpoint_rows().order_by("-size")[:limit]]


def entries_from(start: int = 0) -> Iterator[StoredEntry]:
    """Return the entries from an index on, in order."""
    while True:
        rows = LedgerEntry.objects.filter(index__gte=start).order_by("index")
        found = list(rows.values_list("index", "evidence_id", "leaf", "at")[:READ_ROWS])
        for index, evidence_id, leaf, at in found:
            yield StoredEntry(index=index, evidence_id=evidence_id, leaf=bytes(leaf), at=at)
        if len(found) < READ_ROWS:
            return
        start = found[-1][0] + 1


def _checkpoint(row: LedgerCheckpoint) -> StoredCheckpoint:
    return StoredCheckpoint(
        size=row.size, note=bytes(row.note), published_at=row.published_at, witnessed_at=row.witnessed_at
    )


def _checkpoint_rows() -> QuerySet[LedgerCheckpoint]:
    return LedgerCheckpoint.objects.filter(generation=Subquery(LedgerHead.objects.values("generation")[:1]))


def proof_for(index: int) -> Proof:
    """Prove that an entry is in the log, under the newest witnessed checkpoint that covers it, else the newest.

    Raises:
        Conflict: no checkpoint covers it yet.
    """
    covering = _checkpoint_rows().filter(size__gt=index)
    row = covering.order_by(F("witnessed_at").desc(nulls_last=True), "-size").first()
    if row is None:
        raise Conflict(f"no checkpoint covers entry {index} yet", hint="checkpoints are published every second")
    path = inclusion_proof(_nodes(index, row.size), index, row.size)
    return Proof(index=index, path=path, checkpoint=bytes(row.note))


def consistency_for(old_size: int, size: int) -> tuple[bytes, ...]:
    """Prove that the log of `size` begins with the log of `old_size`."""
    return consistency_proof(_nodes(max(0, old_size - 1), size), old_size, size)


def root_at(size: int) -> bytes:
    """Return the root of the log's first `size` entries."""
    return range_root(TileNodes(read_tile), 0, size)


def _nodes(index: int, size: int) -> TileNodes:
    """Read what a proof needs in one statement; anything else would be read when asked for."""
    places = [place_of(level, at) for level, at in tiles_for_proof(index, size)]
    tiles = dict(LedgerTile.objects.filter(place__in=places).values_list("place", "hashes"))

    def read(level: int, at: int) -> bytes:
        found = tiles.get(place_of(level, at))
        return read_tile(level, at) if found is None else bytes(found)

    return TileNodes(read)


def receipt_for(evidence_id: UUID, disclosed: Disclosed | None = None) -> bytes:
    """Return a person's receipt of an act, checkable offline.

    Args:
        evidence_id: the id that recording the evidence returned.
        disclosed: the salted record that the entry commits to, if the person is to have it.

    Raises:
        NotFound: there is no such evidence.
        Conflict: it is not under a checkpoint yet; this takes a second or two.
    """
    row = LedgerEntry.objects.filter(evidence_id=evidence_id).first()
    if row is None:
        if EvidenceIntake.objects.filter(evidence_id=evidence_id).exists():
            raise Conflict("this evidence has no index in the log yet", hint="try again in a second")
        raise NotFound("there is no such evidence")
    return write_receipt(Receipt(leaf=bytes(row.leaf), proof=proof_for(row.index), disclosed=disclosed))


class LogFiles:
    """The log as the files of an export, at the size of its latest checkpoint."""

    def __init__(self) -> None:
        """Look at the latest checkpoint.

        Raises:
            NotFound: none was published.
        """
        rows = list(_checkpoint_rows().order_by("-size").values_list("size", "note"))
        if not rows:
            raise NotFound("no checkpoint was published yet")
        self.size: int = rows[0][0]
        self._notes = {checkpoint_path(size): bytes(note) for size, note in rows} | {"checkpoint": bytes(rows[0][1])}
        self._tiles = {tile.path: tile for tile in tiles_of(self.size)}
        bundles = range(-(-self.size // 256))
        self._bundles = {bundle_path(index, tile_width(self.size, 0, index)): index for index in bundles}

    def names(self) -> Iterable[str]:
        """Name every file; the latest checkpoint comes last."""
        yield from self._bundles
        yield from self._tiles
        yield from self._notes

    def read(self, name: str) -> bytes | None:
        """Return a file."""
        if name in self._notes:
            return self._notes[name]
        if name in self._tiles:
            return self._tile(self._tiles[name])
        return self._bundle(self._bundles[name]) if name in self._bundles else None

    def _tile(self, tile: Tile) -> bytes:
        return read_tile(tile.level, tile.index)[: tile.width * 32]

    def _bundle(self, index: int) -> bytes:
        start = index * 256
        rows = LedgerEntry.objects.filter(index__gte=start, index__lt=min(start + 256, self.size))
        return bundle(bytes(leaf) for leaf in rows.order_by("index").values_list("leaf", flat=True))


def export(folder: Path) -> int:
    """Write the log for an auditor, and return how many entries it has.

    Args:
        folder: empty, or made here.

    Raises:
        Conflict: there is something in the folder.
        NotFound: no checkpoint was published yet.
    """
    files = LogFiles()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Conflict("the folder of an export must be empty")
    for name in files.names():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files.read(name) or b"")
    sync_folder(folder)
    return files.size
