# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to an exported log or a receipt is noticed and named."""

import random

import pytest

from tests.ledger.worlds import KEYRING, LOG_ALONE, OTHER, Log
from upheld.ledger.faults import LogBroken
from upheld.ledger.notes import Keyring
from upheld.ledger.tiles import bundle, bundle_path, split_bundle
from upheld.ledger.verify import Known, Verdict, checkpoint_path, verify_log, verify_receipt_file

SIZE = 600


@pytest.fixture(scope="module")
def grown():
    log = Log()
    for step in (1, 17, 300, SIZE - 318):
        log.grow(step)
        log.checkpoint()
    return log


@pytest.fixture
def files(grown):
    return grown.files()


def check(files, keyring=KEYRING, known=()):
    return verify_log(files.get, files, keyring, known=known)


def broken(files, **more):
    with pytest.raises(LogBroken) as raised:
        check(files, **more)
    return [(fault.code, fault.place) for fault in raised.value.faults]


def test_an_untouched_log_holds(files, grown):
    """The log verifies, and the outcome says whose key was trusted and what the witness saw."""
    outcome = check(files)
    assert (Verdict.WITNESSED, SIZE) == (outcome.verdict, outcome.size)
    assert f"{KEYRING.log.name}+{KEYRING.log.key_id.hex()}" == outcome.log_key
    assert grown.root() == outcome.root


def test_without_the_witness_key_less_is_known(files):
    """Without a pinned witness the log is consistent, and the outcome does not claim more."""
    outcome = check(files, LOG_ALONE)
    assert Verdict.CONSISTENT_NOT_WITNESSED == outcome.verdict
    assert ("witness.upheld.example",) == outcome.strangers


def test_an_empty_log_holds():
    """A log without entries has one checkpoint and nothing else."""
    log = Log()
    log.checkpoint()
    assert 0 == check({"checkpoint": log.notes[0]}).size


def test_flipping_any_byte_is_noticed_and_names_the_file(files):
    """One flipped byte anywhere, in any file: the log is refused, and the file or the entry is named."""
    chance = random.Random(1)
    for name, content in files.items():
        places = range(len(content)) if len(content) < 60 else chance.sample(range(len(content)), 15)
        for at in places:
            altered = bytearray(content)
            altered[at] ^= 1 << chance.randrange(8)
            found = broken({**files, name: bytes(altered)})
            if name.startswith("tile/entries/"):
                first = int(name[13:16]) * 256
                named = {place for _, place in found}
                assert name in named or any(f"entry {index}" in named for index in range(first, SIZE))
            else:
                assert name in {place for _, place in found}, (name, at, found)


def test_an_altered_entry_is_named_by_its_index(files):
    """Changing one fact of entry 300 names entry 300 and nothing else."""
    name = bundle_path(1)
    leaves = split_bundle(files[name])
    leaves[44] = leaves[44].replace(b'"twist":0', b'"twist":1')
    assert [("entry_altered", "entry 300")] == broken({**files, name: bundle(leaves)})


def test_a_deleted_entry_is_named(files):
    """Removing entry 300 from its bundle names the bundle, and 300 as the first that moved."""
    name = bundle_path(1)
    leaves = split_bundle(files[name])
    del leaves[44]
    found = broken({**files, name: bundle(leaves)})
    assert ("entry_missing", name) == found[0]
    assert ("entry_moved", "entry 300") == found[1]


def test_reordered_entries_are_named(files):
    """Swapping entries 300 and 301 names both."""
    name = bundle_path(1)
    leaves = split_bundle(files[name])
    leaves[44], leaves[45] = leaves[45], leaves[44]
    assert [("entry_moved", "entry 300"), ("entry_moved", "entry 301")] == broken({**files, name: bundle(leaves)})


def test_an_altered_tile_is_named_and_its_entries_are_not(files):
    """A tile that differs from the entries is named, since the entries give the signed root."""
    for name in [name for name in files if name.startswith("tile/") and "entries" not in name]:
        altered = bytes([files[name][0] ^ 1]) + files[name][1:]
        assert [("tile_altered", name)] == broken({**files, name: altered})
        assert [("tile_altered", name)] == broken({**files, name: files[name][:-32]})


def test_entries_and_tiles_altered_together_do_not_fit_the_checkpoint(files, grown):
    """Who rewrites entries and every tile still has not the signature over the new root."""
    forged = Log(SIZE, twist=1)
    forged.notes = dict(grown.notes)
    assert ("root_differs", "tree") in broken(forged.files())


