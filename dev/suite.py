# SPDX-License-Identifier: Apache-2.0
"""Run the test suite: on SQLite always, on PostgreSQL where a server is reachable, and say which ran."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SERVER = os.environ.get("UPHELD_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
# Rooms that talk to a database; the pure core, the claims and the browser gain nothing from a second database.
ON_POSTGRESQL = ("storage", "keys", "facts", "vault", "messages", "people", "notices", "consent", "children",
                 "sharing", "retention", "rights", "operations", "stories")  # fmt: skip


def reachable() -> bool:
    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def run(name: str, *arguments: str, **environment: str) -> int:
    print(f"\n=== {name}", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], cwd=ROOT, env={**os.environ, **environment}, check=False
    ).returncode


def main() -> int:
    long = "--long" in sys.argv
    strict = os.environ.get("UPHELD_SUITE_STRICT") == "1"
    if strict and not shutil.which("chromium"):
        print("a strict run wants Chromium; install it, or unset UPHELD_SUITE_STRICT")
        return 1
    marks = ["-m", "long or not long"] if long else ["-m", "not long"]
    workers = ["-n", str(min(os.cpu_count() or 1, 4))]
    postgresql = reachable()
    failed = run("SQLite", *workers, *marks, "--claims-report=reports/claims.json", "tests", UPHELD_TEST_POSTGRESQL="")
    if postgresql:
        rooms = [f"tests/{room}" for room in ON_POSTGRESQL if (ROOT / "tests" / room).exists()]
        failed |= run("PostgreSQL", *workers, *marks, *rooms, UPHELD_TEST_POSTGRESQL=SERVER)
    print(f"\nran on: SQLite{' and PostgreSQL' if postgresql else ' (no PostgreSQL is reachable)'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
