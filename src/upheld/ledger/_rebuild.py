# SPDX-License-Identifier: Apache-2.0
"""Rebuild the tree from an exported log's entries and compare it with the tiles and the root.

Entries are read bundle by bundle, so memory holds 32 bytes an entry at level 0 and what `keep` needs above it.
If the entries give the signed root they are right, and whatever tile differs from them is wrong. If they do not but
the tiles do, the tiles are right and tell which entries are wrong. If neither does, both are named.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from upheld.ledger.checkpoint import Checkpoint
from upheld.ledger.entries import check_leaf
from upheld.ledger.faults import EntryMalformed, Fault
from upheld.ledger.merkle import EMPTY_ROOT, Frontier, complete_root, leaf_hash, range_root
from upheld.ledger.tiles import (
    TILE_HEIGHT,
    TILE_WIDTH,
    Tile,
    TileNodes,
    bundle_path,
    split_bundle,
    split_hashes,
    tile_width,
    tiles_of,
)

FAULTS_SHOWN = 100
"""More faults of one kind than this only repeat themselves."""

_Read = Callable[[str], bytes | None]


@dataclass(kw_only=True, slots=True)
class Rebuilt:
    """What the entries and tiles of a log came to."""

    roots: dict[int, bytes] = field(default_factory=dict)
    """Root of the tree of each size that was asked for, from the entries."""
    faults: list[Fault] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    """Every file of tiles and entries that belongs to the log."""
    is_sound: bool = False
    """Whether the entries give the signed root."""


def rebuild(read: _Read, checkpoint: Checkpoint, sizes: set[int]) -> Rebuilt:
    """Read everything once, and compare.

    Args:
        read: returns a file by its name.
        checkpoint: the verified one.
        sizes: sizes of older trees whose roots are wanted.
    """
    rebuilt = Rebuilt(roots={0: EMPTY_ROOT})
    hashes = _read_entries(read, checkpoint.size, sizes, rebuilt)
    rebuilt.is_sound = len(hashes) == checkpoint.size and rebuilt.roots.get(checkpoint.size) == checkpoint.root
    stored = _read_tiles(read, checkpoint.size, rebuilt)
    if rebuilt.is_sound:
        _compare_tiles(hashes, checkpoint.size, stored, rebuilt)
    else:
        _compare_entries(hashes, checkpoint, stored, rebuilt)
    return rebuilt


def _read_entries(read: _Read, size: int, sizes: set[int], rebuilt: Rebuilt) -> list[bytes]:
    """Hash every entry; where a bundle is missing or short, what follows is still read."""
    frontier, hashes = Frontier(), list[bytes]()
    for index in range(-(-size // TILE_WIDTH)):
        width = tile_width(size, 0, index)
        path = bundle_path(index, width)
        rebuilt.paths.add(path)
        for leaf in _bundle(read, path, index, width, rebuilt):
            _check_entry(leaf, len(hashes), rebuilt)
            hashed = leaf_hash(leaf)
            hashes.append(hashed)
            frontier.append(hashed)
            if frontier.size in sizes or frontier.size == size:
                rebuilt.roots[frontier.size] = frontier.root()
    return hashes


def _bundle(read: _Read, path: str, index: int, width: int, rebuilt: Rebuilt) -> list[bytes]:
    content = read(path)
    if content is None:
        first = index * TILE_WIDTH
        message = f"entries {first} to {first + width - 1} are missing: there is no such file"
        rebuilt.faults.append(Fault(code="entry_missing", place=path, message=message))
        return []
    try:
        leaves = split_bundle(content)
    except EntryMalformed as error:
        rebuilt.faults.append(Fault(code="bundle_altered", place=path, message=error.message))
        return []
    if len(leaves) != width:
        message = f"{width} entries were expected, {len(leaves)} came"
        rebuilt.faults.append(Fault(code="entry_missing", place=path, message=message))
    return leaves


def _check_entry(leaf: bytes, index: int, rebuilt: Rebuilt) -> None:
    try:
        check_leaf(leaf)
    except EntryMalformed as error:
        if len(rebuilt.faults) < FAULTS_SHOWN:
            rebuilt.faults.append(Fault(code="entry_altered", place=f"entry {index}", message=error.message))


def _read_tiles(read: _Read, size: int, rebuilt: Rebuilt) -> dict[tuple[int, int], bytes]:
    stored = {}
    for tile in tiles_of(size):
        rebuilt.paths.add(tile.path)
        content = read(tile.path)
        if content is None or len(content) != tile.width * 32:
            came = "there is no such file" if content is None else f"it has {len(content)} bytes"
            message = f"{tile.width} hashes of 32 bytes were expected; {came}"
            rebuilt.faults.append(Fault(code="tile_altered", place=tile.path, message=message))
            continue
        stored[tile.level, tile.index] = content
    return stored


def _compare_tiles(hashes: list[bytes], size: int, stored: dict[tuple[int, int], bytes], rebuilt: Rebuilt) -> None:
    """Name every tile that differs from the one that the entries give."""
    row, level = hashes, 0
    while row:
        carried = []
        for start in range(0, len(row), TILE_WIDTH):
            group, index = row[start : start + TILE_WIDTH], start // TILE_WIDTH
            tile = Tile(level=level, index=index, width=tile_width(size, level, index))
            content = stored.get((level, index))
            if content is not None and content != b"".join(group):
                place = _first_difference(split_hashes(content), group)
                message = f"hash {place} is not the one that the entries give"
                rebuilt.faults.append(Fault(code="tile_altered", place=tile.path, message=message))
            if len(group) == TILE_WIDTH:
                carried.append(complete_root(group))
        row, level = carried, level + 1


def _first_difference(one: list[bytes], other: list[bytes]) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), min(len(one), len(other)))


def _compare_entries(
    hashes: list[bytes], checkpoint: Checkpoint, stored: dict[tuple[int, int], bytes], rebuilt: Rebuilt
) -> None:
    """The entries do not give the signed root: say which, if the tiles still do."""
    if not _tiles_hold(checkpoint, stored):
        message = f"neither the entries nor the tiles give the root of the signed checkpoint of {checkpoint.size}"
        rebuilt.faults.append(Fault(code="root_differs", place="tree", message=message))
    expected = [one for index in range(-(-checkpoint.size // TILE_WIDTH)) for one in _level_0(stored, index)]
    where = {hashed: index for index, hashed in enumerate(expected)}
    named = 0
    for index in range(min(len(hashes), len(expected))):
        if hashes[index] == expected[index] or not expected[index]:
            continue
        rebuilt.faults.append(_entry_fault(index, where.get(hashes[index])))
        named += 1
        if named == FAULTS_SHOWN:
            return


def _level_0(stored: dict[tuple[int, int], bytes], index: int) -> list[bytes]:
    content = stored.get((0, index))
    return [b""] * TILE_WIDTH if content is None else split_hashes(content)


def _entry_fault(index: int, belongs_at: int | None) -> Fault:
    if belongs_at is None:
        message = "it is not the entry that the tree was built from"
        return Fault(code="entry_altered", place=f"entry {index}", message=message)
    message = f"here stands what the tree has as entry {belongs_at}"
    return Fault(code="entry_moved", place=f"entry {index}", message=message)


def _tiles_hold(checkpoint: Checkpoint, stored: dict[tuple[int, int], bytes]) -> bool:
    """Whether the tiles agree with one another and give the signed root."""
    for (level, index), content in stored.items():
        if len(content) != TILE_WIDTH * 32:
            continue
        parent = stored.get((level + 1, index // TILE_WIDTH), b"")
        at = index % TILE_WIDTH * 32
        if complete_root(split_hashes(content)) != parent[at : at + 32]:
            return False
    nodes = TileNodes(lambda level, index: stored.get((level, index), b""))
    try:
        return range_root(nodes, 0, checkpoint.size) == checkpoint.root
    except EntryMalformed:
        return False


assert 1 << TILE_HEIGHT == TILE_WIDTH
