# SPDX-License-Identifier: Apache-2.0
"""Workers killed at every line, and workers racing: every job ends once."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest

KILLS = Path(__file__).parent / "kills"
SERVER = os.environ.get("UPHELD_TEST_POSTGRESQL", "")
ALIASES = {
    "default": "UPHELD_DATABASE_URL",
    "keys": "UPHELD_KEYS_DATABASE_URL",
    "journal": "UPHELD_JOURNAL_DATABASE_URL",
}


@pytest.fixture
def databases():
    """Three databases of one's own: on the PostgreSQL server if the run has one, else SQLite in the home."""
    if not SERVER:
        yield dict.fromkeys(ALIASES.values(), "")
        return
    made = {alias: f"upheld_kill_{alias}_{uuid.uuid4().hex[:8]}" for alias in ALIASES}
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        for name in made.values():
            server.execute(f"CREATE DATABASE {name}")
        yield {ALIASES[alias]: f"{SERVER}/{name}" for alias, name in made.items()}
        for name in made.values():
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(script: str, home: Path, databases: dict[str, str], *arguments: str) -> int:
    environment = {**os.environ, **databases, "UPHELD_INSECURE_LOOPBACK": "1"}
    environment["PYTHONPATH"] = os.pathsep.join([str(KILLS), *sys.path])
    ended = subprocess.run(
        [sys.executable, str(KILLS / script), str(home), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    return int(ended.stdout)


def test_a_worker_killed_at_a_line_loses_nothing_and_does_nothing_twice(tmp_path, databases):
    """Every eleventh line of the engine kills one; the next worker ends every job with each effect once."""
    assert run("jobs_at_every_line.py", tmp_path, databases, "11") > 12


@pytest.mark.long
def test_a_worker_killed_at_every_line_loses_nothing_and_does_nothing_twice(tmp_path, databases):
    """The same, at every line."""
    assert run("jobs_at_every_line.py", tmp_path, databases, "1") > 140


def test_workers_that_race_share_the_work(tmp_path, databases):
    """Three steady workers and six that are killed do each of 400 steps once."""
    assert run("workers_racing.py", tmp_path, databases, "100") >= 1


def test_a_narrowing_killed_at_every_line_is_in_both_or_neither(tmp_path, databases):
    """Whatever line an act dies at, the journal says done exactly where the data changed."""
    assert run("journal_at_every_line.py", tmp_path, databases) > 15
