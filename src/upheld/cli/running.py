# SPDX-License-Identifier: Apache-2.0
"""`upheld serve`, `upheld work` and `upheld witness`: the three processes of a deployment."""

import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import click

from upheld.clock import SystemClock
from upheld.errors import Misconfigured, UpheldError

PORT = 8710
WITNESS_PORT = 8712
STOP_WITHIN_SECONDS = 30
"""How long a web process may finish what it answers; a longer one than a database's own timeouts is stuck."""
LOGS: dict[str, Any] = {
    "formatters": {name: {"()": "upheld.config.logs.ImpersonalFormatter"} for name in ("generic", "access")}
}
"""What the server logs by itself, such as what escapes every handler: like all else, without values."""


def refuse_taken_port(address: str, port: int) -> None:
    """Say which port is taken before anything starts.

    Raises:
        Misconfigured: something listens there already, or the address is not ours.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            raise Misconfigured(
                f"port {port} on {address} is taken or cannot be used", hint="choose another with --port"
            ) from None


def refuse_simulation() -> None:
    """Keep the product off a simulation's database.

    Raises:
        Misconfigured: this database was made for simulations.
    """
    from upheld.storage import deployment  # noqa: PLC0415 - tables load after Django

    if deployment.kind() is deployment.DeploymentKind.SIMULATION:
        raise Misconfigured("this database was made for simulations; the product does not run on it")


def _check_in_a_child() -> None:
    """Open the house once in a process that ends at once: the parent of the web processes never loads Django.

    This saves some 30 MB, and no connection is there to be inherited.
    """
    child = os.fork()
    if child:
        if code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            sys.exit(code)
        return
    code = 1
    try:
        from upheld.cli import house  # noqa: PLC0415

        house.open_house()
        refuse_simulation()
        code = 0
    except UpheldError as error:
        click.echo(f"upheld: {error.diagnostics()}", err=True)
    finally:
        os._exit(code)


@click.command()
@click.option("--address", default="127.0.0.1", show_default=True, help="Network address to listen on.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="How many web processes.")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 64), help="Threads in each process.")
@click.option("--certificate", type=click.Path(path_type=Path, exists=True), help="TLS certificate chain (PEM).")
@click.option("--certificate-key", type=click.Path(path_type=Path, exists=True), help="Its private key (PEM).")
def serve(
    *, address: str, port: int, processes: int, threads: int, certificate: Path | None, certificate_key: Path | None
) -> None:
    """Serve the portal, the console and the API."""
    from granian import Granian  # noqa: PLC0415 - a server is not loaded to print help
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    _check_in_a_child()
    refuse_taken_port(address, port)
    Granian(
        "upheld.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        log_access=False,  # an access log would keep network addresses
        log_level=LogLevels.warning,
        log_dictconfig=LOGS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        ssl_cert=certificate,
        ssl_key=certificate_key,
    ).serve()


@click.command()
def work() -> None:
    """Carry out jobs: deliveries, deadlines, sweeps, and the evidence log."""
    from upheld.cli import house  # noqa: PLC0415

    house.open_house()
    refuse_simulation()
    from upheld.config import wiring, working  # noqa: PLC0415 - tables load after Django
    from upheld.storage import deployment  # noqa: PLC0415

    demo = deployment.kind() is deployment.DeploymentKind.DEMO
    wiring.run_product(demo=demo)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    click.echo("upheld work: at it; stop with Ctrl-C")
    working.work(SystemClock(), stop, demo=demo)


@click.command()
@click.option("--address", default="127.0.0.1", show_default=True, help="Network address to listen on.")
@click.option(
    "--port", default=WITNESS_PORT, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option(
    "--folder", type=click.Path(path_type=Path), required=True, help="Where the witness keeps its own key and state."
)
@click.option(
    "--log-key", required=True, help="The key of the evidence log that it follows (printed by `upheld setup`)."
)
def witness(*, address: str, port: int, folder: Path, log_key: str) -> None:
    """Sign checkpoints that grow consistently, as a second process."""
    from upheld.storage import witness_process  # noqa: PLC0415

    refuse_taken_port(address, port)
    witness_process.serve(address=address, port=port, folder=folder, log_vkey=log_key, clock=SystemClock())
