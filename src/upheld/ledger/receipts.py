# SPDX-License-Identifier: Apache-2.0
"""A person's own proof of an act, checkable offline with nothing but the pinned keys.

A receipt is one canonical JSON object:

| name | value |
|---|---|
| `format` | `upheld-receipt/v1` |
| `entry` | the entry |
| `disclosed` | null, or `salt` (base64) and `record`, to which the entry's `record` commits |
| `proof` | a `c2sp.org/tlog-proof@v1` text with checkpoint and cosignatures |
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from upheld.ledger import entries
from upheld.ledger.canonical import Json, canonical, parse_canonical
from upheld.ledger.checkpoint import Verified
from upheld.ledger.entries import Entry
from upheld.ledger.faults import CheckpointBroken, EntryMalformed, ProofBroken
from upheld.ledger.notes import Keyring, decode_base64
from upheld.ledger.proof import Proof, parse_proof, verify_proof

RECEIPT_FORMAT: Final = "upheld-receipt/v1"
RECEIPT_LIMIT_BYTES: Final = 65_536
_NAMES: Final = frozenset({"format", "entry", "disclosed", "proof"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosed:
    """A record and its salt, as the person was given them."""

    salt: bytes
    record: Mapping[str, Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """An entry, what it commits to, and the proof that it is in the log."""

    leaf: bytes
    proof: Proof
    disclosed: Disclosed | None = None

    @property
    def entry(self) -> Entry:
        """The entry, read."""
        return entries.read(self.leaf)


def write_receipt(receipt: Receipt) -> bytes:
    """Return the receipt as a file.

    Raises:
        EntryMalformed: the leaf is no entry, or the record has no canonical spelling.
    """
    disclosed = receipt.disclosed
    return canonical(
        {
            "format": RECEIPT_FORMAT,
            "entry": entries.check_leaf(receipt.leaf),
            "disclosed": None
            if disclosed is None
            else {"salt": base64.b64encode(disclosed.salt).decode("ascii"), "record": disclosed.record},
            "proof": receipt.proof.to_text(),
        }
    )


def is_receipt(content: bytes) -> bool:
    """Whether a file says that it is a receipt."""
    return f'"format":"{RECEIPT_FORMAT}"'.encode() in content


def parse_receipt(content: bytes) -> Receipt:
    """Read a receipt, in its canonical spelling; one newline at its end is allowed.

    Raises:
        EntryMalformed: it is none.
        ProofBroken: its proof is none.
    """
    found = parse_canonical(content.removesuffix(b"\n"), limit_bytes=RECEIPT_LIMIT_BYTES)
    if found.keys() != _NAMES or found["format"] != RECEIPT_FORMAT:
        raise EntryMalformed(f"a receipt of format {RECEIPT_FORMAT} was expected")
    entry, text = found["entry"], found["proof"]
    if not isinstance(entry, Mapping) or not isinstance(text, str):
        raise EntryMalformed("a receipt has an entry and a proof")
    leaf = canonical(entry)
    entries.check_leaf(leaf)
    return Receipt(leaf=leaf, proof=parse_proof(text), disclosed=_disclosed(found["disclosed"]))


def _disclosed(value: Json) -> Disclosed | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or value.keys() != {"salt", "record"}:
        raise EntryMalformed("what a receipt discloses is a salt and a record")
    salt, record = value["salt"], value["record"]
    if not isinstance(salt, str) or not isinstance(record, Mapping):
        raise EntryMalformed("what a receipt discloses is a salt as base64 and a record")
    try:
        return Disclosed(salt=decode_base64(salt), record=record)
    except CheckpointBroken:
        raise EntryMalformed("a receipt's salt is base64") from None


def verify_receipt(receipt: Receipt, keyring: Keyring) -> Verified:
    """Check a receipt: its entry is in the log, and commits to what is disclosed.

    Raises:
        CheckpointBroken: the checkpoint does not hold under the pinned keys.
        ProofBroken: the entry is not in the log, or does not commit to the disclosed record.
    """
    verified = verify_proof(receipt.proof, receipt.leaf, keyring)
    disclosed = receipt.disclosed
    if disclosed is not None and entries.commit(disclosed.salt, disclosed.record) != receipt.entry.record:
        raise ProofBroken("the entry does not commit to the record that the receipt discloses")
    return verified
