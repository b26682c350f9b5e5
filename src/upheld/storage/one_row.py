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
                # binds on the server and in C, where Django's own cursor class builds the text in Python
                return cast("Row | None", Cursor(connection.connection).execute(self._sql, parameters).fetchone())
        except (DatabaseError, InterfaceError) as error:
            fault = impersonal(error)
        raise fault  # outside the handler, so that it has no context that could be printed

    def _watched(self, parameters: tuple[UUID | bytes | str | int, ...]) -> Row | None:
        connection = connections[ALIAS]
        is_sqlite = connection.vendor == "sqlite"
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [one.hex if is_sqlite and isinstance(one, UUID) else one for one in parameters])
            return cast("Row | None", cursor.fetchone())
