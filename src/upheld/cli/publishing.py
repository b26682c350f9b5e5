# SPDX-License-Identifier: Apache-2.0
"""`upheld publish`: propose a version from the command line; one person alone only when told so."""

import sys
from typing import Final
from uuid import UUID

import click

from upheld import places
from upheld.clock import SystemClock
from upheld.terms import StaffId

COMMAND_LINE: Final = StaffId(UUID(int=0))
"""Who acts from the command line: whoever may run it on the machine, a member of staff or not."""


@click.command()
@click.argument("file")
@click.option("--alone", is_flag=True, help="Publish without a second person; the board shows that one did.")
def publish(*, file: str, alone: bool) -> None:
    """Publish a policy version from FILE, or one of the five by name.

    Without --alone the version waits in the console for a second person.
    Exit code 1: findings keep it from being published, and nothing was changed.
    """
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.notices import publishing  # noqa: PLC0415
    from upheld.notices.values import PolicyRefused  # noqa: PLC0415

    document, now = places.policy_file(file).read_bytes(), SystemClock().now()
    try:
        proposal = publishing.propose(document=document, staff_id=COMMAND_LINE, now=now)
        if alone:
            proposal = publishing.approve(proposal_id=proposal.proposal_id, staff_id=COMMAND_LINE, now=now, alone=True)
    except PolicyRefused as refused:
        for finding in refused.findings:
            click.echo(str(finding), err=True)
        sys.exit(1)
    click.echo(f"version {proposal.version}: {proposal.state.value}")
    if not alone:
        click.echo("a second person approves it in the console, under Versions")
