# SPDX-License-Identifier: Apache-2.0
"""Copies of the databases, taken while they are in use, and put back whole.

SQLite: its own online backup, which sees one moment of the database and waits for nobody. PostgreSQL: `pg_dump` and
`pg_restore` in one transaction; the password goes through the environment, never on a command line.

A copy of the data and a copy of the keys are worth something only together, and only while the provider key of the
epoch that wrapped them lives. The data is copied before the keys: a key made in between is too many and does no harm,
whereas a row whose key is in no copy would be lost.
"""

import hashlib
import json
import os
import shutil
import subprocess
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import connections

from upheld.errors import Broken, Conflict, Misconfigured, NotFound, Unavailable
from upheld.storage.base import Store
from upheld.storage.key_files import sync_folder

FORMAT: Final = "upheld-copy/v1"
MANIFEST: Final = "copy.json"
_TOOL_SECONDS: Final = 24 * 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Copied:
    """One database in a copy."""

    store: Store
    file: str
    vendor: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a folder of copies says of itself."""

    made_at: str
    log_size: int
    epochs: tuple[int, ...]
    """Epochs whose provider keys the keys in here need."""
    copies: tuple[Copied, ...]


def copy_out(
    stores: tuple[Store, ...], folder: Path, *, now: datetime, log_size: int = 0, epochs: tuple[int, ...] = ()
) -> Manifest:
    """Copy databases into a new folder that only we may read; the manifest comes last, so a half copy has none.

    Raises:
        Conflict: the folder holds something, or the journal is asked for together with what it must outlive.
    """
    _refuse_together(stores, folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if any(folder.iterdir()):
        raise Conflict("the folder of a backup must be empty", hint="name a new one for each backup")
    made = Manifest(
        made_at=now.isoformat(timespec="seconds"),
        log_size=log_size,
        epochs=epochs,
        copies=tuple(_copy_one(store, folder) for store in stores),
    )
    _write(folder / MANIFEST, json.dumps({"format": FORMAT, **asdict(made)}, indent=1).encode())
    sync_folder(folder)
    return made


def _refuse_together(stores: tuple[Store, ...], folder: Path) -> None:
    """Keep the restore journal away from the data: whoever loses or restores one must not lose or restore the other."""
    if "journal" not in stores:
        return
    around = {file.parent for pattern in ("*", "*/*", "*/*/*") for file in folder.parent.glob(f"{pattern}.json")}
    data_is_near = any("default" in _stores_in(one) for one in around if (one / MANIFEST).exists())
    if len(stores) > 1 or data_is_near:
        raise Conflict(
            "the restore journal is never copied to where the data is copied", hint="another disk or machine"
        )


def _stores_in(folder: Path) -> set[str]:
    return {one.store for one in read_manifest(folder).copies}


def _copy_one(store: Store, folder: Path) -> Copied:
    vendor = connections[store].vendor
    file = folder / (f"{store}.sqlite3" if vendor == "sqlite" else f"{store}.dump")
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if vendor == "sqlite":
        _copy_sqlite(store, file)
    else:
        _run("pg_dump", store, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
    _sync(file)
    return Copied(store=store, file=file.name, vendor=vendor, size_bytes=file.stat().st_size, sha256=_sha256(file))


def _copy_sqlite(store: Store, file: Path) -> None:
    with closing(_open_sqlite(file)) as target:
        _raw(store).backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def read_manifest(folder: Path) -> Manifest:
    """Read what a folder of copies says of itself.

    Raises:
        NotFound: it is no such folder, or the copying did not end.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text())
        if found.pop("format") != FORMAT:
            raise NotFound(f"the folder holds no copy of the format {FORMAT}")
        copies = tuple(Copied(**one) for one in found.pop("copies"))
        return Manifest(copies=copies, epochs=tuple(found.pop("epochs")), **found)
    except (OSError, ValueError, KeyError, TypeError):
        raise NotFound(f"the folder holds no finished copy: {MANIFEST} is missing or damaged") from None


def check_copies(folder: Path, manifest: Manifest) -> None:
    """Refuse a copy that was changed, or that the configured databases cannot take, before anything is touched.

    Raises:
        Broken: a file is not the one that was written.
        Misconfigured: it was copied from another kind of database.
    """
    for one in manifest.copies:
        file = folder / one.file
        if file.parent != folder or not file.is_file() or _sha256(file) != one.sha256:
            raise Broken(f"the copy of {one.store!r} is missing or was changed since it was made")
        if connections[one.store].vendor != one.vendor:
            raise Misconfigured(f"the copy of {one.store!r} is of {one.vendor}, another kind is configured here")


def copy_in(folder: Path, manifest: Manifest) -> None:
    """Put copies back in place of what the databases hold, each whole or not at all.

    Call `check_copies` first.
    """
    for one in manifest.copies:
        if one.vendor == "sqlite":
            _restore_sqlite(one.store, folder / one.file)
        else:
            _restore_postgresql(one.store, folder / one.file)


def _restore_sqlite(store: Store, file: Path) -> None:
    target = _raw(store)
    with closing(_open_sqlite(file)) as source:
        source.backup(target)
    target.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing of what stood here before stays beside the file
    connections[store].close()


def _restore_postgresql(store: Store, file: Path) -> None:
    connections[store].close()
    name = str(connections[store].settings_dict["NAME"])
    _run("pg_restore", store, "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
         "--exit-on-error", f"--dbname={name}", str(file))  # fmt: skip


def _raw(store: Store) -> Any:
    """Return the driver's own connection, outside any transaction."""
    connection = connections[store]
    connection.ensure_connection()
    if connection.in_atomic_block:
        raise Conflict("databases are copied outside any transaction")
    return connection.connection


def _open_sqlite(file: Path) -> Any:
    import sqlite3  # noqa: PLC0415 - the one that `sqlite.swap_in` put in place before Django loaded

    return sqlite3.connect(file, isolation_level=None)


def _run(tool: str, store: Store, *arguments: str) -> None:
    """Run a tool of PostgreSQL; what it prints may quote rows, so only its exit code is told."""
    program = shutil.which(tool)
    if program is None:
        raise Misconfigured(f"{tool} is not installed here", hint="install the client tools of PostgreSQL")
    given = connections[store].settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {variable: str(given[name]) for variable, name in named.items() if given.get(name)}
    ended = subprocess.run(  # noqa: S603 - a fixed program; no argument comes from outside but a file's place
        [program, *arguments], env=environment, capture_output=True, check=False, timeout=_TOOL_SECONDS
    )
    if ended.returncode:
        raise Unavailable(f"{tool} failed on the database {store!r} with exit code {ended.returncode}")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return digest.hexdigest()


def _sync(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
