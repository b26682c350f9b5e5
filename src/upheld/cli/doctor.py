# SPDX-License-Identifier: Apache-2.0
"""`upheld doctor`: everything that can be wrong with a deployment, found before a person finds it."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from upheld.clock import SystemClock
from upheld.config import environment
from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.cli.examining import Look

MARKS: Final = {"well": "ok", "warning": "warning", "wrong": "WRONG"}


@click.command()
@click.option("--deep", is_flag=True, help="Also rebuild the whole evidence log and compare every byte.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: {wrong, looks: [{name, state, said, remedy}]}.")
def doctor(*, deep: bool, as_json: bool) -> None:
    """Say what is wrong with this deployment, and what to do about it.

    Looks at settings, file modes, databases and migrations, the clock, the policy, keys, the restore journal, the
    evidence log and its lag, the witness, the worker, jobs, intents and gateways. Changes nothing.

    Exit code 0: nothing is wrong, though there may be warnings; 1: something is.
    """
    looks = list(_looks(deep=deep))
    count = sum(look["state"] == "wrong" for look in looks)
    if as_json:
        click.echo(json.dumps({"wrong": count, "looks": looks}, ensure_ascii=False))
    else:
        for look in looks:
            click.echo(f"{MARKS[look['state']]:<8} {look['name']:<10} {look['said']}")
            if look["remedy"]:
                click.echo(f"{'':<8} {'':<10} try: {look['remedy']}")
    sys.exit(1 if count else 0)


def _looks(*, deep: bool) -> Iterator[dict[str, str]]:
    try:
        found = environment.read()
        if environment.secrets(found.home) is None:
            yield _wrong("settings", "there is no deployment in UPHELD_HOME yet", "run: upheld setup")
            return
        from upheld.cli import house  # noqa: PLC0415 - settings are checked before Django reads them

        house.open_house(needs_setup=False)
        from upheld.cli import examining  # noqa: PLC0415 - needs Django
    except UpheldError as error:
        yield _wrong("settings", error.message, error.hint)
        return
    yield _row(examining.well("settings", f"home {found.home}, hosts {', '.join(found.hosts)}"))
    for look in examining.examine(now=SystemClock().now(), deep=deep):
        yield _row(look)


def _row(look: "Look") -> dict[str, str]:
    return {name: str(value) for name, value in asdict(look).items()}


def _wrong(name: str, said: str, remedy: str) -> dict[str, str]:
    return {"name": name, "state": "wrong", "said": said, "remedy": remedy}
