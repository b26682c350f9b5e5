# SPDX-License-Identifier: Apache-2.0
"""Health, readiness and metrics."""

import subprocess
import sys

import pytest

from tests.web.api.calling import Program, django_alone, hot_in_front, house_now, key_for
from upheld.crypto.randomness import uuid7
from upheld.people.permissions import Permission
from upheld.storage import journal
from upheld.storage.journal import Narrowed
from upheld.web.api import counters


@pytest.fixture
def anyone():
    return Program(django_alone())


def test_a_process_that_answers_is_healthy(anyone):
    """Without a database, without a key."""
    answer = anyone.get("/healthz")
    assert (200, b"ok\n") == (answer.status, answer.body)


def test_ready_means_that_a_version_is_in_force(anyone):
    """Before the first version nothing can be served."""
    assert (503, b"no-version-in-force\n") == ((found := anyone.get("/readyz")).status, found.body)
    house_now()
    assert 200 == anyone.get("/readyz").status


def test_a_restore_that_waits_is_not_ready(anyone, house):
    """The data knows of a narrowing that the journal does not."""
    assert 200 == anyone.get("/readyz").status
    Narrowed.objects.create(sequence=7, generation=uuid7(house.now))
    journal.look_again()
    try:
        assert (503, b"unavailable\n") == ((found := anyone.get("/readyz")).status, found.body)
        refused = Program(hot_in_front(), key_for(house)).post(
            "/api/v1/decide", {"act": "use", "purpose": "profile", "person": str(uuid7(house.now))}
        )
        assert (503, "unavailable", "1") == (refused.status, refused.json["code"], refused.headers["Retry-After"])
    finally:
        Narrowed.objects.all().delete()
        journal.look_again()


def test_metrics_count_without_naming_anyone(house):
    """Decisions by answer; no id, no address, no number."""
    program = Program(hot_in_front(), key_for(house))
    person = house.person("purpose:profile")
    before = figures(program.get("/metrics"))
    for purpose in ("profile", "search", "search"):
        program.post("/api/v1/decide", {"act": "use", "purpose": purpose, "person": str(person)})
    program.post("/api/v1/decide", {})
    answer = program.get("/metrics")
    assert "text/plain; version=0.0.4; charset=utf-8" == answer.headers["Content-Type"]
    after = figures(answer)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert {
        'upheld_decisions_total{answer="allowed"}': 1,
        'upheld_decisions_total{answer="refused"}': 2,
        'upheld_decide_answers_total{class="2xx"}': 3,
        'upheld_decide_answers_total{class="4xx"}': 1,
    } == grown
    assert str(person) not in answer.body.decode()


def figures(answer) -> dict[str, int]:
    lines = [line for line in answer.body.decode().splitlines() if not line.startswith("#")]
    return {name: int(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_metrics_are_for_this_machine_or_a_key(house):
    """From elsewhere only a key that may read the board sees them."""
    afar = {"REMOTE_ADDR": "198.51.100.1", "wsgi.url_scheme": "https"}
    assert 401 == Program(django_alone()).get("/metrics", **afar).status
    for permission, status in ((Permission.API_BOARD_READ, 200), (Permission.API_DECISIONS_ASK, 401)):
        key = key_for(house, permissions=(permission,), networks=("198.51.100.0/24",))
        assert status == Program(django_alone(), key).get("/metrics", **afar).status


ELSEWHERE = """
import sys
from pathlib import Path
from upheld.web.api import counters
theirs = counters.Counters(Path(sys.argv[1]))
for _ in range(1_000):
    theirs.count(counters.ALLOWED)
"""


def test_processes_count_together(tmp_path):
    """Each has a row of its own; what a process that ended has counted stays."""
    ours = counters.Counters(tmp_path / "counters")
    ours.count(counters.ALLOWED)
    for _ in range(2):
        subprocess.run([sys.executable, "-c", ELSEWHERE, str(tmp_path / "counters")], check=True)
    ours.count(counters.ALLOWED)
    assert 2 + 2 * 1_000 == ours.sums()[counters.ALLOWED]
