# SPDX-License-Identifier: Apache-2.0
"""Keys of a company's programs: `upk_<id>_<secret>`, held as a digest, bound to what they are for.

The secret has 256 random bits, so one SHA-256 is enough to hold it by, and authenticating costs one read by primary
key. Whoever takes a key narrows it with `KeyScope.require` and `KeyScope.require_ask`, and calls `budgets.count_person`
for each person it reaches.
"""

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.crypto.hashing import is_equal, token_digest
from upheld.crypto.randomness import token_text, uuid7
from upheld.errors import BadInput, NotFound, Unauthenticated
from upheld.people import authority, restoring
from upheld.people.events import PeopleEvent
from upheld.people.key_values import Issued, KeyMetadata, KeyScope, Terms
from upheld.people.limit_tables import API_KEY_LONGEST, API_KEY_OVERLAP
from upheld.people.models import APIKey
from upheld.people.permissions import Permission
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.storage.one_row import OneRow
from upheld.terms import Act, StaffId

_PREFIX: Final = "upk"
_HEADER_LONGEST: Final = 200
_READ: Final = OneRow(
    "SELECT secret_digest, expires_at, ended_at, purposes, acts, permissions, networks, people_an_hour "  # noqa: S608
    f"FROM {APIKey._meta.db_table} WHERE id = %s"  # noqa: SLF001 - our own table; the hot path has no time for the ORM
)
Networks = tuple[IPv4Network | IPv6Network, ...]


class KeyRefused(Unauthenticated):
    """The key is unknown, over, or not allowed from there; which of these is not said."""

    code = "key_refused"

    def __init__(self) -> None:
        """Say the same whatever the reason."""
        super().__init__("the key is unknown, over, or not allowed from this network address")


def issue(*, terms: Terms, now: datetime, issued_by: StaffId | None = None) -> Issued:
    """Issue a key; `issued_by` is None from the command line alone.

    Raises:
        BadInput: the terms let everything pass, or are no terms.
        Forbidden: who issues it may not.
    """
    _check(terms)
    authority.role_or_shell(issued_by, Permission.CONSOLE_API_KEYS_ISSUE)
    return _issue(terms, now=now, issued_by=issued_by, replaces=None, event=PeopleEvent.API_KEY_ISSUED)


def rotate(*, key_id: UUID, now: datetime, issued_by: StaffId | None = None) -> Issued:
    """Issue a key on the terms of an older one, which goes on for the overlap and ends then.

    Raises:
        NotFound: there is no such live key.
        Forbidden: who issues it may not.
    """
    authority.role_or_shell(issued_by, Permission.CONSOLE_API_KEYS_ISSUE)
    with act() as acting:
        old = APIKey.objects.select_for_update().filter(id=key_id, ended_at=None, expires_at__gt=now).first()
        if old is None:
            raise NotFound("there is no such live key")
        terms = Terms(
            name=old.name,
            purposes=tuple(old.purposes),
            acts=tuple(Act(one) for one in old.acts),
            permissions=tuple(Permission(one) for one in old.permissions),
            networks=tuple(old.networks),
            people_an_hour=old.people_an_hour,
            life=old.expires_at - old.issued_at,
        )
        APIKey.objects.filter(id=key_id).update(expires_at=min(old.expires_at, now + API_KEY_OVERLAP))
        issued = _issue(terms, now=now, issued_by=issued_by, replaces=key_id, event=PeopleEvent.API_KEY_ROTATED)
        acting.record(
            PeopleEvent.API_KEY_ENDED,
            now=now,
            subject=None,
            clause=None,
            control="people.api_key_scope",
            facts={"key": str(key_id), "replaced_by": str(issued.key_id), "overlap_days": API_KEY_OVERLAP.days},
        )
    return issued


def _issue(
    terms: Terms, *, now: datetime, issued_by: StaffId | None, replaces: UUID | None, event: PeopleEvent
) -> Issued:
    secret = token_text(32)
    row = APIKey(
        id=uuid7(now),
        name=terms.name,
        secret_digest=token_digest(secret),
        purposes=sorted(terms.purposes),
        acts=sorted(one.value for one in terms.acts),
        permissions=sorted(one.value for one in terms.permissions),
        networks=sorted(terms.networks),
        people_an_hour=terms.people_an_hour,
        issued_by=issued_by,
        issued_at=now,
        expires_at=now + terms.life,
        replaces=replaces,
    )
    with act() as acting:
        row.save(force_insert=True)
        acting.record(
            event,
            now=now,
            subject=None,
            clause=None,
            control="people.api_key_scope",
            facts={
                "key": str(row.id),
                "by": str(issued_by or authority.COMMAND_LINE),
                "purposes": list(row.purposes),
                "acts": list(row.acts),
                "permissions": list(row.permissions),
                "people_an_hour": row.people_an_hour,
                "life_days": terms.life.days,
            },
        )
    return Issued(key_id=row.id, expires_at=row.expires_at, text=f"{_PREFIX}_{row.id.hex}_{secret}")


