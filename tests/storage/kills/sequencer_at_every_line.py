# SPDX-License-Identifier: Apache-2.0
"""Kill a sequencer at every line of storage and ledger; after each, the next one goes on and the log is whole.

python sequencer_at_every_line.py HOME STRIDE
"""

import itertools
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from scratch import in_child, kill_self_at_line, set_up

HOME, STRIDE = sys.argv[1], int(sys.argv[2])
NOW = datetime(2026, 3, 1, tzinfo=UTC)
set_up(HOME)

from django.conf import settings  # noqa: E402

from upheld.crypto.signing import Verifier  # noqa: E402
from upheld.ledger.verify import Known, Verdict, verify_log  # noqa: E402
from upheld.storage import log_keys, reconciling, sequencer, stored_log  # noqa: E402
from upheld.storage.acts import act  # noqa: E402
from upheld.storage.witness_process import Witness  # noqa: E402

LOG_VKEY = sequencer.make_log_key("evidence.upheld.example/kills")
WITNESS_FOLDER = Path(HOME) / "witness"


class Happened(StrEnum):
    GIVEN = "consent.record.given"


def open_witness():
    witness = Witness(WITNESS_FOLDER, (Verifier.parse(LOG_VKEY),))
    settings.UPHELD["WITNESS_VKEY"] = witness.vkey
    return witness


def post_to(witness):
    def post(body):
        answer = witness.answer(body, at_seconds=1_767_225_600)
        return answer.status, answer.body.encode()

    return post


def happen():
    for number in range(3):
        with act() as acting:
            acting.record(Happened.GIVEN, now=NOW, subject=None, clause=None, control=None, facts={"number": number})


def step():
    witness = open_witness()
    done = sequencer.step(now=NOW, post=post_to(witness), batch=2)
    assert not done.trouble, done.trouble


def step_until(line):
    def work():
        happen()
        kill_self_at_line(line, "upheld/storage")
        step()
        sys.settrace(None)

    return work


def check():
    step()
    assert [] == reconciling.reconcile(), reconciling.reconcile()
    found = list(stored_log.entries_from())
    assert trials * 3 == len(found) == len({one.evidence_id for one in found}), (trials, len(found))
    files = stored_log.LogFiles()
    known = Known(place="witness", content=(WITNESS_FOLDER / "checkpoint").read_bytes())
    assert Verdict.WITNESSED == verify_log(files.read, files.names(), log_keys.own_keyring(), known=[known]).verdict


trials = kills = 0
for line in itertools.count(1, STRIDE):
    code = in_child(step_until(line))
    trials += 1
    kills += code == -9
    if code == 0:
        break
    assert code == -9, code
    if kills % 20 == 0:
        assert in_child(check) == 0
assert in_child(check) == 0
print(kills)
