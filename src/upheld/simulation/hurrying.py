# SPDX-License-Identifier: Apache-2.0
"""Let a simulation's SQLite answer before the disk has it: whoever loses power starts the simulation again."""

import gc
from typing import Final

from django.db import connections

from upheld.errors import Misconfigured
from upheld.storage import deployment

_OBJECTS: Final = 50_000
"""New objects between two collections: policies and plans stay for good, the rest dies by itself."""


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
    gc.freeze()
    gc.set_threshold(_OBJECTS)
