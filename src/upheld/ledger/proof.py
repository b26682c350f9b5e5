# SPDX-License-Identifier: Apache-2.0
"""Inclusion proofs as text files (c2sp.org/tlog-proof).

c2sp.org/tlog-proof@v1
index 73894
<base64 of the sibling's hash>
...

<signed checkpoint>
"""

import base64
import re
from dataclasses import dataclass
from typing import Final

from upheld.ledger.checkpoint import Verified, verify
from upheld.ledger.faults import CheckpointBroken, ProofBroken
from upheld.ledger.merkle import leaf_hash, verify_inclusion
from upheld.ledger.notes import Keyring, decode_base64

HEADER: Final = "c2sp.org/tlog-proof@v1"
PATH_LIMIT: Final = 63
"""Most hashes of a proof: a tree has fewer than 2^63 leaves."""

_INDEX: Final = re.compile(r"index (0|[1-9]\d{0,18})", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """That an entry stands at an index of the tree under a checkpoint."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    """The signed note, byte for byte."""

    def to_text(self) -> str:
        """Return the proof as a file."""
        hashes = "".join(base64.b64encode(one).decode("ascii") + "\n" for one in self.path)
        return f"{HEADER}\nindex {self.index}\n{hashes}\n{self.checkpoint.decode()}"


def parse_proof(text: str) -> Proof:
    """Read a proof; extra data, which nothing authenticates, is refused.

    Raises:
        ProofBroken: it is none.
    """
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not separator or lines[0] != HEADER or len(lines) < 2:
        raise ProofBroken(f"a proof begins with {HEADER}, an index and hashes")
    index = _INDEX.fullmatch(lines[1])
    if index is None or len(lines) - 2 > PATH_LIMIT:
        raise ProofBroken(f"a proof has an index line and at most {PATH_LIMIT} hashes")
    try:
        path = tuple(decode_base64(line) for line in lines[2:])
    except CheckpointBroken as broken:
        raise ProofBroken("a proof's hashes are base64") from broken
    return Proof(index=int(index[1]), path=path, checkpoint=checkpoint.encode())


def verify_proof(proof: Proof, leaf: bytes, keyring: Keyring) -> Verified:
    """Check that a leaf is in the log, offline.

    Raises:
        CheckpointBroken: the checkpoint does not hold under the pinned keys.
        ProofBroken: the leaf is not in the tree of that checkpoint.
    """
    verified = verify(proof.checkpoint, keyring)
    checkpoint = verified.checkpoint
    verify_inclusion(proof.index, checkpoint.size, leaf_hash(leaf), proof.path, checkpoint.root)
    return verified
