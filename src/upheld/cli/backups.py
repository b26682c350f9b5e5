# SPDX-License-Identifier: Apache-2.0
"""`upheld backup` and `upheld restore`: copies of the databases, and what must not come back with them."""

from pathlib import Path
from typing import Final, Literal

import click

from upheld.clock import SystemClock
from upheld.errors import BadInput

DATA: Final = "data"
KEYS: Final = "keys"
KEPT_APART: Final = (
    "secrets.json, log-keys/ and provider-keys/ of the home are in no backup; keep them apart, each by itself"
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--keys", "keys_folder", type=click.Path(path_type=Path, file_okay=False),
              help="Where the copy of the key store goes; another disk is best. FOLDER/keys by default.")  # fmt: skip
@click.option("--only", type=click.Choice([DATA, KEYS, "journal"]),
              help="Copy one store alone: the key store every few minutes, the restore journal to a place of its own.")  # fmt: skip
def backup(*, folder: Path, keys_folder: Path | None, only: Literal["data", "keys", "journal"] | None) -> None:
    """Copy the databases and keys to a new FOLDER, while serving.

    The restore journal is not in it: it must outlive what is restored. A copy opens nothing by itself: it takes the
    provider keys of the home, and it dies when `upheld keys rotate` gives those up.
    """
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    if only == "journal":
        _copy_journal(folder)
        return
    if only is None and keys_folder is None and folder.exists() and any(folder.iterdir()):
        raise BadInput("the folder of a backup must be empty", hint="name a new one for each backup")
    if only != KEYS:
        _copy_data(folder / DATA)  # before the keys: a key too many does no harm, one too few loses a row
    if only != DATA:
        _copy_keys(keys_folder or folder / KEYS)
    click.echo(KEPT_APART)


def _copy_data(folder: Path) -> None:
    from upheld.storage import copies, stored_log  # noqa: PLC0415

    head = stored_log.head()
    made = copies.copy_out(("default",), folder, now=SystemClock().now(), log_size=head.size if head else 0)
    _say(folder, made.copies[0].size_bytes)


def _copy_keys(folder: Path) -> None:
    from upheld.keys import epochs  # noqa: PLC0415
    from upheld.storage import copies  # noqa: PLC0415

    wrapping = tuple(epoch.number for epoch in epochs.epochs() if epoch.live_keys or epoch.is_open)
    made = copies.copy_out((KEYS,), folder, now=SystemClock().now(), epochs=wrapping)
    _say(folder, made.copies[0].size_bytes)


def _copy_journal(folder: Path) -> None:
    from upheld.storage import copies  # noqa: PLC0415

    made = copies.copy_out(("journal",), folder, now=SystemClock().now())
    _say(folder, made.copies[0].size_bytes)


def _say(folder: Path, size_bytes: int) -> None:
    click.echo(f"{folder}: {size_bytes / 1_000_000:.1f} MB")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--keys", "keys_folder", type=click.Path(path_type=Path, file_okay=False),
              help="Where the copy of the key store is. FOLDER/keys by default.")  # fmt: skip
@click.option("--known", type=click.Path(path_type=Path, dir_okay=False),
              help="The last checkpoint known outside: the file `checkpoint` of the witness's folder.")  # fmt: skip
@click.option("--only", type=click.Choice(["journal"]), help="Put a lost restore journal back from its own copy.")
@click.option("--no-replay", is_flag=True, help="Only put the copies back; nothing is served until --replay.")
@click.option("--replay", is_flag=True, help="Only carry out again what narrowed since; safe to run again.")
def restore(
    *,
    folder: Path | None,
    keys_folder: Path | None,
    known: Path | None,
    only: str | None,
    no_replay: bool,
    replay: bool,
) -> None:
    """Put a backup back and replay what narrowed since.

    Stop `upheld work` first. Until the replay is done nothing is served, whatever else runs: what people erased,
    withdrew, restricted or corrected since the backup comes first. A log that lost its tail begins a new generation
    that commits to the last checkpoint known.

    Exit code 1: the copies are damaged, dead or of another kind of database; nothing was changed.
    """
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house(needs_setup=False)
    from upheld.cli import restoring  # noqa: PLC0415 - needs Django

    house.refuse_without_secrets()
    house.migrate()
    now = SystemClock().now()
    if replay:
        _say_replayed(restoring.replay(now=now))
        return
    if folder is None:
        raise BadInput("expected the folder of a backup, or --replay")
    if only == "journal":
        restoring.journal_back(folder)
        click.echo("the restore journal is back; now: upheld restore --replay")
        return
    tail = restoring.put_back(folder / DATA, keys_folder or folder / KEYS, known=known)
    click.echo(f"{folder}: put back")
    if no_replay:
        click.echo("nothing is served until: upheld restore --replay")
        return
    _say_replayed(restoring.replay(now=now))
    if restoring.begin_generation(tail, now=now):
        click.echo("the log lost its tail; a new generation of it says so and commits to what was lost")


def _say_replayed(count: int) -> None:
    click.echo(f"carried out again: {count} narrowings; `upheld doctor` says whether all is well")
