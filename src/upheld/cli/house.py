# SPDX-License-Identifier: Apache-2.0
"""Start Django for a command, and say plainly what is missing when it cannot start."""

import os

import django
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from upheld.errors import Misconfigured, Unavailable

ALIASES = ("default", "keys", "journal")


def open_house(*, needs_setup: bool = True) -> None:
    """Load settings and tables.

    Raises:
        Misconfigured: nobody ran `upheld setup` here, or the databases are older than the code.
        Unavailable: a database does not answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.config.settings")  # noqa: TID251 - how Django is told
    django.setup()
    if needs_setup:
        _refuse_unready()


def refuse_without_secrets() -> None:
    """Let no command run before `upheld setup`.

    Raises:
        Misconfigured: nobody ran it here.
    """
    from django.conf import settings  # noqa: PLC0415 - only after Django is set up

    if not settings.UPHELD["SECRETS"]:
        raise Misconfigured("there is no deployment in UPHELD_HOME yet", hint="run: upheld setup")


def _refuse_unready() -> None:
    refuse_without_secrets()
    for alias in ALIASES:
        if pending(alias):
            raise Misconfigured(f"the database {alias!r} is older than this version", hint="run: upheld setup")


def pending(alias: str) -> int:
    """Count the migrations that a database lacks.

    Raises:
        Unavailable: it does not answer.
    """
    try:
        executor = MigrationExecutor(connections[alias])
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError:
        raise Unavailable(
            f"the database {alias!r} does not answer", hint="is its server up, and its URL right?"
        ) from None


def migrate() -> int:
    """Bring the three databases up to date; return how many migrations were applied."""
    applied = sum(pending(alias) for alias in ALIASES)
    for alias in ALIASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    return applied
