# SPDX-License-Identifier: Apache-2.0
"""What a program's key is issued for, and what a request with it may do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from upheld import controls
from upheld.errors import Forbidden
from upheld.people.permissions import Permission
from upheld.terms import Act


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyScope:
    """What the key of a request may do."""

    key_id: UUID
    purposes: frozenset[str]
    acts: frozenset[str]
    permissions: frozenset[str]
    people_an_hour: int

    def require(self, permission: Permission) -> None:
        """Refuse what the key was not issued for.

        Raises:
            Forbidden: the key lacks the permission.
        """
        if controls.in_force("people.api_key_scope") and permission.value not in self.permissions:
            raise Forbidden(f"this key lacks the permission {permission.value}")

    def require_ask(self, *, act: Act, purpose: str) -> None:
        """Refuse an act or a purpose that the key was not issued for.

        Raises:
            Forbidden: one of them is not among the key's.
        """
        if not controls.in_force("people.api_key_scope"):
            return
        if act.value not in self.acts:
            raise Forbidden(f"this key may not {act.value}")
        if purpose not in self.purposes:
            raise Forbidden("this key was not issued for that purpose")


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What a key is issued for.

    Attributes:
        name: of the program; staff read it.
        purposes: functions and purposes of the policy.
        acts: acts of the gate.
        permissions: those of scope `api`.
        networks: networks in CIDR notation that may use it; at least one.
        people_an_hour: how many distinct people it may reach in an hour.
        life: until it expires.
    """

    name: str
    purposes: tuple[str, ...]
    acts: tuple[Act, ...]
    permissions: tuple[Permission, ...]
    networks: tuple[str, ...]
    people_an_hour: int
    life: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A new key; `text` is shown once."""

    key_id: UUID
    expires_at: datetime
    text: str

    def __repr__(self) -> str:
        """Name the key, not its secret."""
        return f"Issued(key_id={self.key_id}, expires_at={self.expires_at}, text=<redacted>)"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyMetadata:
    """A key as staff see it."""

    id: UUID
    name: str
    purposes: tuple[str, ...]
    acts: tuple[str, ...]
    permissions: tuple[str, ...]
    networks: tuple[str, ...]
    people_an_hour: int
    issued_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    replaces: UUID | None
