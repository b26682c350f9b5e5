# SPDX-License-Identifier: Apache-2.0
"""Evidence becomes entries exactly once, and rows and log agree."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from upheld.crypto.signing import Signer, Verifier
from upheld.errors import Conflict, Misconfigured, NotFound, UpheldError
from upheld.ledger import entries
from upheld.ledger.merkle import leaf_hash, root_of
from upheld.ledger.notes import Keyring
from upheld.ledger.receipts import Disclosed
from upheld.ledger.faults import LogBroken
from upheld.ledger.verify import Known, Verdict, verify_log, verify_receipt_file
from upheld.storage import ledger_models as tables
from upheld.storage import log_keys, reconciling, sequencer, stored_log
from upheld.storage.acts import Evidence, SubjectRef, act
from upheld.storage.generations import begin_generation
from upheld.storage.witness_process import Witness
from upheld.storage.witnessing import WitnessRefused

NOW = datetime(2026, 1, 1, 8, tzinfo=UTC)


class Happened(StrEnum):
    GIVEN = "consent.record.given"


@pytest.fixture(autouse=True)
def log_key(tmp_path, settings):
    settings.UPHELD = {**settings.UPHELD, "LOG_KEYS": tmp_path / "log-keys", "WITNESS_VKEY": ""}
    return sequencer.make_log_key("evidence.upheld.example/test")


@pytest.fixture
def witness(tmp_path, log_key, settings):
    """A witness with a folder of its own, and a way to post to it."""
    witness = Witness(tmp_path / "witness", (Verifier.parse(log_key),))
    settings.UPHELD = {**settings.UPHELD, "WITNESS_VKEY": witness.vkey}
    yield witness
    witness.close()


def post_to(witness):
    def post(body):
        answer = witness.answer(body, at_seconds=int(NOW.timestamp()))
        return answer.status, answer.body.encode()

    return post


def happen(count=1, *, at=NOW, **facts):
    found = []
    for number in range(count):
        with act() as acting:
            found.append(
                acting.record(
                    Happened.GIVEN,
                    now=at,
                    subject=None,
                    clause="consent.photos",
                    control=None,
                    facts={"number": number, **facts},
                )
            )
    return found


def drain_all(batch=500):
    while sequencer.drain(batch=batch):
        pass


def test_evidence_becomes_entries_once_and_in_order():
    """Each row gets one index, in the order of its arrival; the waiting rows are gone; the root is that of the leaves."""
    ids = happen(700)
    assert 700 == sequencer.lag(now=NOW).waiting
    drain_all(batch=300)
    found = list(stored_log.entries_from())
    assert list(range(700)) == [entry.index for entry in found]
    assert ids == [entry.evidence_id for entry in found]
    head = stored_log.head()
    assert (700, root_of(leaf_hash(entry.leaf) for entry in found)) == (head.size, head.root)
    assert (0, timedelta(0)) == (sequencer.lag(now=NOW).waiting, sequencer.lag(now=NOW).oldest)
    assert 0 == sequencer.drain()
    assert [] == reconciling.reconcile()


def test_late_commit_of_an_early_arrival_is_taken():
    """A row whose number and id are older than what is in the log already is not lost."""
    (late,) = happen(1, at=NOW)
    row = tables.EvidenceIntake.objects.get()
    row.delete()
    happen(5, at=NOW + timedelta(hours=1))
    drain_all()
    tables.EvidenceIntake.objects.create(arrival=1, evidence_id=late, leaf=row.leaf, at=row.at)
    drain_all()
    assert late == list(stored_log.entries_from(5))[0].evidence_id
    assert [] == reconciling.reconcile()


def test_an_entry_says_what_was_recorded():
    """Policy, actor and record have fields of their own; the subject is a reference; the rest are facts."""
    evidence = Evidence(
        event="vault.item.opened", at=NOW, subject=SubjectRef(ref="f" * 64, nonce="n1"), clause="storage.profile",
        control="vault.permit_needed", facts={"policy": "p", "actor": "staff", "record": "r", "expired": False},
    )  # fmt: skip
    sequencer.take_in(evidence)
    drain_all()
    entry = entries.read(next(stored_log.entries_from()).leaf)
    assert ("p", "staff", "r", "f" * 64, "n1") == (
        entry.policy,
        entry.actor,
        entry.record,
        entry.subject_ref,
        entry.nonce,
    )
    assert {"expired": False} == entry.facts
    with pytest.raises(UpheldError):
        sequencer.take_in(Evidence(event="a.b", at=NOW, subject=None, clause=None, control=None, facts={"actor": 5}))


def test_lag_shows_the_oldest():
    """The lag is the age of the oldest evidence without an index."""
    happen(2, at=NOW)
    assert timedelta(seconds=90) == sequencer.lag(now=NOW + timedelta(seconds=90)).oldest


def test_losing_the_race_changes_nothing(monkeypatch):
    """A sequencer that finds the head moved undoes everything and takes nothing."""
    happen(3)
    read = sequencer._head

    def stale():
        head = read()
        tables.LedgerHead.objects.filter(only=1).update(size=7)
        return head

    monkeypatch.setattr(sequencer, "_head", stale)
    with pytest.raises(sequencer.HeadMoved):
        sequencer.drain()
    monkeypatch.undo()
    assert (3, 0, 0) == (
        tables.EvidenceIntake.objects.count(), tables.LedgerEntry.objects.count(), tables.LedgerTile.objects.count()
    )  # fmt: skip
    drain_all()
    assert [] == reconciling.reconcile()


def test_receipt_after_the_checkpoint(log_key):
    """A receipt is to be had once a checkpoint covers the evidence; it verifies with the printed key alone."""
    (evidence_id,) = happen()
    with pytest.raises(Conflict, match="no index"):
        stored_log.receipt_for(evidence_id)
    sequencer.drain()
    with pytest.raises(Conflict, match="no checkpoint"):
        stored_log.receipt_for(evidence_id)
    assert sequencer.publish(now=NOW)
    assert not sequencer.publish(now=NOW)
    receipt = stored_log.receipt_for(evidence_id)
    outcome = verify_receipt_file(receipt, Keyring.of([Verifier.parse(log_key)]))
    assert Verdict.CONSISTENT_NOT_WITNESSED == outcome.verdict
    with pytest.raises(NotFound):
        stored_log.receipt_for(type(evidence_id)(int=1))


def test_receipt_discloses_a_record(log_key):
    """What an entry commits to is disclosed to the person, and holds."""
    salt, record = bytes(16), {"what": "consent"}
    (evidence_id,) = happen(record=entries.commit(salt, record))
    sequencer.step(now=NOW)
    receipt = stored_log.receipt_for(evidence_id, Disclosed(salt=salt, record=record))
    verify_receipt_file(receipt, Keyring.of([Verifier.parse(log_key)]))


def test_checkpoints_are_witnessed(witness):
    """Step by step the witness signs; what it signed is what an export shows."""
    for count in (1, 30, 300):
        happen(count)
        done = sequencer.step(now=NOW, post=post_to(witness))
        assert (count, True, True, "") == (done.drained, done.published, done.witnessed, done.trouble)
    idle = sequencer.step(now=NOW, post=post_to(witness))
    assert (0, False, False) == (idle.drained, idle.published, idle.witnessed)
    assert 3 == len([one for one in stored_log.checkpoints() if one.witnessed_at])
    files = stored_log.LogFiles()
    assert Verdict.WITNESSED == verify_log(files.read, files.names(), log_keys.own_keyring()).verdict


def test_acts_go_on_without_the_witness(witness):
    """A witness that fails is shown in words; the log grows, and catches up once it is back."""
    happen(3)

    def down(_):
        return 503, b""

    done = sequencer.step(now=NOW, post=down)
    assert (3, True, False) == (done.drained, done.published, done.witnessed)
    assert "503" in done.trouble
    happen(3)
    assert sequencer.step(now=NOW, post=post_to(witness)).witnessed
    assert [] == reconciling.reconcile()


def test_log_catches_up_with_what_the_witness_remembers(witness):
    """Where the witness signed but its answer was lost, the log learns the size from it and goes on."""
    happen(3)

    def lost(body):
        post_to(witness)(body)
        return 504, b""

    assert "504" in sequencer.step(now=NOW, post=lost).trouble
    happen(4)
    assert sequencer.step(now=NOW, post=post_to(witness)).witnessed


def test_witness_names_a_lost_tail(witness):
    """A log restored to an older state is refused by the witness, in words."""
    happen(5)
    sequencer.step(now=NOW, post=post_to(witness))
    for table in (tables.LedgerEntry, tables.LedgerTile, tables.LedgerHead, tables.LedgerCheckpoint):
        table.objects.all().delete()
    happen(3)
    sequencer.drain()
    sequencer.publish(now=NOW)
    with pytest.raises(WitnessRefused, match="signed 5 entries before, this log has 3"):
        sequencer.ask_witness(post_to(witness), now=NOW)
    happen(3, different=True)
    assert "another history" in sequencer.step(now=NOW, post=post_to(witness)).trouble


def test_export_verifies_and_is_complete(tmp_path, log_key):
    """The exported folder verifies with nothing but the key; a folder with something in it is not written to."""
    happen(300)
    sequencer.step(now=NOW)
    happen(10)
    sequencer.drain()
    assert 300 == stored_log.export(tmp_path / "out")
    names = [str(file.relative_to(tmp_path / "out")) for file in (tmp_path / "out").rglob("*") if file.is_file()]

    def read(name):
        file = tmp_path / "out" / name
        return file.read_bytes() if file.is_file() else None

    assert 300 == verify_log(read, names, Keyring.of([Verifier.parse(log_key)])).size
    with pytest.raises(Conflict):
        stored_log.export(tmp_path / "out")


def test_nothing_published_is_no_export(tmp_path):
    """Before the first checkpoint there is nothing to export."""
    with pytest.raises(NotFound):
        stored_log.export(tmp_path / "out")


@pytest.mark.parametrize("published", [False, True], ids=["unpublished", "published"])
def test_tampering_with_rows_is_found(published):
    """Deleting, changing, moving or doubling rows behind the log's back is named."""
    happen(5)
    sequencer.drain()
    if published:
        sequencer.publish(now=NOW)
    entry = tables.LedgerEntry.objects.get(index=2)
    tables.LedgerEntry.objects.filter(index=2).delete()
    assert ["entry_missing"] == [fault.code for fault in reconciling.reconcile()]
    entry.save(force_insert=True)
    tables.EvidenceIntake.objects.create(evidence_id=entry.evidence_id, leaf=entry.leaf, at=NOW)
    assert ["entry_twice"] == [fault.code for fault in reconciling.reconcile()]
    tables.EvidenceIntake.objects.all().delete()
    tables.LedgerEntry.objects.filter(index=4).update(index=40)
    assert ["entry_beyond_head"] == [fault.code for fault in reconciling.reconcile()]
    tables.LedgerEntry.objects.filter(index=40).update(index=4)
    assert [] == reconciling.reconcile()
    tables.LedgerEntry.objects.filter(index=2).update(leaf=bytes(entry.leaf).replace(b'"number":2', b'"number":9'))
    if published:
        assert ["entry 2"] == [fault.place for fault in reconciling.reconcile()]


