# SPDX-License-Identifier: Apache-2.0
"""Acts commit, some of them late, while two sequencers race and others are killed; nothing is lost or doubled.

python sequencers_racing.py HOME ACTS KILLS
"""

import http.client
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from scratch import close, in_child, set_up

HOME, ACTS, KILLS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
NOW = datetime(2026, 3, 1, tzinfo=UTC)
WRITERS = 3
set_up(HOME)

from django.conf import settings  # noqa: E402

from upheld.clock import SimulatedClock  # noqa: E402
from upheld.crypto.randomness import uuid7  # noqa: E402
from upheld.errors import UpheldError  # noqa: E402
from upheld.ledger.verify import Known, Verdict, verify_log  # noqa: E402
from upheld.storage import log_keys, reconciling, sequencer, stored_log, witness_process  # noqa: E402
from upheld.storage.acts import act  # noqa: E402
from upheld.storage.intents import EffectIntent  # noqa: E402

LOG_VKEY = sequencer.make_log_key("evidence.upheld.example/race")
WITNESS_FOLDER, COMMITTED = Path(HOME) / "witness", Path(HOME) / "committed"


class Happened(StrEnum):
    GIVEN = "consent.record.given"


def write(writer):
    chance = random.Random(writer)
    with COMMITTED.open("a", buffering=1) as committed:
        for number in range(ACTS):
            with act() as acting:
                EffectIntent.objects.create(effect_id=uuid7(NOW), kind=f"{writer}.{number}", facts={}, intended_at=NOW)
                evidence_id = acting.record(
                    Happened.GIVEN,
                    now=NOW,
                    subject=None,
                    clause=None,
                    control=None,
                    facts={"writer": writer, "number": number},
                )
                if chance.random() < 0.05:
                    time.sleep(0.02)  # a late commit: others with later numbers overtake this one
            committed.write(f"{evidence_id}\n")


def sequence():
    while not (Path(HOME) / "stop").exists():
        try:
            sequencer.step(now=NOW, post=post, batch=7)
        except UpheldError:  # two transactions met: the next round goes on
            time.sleep(0.005)


def post(body):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    try:
        connection.request("POST", "/add-checkpoint", body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def child(work):
    close()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def check():
    while sequencer.step(now=NOW, post=post).drained:
        pass
    assert [] == reconciling.reconcile(), reconciling.reconcile()
    found = [str(one.evidence_id) for one in stored_log.entries_from()]
    assert WRITERS * ACTS == len(found) == len(set(found)) == EffectIntent.objects.count(), (
        len(found),
        EffectIntent.objects.count(),
    )
    assert set(found) == set(COMMITTED.read_text().split())
    files = stored_log.LogFiles()
    known = Known(place="witness", content=(WITNESS_FOLDER / "checkpoint").read_bytes())
    assert Verdict.WITNESSED == verify_log(files.read, files.names(), log_keys.own_keyring(), known=[known]).verdict


running = witness_process.server(
    address="127.0.0.1", port=0, folder=WITNESS_FOLDER, log_vkey=LOG_VKEY, clock=SimulatedClock(NOW)
)
PORT = running.server_address[1]
settings.UPHELD["WITNESS_VKEY"] = running.witness.vkey
witness_pid = child(running.serve_forever)
writers = [child(lambda writer=writer: write(writer)) for writer in range(WRITERS)]
steady = [child(sequence) for _ in range(2)]
kills, chance = 0, random.Random(1)
for _ in range(KILLS):
    victim = child(sequence)
    time.sleep(chance.uniform(0.01, 0.15))
    os.kill(victim, signal.SIGKILL)
    kills += os.waitstatus_to_exitcode(os.waitpid(victim, 0)[1]) == -9
codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in writers]
(Path(HOME) / "stop").touch()
codes += [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in steady]
try:
    assert codes == [0] * 5, codes
    assert in_child(check) == 0
finally:
    os.kill(witness_pid, signal.SIGKILL)
    os.waitpid(witness_pid, 0)
print(kills)
