# SPDX-License-Identifier: Apache-2.0
"""SQLite as the embedded database: which library, and how a connection is set up.

`swap_in` must run before Django loads its SQLite backend, so this file imports nothing of Django.
"""

import sys
from typing import Final

from upheld.errors import Misconfigured

OLDEST_SOUND: Final = (3, 51, 3)
"""First SQLite whose WAL cannot be corrupted by a reset during a checkpoint (sqlite.org/wal.html, "WAL-reset bug")."""

BUSY_TIMEOUT_SECONDS: Final = 30
INIT_COMMAND: Final = (
    "PRAGMA journal_mode=WAL;"  # readers do not wait for the writer
    "PRAGMA synchronous=FULL;"  # what was committed survives loss of power
    "PRAGMA secure_delete=ON;"  # erased bytes are overwritten, not only unlinked
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY"  # no personal data in temporary files
)
OPTIONS: Final[dict[str, object]] = {
    "transaction_mode": "IMMEDIATE",  # a write takes its lock first, so it never fails half way on an upgrade
    "timeout": BUSY_TIMEOUT_SECONDS,
    "init_command": INIT_COMMAND,
}
"""`OPTIONS` of a SQLite database in Django's settings."""


def swap_in() -> None:
    """Make `import sqlite3` give the SQLite that pysqlite3 brings.

    Raises:
        Misconfigured: another SQLite was loaded before, or the one at hand is older than `OLDEST_SOUND`.
    """
    import pysqlite3  # noqa: PLC0415 - replaces a module, so it is loaded where that happens

    if "django.db.backends.sqlite3.base" in sys.modules and sys.modules.get("sqlite3") is not pysqlite3:
        raise Misconfigured("Django loaded another SQLite before pysqlite3 could take its place")
    if pysqlite3.sqlite_version_info < OLDEST_SOUND:
        wanted = ".".join(map(str, OLDEST_SOUND))
        raise Misconfigured(f"SQLite {wanted} or later is needed, pysqlite3 brings {pysqlite3.sqlite_version}")
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
