# SPDX-License-Identifier: Apache-2.0
"""A log in memory, with its keys, witness and export, for tests."""

from datetime import UTC, datetime

from upheld.crypto.signing import Algorithm, Signer
from upheld.ledger import entries
from upheld.ledger.checkpoint import Checkpoint, cosign, sign
from upheld.ledger.entries import Entry
from upheld.ledger.merkle import consistency_proof, inclusion_proof, leaf_hash, root_of
from upheld.ledger.notes import Keyring
from upheld.ledger.proof import Proof
from upheld.ledger.receipts import Disclosed, Receipt, write_receipt
from upheld.ledger.tiles import TileNodes, append, bundle, bundle_path, tile_width, tiles_of
from upheld.ledger.verify import checkpoint_path

LOG = Signer(name="evidence.upheld.example/log", algorithm=Algorithm.ED25519, seed=bytes(range(32)))
WITNESS = Signer(name="witness.upheld.example", algorithm=Algorithm.COSIGNATURE_V1, seed=bytes(range(32, 64)))
OTHER = Signer(name="evidence.upheld.example/log", algorithm=Algorithm.ED25519, seed=bytes(32))
KEYRING = Keyring.of([LOG.verifier, WITNESS.verifier])
LOG_ALONE = Keyring.of([LOG.verifier])
SALT = bytes(range(16))
RECORD = {"what": "consent", "given": True}


def make_leaf(index, *, twist=0):
    return entries.write(
        Entry(
            kind="consent.record.given",
            at=datetime(2026, 1, 1 + index // 1440 % 28, index // 60 % 24, index % 60, tzinfo=UTC),
            clause="consent.photos",
            control="gate.separate_consent",
            record=entries.commit(SALT, RECORD),
            facts={"number": index, "twist": twist},
        )
    )


class Log:
    """A growing log whose every checkpoint is kept."""

    def __init__(self, size=0, *, twist=0):
        self.leaves = []
        self.tiles = {}
        self.notes = {}
        self.grow(size, twist=twist)

    @property
    def size(self):
        return len(self.leaves)

    def grow(self, count, *, twist=0):
        new = [make_leaf(self.size + at, twist=twist) for at in range(count)]
        for tile, content in append(self.read_tile, self.size, [leaf_hash(one) for one in new]):
            self.tiles[tile.level, tile.index] = content
        self.leaves += new
        return self

    def read_tile(self, level, index):
        return self.tiles.get((level, index), b"")

    @property
    def nodes(self):
        return TileNodes(self.read_tile)

    def root(self, size=None):
        return root_of(leaf_hash(one) for one in self.leaves[: self.size if size is None else size])

    def consistency(self, old, size=None):
        return consistency_proof(self.nodes, old, self.size if size is None else size)

    def checkpoint(self, *, witnessed=True, signer=LOG):
        note = sign(Checkpoint(origin=signer.name, size=self.size, root=self.root()), signer)
        if witnessed:
            note = note.with_signatures([cosign(note.text, WITNESS, at_seconds=1_767_225_600)])
        self.notes[self.size] = note.to_bytes()
        return self.notes[self.size]

    def proof(self, index):
        return Proof(index=index, path=inclusion_proof(self.nodes, index, self.size), checkpoint=self.notes[self.size])

    def receipt(self, index):
        disclosed = Disclosed(salt=SALT, record=RECORD)
        return write_receipt(Receipt(leaf=self.leaves[index], proof=self.proof(index), disclosed=disclosed))

    def files(self):
        latest = max(self.notes)
        found = {checkpoint_path(size): note for size, note in self.notes.items()} | {"checkpoint": self.notes[latest]}
        for tile in tiles_of(latest):
            found[tile.path] = self.read_tile(tile.level, tile.index)[: tile.width * 32]
        for index in range(-(-latest // 256)):
            width = tile_width(latest, 0, index)
            found[bundle_path(index, width)] = bundle(self.leaves[index * 256 : index * 256 + width])
        return found
