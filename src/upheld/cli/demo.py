# SPDX-License-Identifier: Apache-2.0
"""`upheld demo`: a policy with simulated people on this machine, usable in a browser within a minute."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from upheld import places
from upheld.cli import policies
from upheld.cli.children import Children
from upheld.cli.running import PORT, refuse_taken_port
from upheld.clock import SystemClock
from upheld.errors import Misconfigured

if TYPE_CHECKING:
    from upheld.simulation.badges import SignIn
    from upheld.simulation.filling import Filled

LOOPBACK: Final = "127.0.0.1"
WITNESS_AFTER: Final = 2
"""The witness listens so many ports after the web."""
HIGHEST_PORT: Final = 65_535 - WITNESS_AFTER
HOMES: Final = Path(".upheld")
SEED: Final = 8


@click.command()
@click.argument("policy", default="baby-device")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, HIGHEST_PORT), help="Port of the web.")
@click.option("--keep", is_flag=True, help="Go on with the last demo of this policy; its sign-ins are not shown again.")
def demo(*, policy: str, port: int, keep: bool) -> None:
    """Run POLICY, a file or one of the five by name, with simulated people, on this machine alone.

    Every run makes a new home under .upheld, with new passwords. Ctrl-C stops everything that was started.
    """
    file = places.policy_file(policy)
    policies.read(policy)  # a file that is no policy ends here, with what is wrong and where
    for wanted in (port, port + WITNESS_AFTER):
        refuse_taken_port(LOOPBACK, wanted)
    home = (HOMES / f"demo-{file.stem}").absolute()
    log_key = _make_home(home, keep=keep)
    filled = None if keep and _has_versions() else _fill(file)
    with Children() as children:
        _start(children, home, log_key, port)
        click.echo(_welcome(port, filled))
        children.wait()


def _make_home(home: Path, *, keep: bool) -> str:
    """Make the demo's home and its databases; return the log's key."""
    if home.exists() and not keep:
        _refuse_other_folder(home)
        shutil.rmtree(home)
    from upheld.config import elsewhere  # noqa: PLC0415 - the home is chosen before settings are read

    elsewhere.move_to(home, own_databases=True)
    from upheld.cli.setting_up import set_up  # noqa: PLC0415

    return str(set_up("demo")["log_key"])


def _refuse_other_folder(home: Path) -> None:
    """Remove nothing that we did not make."""
    if home.is_symlink() or (any(home.iterdir()) and not (home / "secrets.json").is_file()):
        raise Misconfigured(f"{home} is no demo's home", hint="move it away")


def _has_versions() -> bool:
    from upheld.facts import queries as facts  # noqa: PLC0415 - tables load after Django

    return bool(facts.versions())


def _fill(file: Path) -> "Filled":
    from upheld.simulation import filling, hurrying  # noqa: PLC0415

    hurrying.hurry()
    with _progress(7 * filling.WEEKS) as tell:
        return filling.fill(file.read_bytes(), until=SystemClock().now(), seed=SEED, tell=tell)


@contextmanager
def _progress(days: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(
        length=days, label="letting some weeks pass", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield bar.update


def _start(children: Children, home: Path, log_key: str, port: int) -> None:
    """Start witness, web and worker, one after the other, as each needs the one before."""
    from upheld.config import elsewhere  # noqa: PLC0415

    folder, witness_port = home / "witness", str(port + WITNESS_AFTER)
    children.start("witness", "--port", witness_port, "--folder", str(folder), "--log-key", log_key)
    children.until_answers("witness", LOOPBACK, port + WITNESS_AFTER)
    vkey = (folder / "witness.vkey").read_text().strip()
    elsewhere.serve_plainly(witness_url=f"http://{LOOPBACK}:{witness_port}", witness_vkey=vkey)
    children.start("serve", "--port", str(port), "--processes", "1")
    children.start("work")
    children.until_answers("serve", LOOPBACK, port)


def _welcome(port: int, filled: "Filled | None") -> str:
    base = f"http://{LOOPBACK}:{port}"
    lines = [
        "",
        "This is a demonstration: simulated people, and nothing leaves this machine.",
        "",
        f"  portal   {base}/",
        f"  console  {base}/console/",
        f"  API      {base}/api/v1/openapi.json",
        "",
    ]
    if filled is None:
        lines.append("The sign-ins of the run that filled it hold; they are shown only then.")
    else:
        lines += [line for one in filled.sign_ins for line in _sign_in(one)]
        lines.append(f"  API key  {filled.api_key}")
        lines += [
            "",
            f"{filled.people} simulated people are here. To be one more, register in the portal with any mobile",
        ]
        lines.append(
            "number, such as 138 0013 8000; the code is shown in the console under outgoing messages (officer)."
        )
    return "\n".join([*lines, "", "Ctrl-C stops it."])


def _sign_in(one: "SignIn") -> list[str]:
    return [
        f"  {one.role.value:<8} {one.email}   password {one.password}",
        f"           code now {one.code(SystemClock().now())}, or for an authenticator:",
        f"           {one.address}",
        "",
    ]
