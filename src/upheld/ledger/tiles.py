# SPDX-License-Identifier: Apache-2.0
"""Where the hashes of a tree lie: 256 to a tile (c2sp.org/tlog-tiles).

Tile `n` of level `l` holds the roots of 256 consecutive complete subtrees of height `8 * l`. A tree of 70,000 leaves
has 273 full tiles of level 0 and one of width 112, one full tile of level 1 and one of width 17, one of width 1 of
level 2. Full tiles never change.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from upheld.ledger.faults import EntryMalformed
from upheld.ledger.merkle import HASH_BYTES, complete_root

TILE_WIDTH: Final = 256
"""Hashes in a full tile, and entries in a full bundle."""

TILE_HEIGHT: Final = 8
"""Levels of the tree that one tile spans: 2^8 = 256."""

TILE_BYTES: Final = TILE_WIDTH * HASH_BYTES
LEAF_LIMIT_BYTES: Final = 65_535
"""An entry's length in a bundle is written in 16 bits."""

_NUMBER: Final = r"((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?"
_TILE_PATH: Final = re.compile(rf"tile/(0|[1-9]\d?)/{_NUMBER}", re.ASCII)
_BUNDLE_PATH: Final = re.compile(rf"tile/entries/{_NUMBER}", re.ASCII)

TileReader = Callable[[int, int], bytes]
"""Returns the hashes of a tile, full or partial, by level and index; nothing if there are none."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Tile:
    """Which tile, and how wide it is."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Where it lies below the log's prefix.

        >>> Tile(level=0, index=1234067, width=112).path
        'tile/0/x001/x234/067.p/112'
        """
        return f"tile/{self.level}/{_number_path(self.index, self.width)}"


def bundle_path(index: int, width: int = TILE_WIDTH) -> str:
    """Return where a bundle of entries lies.

    >>> bundle_path(5)
    'tile/entries/005'
    """
    return f"tile/entries/{_number_path(index, width)}"


def _number_path(index: int, width: int) -> str:
    parts = [f"{index % 1000:03d}"]
    rest = index // 1000
    while rest:
        parts.append(f"x{rest % 1000:03d}")
        rest //= 1000
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return "/".join(reversed(parts)) + partial


def is_tile_path(path: str) -> bool:
    """Whether a path may be a tile's or a bundle's."""
    return bool(_TILE_PATH.fullmatch(path) or _BUNDLE_PATH.fullmatch(path))


def tiles_of(size: int) -> Iterator[Tile]:
    """Name every tile of a tree, level by level; each as wide as the tree makes it."""
    level, hashes = 0, size
    while hashes:
        full, rest = divmod(hashes, TILE_WIDTH)
        for index in range(full):
            yield Tile(level=level, index=index)
        if rest:
            yield Tile(level=level, index=full, width=rest)
        level, hashes = level + 1, full


def tile_width(size: int, level: int, index: int) -> int:
    """Return how wide a tile is in a tree of that size; 0 if it does not exist."""
    hashes = size >> (TILE_HEIGHT * level)
    return max(0, min(TILE_WIDTH, hashes - index * TILE_WIDTH))


def split_hashes(content: bytes) -> list[bytes]:
    """Cut a tile into its hashes."""
    return [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]


def append(read: TileReader, old_size: int, hashes: Sequence[bytes]) -> list[tuple[Tile, bytes]]:
    """Return every tile that changes when leaves are appended, in its last state.

    Args:
        read: returns the tiles of the tree of `old_size`.
        old_size: leaves so far.
        hashes: hashes of the new leaves.
    """
    changed: list[tuple[Tile, bytes]] = []
    level, at, row = 0, old_size, list(hashes)
    while row:
        index, used = divmod(at, TILE_WIDTH)
        held = split_hashes(read(level, index)[: used * HASH_BYTES]) if used else []
        carried = []
        for start in range(0, used + len(row), TILE_WIDTH):
            tile_hashes = (
                (held + row)[start : start + TILE_WIDTH]
                if start == 0
                else row[start - used : start - used + TILE_WIDTH]
            )
            tile = Tile(level=level, index=index + start // TILE_WIDTH, width=len(tile_hashes))
            changed.append((tile, b"".join(tile_hashes)))
            if len(tile_hashes) == TILE_WIDTH:
                carried.append(complete_root(tile_hashes))
        level, at, row = level + 1, at // TILE_WIDTH, carried
    return changed


class TileNodes:
    """Reads the hash of any complete subtree out of tiles, each of which it reads once.

    Make one per tree size that is looked at: the tiles at the right edge grow.
    """

    __slots__ = ("_read", "_rows")

    def __init__(self, read: TileReader) -> None:
        """Take the reader of tiles."""
        self._read = read
        self._rows: dict[tuple[int, int], tuple[list[bytes], ...]] = {}

    def __call__(self, height: int, index: int) -> bytes:
        """Return a subtree's hash.

        Raises:
            EntryMalformed: the tile that should hold it is missing or too short.
        """
        level, above = divmod(height, TILE_HEIGHT)
        tile_index, place = divmod(index << above, TILE_WIDTH)
        rows = self._rows.get((level, tile_index))
        if rows is None:
            rows = _inner_hashes(self._read(level, tile_index))
            self._rows[level, tile_index] = rows
        try:
            return rows[above][place >> above]
        except IndexError:
            raise EntryMalformed(f"tile {tile_index} of level {level} is missing or too short") from None


@lru_cache(maxsize=256)
def _inner_hashes(content: bytes) -> tuple[list[bytes], ...]:
    """Return the hashes of a tile and of every complete subtree inside it, by height.

    Hashing a full tile takes 0.15 ms, a sixth of what a proof may cost; 256 remembered tiles take 8 MB. The key is the
    content itself, so a tile that grew is another one.
    """
    rows = [split_hashes(content)]
    for _ in range(TILE_HEIGHT - 1):
        row = rows[-1]
        rows.append([sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in range(0, len(row) - 1, 2)])
    return tuple(rows)


def tiles_for_proof(index: int, size: int) -> set[tuple[int, int]]:
    """Name by level and index every tile that a proof of a leaf, or of an older size, in a tree can need."""
    found: set[tuple[int, int]] = set()
    level = 0
    while size >> (TILE_HEIGHT * level):
        last = (size >> (TILE_HEIGHT * level)) - 1
        above = TILE_HEIGHT * (level + 1)
        found |= {(level, index >> above), (level, last >> TILE_HEIGHT)}
        level += 1
    return found


def bundle(entries: Iterable[bytes]) -> bytes:
    """Join entries, each behind its length in two bytes.

    Raises:
        EntryMalformed: one is too long.
    """
    parts = []
    for entry in entries:
        if len(entry) > LEAF_LIMIT_BYTES:
            raise EntryMalformed(f"an entry has at most {LEAF_LIMIT_BYTES} bytes, {len(entry)} came")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def split_bundle(content: bytes) -> list[bytes]:
    """Cut a bundle into its entries.

    Raises:
        EntryMalformed: a length does not fit.
    """
    entries = []
    at, end = 0, len(content)
    while at < end:
        start = at + 2
        at = start + int.from_bytes(content[at:start], "big")
        entries.append(content[start:at])
    if at != end:
        raise EntryMalformed(f"entry {len(entries) - 1} of the bundle runs beyond its end")
    return entries
