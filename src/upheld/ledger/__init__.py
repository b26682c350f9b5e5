# SPDX-License-Identifier: Apache-2.0
"""The evidence log: an RFC 6962 Merkle tree over canonical JSON entries; pure, and without cryptography of its own.

    faults      what it raises
    canonical   canonical JSON (RFC 8785) of whole numbers, text, true, false and null
    entries     what one entry says
    merkle      hashing, roots, inclusion and consistency proofs
    tiles       256 hashes to a tile, and where each lies (c2sp.org/tlog-tiles)
    notes       signed notes (c2sp.org/signed-note) and the keys that a reader pins
    checkpoint  size and root under a signature, and cosignatures of witnesses
    proof       an inclusion proof as a text file (c2sp.org/tlog-proof)
    receipts    a person's own proof of an act
    verify      checks an exported log, or a receipt, and names what is wrong
    witness     what a witness answers (c2sp.org/tlog-witness)

Signatures are made and checked by objects handed in, which `upheld.crypto.signing` provides.
`docs/reference/evidence-log.md` is the specification for whoever writes a verifier of their own.
"""
