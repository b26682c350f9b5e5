# SPDX-License-Identifier: Apache-2.0
"""The values that go into this room's verbs and come out of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class DeviceKind(StrEnum):
    """What a device is, for its person to know it by; its model stands in the vault."""

    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"
    OTHER = "other"


class EndedBy(StrEnum):
    """Who or what ended a link."""

    PERSON = "person"
    PROGRAM = "program"
    ANOTHER = "another"
    """Somebody else signed in on the device."""
    POLICY = "policy"
    """The purpose of the link is not allowed any longer, as after a withdrawn consent."""
    RESTORE = "restore"
    """It had ended before a backup was brought back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What became of what a device sent.

    Attributes:
        installation: the reference to send next time; a new one whenever the old one is not in force.
        until: when the reference ends; None while the device is linked.
        is_personal: whether it was sealed under a person, or kept as pointing to nobody.
        kept: how many values are kept.
    """

    installation: UUID
    until: datetime | None
    is_personal: bool
    kept: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """One device that is or was linked to a person, as the person sees it."""

    link_id: UUID
    kind: DeviceKind
    purpose: str
    version: int
    linked_at: datetime
    unlinked_at: datetime | None
    ended_by: EndedBy | None

    @property
    def is_linked(self) -> bool:
        """Say whether the link holds."""
        return self.unlinked_at is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """A link that was made; what the device had sent before it is sealed as far as the gate lets it, and else gone."""

    link_id: UUID
    installation: UUID
    linked_at: datetime
    sealed: int
    dropped: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """One group: how many unlinked installations sent one value on one day."""

    on: date
    value: str
    installations: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Scanned:
    """What a scan of everything kept as pointing to nobody found.

    Attributes:
        rows: how many values were looked at, counts included.
        personal: how many are of a category, or lie beside one, that points to a person.
        identifiers: how many look like an account, a number, an address or a persistent key.
        joined: how many are of an installation that is linked to a person.
        small: counts over fewer installations than a group has.
    """

    rows: int
    personal: int
    identifiers: int
    joined: int
    small: int

    @property
    def found(self) -> int:
        """Say how many things were found that must not be there."""
        return self.personal + self.identifiers + self.joined + self.small
