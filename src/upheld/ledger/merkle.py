# SPDX-License-Identifier: Apache-2.0
"""Merkle trees as in RFC 6962 section 2.1 (the same in RFC 9162): hashing, roots and proofs.

Verification of proofs follows the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final

from upheld.ledger.faults import ProofBroken

HASH_BYTES: Final = 32
"""SHA-256."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""Root of a tree without leaves (RFC 6962 section 2.1)."""

NodeReader = Callable[[int, int], bytes]
"""Returns the hash of the complete subtree at a height (0 = leaves) and index."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The complete subtrees at the right edge of a growing tree; enough to append and to know the root.

    >>> frontier = Frontier()
    >>> frontier.root() == EMPTY_ROOT
    True
    """

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        """Start with the empty tree."""
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, hashed: bytes) -> None:
        """Append the hash of one leaf."""
        carry, rest = hashed, self.size
        while rest & 1:
            carry = sha256(b"\x01" + self._peaks.pop() + carry).digest()
            rest >>= 1
        self._peaks.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree so far."""
        return root_of_peaks(self._peaks)


def root_of_peaks(peaks: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees that stand from left to right, largest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def root_of(hashes: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    frontier = Frontier()
    for one in hashes:
        frontier.append(one)
    return frontier.root()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a power of two of hashes."""
    row = hashes
    while len(row) > 1:
        row = [sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in range(0, len(row), 2)]
    return row[0]


def range_root(node: NodeReader, start: int, end: int) -> bytes:
    """Return the root over the leaves `start` to `end`, where `start` is where a subtree of that size may begin."""
    peaks = []
    at = start
    while at < end:
        height = (end - at).bit_length() - 1
        peaks.append(node(height, at >> height))
        at += 1 << height
    return root_of_peaks(peaks)


def inclusion_proof(node: NodeReader, index: int, size: int) -> tuple[bytes, ...]:
    """Return the audit path of a leaf (RFC 6962 section 2.1.1), from its sibling up.

    Raises:
        ProofBroken: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ProofBroken(f"an index below {size} was expected, {index} came")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_root(node, middle, end))
            end = middle
        else:
            path.append(range_root(node, start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_proof(node: NodeReader, old_size: int, size: int) -> tuple[bytes, ...]:
    """Return the proof that the tree of `size` begins with the tree of `old_size` (RFC 6962 section 2.1.2).

    Raises:
        ProofBroken: the old tree is the larger one.
    """
    if not 0 <= old_size <= size:
        raise ProofBroken(f"an old size of at most {size} was expected, {old_size} came")
    if old_size in (0, size):
        return ()
    path = []
    start, end, whole = 0, size, True
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(range_root(node, middle, end))
            end = middle
        else:
            path.append(range_root(node, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_root(node, start, end))
    return tuple(reversed(path))


def _split(width: int) -> int:
    """Return the largest power of two below a width of two or more."""
    return 1 << ((width - 1).bit_length() - 1)


def root_from_inclusion(index: int, size: int, hashed: bytes, proof: Sequence[bytes]) -> bytes:
    """Return the root that an audit path leads to (RFC 9162 section 2.1.3.2).

    Raises:
        ProofBroken: the path has the wrong length, or the index lies outside the tree.
    """
    if not 0 <= index < size:
        raise ProofBroken(f"an index below {size} was expected, {index} came")
    node, last, root = index, size - 1, hashed
    for sibling in proof:
        if last == 0 or len(sibling) != HASH_BYTES:
            raise ProofBroken(f"the proof of leaf {index} in {size} has too many or misshapen hashes")
        if node & 1 or node == last:
            root = node_hash(sibling, root)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofBroken(f"the proof of leaf {index} in {size} has too few hashes")
    return root


def verify_inclusion(index: int, size: int, hashed: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf is in the tree.

    Raises:
        ProofBroken: the proof does not lead from the leaf to the root.
    """
    if root_from_inclusion(index, size, hashed, proof) != root:
        raise ProofBroken(f"the proof of leaf {index} does not lead to the root of the tree of {size}")


def verify_consistency(old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    """Check that a tree begins with an older one (RFC 9162 section 2.1.4.2).

    Raises:
        ProofBroken: it does not, or the proof has the wrong length.
    """
    if not 0 <= old_size <= size:
        raise ProofBroken(f"an old size of at most {size} was expected, {old_size} came")
    if old_size in (0, size):
        _verify_trivial(old_size, size, old_root, root, proof)
        return
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path or any(len(one) != HASH_BYTES for one in path):
        raise ProofBroken("the consistency proof has too few or misshapen hashes")
    found_old, found_new = _climb(old_size, size, path)
    if found_old != old_root or found_new != root:
        raise ProofBroken(f"the tree of {size} does not begin with the tree of {old_size}")


def _verify_trivial(old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    if proof:
        raise ProofBroken(f"no hashes were expected between sizes {old_size} and {size}, {len(proof)} came")
    if old_size == 0 and old_root != EMPTY_ROOT:
        raise ProofBroken("the empty tree has another root")
    if old_size == size and old_root != root:
        raise ProofBroken(f"two different trees of size {size}")


def _climb(old_size: int, size: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the old and the new root that a consistency proof leads to."""
    node, last = old_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old_root = new_root = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofBroken("the consistency proof has too many hashes")
        if node & 1 or node == last:
            old_root, new_root = node_hash(sibling, old_root), node_hash(sibling, new_root)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new_root = node_hash(new_root, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofBroken("the consistency proof has too few hashes")
    return old_root, new_root