def _check(terms: Terms) -> None:
    """Refuse terms that are no terms; nothing given means nothing allowed, so it is refused too."""
    if not 1 <= len(terms.name.strip()) <= 80:
        raise BadInput("a key has a name of 1 to 80 characters")
    if not terms.permissions or not all(one.value.startswith("api:") for one in terms.permissions):
        raise BadInput("a key has one or more permissions of scope api, and no other")
    if not terms.networks:
        raise BadInput("a key names the networks that may use it")
    try:
        for network in terms.networks:
            ip_network(network)
    except ValueError:
        raise BadInput("networks are written in CIDR notation, such as 192.0.2.0/24") from None
    if terms.people_an_hour < 1:
        raise BadInput(f"a key reaches one person an hour or more, {terms.people_an_hour} came")
    if not timedelta(0) < terms.life <= API_KEY_LONGEST:
        raise BadInput(f"a key lives {API_KEY_LONGEST.days} days at most, {terms.life.days} came")


def authenticate(*, header: str, address: str, now: datetime) -> KeyScope:
    """Return what the key of an `Authorization: Bearer` header may do.

    Raises:
        KeyRefused: it is unknown, over, or not allowed from this network address.
    """
    key_id, secret = _parsed(header)
    found = _READ.read(key_id)
    if found is None:
        raise KeyRefused
    digest, expires_at, ended_at, *granted = found
    if not is_equal(bytes(digest), token_digest(secret)):
        raise KeyRefused
    scope, networks = _granted(key_id, *granted)
    if controls.in_force("people.api_key_scope"):
        is_over = ended_at is not None or _aware(expires_at) <= now
        if is_over or not _is_from(address, networks):
            raise KeyRefused
    return scope


@lru_cache(maxsize=1024)
def _granted(
    key_id: UUID, purposes: str, acts: str, permissions: str, networks: str, people_an_hour: int
) -> tuple[KeyScope, Networks]:
    """Read what a row grants; a row that changed is another argument, so nothing stale is ever answered."""
    scope = KeyScope(
        key_id=key_id,
        purposes=frozenset(json.loads(purposes)),
        acts=frozenset(json.loads(acts)),
        permissions=frozenset(json.loads(permissions)),
        people_an_hour=people_an_hour,
    )
    return scope, tuple(ip_network(network) for network in json.loads(networks))


def _aware(moment: datetime) -> datetime:
    """SQLite gives moments without their zone, which is UTC."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _parsed(header: str) -> tuple[UUID, str]:
    scheme, _, text = header.partition(" ")
    parts = text.strip().split("_", 2)
    if len(header) > _HEADER_LONGEST or scheme.lower() != "bearer" or len(parts) != 3 or parts[0] != _PREFIX:
        raise KeyRefused
    try:
        return _id(parts[1]), parts[2]
    except ValueError:
        raise KeyRefused from None


@lru_cache(maxsize=1024)
def _id(text: str) -> UUID:
    return UUID(hex=text)


def _is_from(address: str, networks: Networks) -> bool:
    asking = _address(address)
    return asking is not None and any(asking in network for network in networks)


@lru_cache(maxsize=1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def end(*, key_id: UUID, now: datetime, ended_by: StaffId | None = None) -> None:
    """End a key at once.

    Raises:
        NotFound: there is no such live key.
        Forbidden: who ends it may not.
    """
    authority.role_or_shell(ended_by, Permission.CONSOLE_API_KEYS_ISSUE)
    with act() as acting:
        if not APIKey.objects.filter(id=key_id, ended_at=None).update(ended_at=now):
            raise NotFound("there is no such live key")
        journal.narrow(restoring.API_KEY_ENDED, facts={"key": str(key_id)}, now=now)
        acting.record(
            PeopleEvent.API_KEY_ENDED,
            now=now,
            subject=None,
            clause=None,
            control="people.api_key_scope",
            facts={"key": str(key_id), "by": str(ended_by or authority.COMMAND_LINE)},
        )


def keys_issued(*, live_at: datetime | None = None) -> tuple[KeyMetadata, ...]:
    """Return every key, or those live at a moment, the newest first."""
    rows = APIKey.objects.order_by("-id")
    if live_at is not None:
        rows = rows.filter(ended_at=None, expires_at__gt=live_at)
    return tuple(_metadata(row) for row in rows)


def _metadata(row: APIKey) -> KeyMetadata:
    return KeyMetadata(
        id=row.id,
        name=row.name,
        purposes=tuple(row.purposes),
        acts=tuple(row.acts),
        permissions=tuple(row.permissions),
        networks=tuple(row.networks),
        people_an_hour=row.people_an_hour,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        replaces=row.replaces,
    )
