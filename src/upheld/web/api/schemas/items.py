# SPDX-License-Identifier: Apache-2.0
"""Items: sealed, listed, opened and handed over under permits."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from upheld.sharing.values import DisclosureState
from upheld.vault.rules import FILE_CHARACTERS, VALUES_AT_ONCE
from upheld.vault.values import Source
from upheld.web.api.schemas.base import Answer, Body, Name

Value = Annotated[str, StringConstraints(min_length=1, max_length=FILE_CHARACTERS)]


class SealBody(Body):
    """Values of one person, by category, for one purpose."""

    purpose: Name
    values: Annotated[dict[Name, Value], Field(min_length=1, max_length=VALUES_AT_ONCE, repr=False)]
    source: Literal["self", "guardian", "device", "third-party"] = "self"
    passed_on_by: Name | None = None
    """The policy's source, for what a third party passed on."""
    declared: bool = False
    """Whoever brings data about another person declared that this person agreed."""
    permission: Name | None = None
    foreground: bool = True
    ground: Name | None = None
    evidence: Annotated[
        dict[Name, Annotated[str, StringConstraints(min_length=1, max_length=200)]], Field(max_length=16)
    ] = {}


class UnderPermit(Body):
    """A permit; what it allows is written in it."""

    permit: Annotated[str, StringConstraints(min_length=1, max_length=8_192), Field(repr=False)]


class SealedItem(Answer):
    """One item as it was sealed."""

    item: UUID = Field(validation_alias="item_id")
    category: str
    clause: str
    expires_at: datetime | None


class SealedAnswer(Answer):
    """What was sealed: the caller's receipt."""

    person: UUID = Field(validation_alias="data_subject_id")
    purpose: str
    version: int
    collected_at: datetime
    items: list[SealedItem]


class HeldItem(SealedItem):
    """What is held, why, since when and until when; never its value."""

    purpose: str
    collected_at: datetime
    source: Source
    version: int
    is_restricted: bool


class HeldAnswer(Answer):
    """What is held of a person for the purposes of this key."""

    items: list[HeldItem]


class OpenedItem(SealedItem):
    """One item, readable."""

    purpose: str
    collected_at: datetime
    source: Source
    version: int
    value: str = Field(repr=False)


class OpenedAnswer(Answer):
    """The items that a permit opened, newest first."""

    items: list[OpenedItem]


class HandedOver(Answer):
    """What was handed to a recipient: the program passes these items on."""

    disclosure: UUID
    recipient: str
    items: list[OpenedItem]


class DisclosureAnswer(Answer):
    """One disclosure as its person may read it."""

    disclosure: UUID = Field(validation_alias="disclosure_id")
    recipient: str
    purpose: str
    categories: list[str]
    form: str
    ground: str
    state: DisclosureState
    at: datetime


class DisclosuresAnswer(Answer):
    """A person's disclosures, newest first."""

    disclosures: list[DisclosureAnswer]
