# SPDX-License-Identifier: Apache-2.0
"""What `upheld doctor` looks at once the house opens; each look says what it found and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, cast

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from upheld.cli import house
from upheld.config import working
from upheld.errors import UpheldError
from upheld.facts import queries as facts
from upheld.keys import epochs, providers
from upheld.people import staff_records
from upheld.storage import deployment, intents, journal, log_keys, reconciling, sequencer, stored_log
from upheld.storage.deployment import DeploymentKind
from upheld.storage.jobs import queue, watching

LAG_MOST: Final = timedelta(seconds=30)
"""The sequencer steps every second; evidence that waits longer means that it stands still."""
BEAT_MOST: Final = 3 * working.BEATS_EVERY
WITNESS_MOST: Final = timedelta(minutes=10)
CLOCK_MOST: Final = timedelta(seconds=5)
"""Codes and sessions live for minutes; clocks of web, worker and database that differ by less do no harm."""
EPOCH_MOST: Final = timedelta(days=90)
"""Backups of the key store die with their epoch: what was erased is out of every backup after so long at most."""


class State(StrEnum):
    """What a look found."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One thing that was looked at."""

    name: str
    state: State
    said: str
    remedy: str = ""


def well(name: str, said: str) -> Look:
    """Say that something is as it should be."""
    return Look(name=name, state=State.WELL, said=said)


def wrong(name: str, said: str, remedy: str) -> Look:
    """Say that something keeps the deployment from doing what it promises."""
    return Look(name=name, state=State.WRONG, said=said, remedy=remedy)


def warning(name: str, said: str, remedy: str) -> Look:
    """Say that something should be put right, though promises are kept meanwhile."""
    return Look(name=name, state=State.WARNING, said=said, remedy=remedy)


def examine(*, now: datetime, deep: bool) -> Iterator[Look]:
    """Look at everything; a look that cannot be taken is itself wrong."""
    yield from _safely("files", _files)
    looks: list[tuple[str, Callable[[], Iterator[Look]]]] = [
        ("databases", _databases),
        ("clock", lambda: _clock(now)),
        ("policy", lambda: _policy(now)),
        ("staff", _staff),
        ("keys", lambda: _keys(now)),
        ("journal", _journal),
        ("log", lambda: _log(now, deep=deep)),
        ("witness", lambda: _witness(now)),
        ("worker", lambda: _worker(now)),
        ("jobs", lambda: _jobs(now)),
        ("intents", lambda: _intents(now)),
        ("gateways", _gateways),
    ]
    for name, look in looks:
        yield from _safely(name, look)


def _safely(name: str, look: Callable[[], Iterator[Look]]) -> Iterator[Look]:
    try:
        yield from look()
    except UpheldError as error:
        yield wrong(name, error.message, error.hint)
    except Exception as error:  # noqa: BLE001 - a doctor reports what failed; the text could carry values
        yield wrong(name, f"could not be looked at ({type(error).__name__})", "put right what is named above first")


def _files() -> Iterator[Look]:
    home = cast("Path", settings.UPHELD["HOME"])
    kept = [home, home / "secrets.json"]
    for folder in (cast("Path", settings.UPHELD["PROVIDER_KEYS"]), cast("Path", settings.UPHELD["LOG_KEYS"])):
        kept += [folder, *sorted(folder.glob("*"))]
    for file in kept:
        if file.exists() and file.stat().st_mode & 0o077:
            mode = "700" if file.is_dir() else "600"
            yield wrong("files", f"{file.name} in UPHELD_HOME can be read by others", f"chmod {mode} on it")
            return
    yield well("files", f"{len(kept)} files and folders are ours alone")


def _databases() -> Iterator[Look]:
    places = {alias: (str(c.settings_dict.get("HOST", "")), str(c.settings_dict["NAME"])) for alias, c in _stores()}
    if len(set(places.values())) < len(places):
        yield wrong("databases", "two stores share one database", "give people, keys and journal a database each")
        return
    for alias, connection in _stores():
        if lacking := house.pending(alias):
            yield wrong("databases", f"the database {alias!r} lacks {lacking} migrations", "run: upheld setup")
        else:
            yield well("databases", f"{alias}: {connection.vendor}, up to date")
    if deployment.kind() is not DeploymentKind.PRODUCT:
        yield warning("databases", f"made for: {deployment.kind().value}", "no real people belong in it")


def _stores() -> Iterator[tuple[str, BaseDatabaseWrapper]]:
    return ((alias, connections[alias]) for alias in house.ALIASES)


