# SPDX-License-Identifier: Apache-2.0
"""`upheld evidence`: hand the log to an auditor, and tell which keys to pin."""

import json
from pathlib import Path

import click


@click.group()
def evidence() -> None:
    """Export the evidence log for an auditor."""


@evidence.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: {folder, entries, log_key}.")
def export(*, folder: Path, as_json: bool) -> None:
    """Write the log to an empty FOLDER, up to its latest checkpoint; it holds no personal data.

    Exit code 0: written; 1: the folder is not empty, or there is no checkpoint yet.
    """
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.storage import log_keys, stored_log  # noqa: PLC0415

    entries = stored_log.export(folder)
    vkey = log_keys.log_signer().verifier.to_text()
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "entries": entries, "log_key": vkey}))
        return
    click.echo(f"{folder}: {entries} entries")
    click.echo("an auditor checks it with: upheld verify FOLDER --key FILE")
    click.echo("where FILE holds the keys that `upheld evidence key` prints, handed over by another way")


@evidence.command()
def key() -> None:
    """Print the public keys to pin: the log's, and the witness's where one is configured."""
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.storage import log_keys  # noqa: PLC0415

    for verifier in (log_keys.log_signer().verifier, log_keys.witness_verifier()):
        if verifier is not None:
            click.echo(verifier.to_text())
