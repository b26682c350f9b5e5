# SPDX-License-Identifier: Apache-2.0
"""The values that go into this room's verbs and come out of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.terms import DataSubjectId


class Channel(StrEnum):
    """How a message reaches a person."""

    SMS = "sms"
    EMAIL = "email"
    IN_APP = "in_app"


class MessageState(StrEnum):
    """Where an outgoing message stands; `LEGAL` in `rules.py` lists the only transitions."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A message as a transport carries it; its address and words never appear in `repr`."""

    id: UUID
    channel: Channel
    address: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageMetadata:
    """An outgoing message as staff see it: never the address, never the words."""

    id: UUID
    data_subject_id: DataSubjectId
    channel: Channel
    template: str
    state: MessageState
    attempts: int
    failure: str
    queued_at: datetime
    delivered_at: datetime | None
    expires_at: datetime
    is_sealed_body_held: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A note in a person's portal; its words never appear in `repr`."""

    id: UUID
    template: str
    left_at: datetime
    read_at: datetime | None
    expires_at: datetime
    title: str = field(repr=False)
    body: str = field(repr=False)
