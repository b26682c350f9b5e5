# SPDX-License-Identifier: Apache-2.0
"""Sequencers killed at every line, and sequencers racing: every act is in the log once, and the log verifies."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest

KILLS = Path(__file__).parent / "kills"
SERVER = os.environ.get("UPHELD_TEST_POSTGRESQL", "")
STORES = ("UPHELD_DATABASE_URL", "UPHELD_KEYS_DATABASE_URL", "UPHELD_JOURNAL_DATABASE_URL")


@pytest.fixture
def databases():
    """Three databases of one's own: on the PostgreSQL server if the run has one, else SQLite in the home."""
    if not SERVER:
        yield dict.fromkeys(STORES, "")
        return
    made = {variable: f"upheld_seq_{uuid.uuid4().hex[:12]}" for variable in STORES}
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        for name in made.values():
            server.execute(f"CREATE DATABASE {name}")
        yield {variable: f"{SERVER}/{name}" for variable, name in made.items()}
        for name in made.values():
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(script, home, databases, *arguments):
    environment = {**os.environ, **databases, "UPHELD_INSECURE_LOOPBACK": "1"}
    environment["PYTHONPATH"] = os.pathsep.join([str(KILLS), *sys.path])
    ended = subprocess.run(
        [sys.executable, str(KILLS / script), str(home), *arguments],
        env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert 0 == ended.returncode, ended.stderr[-4000:]
    return int(ended.stdout)


def test_a_sequencer_killed_at_a_line_loses_nothing(tmp_path, databases):
    """Every eleventh line kills one; each act is in the log once, and the witness finds no other history."""
    assert run("sequencer_at_every_line.py", tmp_path, databases, "11") > 20


@pytest.mark.long
def test_a_sequencer_killed_at_every_line_loses_nothing(tmp_path, databases):
    """The same, at every line."""
    assert run("sequencer_at_every_line.py", tmp_path, databases, "1") > 200


def test_sequencers_that_race_lose_nothing(tmp_path, databases):
    """Two steady sequencers, five killed ones, and three writers that commit late."""
    assert run("sequencers_racing.py", tmp_path, databases, "150", "5") >= 4


@pytest.mark.long
def test_sequencers_killed_fifty_times_lose_nothing(tmp_path, databases):
    """The same with fifty kills."""
    assert run("sequencers_racing.py", tmp_path, databases, "2500", "50") >= 45
