# SPDX-License-Identifier: Apache-2.0
"""Let a simulation's SQLite answer before the disk has it: whoever loses power starts the simulation again."""

from django.db import connections

from upheld.errors import Misconfigured
from upheld.storage import deployment


def hurry() -> None:
    """Wait for no disk, on this process's connections alone; a kill of the process still loses nothing.

    Raises:
        Misconfigured: people live in this database.
    """
    if deployment.kind() is deployment.DeploymentKind.PRODUCT:
        raise Misconfigured("only simulations and demonstrations may do without the disk")
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA synchronous=OFF")
