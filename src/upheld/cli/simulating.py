# SPDX-License-Identifier: Apache-2.0
"""`upheld simulate`: simulated people live with a policy in a process and databases of their own, and the board judges."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from upheld import controls, places
from upheld.cli import policies
from upheld.cli.promises import as_document, as_text
from upheld.errors import Conflict
from upheld.terms import Status

if TYPE_CHECKING:
    from upheld.simulation.outcome import Ran


@click.command()
@click.argument("policy")
@click.option("--people", default=100, show_default=True, type=click.IntRange(1, 50_000), help="How many come.")
@click.option("--days", default=60, show_default=True, type=click.IntRange(1, 3_650), help="How many days pass.")
@click.option("--seed", default=1, show_default=True, type=int, help="The same seed gives the same result.")
@click.option("--without", multiple=True, metavar="CONTROL", help="Take a control out, and see what breaks.")
@click.option("--erase-everyone", is_flag=True, help="Erase all people at the end; no past status may change.")
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Keep the home there; else it is gone.")
@click.option("--json", "as_json", is_flag=True, help="Print the board as JSON.")
def simulate(
    *,
    policy: str,
    people: int,
    days: int,
    seed: int,
    without: tuple[str, ...],
    erase_everyone: bool,
    home: Path | None,
    as_json: bool,
) -> None:
    """Let simulated people live with POLICY, a file or one of the five by name.

    Everything goes through the real services, on databases of its own. Exit code 1: a clause is broken, or something
    passed that a control should have refused.
    """
    policies.read(policy)  # a file that is no policy ends here, with what is wrong and where
    document = places.policy_file(policy).read_bytes()
    _check_controls(without)
    with _home(home) as folder:
        _open(folder)
        from upheld.simulation import running  # noqa: PLC0415 - tables load after Django

        plan = running.Plan(document=document, people=people, days=days, seed=seed, without=without)
        with _progress(days) as tell:
            ran = running.run(plan, tell=tell, erase_everyone=erase_everyone)
        click.echo(json.dumps(_document(ran), ensure_ascii=False) if as_json else _text(ran))
    sys.exit(1 if ran.is_broken else 0)


def _check_controls(names: tuple[str, ...]) -> None:
    unknown = [name for name in names if name not in controls.CONTROLS]
    if unknown:
        raise click.BadParameter(f"there is no control named {', '.join(unknown)}", param_hint="--without")


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="upheld-simulation-") as made:
        yield Path(made)


def _open(folder: Path) -> None:
    from upheld.cli.setting_up import set_up  # noqa: PLC0415 - after the home was chosen
    from upheld.config import elsewhere  # noqa: PLC0415

    elsewhere.move_to(folder, own_databases=False)
    set_up("simulation")
    from upheld.facts import queries as facts  # noqa: PLC0415

    if facts.versions():
        raise Conflict(
            "a simulation begins on fresh databases; people live in these already", hint="choose another --home"
        )
    from upheld.simulation import hurrying  # noqa: PLC0415

    hurrying.hurry()


@contextmanager
def _progress(days: int) -> Iterator[Callable[[int], None]]:
    """Show how far it has come on a terminal; elsewhere say in a line what is going on."""
    if not sys.stderr.isatty():
        click.echo(f"upheld simulate: {days} days to live through", err=True)
    with click.progressbar(length=days, label="days", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update


def _document(ran: "Ran") -> dict[str, Any]:
    return as_document(ran.board) | {"simulation": ran.as_document()}


def _text(ran: "Ran") -> str:
    lines = [as_text(ran.board), "", *ran.in_words()]
    broken = ran.board.counts[Status.BROKEN.value]
    lines.append(f"{broken} clauses are broken" if broken else "nothing is broken")
    return "\n".join(lines)
