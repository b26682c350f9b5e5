# SPDX-License-Identifier: Apache-2.0
"""`upheld staff invite`: the way to the first account; the web never offers one."""

import click

from upheld.clock import SystemClock


@click.group()
def staff() -> None:
    """Invite staff."""


@staff.command()
@click.option("--role", default="officer", show_default=True, help="officer, support, publisher, auditor or engineer.")
@click.option("--url", default="http://127.0.0.1:8710", show_default=True, help="Where the console is reached.")
def invite(*, role: str, url: str) -> None:
    """Print a one-time link with which a member of staff makes their account."""
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.people import staff_invites  # noqa: PLC0415
    from upheld.people.permissions import Role  # noqa: PLC0415

    if role not in set(Role):
        raise click.BadParameter(f"expected one of {', '.join(Role)}", param_hint="--role")
    now = SystemClock().now()
    invited = staff_invites.invite(role=Role(role), now=now, security_now=now)
    click.echo(f"{url}/console/invite/{invited.token}")
    click.echo("the link works once and expires; give it to the person it is for, and nobody else")
