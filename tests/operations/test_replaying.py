# SPDX-License-Identifier: Apache-2.0
"""Between a restore and its replay the web answers nobody, and the worker does nothing."""

import threading
from datetime import UTC, datetime

import pytest

from upheld.clock import SimulatedClock
from upheld.config import working
from upheld.storage import journal
from upheld.storage.jobs import Worker

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def restored(db):
    """The journal knows a narrowing that the data does not."""
    journal.JournalHead.objects.create(only=1, generation="018f0000-0000-7000-8000-000000000009", next_sequence=2)
    journal.JournalEntry.objects.create(
        sequence=1, kind="people.account_cancelled", status="done", at=NOW,
        facts={"subject": "018f0000-0000-7000-8000-000000000008"},
    )  # fmt: skip
    journal.look_again()
    yield
    journal.look_again()


@pytest.mark.parametrize("path", ["/", "/policy", "/sign-in", "/api/v1/openapi.json"])
def test_no_page_is_answered_before_the_replay(restored, client, path):
    """503 until then, and the same page afterwards; health is still told."""
    assert client.get(path).status_code == 503
    assert client.get("/healthz").status_code == 200
    journal.replay()
    journal.look_again()
    assert client.get(path).status_code != 503


def test_no_job_runs_before_the_replay(restored):
    """A worker that stands ready takes nothing up, and begins once the replay is done."""
    stop, turns = threading.Event(), []

    class Counting(Worker):
        def run_once(self):
            turns.append(1)
            stop.set()
            return False

    threading.Timer(1.2, stop.set).start()
    working._serve(Counting(SimulatedClock(NOW)), SimulatedClock(NOW), stop)
    assert turns == []
    journal.replay()
    journal.look_again()
    stop.clear()
    working._serve(Counting(SimulatedClock(NOW)), SimulatedClock(NOW), stop)
    assert turns == [1]
