# SPDX-License-Identifier: Apache-2.0
"""`upheld keys`: rotate the provider key that wraps people's keys, so that older copies of the key store die."""

import json
import time
from dataclasses import asdict
from datetime import datetime
from typing import Final

import click

from upheld.clock import SystemClock

PAUSE_SECONDS: Final = 0.2
"""Between two looks at keys that another process holds just then."""


@click.group()
def keys() -> None:
    """Rotate the keys that wrap people's keys."""


@keys.command()
@click.option("--retire-now", is_flag=True,
              help="Give the old provider key up at once; only while `serve` and `work` stand still.")  # fmt: skip
def rotate(*, retire_now: bool) -> None:
    """Open a new epoch and wrap every key again, while serving; safe to stop and run again.

    An hour later `upheld work` gives the old epoch's provider key up: every copy of the key store from before this
    rotation is dead from then on. Nothing that people hold is lost.
    """
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.keys import epochs, rotation  # noqa: PLC0415

    now = SystemClock().now()
    before = epochs.current(now).number
    rotation.rotate(now=now)
    number = epochs.rotate(now=now, after=before)
    _rewrap(number)
    click.echo(f"epoch {number} is in force")
    if retire_now:
        _retire(now)
    else:
        click.echo("the old provider key is given up in an hour by `upheld work`; see `upheld keys list`")


def _rewrap(number: int) -> None:
    from upheld.keys import epochs  # noqa: PLC0415

    def older() -> int:
        return sum(epoch.live_keys for epoch in epochs.epochs() if epoch.number < number)

    with click.progressbar(length=older(), label="keys wrapped again") as bar:
        while left := older():
            done = epochs.rewrap_step()
            bar.update(done)
            if not done and left:
                time.sleep(PAUSE_SECONDS)


def _retire(now: datetime) -> None:
    from upheld.keys import epochs  # noqa: PLC0415

    retired = epochs.retire(now=now + epochs.RETIRE_AFTER)
    click.echo(
        f"given up: the provider keys of epochs {', '.join(map(str, retired))}" if retired else "none to give up"
    )
    click.echo("every copy of the key store from before this rotation is dead")


@keys.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: {epochs: [{number, provider, live_keys, ...}]}.")
def list_(*, as_json: bool) -> None:
    """List the epochs: in force, closed, or given up, and how many live keys each wraps."""
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.keys import epochs  # noqa: PLC0415

    found = epochs.epochs()
    if as_json:
        click.echo(json.dumps({"epochs": [asdict(epoch) for epoch in found]}))
        return
    click.echo("epoch  provider     live keys  state")
    for epoch in found:
        state = "in force" if epoch.is_open else "given up" if epoch.is_retired else "closed"
        click.echo(f"{epoch.number:>5}  {epoch.provider:<11}  {epoch.live_keys:>9}  {state}")
