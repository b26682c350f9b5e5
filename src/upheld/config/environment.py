# SPDX-License-Identifier: Apache-2.0
"""The few settings of a deployment, read once from the environment.

| variable | meaning | when missing |
|---|---|---|
| `UPHELD_HOME` | folder of databases, provider keys and secrets | `.upheld` in the working folder |
| `UPHELD_DATABASE_URL` | `postgresql://...` or `sqlite:///FILE` for people and evidence | SQLite in the home |
| `UPHELD_KEYS_DATABASE_URL` | the same for keys: a store of its own | SQLite in the home |
| `UPHELD_JOURNAL_DATABASE_URL` | the same for the restore journal: never restored with the rest | SQLite in the home |
| `UPHELD_HOSTS` | host names that the web answers to, by comma | loopback names |
| `UPHELD_INSECURE_LOOPBACK` | `1` lets plain HTTP pass on loopback (demo and tests) | HTTPS only |
| `UPHELD_WITNESS_URL`, `UPHELD_WITNESS_VKEY` | where checkpoints are witnessed, and by which key | not witnessed |
| `UPHELD_SMS_URL`, `UPHELD_SMTP_URL` | gateways that carry messages | messages wait |
| `UPHELD_PROXIES` | how many proxies in front append to X-Forwarded-For | 0 |
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict
from urllib.parse import unquote, urlsplit

from upheld.errors import Misconfigured
from upheld.storage import sqlite

STORES: Final = {
    "default": "UPHELD_DATABASE_URL",
    "keys": "UPHELD_KEYS_DATABASE_URL",
    "journal": "UPHELD_JOURNAL_DATABASE_URL",
}
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


class Secrets(TypedDict):
    """Secrets of a deployment, hex, made once by `upheld setup`; none of them opens personal data."""

    django: str
    pepper: str
    permit: str
    index: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """What the environment says, checked."""

    home: Path
    databases: dict[str, dict[str, object]]
    hosts: tuple[str, ...]
    insecure_loopback: bool
    witness_url: str
    witness_vkey: str
    sms_url: str
    smtp_url: str
    proxies: int


def database(url: str, fallback: Path, *, variable: str) -> dict[str, object]:
    """Turn a database URL into Django's settings for it.

    Raises:
        Misconfigured: the scheme is neither `sqlite` nor `postgresql`.
    """
    if not url:
        return _sqlite(fallback)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": False,
            "DISABLE_SERVER_SIDE_CURSORS": True,
        }
    msg = f"{variable} starts with {parts.scheme + '://' if parts.scheme else 'no scheme'!r}"
    raise Misconfigured(msg, hint="expected postgresql://USER:PASSWORD@HOST/NAME or sqlite:///FILE")


def _sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": sqlite.OPTIONS,
    }


def read() -> Environment:
    """Read and check the environment."""
    home = Path(os.environ.get("UPHELD_HOME", ".upheld")).absolute()
    return Environment(
        home=home,
        databases={
            alias: database(os.environ.get(variable, ""), home / f"{alias}.sqlite3", variable=variable)
            for alias, variable in STORES.items()
        },
        hosts=tuple(h.strip() for h in os.environ.get("UPHELD_HOSTS", "").split(",") if h.strip()) or LOOPBACK,
        insecure_loopback=os.environ.get("UPHELD_INSECURE_LOOPBACK") == "1",
        witness_url=os.environ.get("UPHELD_WITNESS_URL", ""),
        witness_vkey=os.environ.get("UPHELD_WITNESS_VKEY", ""),
        sms_url=os.environ.get("UPHELD_SMS_URL", ""),
        smtp_url=os.environ.get("UPHELD_SMTP_URL", ""),
        proxies=_whole_number("UPHELD_PROXIES"),
    )


def _whole_number(variable: str) -> int:
    text = os.environ.get(variable, "0")
    if not text.isdecimal():
        msg = f"{variable} must be a whole number"
        raise Misconfigured(msg)
    return int(text)


def secrets(home: Path) -> Secrets | None:
    """Return the deployment's secrets, or None before `upheld setup` made them.

    Raises:
        Misconfigured: others may read the file, or it is damaged.
    """
    file = home / "secrets.json"
    if not file.exists():
        return None
    if file.stat().st_mode & 0o077:
        msg = "the file secrets.json in UPHELD_HOME can be read by others"
        raise Misconfigured(msg, hint="chmod 600 on it")
    try:
        found: Secrets = json.loads(file.read_text())
    except ValueError:
        msg = "the file secrets.json in UPHELD_HOME is no JSON"
        raise Misconfigured(msg, hint="restore it from where you keep it; do not make a new one") from None
    missing = sorted(set(Secrets.__annotations__) - set(found))
    if missing:
        msg = f"the file secrets.json in UPHELD_HOME lacks: {', '.join(missing)}"
        raise Misconfigured(msg)
    return found
