# SPDX-License-Identifier: Apache-2.0
"""Run scripts in processes of their own, on databases of their own."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(__file__).parent / "scripts"
SERVER = os.environ.get("UPHELD_TEST_POSTGRESQL", "")
STORES = ("UPHELD_DATABASE_URL", "UPHELD_KEYS_DATABASE_URL", "UPHELD_JOURNAL_DATABASE_URL")


@pytest.fixture
def databases():
    """Three databases of one's own: on the PostgreSQL server if the run has one, else SQLite in the home."""
    if not SERVER:
        yield dict.fromkeys(STORES, "")
        return
    made = {variable: f"upheld_ops_{uuid.uuid4().hex[:12]}" for variable in STORES}
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        for name in made.values():
            server.execute(f"CREATE DATABASE {name}")
        yield {variable: f"{SERVER}/{name}" for variable, name in made.items()}
        for name in made.values():
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def run(tmp_path, databases):
    """Run a script; it asserts what it promises and prints what it counted."""

    def running(script: str, *arguments: object, seconds: int = 240) -> str:
        environment = {
            **os.environ,
            **databases,
            "UPHELD_HOME": str(tmp_path / "home"),
            "UPHELD_INSECURE_LOOPBACK": "1",
        }
        environment["PYTHONPATH"] = os.pathsep.join([str(SCRIPTS), str(ROOT / "src"), str(ROOT)])
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        ended = subprocess.run(
            [sys.executable, str(SCRIPTS / script), str(tmp_path), *map(str, arguments)],
            env=environment, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stdout[-1000:] + ended.stderr[-4000:]
        return ended.stdout

    return running