def test_a_cut_tail_is_found_by_the_checkpoints_left():
    """Cutting entries, tiles and head back, but not the checkpoints, names the cut."""
    happen(3)
    sequencer.step(now=NOW)
    small = tables.LedgerHead.objects.get()
    tile = tables.LedgerTile.objects.get()
    happen(3)
    sequencer.step(now=NOW)
    tables.LedgerEntry.objects.filter(index__gte=3).delete()
    tables.LedgerHead.objects.update(size=3, root=small.root)
    tables.LedgerTile.objects.update(hashes=tile.hashes)
    assert ["tail_missing"] == [fault.code for fault in reconciling.reconcile()]


def test_log_key_is_made_once_and_kept_private(log_key, settings):
    """A second set-up keeps the key; a key that others can read, or none, is refused."""
    assert log_key == sequencer.make_log_key("another.example")
    file = settings.UPHELD["LOG_KEYS"] / "evidence-log.key"
    assert 0o600 == file.stat().st_mode & 0o777
    assert isinstance(log_keys.log_signer(), Signer)
    file.chmod(0o644)
    with pytest.raises(Misconfigured, match="read by others"):
        log_keys.log_signer()
    file.unlink()
    with pytest.raises(Misconfigured, match="no key file"):
        log_keys.log_signer()


