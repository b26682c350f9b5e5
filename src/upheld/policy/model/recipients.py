# SPDX-License-Identifier: Apache-2.0
"""Recipients and SDKs: who receives what, for what, in which form, under what."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from upheld.policy.model.base import HYPHENED, CategoryId, Entry, Id, Link, Words
from upheld.policy.model.identity import Region
from upheld.policy.model.spans import Span
from upheld.terms import LawfulBasis


class RecipientKind(StrEnum):
    """What a recipient is to the controller."""

    SDK = "sdk"
    PROCESSOR = "processor"
    AFFILIATE = "affiliate"
    SUPPLIER = "supplier"
    PARTNER = "partner"
    ADVERTISING = "advertising"
    AUTHORITY = "authority"
    PUBLIC = "public"


class Role(StrEnum):
    """Who decides over what is received (PIPL art. 20, 21, 23)."""

    SEPARATE = "separate"
    PROCESSOR = "processor"
    JOINT = "joint"


class Form(StrEnum):
    """In which form a recipient receives."""

    IDENTIFIED = "identified"
    DE_IDENTIFIED = "de_identified"
    AGGREGATE = "aggregate"


class Condition(StrEnum):
    """What must be on file before a recipient receives anything."""

    AGREEMENT = "agreement"
    ASSESSMENT = "assessment"
    SECURITY_TEST = "security_test"


class Recipient(Entry):
    """One recipient or SDK."""

    name: Words
    kind: Annotated[RecipientKind, HYPHENED]
    role: Annotated[Role, HYPHENED] = Role.SEPARATE
    package: Annotated[str, Field(pattern=r"^[A-Za-z0-9_./:-]+$", max_length=200)] | None = None
    purposes: tuple[Id, ...] = ()
    purpose: Words
    receives: tuple[CategoryId, ...] = ()
    off_by_default: tuple[CategoryId, ...] = ()
    """Of those, the ones that wait for a choice of their own."""
    scene: Words | None = None
    form: Annotated[Form, HYPHENED]
    group_at_least: Annotated[int, Field(ge=2, le=1_000_000)] | None = None
    """Of sums: how many people are behind the smallest group that it sees."""
    basis: Annotated[LawfulBasis, HYPHENED] = LawfulBasis.CONSENT
    region: Region
    needs: tuple[Annotated[Condition, HYPHENED], ...] = ()
    foreground_only: bool = True
    supervised: Span | None = None
    """How often it is reviewed."""
    link: Link | None = None
    """Its own policy."""
