# SPDX-License-Identifier: Apache-2.0
"""`upheld verify`: what an auditor or a person runs, with a key file and nothing else."""

import json
import sys
from pathlib import Path
from typing import Final

import click

from upheld.errors import UpheldError
from upheld.ledger.faults import Fault, LogBroken
from upheld.ledger.verify import Outcome, Verdict
from upheld.storage import log_folder

SOUND: Final = 0
UNSOUND: Final = 1
UNREADABLE: Final = 2


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--key", "keys", type=click.Path(path_type=Path), required=True,
              help="File of pinned keys, one a line: the log's, then witnesses'. Get it from elsewhere than the log.")  # fmt: skip
@click.option("--known", multiple=True, type=click.Path(path_type=Path),
              help="A checkpoint or receipt known from elsewhere; shows whether the log's tail was cut. Repeatable.")  # fmt: skip
@click.option("--witnessed", is_flag=True, help="Also fail when no pinned witness signed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(*, path: Path, keys: Path, known: tuple[Path, ...], witnessed: bool, as_json: bool) -> None:
    """Check a receipt (a file) or an exported log (a folder), offline.

    Exit code 0: it holds; 1: something in it was changed, cut or forged, and every fault is named, or --witnessed asks
    for more than is known; 2: the path, the key file or what is known from elsewhere cannot be read.
    """
    try:
        outcome = log_folder.verify_path(path, keys, known)
    except LogBroken as broken:
        _say_broken(path, broken.faults, as_json=as_json)
        sys.exit(UNSOUND)
    except UpheldError as error:
        _say_unreadable(path, error, as_json=as_json)
        sys.exit(UNREADABLE)
    _say(path, outcome, as_json=as_json)
    sys.exit(UNSOUND if witnessed and outcome.verdict is not Verdict.WITNESSED else SOUND)


def _say(path: Path, outcome: Outcome, *, as_json: bool) -> None:
    seen_by = [{"name": one.name, "at_seconds": one.at_seconds} for one in outcome.cosignatures]
    if as_json:
        found = {
            "path": str(path), "verdict": outcome.verdict.value, "origin": outcome.origin, "size": outcome.size,
            "root": outcome.root.hex(), "log_key": outcome.log_key, "witnesses": seen_by,
            "strangers": list(outcome.strangers), "faults": [],
        }  # fmt: skip
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"{path}: {outcome.verdict.value}")
    click.echo(f"log: {outcome.origin}, {outcome.size} entries, root {outcome.root.hex()}")
    click.echo(f"trusted for the log: {outcome.log_key}")
    for one in seen_by:
        click.echo(f"witnessed by: {one['name']}")
    for name in outcome.strangers:
        click.echo(f"also signed by {name}, whose key is not pinned; that proves nothing")


def _say_broken(path: Path, faults: tuple[Fault, ...], *, as_json: bool) -> None:
    if as_json:
        rows = [{"code": fault.code, "place": fault.place, "message": fault.message} for fault in faults]
        click.echo(json.dumps({"path": str(path), "verdict": "broken", "faults": rows}, ensure_ascii=False))
        return
    for fault in faults:
        click.echo(f"{fault.code}: {fault.text}", err=True)
    click.echo(f"{path}: broken, {len(faults)} fault{'s' if len(faults) > 1 else ''}", err=True)


def _say_unreadable(path: Path, error: UpheldError, *, as_json: bool) -> None:
    if as_json:
        fault = {"code": error.code, "place": str(path), "message": error.message}
        click.echo(json.dumps({"path": str(path), "verdict": "unreadable", "faults": [fault]}, ensure_ascii=False))
    else:
        click.echo(f"upheld: {error.diagnostics()}", err=True)
