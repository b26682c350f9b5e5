# SPDX-License-Identifier: Apache-2.0
"""The command in a process of its own, on a deployment that was set up once and copied for each test."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from upheld.cli.main import main; main()"]


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


def environment_of(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "UPHELD_HOME": str(home)}


def upheld(*arguments: object, home: Path, **more: str) -> Ran:
    environment = environment_of(home) | more
    ended = subprocess.run(
        [*COMMAND, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return Ran(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A deployment with a published policy and a log of a few entries."""
    home = tmp_path_factory.mktemp("made") / "home"
    assert upheld("setup", home=home).code == 0
    assert upheld("publish", "baby-device", "--alone", home=home).code == 0
    return home


@pytest.fixture
def home(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def run(home):
    """Run the command on a copy of the deployment."""

    def running(*arguments: object, **more: str) -> Ran:
        return upheld(*arguments, home=home, **more)

    def python(code: str) -> None:
        """Run lines of Python in the house; `SystemClock` is at hand."""
        before = "from upheld.cli import house\nhouse.open_house()\nfrom upheld.clock import SystemClock\n"
        environment = environment_of(home)
        subprocess.run([sys.executable, "-c", before + code], env=environment, check=True, timeout=60)

    running.python = python
    return running
