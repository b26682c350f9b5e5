# SPDX-License-Identifier: Apache-2.0
"""What people told the house is nowhere outside sealed bytes: not in database files, logs, metrics, nor any output."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.conftest import ROOT, SCRIPTS

PHONE = "+8613812345678"
UNREMARKABLE = 6
"""Shorter texts (a weight, a choice of a list) occur everywhere and name nobody."""


def spellings(text: str) -> set[bytes]:
    """Every way in which a value could lie about: as it is, without country code, hex, base64, JSON, UTF-16."""
    plain = {text, text.removeprefix("+86"), text.replace("-", ""), json.dumps(text)[1:-1], f"{text[:6]} {text[6:]}"}
    found: set[bytes] = set()
    for one in plain:
        for raw in (one.encode(), one.encode("utf-16-le"), one.encode("utf-16-be")):
            found |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
            for shift in range(3):  # base64 spells the same bytes in three ways
                whole = base64.b64encode(b"\0" * shift + raw)
                found.add(whole[(0, 2, 3)[shift] : len(whole) - 4])
    return {one for one in found if len(one) > UNREMARKABLE}


def telling(text: str) -> bool:
    """Whether a value by itself would lead to somebody: a number, a birth date, a name with its figures."""
    is_recent = re.fullmatch(r"20(2[3-9]|3\d)-\d\d-\d\d", text)  # dates of the simulation itself
    return len(text) > UNREMARKABLE and bool(re.search(r"\d", text)) and not is_recent


def search(folder: Path, values: list[str], *outputs: bytes) -> list[str]:
    """Name the files in which any of these values lies open."""
    places = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    places |= {f"output {number}": output for number, output in enumerate(outputs)}
    needles = {needle for value in values for needle in spellings(value)}
    return [
        f"{place}: {needle[:3]!r}..." for place, content in places.items() for needle in needles if needle in content
    ]


def run(script, folder, *arguments):
    (folder / "tmp").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DJANGO_"))}
    environment |= {
        "UPHELD_INSECURE_LOOPBACK": "1",
        "TMPDIR": str(folder / "tmp"),
        "SQLITE_TMPDIR": str(folder / "tmp"),
    }
    environment["UPHELD_HOME"] = str(folder / "home")
    environment["PYTHONPATH"] = os.pathsep.join([str(SCRIPTS), str(ROOT / "src"), str(ROOT)])
    ended = subprocess.run(
        [sys.executable, str(SCRIPTS / script), str(folder), *arguments],
        env=environment, capture_output=True, timeout=1800, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-3000:].decode(errors="replace")
    return ended.stdout, ended.stderr


def simulated(folder, people, days):
    outputs = run("simulating.py", folder, people, days)
    told = [text for text in json.loads((folder / "told.json").read_text()) if telling(text)]
    (folder / "told.json").unlink()
    return told, outputs


def test_a_simulation_leaves_nothing_open(tmp_path):
    """Files, write-ahead logs, temporary files and output hold no value that people gave; a planted one is found."""
    told, outputs = simulated(tmp_path, "4", "5")
    assert any(text.startswith("+86") for text in told)
    assert search(tmp_path, told, *outputs) == []
    (tmp_path / "home" / "planted").write_bytes(b"\0\0" + base64.b64encode(b"!" + told[0].encode()) + b"\0")
    assert search(tmp_path, told[:1])


@pytest.mark.long
def test_a_long_simulation_leaves_nothing_open(tmp_path):
    """The same after months, with sweeps, erasures and refusals."""
    told, outputs = simulated(tmp_path, "100", "60")
    assert len(told) > 300
    assert search(tmp_path, told, *outputs) == []


def test_errors_tell_nothing(tmp_path):
    """Duplicate key, NOT NULL, bad type, timeout, a crashing view, requests without sense: no log repeats the number."""
    out, err = run("erring.py", tmp_path, PHONE)
    assert b"upheld_" in out  # the metrics are there
    assert b"ValueError" in err  # and so is the log
    assert search(tmp_path, [PHONE], out, err) == []
