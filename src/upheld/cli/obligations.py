# SPDX-License-Identifier: Apache-2.0
"""`upheld obligations`: which promises are claimed by tests, and which claims pass."""

import json
from collections import Counter
from dataclasses import asdict

import click

from upheld.promises import catalogue


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--list", "listed", type=click.Choice(["claimed", "passing", "unclaimed", "not_passing"]),
              help="Print the ids of one group, one a line.")  # fmt: skip
def obligations(*, as_json: bool, listed: str | None) -> None:
    """Print which promises of the catalogue are claimed and pass.

    A claim is passing when the last test run passed it and it failed with its control taken out (`make mutants`).
    """
    found = catalogue.standing()
    if as_json:
        row = asdict(found)
        click.echo(json.dumps(row | {"claimed": len(found.claimed), "passing": len(found.passing)}, ensure_ascii=False))
        return
    if listed:
        click.echo("\n".join(getattr(found, listed)))
        return
    promises = catalogue.promises()
    for title, key in (("policy", "policy"), ("capability", "capability")):
        _table(title, key, promises, found)
    click.echo(f"all: {found.total} promises, {len(found.claimed)} claimed, {len(found.passing)} passing")
    click.echo(f"from: {', '.join(found.reports) or 'no report yet; run make test and make mutants'}")


def _table(title: str, key: str, promises: tuple[catalogue.Promise, ...], found: catalogue.Standing) -> None:
    total = Counter(getattr(p, key) for p in promises)
    claimed = Counter(getattr(p, key) for p in promises if p.id in set(found.claimed))
    passing = Counter(getattr(p, key) for p in promises if p.id in set(found.passing))
    width = max(map(len, total))
    click.echo(f"{title:<{width}}  promises  claimed  passing")
    for name in sorted(total):
        click.echo(f"{name:<{width}}  {total[name]:>8}  {claimed[name]:>7}  {passing[name]:>7}")
    click.echo()
