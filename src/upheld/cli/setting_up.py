# SPDX-License-Identifier: Apache-2.0
"""`upheld setup`: everything that a deployment needs before its first start."""

from typing import Any

import click

from upheld.clock import SystemClock
from upheld.config import environment, home


def set_up(kind: str) -> dict[str, Any]:
    """Make what is missing; calling it again after an upgrade applies new migrations and changes nothing else."""
    made = home.make(environment.read().home)
    from upheld.cli import house  # noqa: PLC0415 - settings read the secrets, which stand only now

    house.open_house(needs_setup=False)
    migrations = house.migrate()
    from upheld.keys import service as keys  # noqa: PLC0415
    from upheld.storage import deployment, sequencer  # noqa: PLC0415

    now = SystemClock().now()
    deployment.mark(deployment.DeploymentKind(kind), now=now)
    keys.open_first_epoch(now=now)
    vkey = sequencer.make_log_key()
    return {"secrets_made": made, "migrations": migrations, "kind": kind, "log_key": vkey}


@click.command()
@click.option("--kind", type=click.Choice(["product", "demo", "simulation"]), default="product", show_default=True,
              help="What the database is for; said once, never changed.")  # fmt: skip
def setup(kind: str) -> None:
    """Make the home folder, its secrets, keys and databases; safe to run again."""
    done = set_up(kind)
    click.echo(f"home: {environment.read().home}")
    click.echo(
        f"secrets: {'made' if done['secrets_made'] else 'as they were'}; migrations applied: {done['migrations']}"
    )
    click.echo(f"evidence log key, to give to auditors:\n  {done['log_key']}")
    click.echo("next: upheld publish FILE; upheld staff invite; upheld serve; upheld work")
