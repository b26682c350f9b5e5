# SPDX-License-Identifier: Apache-2.0
"""What one process withdraws, another refuses at once: nothing about a person is kept between decisions."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

SCRIPT = Path(__file__).with_name("other_process.py")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A deployment of its own, on the kind of database that this run is on."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
    found |= {"UPHELD_HOME": str(tmp_path), "UPHELD_INSECURE_LOOPBACK": "1"}
    server = os.environ.get("UPHELD_TEST_POSTGRESQL", "") if connection.vendor == "postgresql" else ""
    if not server:
        yield found
        return
    name = f"upheld_two_processes_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield {**found, "UPHELD_DATABASE_URL": f"{server}/{name}"}
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[[], Callable[[str], str]]]:
    """Starts a process and gives a way to say a word to it and hear the answer."""
    running: list[subprocess.Popen[str]] = []

    def new() -> Callable[[str], str]:
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdin is not None and process.stdout is not None
        to, heard = process.stdin, process.stdout

        def say(word: str) -> str:
            to.write(word + "\n")
            to.flush()
            return heard.readline().strip()

        return say

    yield new
    for process in running:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def withdrawn_is_refused(start: Callable[[], Callable[[str], str]], times: int) -> None:
    """Give and withdraw in one process; ask in another after each."""
    one, other = start(), start()
    assert one("publish") == "done"
    assert one("admit") == "done"
    for _ in range(times):
        assert one("give") == "done"
        assert other("ask") == "permit"
        assert one("withdraw") == "done"
        assert other("ask") == "deny"


def test_withdrawn_in_one_process_is_refused_in_another(start):
    """A hundred times, not one late."""
    withdrawn_is_refused(start, 100)


@pytest.mark.long
def test_withdrawn_in_one_process_is_refused_in_another_ten_thousand_times(start):
    """Ten thousand times, not one late."""
    withdrawn_is_refused(start, 10_000)
