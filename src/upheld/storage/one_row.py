# SPDX-License-Identifier: Apache-2.0
"""Read one row by one statement, past the ORM and past Django's cursors: for the hot path alone.

A cursor of Django's costs more than the statement that it runs. The connection is Django's own in any case: the same
transaction, thread and settings, and the same impersonal errors.
"""

from typing import Any, Final, cast
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connections
from psycopg import Cursor

from upheld.storage.errors import impersonal

ALIAS: Final = "default"
PREPARED_AFTER: Final = 5
"""Runs on one connection after which a statement is kept planned; psycopg's own figure."""
Row = tuple[Any, ...]


class OneRow:
    """A statement that reads one row or none, with `%s` for its parameters."""

    def __init__(self, sql: str) -> None:
        """Spell the statement for each database; it holds no other percent sign or question mark."""
        self._sql = sql
        self._sqlite = sql.replace("%s", "?")

    def read(self, *parameters: UUID | bytes | str | int) -> Row | None:
        """Return the row as the driver gives it: SQLite keeps an id as 32 hex digits, PostgreSQL as itself.

        Raises:
            StoreFault: the database refused something.
        """
        connection = connections[ALIAS]
        try:
            if connection.connection is None:
                connection.ensure_connection()
            if connection.force_debug_cursor:  # someone counts statements
                return self._watched(parameters)
            with connection.wrap_database_errors:
                if connection.vendor == "sqlite":
                    keys = [one.hex if isinstance(one, UUID) else one for one in parameters]
                    return cast("Row | None", connection.connection.execute(self._sqlite, keys).fetchone())
                return _prepared(connection.connection, self._sql, parameters)
        except (DatabaseError, InterfaceError) as error:
            fault = impersonal(error)
        raise fault  # outside the handler, so that it has no context that could be printed

    def _watched(self, parameters: tuple[UUID | bytes | str | int, ...]) -> Row | None:
        connection = connections[ALIAS]
        is_sqlite = connection.vendor == "sqlite"
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [one.hex if is_sqlite and isinstance(one, UUID) else one for one in parameters])
            return cast("Row | None", cursor.fetchone())


def _prepared(connection: Any, sql: str, parameters: tuple[object, ...]) -> Row | None:
    """Run a statement that PostgreSQL keeps planned for the connection.

    Django's own cursors bind on the client and prepare nothing, so the threshold is ours alone. A pooler between must
    keep sessions, or know prepared statements (PgBouncer since 1.21).
    """
    if connection.prepare_threshold is None:
        connection.prepare_threshold = PREPARED_AFTER
    return cast("Row | None", Cursor(connection).execute(sql, parameters).fetchone())
