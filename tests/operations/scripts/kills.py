# SPDX-License-Identifier: Apache-2.0
"""Kill what serves, what works and what sequences at random moments of a running load; then count.

python kills.py FOLDER KILLS SEED

Two processes call the services as the web does, two are whole workers (jobs, and a sequencer each), one keeps the
evidence log alone. Each is forked from this one, so that a kill finds it at work and not among its imports. The
witness runs beside them and is not killed.
"""

import os
import random
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from scratch import begin, close, upheld

FOLDER, KILLS, SEED = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
begin(FOLDER / "home")

from django.conf import settings  # noqa: E402
from django.db.models import Count  # noqa: E402

from tests.houses import House  # noqa: E402
from upheld.clock import SimulatedClock, SystemClock  # noqa: E402
from upheld.config import working  # noqa: E402
from upheld.consent.models import ConsentRecord  # noqa: E402
from upheld.errors import UpheldError  # noqa: E402
from upheld.keys import service as keys  # noqa: E402
from upheld.ledger import entries  # noqa: E402
from upheld.people.models import Account  # noqa: E402
from upheld.retention import erasing  # noqa: E402
from upheld.retention.models import Erasure  # noqa: E402
from upheld.retention.values import Because  # noqa: E402
from upheld.storage import journal, log_keys, reconciling, sequencer, stored_log, witness_process  # noqa: E402
from upheld.storage.intents import EffectIntent  # noqa: E402
from upheld.storage.jobs import Worker  # noqa: E402
from upheld.storage.jobs.models import JobRun, JobStep  # noqa: E402
from upheld.terms import DataSubjectId  # noqa: E402

DONE = FOLDER / "done"
"""What the services said was done: a line each, written after they returned."""
dice = random.Random(SEED)
house = House("baby-device", now=SystemClock().now())
house.clock = SystemClock()


def load(seed: int):
    """Live a little: register, agree, store, look, withdraw, ask for erasure."""
    mine = random.Random(seed)
    said = os.open(DONE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    people: list[DataSubjectId] = []
    while True:
        try:
            if len(people) < 3 or mine.random() < 0.3:
                person = house.person("purpose:profile")
                people.append(person)
                os.write(said, f"person {person}\n".encode())
            person = mine.choice(people)
            house.collect(person, "profile", nickname="Mimi")
            house.collect(person, "orders", orders="one bottle")
            house.open(person, "profile", "nickname")
            if mine.random() < 0.3:
                people.remove(person)
                house.withdraw(person, "purpose:profile")
                os.write(said, f"withdrawn {person}\n".encode())
                begun = erasing.begin(data_subject_id=person, because=Because.REQUEST, now=house.now)
                os.write(said, f"erasure {begun}\n".encode())
        except UpheldError:  # a moment of contention; a person would try again
            time.sleep(0.02)


def witnessed():
    """Start the witness in a process of its own and tell this deployment of it."""
    folder, vkey = FOLDER / "witness", log_keys.log_signer().verifier.to_text()
    running = witness_process.server(address="127.0.0.1", port=0, folder=folder, log_vkey=vkey, clock=SystemClock())
    settings.UPHELD["WITNESS_URL"] = f"http://127.0.0.1:{running.server_address[1]}"
    settings.UPHELD["WITNESS_VKEY"] = (folder / "witness.vkey").read_text().strip()
    return forked(running.serve_forever), folder / "checkpoint"


def forked(play) -> int:
    close()
    pid = os.fork()
    if pid:
        return pid
    try:
        play()
    finally:
        os._exit(1)


PARTS = {
    "web": lambda: load(dice.randrange(1 << 30)),
    "web again": lambda: load(dice.randrange(1 << 30)),
    "worker": lambda: working.work(SystemClock(), threading.Event()),
    "worker again": lambda: working.work(SystemClock(), threading.Event()),
    "sequencer": lambda: working._keep_log(SystemClock(), threading.Event()),
}


def kill(pid: int):
    os.kill(pid, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def run_and_kill():
    alive = {}
    for name, play in PARTS.items():
        dice.random()
        alive[name] = forked(play)
    time.sleep(2)
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.05, 1.5))
        name = dice.choice(sorted(PARTS))
        kill(alive[name])
        dice.random()
        alive[name] = forked(PARTS[name])
    time.sleep(1)
    for pid in alive.values():
        kill(pid)


