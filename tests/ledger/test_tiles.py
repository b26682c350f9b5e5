# SPDX-License-Identifier: Apache-2.0
"""Tiles lie where c2sp.org/tlog-tiles says, whatever the steps in which a log grew."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld.ledger.faults import EntryMalformed
from upheld.ledger.merkle import complete_root
from upheld.ledger.tiles import Tile, append, bundle, bundle_path, is_tile_path, split_bundle, tile_width, tiles_of

HASHES = [hashlib.sha256(at.to_bytes(4, "big")).digest() for at in range(70_000)]


def grown(steps):
    tiles, size = {}, 0
    for step in steps:
        for tile, content in append(
            lambda level, index: tiles.get((level, index), b""), size, HASHES[size : size + step]
        ):
            assert len(content) == tile.width * 32
            tiles[tile.level, tile.index] = content
        size += step
    return tiles


def test_the_example_of_the_specification():
    """A tree of 70,000 has 273 full tiles and one of 112, one full and one of 17, and one of 1."""
    tiles = list(tiles_of(70_000))
    assert 277 == len(tiles)
    assert [(0, 112), (1, 17), (2, 1)] == [(tile.level, tile.width) for tile in tiles if tile.width < 256]
    held = grown([70_000])
    assert {(tile.level, tile.index): tile.width * 32 for tile in tiles} == {
        place: len(found) for place, found in held.items()
    }
    assert complete_root([HASHES[at] for at in range(256)]) == held[1, 0][:32]
    assert complete_root(HASHES[: 256 * 256]) == held[2, 0]
    assert [Tile(level=0, index=0), Tile(level=1, index=0, width=1)] == list(tiles_of(256))


@given(steps=st.lists(st.integers(min_value=0, max_value=700), max_size=8))
@settings(max_examples=60)
def test_steps_do_not_matter(steps):
    """However a log grew, its tiles are the same."""
    assert grown([sum(steps)]) == grown(steps)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(level=0, index=0), "tile/0/000"),
        (Tile(level=3, index=999), "tile/3/999"),
        (Tile(level=0, index=1_234_067), "tile/0/x001/x234/067"),
        (Tile(level=1, index=1_000, width=7), "tile/1/x001/000.p/7"),
    ],
)
def test_paths(tile, path):
    """Each tile has its one path."""
    assert path == tile.path
    assert is_tile_path(path)
    assert is_tile_path(bundle_path(tile.index, tile.width))


def test_other_paths_are_none():
    """What only looks like a tile is none."""
    for path in (
        "tile/0/0",
        "tile/00/000",
        "tile/0/000.p/0",
        "tile/0/x000",
        "tile/entries/",
        "checkpoint",
        "tile/0/000\n",
    ):
        assert not is_tile_path(path)


def test_widths():
    """Tiles outside the tree have no width."""
    assert [256, 256, 88, 0] == [tile_width(600, 0, index) for index in range(4)]
    assert 2 == tile_width(600, 1, 0)


@given(entries=st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_read_back(entries):
    """Entries survive their bundle, and a cut bundle is refused."""
    packed = bundle(entries)
    assert entries == split_bundle(packed)
    if entries and entries[-1]:
        with pytest.raises(EntryMalformed):
            split_bundle(packed[:-1])


def test_long_leaves_are_refused():
    """A leaf whose length does not fit in 16 bits cannot be bundled; a stray byte is no entry."""
    with pytest.raises(EntryMalformed):
        bundle([bytes(65_536)])
    with pytest.raises(EntryMalformed):
        split_bundle(b"\x00")
