# SPDX-License-Identifier: Apache-2.0
"""Where data comes from when it does not come from the person: who passes it to the controller, and what that needs."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from upheld.policy.model.base import HYPHENED, CategoryId, Entry, Id, Link, Words
from upheld.policy.model.identity import Region


class SourceKind(StrEnum):
    """What a source is to the controller."""

    AFFILIATE = "affiliate"
    SIGN_IN_PROVIDER = "sign_in_provider"
    SELLER = "seller"
    PAYMENT = "payment"
    CARRIER = "carrier"
    PUBLIC = "public"
    PERSON = "person"
    PARTNER = "partner"


class SourcePaper(StrEnum):
    """What must be on file before a source's data is taken in."""

    AGREEMENT = "agreement"
    LAWFUL_ORIGIN = "lawful_origin"
    """That the source itself holds the data lawfully was confirmed."""


class Source(Entry):
    """One source of data besides the person: what it passes on, for what, and what makes that lawful.

    Nothing comes from a source unless its lawful origin is shown: by the paper `lawful-origin`, or by the person who
    authorised it. Where both are listed, either is enough; where neither is, nothing can come.
    """

    name: Words
    kind: Annotated[SourceKind, HYPHENED]
    gives: Annotated[tuple[CategoryId, ...], Field(min_length=1)]
    """The categories it passes on: a closed list."""
    purposes: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The functions and purposes that its data serves, and no other."""
    needs: tuple[Annotated[SourcePaper, HYPHENED], ...] = ()
    """The papers that must be in force."""
    authorised_by_person: bool = False
    """Whether the person may authorise it, by a consent of its own; that shows the lawful origin."""
    region: Region
    link: Link | None = None
    """Its own policy."""