def settle():
    """Let a worker that nobody kills finish, past the leases of the dead ones."""
    ahead = SystemClock().now() + timedelta(minutes=6)
    worker = Worker(SimulatedClock(ahead), system_clock=SimulatedClock(ahead))
    worker.run_until_idle()
    journal.reconcile(now=ahead)
    while JobRun.objects.filter(status__in=("ready", "running"), key__startswith="erase").exists():
        ahead += timedelta(minutes=2)
        Worker(SimulatedClock(ahead), system_clock=SimulatedClock(ahead)).run_until_idle()
    from upheld.storage import witness_client

    step = sequencer.step(now=SystemClock().now(), post=witness_client.configured_post())
    assert not step.trouble, step.trouble


def count_evidence():
    """Every act is in the log exactly as often as it is in the tables."""
    kinds = [entries.read(one.leaf).kind for one in stored_log.entries_from()]
    assert kinds.count("people.account.opened") == Account.objects.count()
    given, taken = kinds.count("consent.record.given"), kinds.count("consent.record.withdrawn")
    assert given + taken == ConsentRecord.objects.count(), (given, taken, ConsentRecord.objects.count())
    assert kinds.count("retention.erasure.begun") == Erasure.objects.count()
    assert kinds.count("retention.erasure.done") == Erasure.objects.filter(state="done").count()
    return len(kinds)


def count_effects():
    """Every intent has its outcome, every job ended once, nothing erased can be opened, nothing said done is lost."""
    assert not EffectIntent.objects.filter(settled_at=None).exists()
    unfinished = JobRun.objects.exclude(status="done").filter(run_at__lte=SystemClock().now())
    assert not unfinished.exists(), list(unfinished.values_list("kind", "status", "step", "last_error"))
    ended = JobRun.objects.filter(status="done").annotate(n=Count("id")).values_list("id", "steps_done")
    counted = dict(JobStep.objects.values_list("run_id").annotate(n=Count("id")))
    assert all(counted.get(run, 0) == steps for run, steps in ended)
    assert not Erasure.objects.exclude(state="done").exists()
    for erasure in Erasure.objects.all():
        left = [p for p in keys.places(data_subject_id=DataSubjectId(erasure.data_subject_id)) if not p.is_destroyed]
        assert left == [] or all(not place.clause.startswith("storage.") for place in left), left
    for line in DONE.read_text().splitlines():
        what, found = line.split()
        if what == "person":
            assert Account.objects.filter(data_subject_id=found).exists(), line
        if what == "erasure":
            assert Erasure.objects.filter(id=found, state="done").exists(), line


witness, checkpoint = witnessed()
try:
    run_and_kill()
    settle()
finally:
    kill(witness)
size = count_evidence()
count_effects()
assert journal.standing() is journal.Standing.IN_STEP
assert reconciling.reconcile() == []
board = house.board()
assert not board.counts["broken"], [line.clause for line in board.lines if line.status.value == "broken"]
pinned = FOLDER / "keys"
pinned.write_text(f"{log_keys.log_signer().verifier.to_text()}\n{settings.UPHELD['WITNESS_VKEY']}\n")
close()
stored_log.export(FOLDER / "log")
said = upheld("verify", FOLDER / "log", "--key", pinned, "--known", checkpoint, "--witnessed")
assert said.splitlines()[0].endswith("witnessed"), said
print(KILLS, size, Account.objects.count(), Erasure.objects.count())