def _clock(now: datetime) -> Iterator[Look]:
    newest = next(iter(stored_log.checkpoints(limit=1)), None)
    if newest is not None and newest.published_at > now + CLOCK_MOST:
        yield wrong("clock", "the clock stands before the log's last checkpoint", "set it by NTP; never back")
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - now)
        if apart > CLOCK_MOST:
            said = f"the database's clock is {apart.total_seconds():.0f} s off"
            yield wrong("clock", said, "set both by NTP")
            return
    yield well("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _policy(now: datetime) -> Iterator[Look]:
    version = facts.current_version(now)
    if not version:
        yield wrong("policy", "no version of a policy is in force; everything is refused", "run: upheld publish FILE")
        return
    yield well("policy", f"{facts.policy(version).policy}, version {version}, is in force")


def _staff() -> Iterator[Look]:
    everyone = staff_records.everyone()
    if not everyone:
        yield warning("staff", "nobody is there to answer requests", "run: upheld staff invite --role officer")
        return
    yield well("staff", f"{len(everyone)} members of staff")


def _keys(now: datetime) -> Iterator[Look]:
    found = epochs.epochs()
    if not any(epoch.is_open for epoch in found):
        yield wrong("keys", "no epoch is open; nothing can be sealed", "run: upheld setup")
        return
    for state in found:
        if not state.is_retired and (state.is_open or state.live_keys):
            epochs.prove_provider_key(state.number)
    opened_at = epochs.opened_at(max(epoch.number for epoch in found))
    if now - opened_at > EPOCH_MOST:
        said = f"the epoch is {(now - opened_at).days} days old, and so are the oldest backups that still open"
        yield warning("keys", said, "run: upheld keys rotate")
        return
    yield well("keys", f"epoch {found[-1].number} of {providers.provider().name} wraps {found[-1].live_keys} keys")


def _journal() -> Iterator[Look]:
    found = journal.standing()
    if found is journal.Standing.IN_STEP:
        yield well("journal", "in step with the data")
    elif found is journal.Standing.BEHIND:
        yield wrong("journal", "the data was restored; nothing is served", "run: upheld restore --replay")
    else:
        yield wrong("journal", "the restore journal is lost; nothing is served", "run: upheld restore --only journal")


def _log(now: datetime, *, deep: bool) -> Iterator[Look]:
    log_keys.log_signer()
    faults = reconciling.reconcile(deep=deep)
    if faults:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        yield wrong("log", f"{faults[0].text}{more}", "keep everything as it is; compare with the witness")
        return
    behind = sequencer.lag(now=now)
    if behind.oldest > LAG_MOST:
        said = f"{behind.waiting} pieces of evidence wait, the oldest for {behind.oldest.total_seconds():.0f} s"
        yield wrong("log", said, "start: upheld work")
        return
    head = stored_log.head()
    yield well("log", f"{head.size if head else 0} entries, {behind.waiting} wait")


def _witness(now: datetime) -> Iterator[Look]:
    if not settings.UPHELD["WITNESS_URL"]:
        yield warning("witness", "no witness signs the log; it proves only that it agrees with itself",
                      "run: upheld witness, elsewhere, and set UPHELD_WITNESS_URL and UPHELD_WITNESS_VKEY")  # fmt: skip
        return
    log_keys.own_keyring()
    last = next((one for one in stored_log.checkpoints(limit=1000) if one.witnessed_at), None)
    newest = next(iter(stored_log.checkpoints(limit=1)), None)
    if newest is None:
        yield well("witness", "nothing to witness yet")
    elif last is None or (newest.witnessed_at is None and now - newest.published_at > WITNESS_MOST):
        yield wrong("witness", "the last checkpoint is not witnessed", "is the witness up, and its key the right one?")
    else:
        yield well("witness", f"signed at {last.size} entries")


def _worker(now: datetime) -> Iterator[Look]:
    beat = watching.last_done_at(working.HEARTBEAT)
    if beat is None or now - beat > BEAT_MOST:
        said = "no worker has been at work yet" if beat is None else f"the worker's last sign is from {beat:%H:%M} UTC"
        yield wrong("worker", said, "start: upheld work")
        return
    yield well("worker", f"last sign {max(0, int((now - beat).total_seconds()))} s ago")


def _jobs(now: datetime) -> Iterator[Look]:
    dead, late = queue.dead_runs(limit=1), watching.late_count(now=now)
    if dead:
        said = f"{queue.counts().get('dead', 0)} jobs gave up; the oldest: {dead[0].kind} ({dead[0].last_error})"
        yield wrong("jobs", said, "put right what the code names")
    elif late:
        yield wrong("jobs", f"{late} jobs are late", "start: upheld work")
    else:
        yield well("jobs", "none late, none dead")


def _intents(now: datetime) -> Iterator[Look]:
    pending = intents.unsettled(before=now - 2 * intents.GRACE)
    if pending:
        said = f"{len(pending)} effects have no outcome yet; the oldest: {pending[0].kind}"
        yield wrong("intents", said, "start: upheld work, which takes them up")
    else:
        yield well("intents", "every effect has its outcome")


def _gateways() -> Iterator[Look]:
    if not settings.UPHELD["SMS_URL"]:
        yield warning("gateways", "nothing carries codes to people; nobody can register", "set UPHELD_SMS_URL")
    elif not settings.UPHELD["SMTP_URL"]:
        yield warning("gateways", "nothing carries e-mail", "set UPHELD_SMTP_URL")
    else:
        yield well("gateways", "SMS and e-mail are configured")
    if settings.INSECURE_LOOPBACK and deployment.kind() is DeploymentKind.PRODUCT:
        yield warning("gateways", "plain HTTP passes on loopback", "unset UPHELD_INSECURE_LOOPBACK")
