# SPDX-License-Identifier: Apache-2.0
"""The tree is that of RFC 6962, and its proofs prove."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld.ledger import merkle
from upheld.ledger.faults import EntryMalformed, ProofBroken
from upheld.ledger.tiles import TileNodes, append

LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Leaves and roots that the Certificate Transparency implementations share as their reference."""

HASHES = [hashlib.sha256(at.to_bytes(4, "big")).digest() for at in range(2_000)]


def root_by_definition(hashes):
    """MTH of RFC 6962 section 2.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    left, right = root_by_definition(hashes[:split]), root_by_definition(hashes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_of(size):
    tiles = {(tile.level, tile.index): content for tile, content in append(lambda *_: b"", 0, HASHES[:size])}
    return TileNodes(lambda level, index: tiles.get((level, index), b""))


SIZES = st.integers(min_value=1, max_value=len(HASHES))


@pytest.mark.parametrize("size", range(1, 9))
def test_reference_roots(size):
    """The reference leaves have the reference roots."""
    assert ROOTS[size - 1] == merkle.root_of(merkle.leaf_hash(leaf) for leaf in LEAVES[:size]).hex()


@given(size=st.integers(min_value=0, max_value=600))
def test_root_is_that_of_the_definition(size):
    """Growing leaf by leaf, and reading tiles, give the root of the definition."""
    expected = root_by_definition(HASHES[:size])
    assert expected == merkle.root_of(HASHES[:size])
    assert expected == merkle.range_root(nodes_of(size), 0, size)


@given(data=st.data(), size=SIZES)
@settings(max_examples=150)
def test_every_inclusion_proof_verifies_and_no_other(data, size):
    """A leaf's proof leads to the root; another leaf, index, size, root or path does not."""
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    root, proof = merkle.root_of(HASHES[:size]), merkle.inclusion_proof(nodes_of(size), index, size)
    merkle.verify_inclusion(index, size, HASHES[index], proof, root)
    wrong = [
        (index, size, HASHES[index - 1] if size > 1 else b"\0" * 32, proof, root),
        (index, size, HASHES[index], proof, bytes(32)),
        (index, size, HASHES[index], (*proof, bytes(32)), root),
        (size, size, HASHES[index], proof, root),
        (-1, size, HASHES[index], proof, root),
    ]
    if proof:
        at = data.draw(st.integers(min_value=0, max_value=len(proof) - 1))
        flipped = bytearray(proof[at])
        flipped[data.draw(st.integers(min_value=0, max_value=31))] ^= 1 << data.draw(
            st.integers(min_value=0, max_value=7)
        )
        wrong.append((index, size, HASHES[index], (*proof[:at], bytes(flipped), *proof[at + 1 :]), root))
        wrong.append((index, size, HASHES[index], proof[:-1], root))
        wrong.append((index, size, HASHES[index], (*proof[:at], proof[at][:-1], *proof[at + 1 :]), root))
        wrong.append((index ^ 1, size, HASHES[index], proof, root))
    for arguments in wrong:
        with pytest.raises(ProofBroken):
            merkle.verify_inclusion(*arguments)


@given(data=st.data(), size=SIZES)
@settings(max_examples=150)
def test_every_consistency_proof_verifies_and_no_other(data, size):
    """A tree's proof that it begins with an older one holds; one that changed a leaf has none."""
    old = data.draw(st.integers(min_value=0, max_value=size))
    nodes = nodes_of(size)
    old_root, root = merkle.root_of(HASHES[:old]), merkle.root_of(HASHES[:size])
    proof = merkle.consistency_proof(nodes, old, size)
    merkle.verify_consistency(old, size, old_root, root, proof)
    wrong = [(old, size, old_root, root, (*proof, bytes(32))), (size + 1, size, old_root, root, proof)]
    if 0 < old:
        wrong.append((old, size, bytes(32), root, proof))
    if 0 < old < size:
        wrong.append((old, size, old_root, bytes(32), proof))
    if proof:
        at = data.draw(st.integers(min_value=0, max_value=len(proof) - 1))
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        wrong.append((old, size, old_root, root, (*proof[:at], flipped, *proof[at + 1 :])))
        wrong.append((old, size, old_root, root, proof[:-1]))
        wrong.append((old, size, old_root, root, (proof[0][:-1], *proof[1:])))
    for arguments in wrong:
        with pytest.raises(ProofBroken):
            merkle.verify_consistency(*arguments)


def test_small_trees_exhaustively():
    """Every inclusion and consistency proof of every tree up to 40 leaves verifies."""
    roots = [root_by_definition(HASHES[:size]) for size in range(41)]
    for size in range(1, 41):
        nodes = nodes_of(size)
        for index in range(size):
            merkle.verify_inclusion(index, size, HASHES[index], merkle.inclusion_proof(nodes, index, size), roots[size])
        for old in range(size + 1):
            proof = merkle.consistency_proof(nodes, old, size)
            merkle.verify_consistency(old, size, roots[old], roots[size], proof)


def test_what_is_not_there_has_no_proof():
    """Indexes and sizes outside the tree are refused, and so are missing tiles."""
    nodes = nodes_of(5)
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ProofBroken):
            merkle.inclusion_proof(nodes, index, size)
    with pytest.raises(ProofBroken):
        merkle.consistency_proof(nodes, 6, 5)
    with pytest.raises(EntryMalformed):
        merkle.inclusion_proof(nodes, 0, 300)
    with pytest.raises(ProofBroken):
        merkle.verify_consistency(0, 5, bytes(32), bytes(32), ())
