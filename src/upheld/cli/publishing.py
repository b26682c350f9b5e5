# SPDX-License-Identifier: Apache-2.0
"""`upheld publish` and `upheld withdraw`: a version from the command line, shown before it is done."""

import sys
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import click

from upheld import places
from upheld.clock import SystemClock
from upheld.terms import Language, StaffId

COMMAND_LINE: Final = StaffId(UUID(int=0))
"""Who acts from the command line: whoever may run it on the machine, a member of staff or not."""


def _said(command: Callable[..., Any]) -> Callable[..., Any]:
    zh = click.option("--why-zh", default="", help="The same in Chinese.")
    return click.option("--why", default="", help="Which change or mistake it answers to; anyone can read it.")(
        zh(command)
    )


@click.command()
@click.argument("file")
@click.option(
    "--because", type=click.Choice(["service", "law"]), help="What a revision answers to; the first needs none."
)
@_said
@click.option("--major", is_flag=True, help="Treat it as a major change, whatever the comparison says.")
@click.option("--high-risk", multiple=True, metavar="NAME", help="An impact assessment that shows a high risk of it.")
@click.option("--dry-run", is_flag=True, help="Show what it would do, and do nothing.")
@click.option("--alone", is_flag=True, help="Publish without a second person; the board shows that one did.")
def publish(
    *,
    file: str,
    because: str | None,
    why: str,
    why_zh: str,
    major: bool,
    high_risk: tuple[str, ...],
    dry_run: bool,
    alone: bool,
) -> None:
    """Publish a policy version from FILE, or one of the five by name.

    First it shows what would change, for how many people, and who would be told how. Without --alone the version
    then waits in the console for a second person. Exit code 1: findings keep it from being published, and nothing was
    changed.
    """
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.cli import previews  # noqa: PLC0415
    from upheld.notices import changes, publishing  # noqa: PLC0415
    from upheld.notices.values import Because, PolicyRefused, Reason  # noqa: PLC0415

    document, now = places.policy_file(file).read_bytes(), SystemClock().now()
    major = major or changes.raised_by_risk(high_risk, now=now)
    clean = previews.show(document, now=now, marked_major=major)
    if dry_run:
        sys.exit(0 if clean else 1)
    reason = Reason(because=Because(because), words=_words(why, why_zh)) if because else None
    try:
        proposal = publishing.propose(
            document=document, staff_id=COMMAND_LINE, now=now, marked_major=major, reason=reason
        )
        if alone:
            proposal = publishing.approve(proposal_id=proposal.proposal_id, staff_id=COMMAND_LINE, now=now, alone=True)
    except PolicyRefused as refused:
        for finding in refused.findings:
            click.echo(str(finding), err=True)
        sys.exit(1)
    click.echo(f"version {proposal.version}: {proposal.state.value}")
    if not alone:
        click.echo("a second person approves it in the console, under Versions")


@click.command()
@click.argument("version", type=click.IntRange(min=1))
@_said
@click.option("--dry-run", is_flag=True, help="Show what it would do, and do nothing.")
def withdraw(*, version: int, why: str, why_zh: str, dry_run: bool) -> None:
    """Take back a VERSION that was published by mistake; it stays in the archive, with the reason.

    From then on it permits nothing, and people fall back to the version in force before it.
    """
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.notices import previewing, service  # noqa: PLC0415

    now = SystemClock().now()
    preview = previewing.preview_withdrawal(version, now=now)
    back = f"version {preview.falls_back_to}" if preview.falls_back_to else "nothing: no other version is in force"
    click.echo(f"version {version} binds {preview.people} people; they fall back to {back}")
    if not dry_run:
        service.withdraw(version=version, words=_words(why, why_zh), staff_id=COMMAND_LINE, now=now)
        click.echo(f"version {version}: withdrawn")


def _words(why: str, why_zh: str) -> dict[Language, str]:
    return {one: text for one, text in ((Language.EN, why), (Language.ZH_HANS, why_zh)) if text.strip()}
