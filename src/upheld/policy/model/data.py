# SPDX-License-Identifier: Apache-2.0
"""Categories: the kinds of personal data there are."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from upheld.policy.model.base import HYPHENED, Entry, Id, Words


class Value(StrEnum):
    """What a value of the category looks like."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    IDENTIFIER = "identifier"
    PLACE = "place"
    PICTURE = "picture"
    VIDEO = "video"
    FILE = "file"
    MEASUREMENT = "measurement"
    RECORD = "record"


class Identifies(StrEnum):
    """Whether a value points to a person."""

    ALONE = "alone"
    WHEN_COMBINED = "when_combined"
    NEVER = "never"


class About(StrEnum):
    """Whom a value is about; a fact about two people is split."""

    SELF = "self"
    CHILD = "child"
    OTHER = "other"


class Category(Entry):
    """One kind of personal data."""

    label: Words
    contains: Words | None = None
    """What belongs to it, where the label does not say: a closed list."""
    value: Annotated[Value, HYPHENED] = Value.TEXT
    choices: Mapping[Id, Words] = {}
    """The values to choose from, where the value is a choice."""
    identifies: Annotated[Identifies, HYPHENED]
    sensitive: bool = False
    about: Annotated[About, HYPHENED] = About.SELF
    """Whom it is about; who brings what is about another person declares that this person agreed."""
    dpv: Annotated[str, Field(pattern=r"^[a-z-]+:[A-Za-z]+$")] | None = None
    """Term of the W3C Data Privacy Vocabulary, as `dpv-pd:TelephoneNumber`."""
    lasts: Words | None = None
    """Of an identifier: how long it stays the same."""
    resettable: bool | None = None
    """Of an identifier: whether the person can set it anew; left out, it counts as one that stays."""
    obtained: Words | None = None
    """Of an identifier: how it is obtained."""
