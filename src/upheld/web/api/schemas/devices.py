# SPDX-License-Identifier: Apache-2.0
"""Devices: what they send, whom they are linked to, and counts over groups of unlinked ones."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from upheld.devices.rules import VALUES_AT_ONCE
from upheld.devices.values import DeviceKind, EndedBy
from upheld.vault.rules import TEXT_CHARACTERS
from upheld.web.api.schemas.base import Answer, Body, Id, Name

Sent = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_CHARACTERS)]


class TelemetryBody(Body):
    """What a device sent for one function; there is no place here for a person or a key of the device."""

    purpose: Name
    values: Annotated[dict[Name, Sent], Field(min_length=1, max_length=VALUES_AT_ONCE, repr=False)]
    installation: Id | None = None
    """The reference from the last answer; none the first time."""


class TelemetryAnswer(Answer):
    """What became of it. Send the reference next time: it is a new one whenever the old one is over."""

    installation: UUID
    until: datetime | None
    is_personal: bool
    kept: int


class CountAnswer(Answer):
    """How many unlinked devices sent one value on one day."""

    on: date
    value: str
    installations: int


class CountsAnswer(Answer):
    """Counts over groups, the newest day first; smaller groups are not there."""

    group_at_least: int
    counts: list[CountAnswer]


class LinkBody(Body):
    """A person signed in on a device."""

    purpose: Name
    kind: Annotated[DeviceKind, Field(strict=False)]
    installation: Id | None = None


class LinkedAnswer(Answer):
    """A link that was made; what the device had sent that day was sealed, or dropped where the gate refused it."""

    device: UUID = Field(validation_alias="link_id")
    installation: UUID
    linked_at: datetime
    sealed: int
    dropped: int


class DeviceAnswer(Answer):
    """One device that is or was linked to a person."""

    device: UUID = Field(validation_alias="link_id")
    kind: DeviceKind
    purpose: str
    linked_at: datetime
    unlinked_at: datetime | None
    ended_by: EndedBy | None


class DevicesAnswer(Answer):
    """A person's devices, the newest link first."""

    devices: list[DeviceAnswer]
