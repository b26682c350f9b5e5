# SPDX-License-Identifier: Apache-2.0
"""A deployment to measure: set up as an operator does, filled with people, served by `upheld serve`.

with deployed("sqlite", people=2000) as found:      # or "postgresql"
    found.port, found.key, found.people
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
SERVER = os.environ.get("UPHELD_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
VARIABLES = {
    "default": "UPHELD_DATABASE_URL",
    "keys": "UPHELD_KEYS_DATABASE_URL",
    "journal": "UPHELD_JOURNAL_DATABASE_URL",
}


@dataclass
class Deployed:
    home: Path
    environ: dict[str, str]
    port: int
    key: str
    people: list[str]


@contextmanager
def deployed(
    database: str, *, people: int, processes: int = 2, threads: int = 2, serve: bool = True
) -> Iterator[Deployed]:
    """Make it, serve it, and leave nothing of it."""
    home = Path(tempfile.mkdtemp(prefix="upheld-bench-"))
    names = {alias: f"bench_{uuid4().hex[:12]}_{alias}" for alias in VARIABLES} if database == "postgresql" else {}
    environ = {
        **os.environ,
        "UPHELD_HOME": str(home),
        "UPHELD_INSECURE_LOOPBACK": "1",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }
    environ |= {VARIABLES[alias]: f"{SERVER}/{name}" for alias, name in names.items()}
    process = None
    try:
        for name in names.values():
            _sql(f'CREATE DATABASE "{name}"')
        filled = json.loads(_run(environ, __file__, str(people)).splitlines()[-1])
        port = _free_port()
        if serve:
            process = _serve(environ, port, processes, threads)
        yield Deployed(home, environ, port, filled["key"], filled["people"])
    finally:
        if process is not None:
            _stop(process)
        for name in names.values():
            _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(home, ignore_errors=True)


def _serve(environ: dict[str, str], port: int, processes: int, threads: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "upheld", "serve", "--port", str(port), "--processes", str(processes)]
    process = subprocess.Popen([*command, "--threads", str(threads)], env=environ, cwd="/", start_new_session=True)
    for _ in range(300):
        time.sleep(0.1)
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            probe.sendall(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            if b" 200 " in probe.recv(100):
                return process
    _stop(process)
    raise SystemExit("upheld serve did not get ready")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # a session of its own: nobody else is in it
        process.wait()
        print("upheld serve did not stop by itself", file=sys.stderr)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(environ: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], env=environ, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _sql(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER + "/postgres", autocommit=True) as connection:
        connection.execute(statement)


def fill(count: int) -> dict[str, object]:
    """Set up, publish the baby-device policy, register people of whom every second lets the profile be filled."""
    from upheld.cli.setting_up import set_up

    set_up("product")
    from tests.houses import House
    from upheld.clock import SystemClock
    from upheld.people import api_keys
    from upheld.people.key_values import Terms
    from upheld.people.permissions import Permission
    from upheld.terms import Act
    from datetime import timedelta

    from django.db import transaction

    house = House("baby-device", now=SystemClock().now())
    people = []
    for start in range(0, count, 200):
        with transaction.atomic():
            people += [house.person(*(["purpose:profile"] * (n % 2))) for n in range(start, min(start + 200, count))]
    terms = Terms(
        name="bench", purposes=tuple(house.policy.processing), acts=tuple(Act),
        permissions=tuple(one for one in Permission if one.value.startswith("api:")),
        networks=("127.0.0.0/8",), people_an_hour=10_000_000, life=timedelta(days=2),
    )  # fmt: skip
    issued = api_keys.issue(terms=terms, now=house.now)
    return {"key": issued.text, "people": [str(person) for person in people]}


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]))))
