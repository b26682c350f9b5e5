# SPDX-License-Identifier: Apache-2.0
"""The SQLite that is used, and how a connection is set up."""

import sqlite3
import sys

import pytest
from django.conf import settings
from django.db import connections

from upheld.config.environment import database
from upheld.errors import Misconfigured
from upheld.storage import sqlite


def test_the_sqlite_in_use_is_the_sound_one():
    """Whoever imports sqlite3 gets pysqlite3, new enough not to lose its write-ahead log."""
    assert sqlite3.__name__ == "pysqlite3"
    assert sqlite3.sqlite_version_info >= sqlite.OLDEST_SOUND
    sqlite.swap_in()


def test_an_unsound_sqlite_is_refused(monkeypatch):
    """An older library, or one that Django loaded before, is named and not used."""
    import pysqlite3

    monkeypatch.setattr(pysqlite3, "sqlite_version_info", (3, 40, 0))
    with pytest.raises(Misconfigured):
        sqlite.swap_in()
    monkeypatch.undo()
    __import__("django.db.backends.sqlite3.base")
    monkeypatch.setitem(sys.modules, "sqlite3", object())
    with pytest.raises(Misconfigured):
        sqlite.swap_in()


def test_connections_are_durable_and_overwrite_what_they_erase(tmp_path):
    """The configuration's own connection to a file has every pragma that the promises rest on."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    made = database("", tmp_path / "house.sqlite3", variable="X")
    wrapper = DatabaseWrapper(
        {**connections["default"].settings_dict, **made, "TIME_ZONE": None, "AUTOCOMMIT": True}, alias="trial"
    )
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "busy_timeout": 30000}
    try:
        with wrapper.cursor() as cursor:
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    finally:
        wrapper.close()
    assert found == wanted
    assert wrapper.transaction_mode == "IMMEDIATE"
    assert settings.DATABASE_ROUTERS == ["upheld.storage.router.StoreRouter"]


def test_what_was_erased_is_not_left_in_the_file(tmp_path):
    """After an update to nothing and a checkpoint the former bytes are in no file of the database."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    made = database("", tmp_path / "house.sqlite3", variable="X")
    wrapper = DatabaseWrapper(
        {**connections["default"].settings_dict, **made, "TIME_ZONE": None, "AUTOCOMMIT": True}, alias="trial"
    )
    secret = b"\x01wrapped key bytes\x02" * 3
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE trial (id integer PRIMARY KEY, wrapped blob)")
        cursor.execute("INSERT INTO trial VALUES (1, %s)", [secret])
        cursor.execute("UPDATE trial SET wrapped = %s WHERE id = 1", [b""])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not any(secret in file.read_bytes() for file in tmp_path.iterdir())
    wrapper.close()
