# SPDX-License-Identifier: Apache-2.0
"""Checkpoints hold under pinned keys, and say who else signed."""

import pytest

from tests.ledger.worlds import KEYRING, LOG, LOG_ALONE, OTHER, WITNESS, Log
from upheld.crypto.signing import Algorithm, Signer
from upheld.ledger.checkpoint import Checkpoint, cosign, origin_of, parse, sign, verify
from upheld.ledger.faults import CheckpointBroken, ProofBroken
from upheld.ledger.merkle import EMPTY_ROOT
from upheld.ledger.notes import Keyring, parse_note, parse_signatures
from upheld.ledger.proof import parse_proof, verify_proof

STRANGER = Signer(name="stranger.example", algorithm=Algorithm.COSIGNATURE_V1, seed=bytes(range(64, 96)))


def test_checkpoint_verifies_with_its_witness():
    """The log's signature and the witness's hold; the witness's time is known."""
    verified = verify(Log(5).checkpoint(), KEYRING)
    assert 5 == verified.checkpoint.size
    assert [(WITNESS.name, 1_767_225_600)] == [(one.name, one.at_seconds) for one in verified.cosignatures]
    assert () == verified.strangers


def test_strangers_prove_nothing():
    """A witness whose key is not pinned is named, and counts for nothing."""
    verified = verify(Log(5).checkpoint(), LOG_ALONE)
    assert () == verified.cosignatures
    assert (WITNESS.name,) == verified.strangers


def test_every_flipped_bit_is_noticed():
    """No bit of a witnessed checkpoint can change and leave it witnessed."""
    note = Log(3).checkpoint()
    for at in range(len(note) * 8):
        altered = bytearray(note)
        altered[at // 8] ^= 1 << at % 8
        with pytest.raises(CheckpointBroken):
            verify(bytes(altered), KEYRING)


def test_another_logs_key_is_refused():
    """A key of the same name that is not the pinned one signs nothing."""
    with pytest.raises(CheckpointBroken, match="no signature of the pinned key"):
        verify(Log(3).checkpoint(signer=OTHER, witnessed=False), LOG_ALONE)
    elsewhere = Signer(name="elsewhere.example", algorithm=Algorithm.ED25519, seed=LOG.seed)
    with pytest.raises(CheckpointBroken, match="another log"):
        verify(Log(3).checkpoint(signer=elsewhere, witnessed=False), LOG_ALONE)


def test_generations_are_of_the_same_log():
    """After a restore a new generation signs under the same key; no other suffix does."""
    for origin, holds in ((origin_of(LOG.name, 3), True), (LOG.name + "x", False), (LOG.name + "/generation/0", False)):
        note = sign(Checkpoint(origin=origin, size=0, root=EMPTY_ROOT), LOG).to_bytes()
        if holds:
            assert origin == verify(note, LOG_ALONE).checkpoint.origin
        else:
            with pytest.raises(CheckpointBroken, match="another log"):
                verify(note, LOG_ALONE)


@pytest.mark.parametrize(
    "text",
    ["", "origin\n", "origin\n1\n", "origin\n01\n" + "A" * 43 + "=\n", "origin\n1\nAAAA\n", "\n1\n" + "A" * 43 + "=\n",
     "origin\n1\n" + "A" * 43 + "=\nextension\n", "origin\n0\n" + "A" * 43 + "=\n", "origin\n1\n" + "A" * 42 + "B=\n"],
    ids=range(9),
)  # fmt: skip
def test_misshapen_checkpoints_are_refused(text):
    """A text of another shape is no checkpoint; extension lines are not used."""
    with pytest.raises(CheckpointBroken):
        parse(text)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"text\n", b"text\n\n", b"text\n\nno dash\n", "text\n\n— name\n".encode(), "text\n\n— name AAAA\n".encode(),
     "text\n\n— name AAAAAAA=".encode(), "text\n\n—name AAAAAAA=\n".encode(), "text\n\n—  AAAAAAA=\n".encode(),
     "te\rxt\n\n— name AAAAAAA=\n".encode(), bytes(1_000_001)],
    ids=range(12),
)  # fmt: skip
def test_misshapen_notes_are_refused(content):
    """What is no signed note is refused, whatever it is."""
    with pytest.raises(CheckpointBroken):
        parse_note(content)


def test_too_many_signatures_are_refused():
    """A note cannot make its reader check signatures without end."""
    with pytest.raises(CheckpointBroken, match="100"):
        parse_signatures("— name AAAAAAA=\n" * 101)


def test_keyring_needs_one_log():
    """Exactly one log key is pinned; keys of witnesses alone trust nothing."""
    for keys in ([], [WITNESS.verifier], [LOG.verifier, OTHER.verifier]):
        with pytest.raises(CheckpointBroken, match="exactly one log key"):
            Keyring.of(keys)


def test_short_cosignature_is_refused():
    """A cosignature without its time stamp does not hold."""
    note = parse_note(Log(3).checkpoint(witnessed=False))
    line = cosign(note.text, WITNESS, at_seconds=1)
    short = type(line)(name=line.name, key_id=line.key_id, signature=line.signature[:-1])
    with pytest.raises(CheckpointBroken, match="72 bytes"):
        verify(note.with_signatures([short]).to_bytes(), KEYRING)


def test_signatures_are_added_once():
    """Adding a signature twice leaves one; a stranger's stays beside it."""
    note = parse_note(Log(3).checkpoint())
    again = note.with_signatures([*note.signatures, cosign(note.text, STRANGER, at_seconds=1)])
    assert 3 == len(again.signatures)
    assert again == parse_note(again.to_bytes())


def test_proof_file_reads_back_and_proves():
    """A proof survives its text, and proves its own leaf alone."""
    log = Log(300)
    log.checkpoint()
    proof = parse_proof(log.proof(17).to_text())
    assert log.proof(17) == proof
    assert 300 == verify_proof(proof, log.leaves[17], KEYRING).checkpoint.size
    with pytest.raises(ProofBroken):
        verify_proof(proof, log.leaves[18], KEYRING)


@pytest.mark.parametrize(
    "text",
    ["", "c2sp.org/tlog-proof@v1\n\ncheckpoint", "c2sp.org/tlog-proof@v2\nindex 0\n\ncheckpoint",
     "c2sp.org/tlog-proof@v1\nindex 00\n\ncheckpoint", "c2sp.org/tlog-proof@v1\nextra AA==\nindex 0\n\ncheckpoint",
     "c2sp.org/tlog-proof@v1\nindex 0\nAB==\n\ncheckpoint", "c2sp.org/tlog-proof@v1\nindex 0\n" + "AA==\n" * 64 + "\ncheckpoint"],
    ids=range(7),
)  # fmt: skip
def test_misshapen_proofs_are_refused(text):
    """A text of another shape is no proof; unauthenticated extra data is not read."""
    with pytest.raises(ProofBroken):
        parse_proof(text)