def test_draining_asks_a_bounded_number_of_questions(django_assert_max_num_queries):
    """A batch of hundreds costs a handful of statements, not one for each row."""
    happen(400)
    with django_assert_max_num_queries(16):
        sequencer.drain()


def test_a_restore_that_lost_the_tail_begins_a_generation(witness, tmp_path):
    """The new generation commits to what was lost, the witness signs it, and nothing pretends that nothing happened."""
    happen(3)
    sequencer.step(now=NOW, post=post_to(witness))
    head, tile = tables.LedgerHead.objects.get(), tables.LedgerTile.objects.get()
    happen(3)
    sequencer.step(now=NOW, post=post_to(witness))
    known = (tmp_path / "witness" / "checkpoint").read_bytes()
    with pytest.raises(Conflict, match="nothing was lost"):
        begin_generation(known, now=NOW)
    tables.LedgerEntry.objects.filter(index__gte=3).delete()
    tables.LedgerCheckpoint.objects.filter(size__gt=3).delete()
    tables.LedgerHead.objects.update(size=3, root=head.root)
    tables.LedgerTile.objects.update(hashes=tile.hashes)
    assert 1 == begin_generation(known, now=NOW)
    happen(1)
    assert sequencer.step(now=NOW, post=post_to(witness)).witnessed
    entry = entries.read(list(stored_log.entries_from(3))[0].leaf)
    assert ("ledger.generation.begun", 6, 3) == (entry.kind, entry.facts["size"], entry.facts["kept"])
    assert [] == reconciling.reconcile()
    files = stored_log.LogFiles()
    outcome = verify_log(files.read, files.names(), log_keys.own_keyring())
    assert (Verdict.WITNESSED, "evidence.upheld.example/test/generation/1") == (outcome.verdict, outcome.origin)
    with pytest.raises(LogBroken, match="1 were cut off"):
        verify_log(files.read, files.names(), log_keys.own_keyring(), known=[Known(place="witness", content=known)])


def flips(content):
    """The content with one bit flipped, at each end and in the middle."""
    for at in {0, len(content) // 2, len(content) - 1}:
        altered = bytearray(content)
        altered[at] ^= 1
        yield bytes(altered)


def test_flipping_any_stored_byte_is_found():
    """One bit of any entry, tile, head or checkpoint: the log no longer agrees with itself, and says where."""
    for count in (3, 290):
        happen(count)
        sequencer.step(now=NOW)
    columns = [
        *((tables.LedgerEntry, "leaf", {"index": index}) for index in (0, 5, 256, 292)),
        *((tables.LedgerTile, "hashes", {"place": row.place}) for row in tables.LedgerTile.objects.all()),
        (tables.LedgerHead, "root", {"only": 1}),
        *((tables.LedgerCheckpoint, "note", {"size": size}) for size in (3, 293)),
    ]
    assert 10 == len(columns)
    for table, column, key in columns:
        rows = table.objects.filter(**key)
        content = bytes(rows.values_list(column, flat=True).get())
        for altered in flips(content):
            rows.update(**{column: altered})
            assert reconciling.reconcile(), (table.__name__, key)
        rows.update(**{column: content})
        assert [] == reconciling.reconcile()
