# SPDX-License-Identifier: Apache-2.0
"""The committed vectors are what the code makes, and the code reads them."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import jsonschema_rs
import pytest

from upheld.crypto.blind import blind_index
from upheld.crypto.opening import open_sealed
from upheld.crypto.sealing import needs_resealing, seal
from upheld.crypto.signing import Verifier
from upheld.crypto.suites import Suite
from upheld.crypto.wrapping import WrapContext, unwrap
from upheld.ledger.canonical import canonical, parse_canonical
from upheld.ledger.checkpoint import verify
from upheld.ledger.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from upheld.ledger.notes import Keyring
from upheld.ledger.verify import Verdict, verify_receipt_file

HERE = Path(__file__).parent
NAMES = ("blind", "canonical", "log", "sealed", "wrapped")


def vectors(name):
    return json.loads((HERE / f"{name}.json").read_text())


def test_generator_changes_nothing(tmp_path):
    """Running the generator again gives the same bytes: no format changed unseen."""
    subprocess.run([sys.executable, HERE / "generate.py", tmp_path], check=True)
    for name in NAMES:
        assert (tmp_path / f"{name}.json").read_bytes() == (HERE / f"{name}.json").read_bytes()


def test_schema_describes_every_file():
    """Each file has the names that the schema gives it."""
    documents = {name: vectors(name) for name in NAMES}
    jsonschema_rs.validate(json.loads((HERE / "schema.json").read_text()), documents)


@pytest.mark.parametrize("number", range(len(vectors("sealed"))))
def test_older_format_opens_and_is_resealed(number):
    """What any version sealed opens still; what an older one sealed says so, and is then sealed anew."""
    vector = vectors("sealed")[number]
    key, place = bytes.fromhex(vector["key"]), bytes.fromhex(vector["associated_data"])
    stored = bytes.fromhex(vector["sealed"])
    opened = open_sealed(key, stored, associated_data=place)
    assert bytes.fromhex(vector["plaintext"]) == opened
    assert (vector["version"] == 1) == needs_resealing(stored)
    resealed = seal(key, opened, associated_data=place, suite=Suite[vector["suite"]])
    assert not needs_resealing(resealed)
    assert opened == open_sealed(key, resealed, associated_data=place)


def test_wrapped_keys_unwrap():
    """A wrapped key of either suite unwraps in its context."""
    for vector in vectors("wrapped"):
        context = WrapContext(
            key_id=UUID(vector["key_id"]),
            epoch=vector["epoch"],
            data_subject_id=UUID(vector["data_subject_id"]),
            clause=vector["clause"],
        )
        key = unwrap(bytes.fromhex(vector["provider_key"]), bytes.fromhex(vector["wrapped"]), context=context)
        assert bytes.fromhex(vector["data_key"]) == key


def test_blind_indexes():
    """An identifier has the index it always had: lookups survive an upgrade."""
    for vector in vectors("blind"):
        found = blind_index(bytes.fromhex(vector["index_key"]), vector["kind"], vector["normalized"])
        assert vector["index"] == found.hex()


def test_canonical_spellings():
    """A value has the one spelling, and only that reads back."""
    for vector in vectors("canonical"):
        spelling = vector["canonical"].encode()
        assert spelling == canonical(vector["value"])
        assert vector["value"] == parse_canonical(spelling)


def test_log():
    """Roots, proofs, checkpoints and the receipt of the log hold under its two keys."""
    log = vectors("log")
    hashes = [bytes.fromhex(one) for one in log["leaf_hashes"]]
    assert hashes[:20] == [leaf_hash(leaf.encode()) for leaf in log["leaves"]]
    roots = {int(size): bytes.fromhex(root) for size, root in log["roots"].items()}
    for size, root in roots.items():
        assert root == root_of(hashes[:size])
    for index, path in log["inclusion"].items():
        verify_inclusion(int(index), 300, hashes[int(index)], [bytes.fromhex(one) for one in path], roots[300])
    for old, path in log["consistency"].items():
        proof = [bytes.fromhex(one) for one in path]
        verify_consistency(int(old), 300, root_of(hashes[: int(old)]), roots[300], proof)
    keyring = Keyring.of([Verifier.parse(log["log_key"]), Verifier.parse(log["witness_key"])])
    for size, note in log["checkpoints"].items():
        verified = verify(note.encode(), keyring)
        assert (int(size), roots[int(size)]) == (verified.checkpoint.size, verified.checkpoint.root)
        assert 1 == len(verified.cosignatures)
    assert b"".join(hashes[:256]) == base64.b64decode(log["tiles"]["0/0"])
    assert Verdict.WITNESSED == verify_receipt_file(log["receipt"].encode(), keyring).verdict
