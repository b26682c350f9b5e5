# SPDX-License-Identifier: Apache-2.0
"""Driver errors leave their values behind."""

import traceback

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from upheld.storage.errors import (
    Contended,
    Duplicate,
    Faulty,
    Refused,
    StoreFault,
    Unfit,
    impersonal,
    retried,
    safe_errors,
)

SECRET = "13800000000"


@pytest.fixture
def table():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE trial (phone varchar(200) NOT NULL UNIQUE, age integer CHECK (age < 200))"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE trial")


def run(sql, params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize(
    ("sql", "params", "kind"),
    [
        ("INSERT INTO trial VALUES (%s, 1)", [SECRET], Duplicate),
        ("INSERT INTO trial SELECT NULL, length(%s)", [SECRET], Refused),
        ("INSERT INTO trial VALUES (%s, 500)", [SECRET + "0"], Refused),
        (f"INSERT INTO trial VALUES ('{SECRET}' oops)", None, Faulty),
        (f"INSERT INTO missing_{SECRET} VALUES (1)", None, Faulty),
    ],
    ids=["duplicate", "null", "check", "syntax", "no table"],
)
def test_a_refused_statement_says_nothing_of_its_values(table, sql, params, kind):
    """Not in its message, its cause, its context, its traceback."""
    run("INSERT INTO trial VALUES (%s, 1)", [SECRET])
    with pytest.raises(kind) as caught:
        run(sql, params)
    error = caught.value
    seen = [error]
    while seen[-1].__cause__ or seen[-1].__context__:
        seen.append(seen[-1].__cause__ or seen[-1].__context__)
    assert all(SECRET not in repr(one) for one in seen)
    assert SECRET not in "".join(traceback.format_exception_only(error))
    assert isinstance(error, DatabaseError)


def test_a_value_of_the_wrong_type_is_not_quoted(table):
    """PostgreSQL quotes the text it could not read; we do not."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes any value")
    with pytest.raises(Unfit) as caught:
        run("INSERT INTO trial VALUES ('x', CAST(%s AS integer))", ["number " + SECRET])
    assert SECRET not in str(caught.value)


def test_the_constraint_is_named(table):
    """Enough to find the fault: the code and the constraint."""
    run("INSERT INTO trial VALUES (%s, 1)", [SECRET])
    with pytest.raises(Duplicate) as caught:
        run("INSERT INTO trial VALUES (%s, 1)", [SECRET])
    assert "trial" in caught.value.constraint
    assert caught.value.sqlstate in {"23505", "SQLITE_CONSTRAINT", "SQLITE_CONSTRAINT_UNIQUE"}


def test_django_still_knows_its_own_errors():
    """`get_or_create` and `except IntegrityError` go on working."""
    assert issubclass(Duplicate, IntegrityError)
    fault = Duplicate("said once")
    assert impersonal(fault) is fault


def test_an_error_outside_statements_is_emptied_too():
    """A commit's error passes `safe_errors`; its text is gone even from the context."""
    with pytest.raises(StoreFault) as caught, safe_errors():
        raise IntegrityError(f"Key (phone)=({SECRET})")
    assert SECRET not in repr(caught.value.__context__)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_work_that_met_another_is_done_again():
    """Twice it meets another transaction, the third time it succeeds; without end it gives up."""
    tries = []

    def work():
        tries.append(1)
        if len(tries) < 3:
            raise Contended("met")
        return "done"

    assert retried(work, first_wait_seconds=0) == "done"
    with pytest.raises(Contended):
        retried(lambda: (_ for _ in ()).throw(Contended("met")), attempts=2, first_wait_seconds=0)


def test_inside_a_transaction_nothing_is_done_again():
    """Half of a transaction cannot be repeated."""
    tries = []

    def work():
        tries.append(1)
        raise Contended("met")

    with pytest.raises(Contended), transaction.atomic():
        retried(work, first_wait_seconds=0)
    assert len(tries) == 1


def test_a_database_that_another_writes_to_is_contended(tmp_path):
    """SQLite's busy answer is one that may be tried again, and names no file."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    from upheld.storage import sqlite

    first, second = (
        DatabaseWrapper(
            {
                **connection.settings_dict,
                "NAME": str(tmp_path / "busy.sqlite3"),
                "OPTIONS": {**sqlite.OPTIONS, "timeout": 0.05},
                "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False,
                "TIME_ZONE": None,
            },
            alias=f"busy{n}",
        )
        for n in range(2)
    )  # fmt: skip
    try:
        first.cursor().execute("BEGIN IMMEDIATE")
        with pytest.raises(Contended) as caught:
            second.cursor().execute("BEGIN IMMEDIATE")
        assert "busy.sqlite3" not in str(caught.value)
    finally:
        first.close()
        second.close()
