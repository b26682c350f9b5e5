# SPDX-License-Identifier: Apache-2.0
"""What the driver says, without what it quotes.

A driver's message carries values ("Key (phone)=(...) already exists"). Every statement of every connection passes
`_impersonal`, and every commit of an act passes `safe_errors`: what leaves them names the kind of fault, the SQLSTATE
or SQLite code and the constraint, and has no cause or context to print. Each error is also Django's own class, so
`get_or_create` and `except IntegrityError` work as before.

    StoreFault            a statement failed
    ├── Duplicate         (Conflict, IntegrityError) a row with this key is there already
    ├── Refused           (Conflict, IntegrityError) another constraint: null, foreign key, check
    ├── Unfit             (BadInput, DataError) a value does not fit its column
    ├── Faulty            the statement itself is wrong: a table is missing, a word is misspelt
    └── Unreachable       (Unavailable, OperationalError) no connection, a timeout, a full disk
        └── Contended     two transactions met; the same work may succeed if done again
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final, TypeVar

from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connections,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from upheld.errors import BadInput, Conflict, Unavailable, UpheldError

_Result = TypeVar("_Result")
_CONTENDED: Final = frozenset({"40001", "40P01", "55P03", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"})
"""Serialization failure, deadlock, lock not available (PostgreSQL appendix A) and SQLite's own."""
_DUPLICATE: Final = "23505"
"""SQLSTATE unique_violation."""
_SQLITE_PLACE: Final = re.compile(r"constraint failed: ([A-Za-z0-9_.]+(?:, [A-Za-z0-9_.]+)*)$")
"""SQLite names columns or a constraint after the colon, never values."""


class StoreFault(UpheldError):
    """A statement failed."""

    code: ClassVar[str] = "store_fault"

    def __init__(self, message: str, *, sqlstate: str = "", constraint: str = "", hint: str = "") -> None:
        """Keep the driver's code and the constraint's name."""
        super().__init__(message, hint=hint)
        self.sqlstate = sqlstate
        self.constraint = constraint


class Duplicate(StoreFault, Conflict, IntegrityError):
    """A row with this key is there already."""

    code = "duplicate"


class Refused(StoreFault, Conflict, IntegrityError):
    """A constraint other than uniqueness refused the row."""

    code = "refused_by_constraint"


class Unfit(StoreFault, BadInput, DataError):
    """A value does not fit its column."""

    code = "unfit_value"


class Unreachable(StoreFault, Unavailable, OperationalError):
    """The database did not answer as it should."""

    code = "database_unavailable"


class Contended(Unreachable):
    """Two transactions met; the same work may succeed if done again."""

    code = "contended"


class Faulty(StoreFault, OperationalError, ProgrammingError):
    """The statement itself is wrong: a table is missing, a word is misspelt."""

    code = "statement_refused"


def impersonal(error: DatabaseError | InterfaceError) -> StoreFault:
    """Return the same fault without any value."""
    if isinstance(error, StoreFault):
        return error
    driver = error.__cause__
    code = str(getattr(driver, "sqlstate", None) or getattr(driver, "sqlite_errorname", None) or "")
    constraint = _constraint(driver)
    place = f" at {constraint}" if constraint else ""
    text = f"the database refused a statement{place} ({code or type(error).__name__})"
    return _kind(error, code)(text, sqlstate=code, constraint=constraint)


def _kind(error: Exception, code: str) -> type[StoreFault]:
    if code in _CONTENDED:
        return Contended
    if isinstance(error, IntegrityError):
        return Duplicate if code == _DUPLICATE or str(error).startswith("UNIQUE") else Refused
    if isinstance(error, DataError):
        return Unfit
    if code != "SQLITE_ERROR" and isinstance(error, (OperationalError, InterfaceError)):
        return Unreachable
    return Faulty


def _constraint(driver: BaseException | None) -> str:
    diagnostics = getattr(driver, "diag", None)
    if diagnostics is not None:
        return str(diagnostics.constraint_name or diagnostics.column_name or "")
    if getattr(driver, "sqlite_errorname", "").startswith("SQLITE_CONSTRAINT"):
        found = _SQLITE_PLACE.search(str(driver))
        return found.group(1) if found else ""
    return ""


@contextmanager
def safe_errors() -> Iterator[None]:
    """Let no driver error out of the block with its values.

    Raises:
        StoreFault: the database refused something.
    """
    try:
        yield
    except StoreFault:
        raise
    except (DatabaseError, InterfaceError) as error:
        fault = impersonal(error)
        _silence(error)
        raise fault from None


def _silence(error: BaseException) -> None:
    """Empty a driver's error, for a `with` block keeps it as the context of whatever is raised instead."""
    error.args = ()
    if error.__cause__ is not None:
        error.__cause__.args = ()


def retried(
    work: Callable[[], _Result], *, using: str = "default", attempts: int = 6, first_wait_seconds: float = 0.01
) -> _Result:
    """Do a whole transaction again while it meets others, waiting twice as long each time.

    Inside a transaction nothing is done again: only the whole of it can be.

    Args:
        work: opens its own transaction; everything it changes is inside it.
        using: the database of that transaction.
        attempts: how often at most.
        first_wait_seconds: the first wait; the sixth attempt comes after 0.31 s of waiting in all.

    Raises:
        Contended: the last attempt met another transaction too.
    """
    if connections[using].in_atomic_block:
        return work()
    for attempt in range(attempts):
        try:
            return work()
        except Contended:
            if attempt == attempts - 1:
                raise
        time.sleep(first_wait_seconds * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _impersonal(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    fault: StoreFault
    try:
        return execute(sql, params, many, context)
    except (DatabaseError, InterfaceError) as error:
        fault = impersonal(error)
    raise fault  # outside the handler, so that it has no context that could be printed


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _impersonal not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _impersonal)  # outermost: nothing above sees the driver's words


connection_created.connect(_watch, dispatch_uid="upheld.storage.errors")