def test_missing_files_are_named(files):
    """Each file that is gone is named."""
    for name in files:
        left = {other: content for other, content in files.items() if other != name}
        if name.startswith("checkpoints/") and name != checkpoint_path(SIZE):
            check(left)  # an older checkpoint proves no more than the latest
        else:
            assert name in {place for _, place in broken(left)}


def test_strays_are_named(files):
    """Nothing can hide beside the log."""
    assert [("stray_file", "tile/0/999")] == broken({**files, "tile/0/999": b""})
    assert [("stray_file", "tile/hidden")] == broken({**files, "tile/hidden": b""})
    check({**files, "README.txt": b"for the auditor"})


def test_a_cut_tail_is_named_by_whoever_knew_it(files, grown):
    """A log cut back with its checkpoints looks whole; the witness's checkpoint or one receipt names the cut."""
    short = Log()
    for step in (1, 17, 300):
        short.grow(step)
        short.checkpoint()
    cut = short.files()
    assert 318 == check(cut).size
    receipt = grown.receipt(5)
    for place, content in (("witness", grown.notes[SIZE]), ("receipt", receipt)):
        assert [("tail_missing", place)] == broken(cut, known=[Known(place=place, content=content)])
        check(files, known=[Known(place=place, content=content)])
    early = Known(place="early", content=grown.notes[18])
    check(cut, known=[early])


def test_a_cut_tail_with_checkpoints_left_is_named(files, grown):
    """Cutting the log and forgetting a checkpoint names that checkpoint."""
    short = Log()
    for step in (1, 17, 300):
        short.grow(step)
        short.checkpoint()
    cut = short.files() | {checkpoint_path(SIZE): grown.notes[SIZE]}
    assert [("tail_missing", checkpoint_path(SIZE))] == broken(cut)


def test_rewritten_history_is_named(files, grown):
    """A log rebuilt and signed anew with the log's own key contradicts what is known outside and what it published."""
    forged = Log()
    for step in (1, 17, 300, SIZE - 318):
        forged.grow(step, twist=1)
        forged.checkpoint()
    check(forged.files())
    known = [Known(place="witness", content=grown.notes[318]), Known(place="receipt", content=grown.receipt(5))]
    assert [("history_rewritten", "witness"), ("history_rewritten", "receipt")] == broken(forged.files(), known=known)
    mixed = forged.files() | {checkpoint_path(18): grown.notes[18]}
    assert [("checkpoint_altered", checkpoint_path(18))] == broken(mixed)
    assert [("known_altered", "other")] == broken(files, known=[Known(place="other", content=b"{}")])


def test_checkpoints_in_the_wrong_place_are_named(files, grown):
    """A checkpoint under another size's name is named."""
    moved = files | {checkpoint_path(18): grown.notes[1]}
    assert [("checkpoint_misplaced", checkpoint_path(18))] == broken(moved)


def test_another_key_is_refused(files):
    """A log that somebody else signed does not verify under the pinned key."""
    assert [("checkpoint_altered", "checkpoint")] == broken(files, keyring=Keyring.of([OTHER.verifier]))


def test_receipt_holds_and_every_flipped_byte_breaks_it(grown):
    """A receipt needs the pinned keys alone, and no byte of it can change."""
    receipt = grown.receipt(300)
    outcome = verify_receipt_file(receipt + b"\n", KEYRING)
    assert (Verdict.WITNESSED, SIZE) == (outcome.verdict, outcome.size)
    assert Verdict.CONSISTENT_NOT_WITNESSED == verify_receipt_file(receipt, LOG_ALONE).verdict
    for at in range(len(receipt)):
        altered = bytearray(receipt)
        altered[at] ^= 1 << at % 8
        with pytest.raises(LogBroken):
            verify_receipt_file(bytes(altered), KEYRING)


def test_receipt_of_another_entry_is_refused(grown):
    """The proof of one entry does not carry another, nor another record."""
    mine, other = grown.receipt(5).decode(), grown.leaves[6].decode()
    for altered in (mine.replace(grown.leaves[5].decode(), other), mine.replace('"given":true', '"given":false')):
        assert mine != altered
        with pytest.raises(LogBroken):
            verify_receipt_file(altered.encode(), KEYRING)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b'{"format":"upheld-receipt/v1"}', bytes(70_000)], ids=range(6)
)
def test_misshapen_receipts_are_refused(content):
    """Whatever is no receipt is refused with one fault."""
    with pytest.raises(LogBroken, match="receipt"):
        verify_receipt_file(content, KEYRING)
