# SPDX-License-Identifier: Apache-2.0
"""How the policy changes, what happens when something goes wrong or ends, and the duties people must carry out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from upheld.policy.model.assertions import Means
from upheld.policy.model.base import HYPHENED, Controls, Entry, Id, Part, Words
from upheld.policy.model.identity import Chapter
from upheld.policy.model.spans import Span


class Trigger(StrEnum):
    """A kind of change that makes a new version a major one."""

    BUSINESS_MODEL = "business_model"
    OWNERSHIP = "ownership"
    RECIPIENTS = "recipients"
    RIGHTS = "rights"
    CONTACT = "contact"
    HIGH_RISK = "high_risk"


class Telling(StrEnum):
    """A way to tell people."""

    BADGE = "badge"
    POPUP = "popup"
    MAIL = "mail"
    SMS = "sms"
    MESSAGE = "message"
    PAGE = "page"
    BROADCAST = "broadcast"


class MajorChange(Entry):
    """One kind of change that is major."""

    label: Words
    trigger: Annotated[Trigger, HYPHENED]


class Changes(Part):
    """How the policy changes."""

    major: Mapping[Id, MajorChange] = {}
    tell: tuple[Annotated[Telling, HYPHENED], ...] = ()
    lead: Span | None = None
    """How long before its effective date a major change is told."""
    cut_rights: Annotated[Literal["only_with_express_consent"], HYPHENED] = "only_with_express_consent"
    archive: Annotated[Literal["public"], HYPHENED] = "public"


class IncidentNotice(Entry):
    """Whom to tell of an incident and how soon."""

    whom: Annotated[Literal["people", "guardians", "regulator"], HYPHENED]
    within: Span | None = None
    by: tuple[Annotated[Telling, HYPHENED], ...] = ()


class Incidents(Part):
    """What happens when personal data may be harmed."""

    tell: Mapping[Id, IncidentNotice]
    says: Mapping[Id, Words]
    """What a notice says."""
    detects: Mapping[Id, Words] = {}


class Succession(Entry):
    """What happens on merger, purchase or winding-up."""

    successor: Annotated[Literal["bound_or_asks_again"], HYPHENED] = "bound_or_asks_again"
    tell: tuple[Annotated[Telling, HYPHENED], ...] = ()
    lead: Span | None = None


class PublicationCase(Entry):
    """One case in which personal data may be made public."""

    label: Words
    by: Annotated[Literal["explicit_consent", "law"], HYPHENED]
    evidence: tuple[Id, ...] = ()


class Cessation(Part):
    """What happens when the product stops."""

    stop: Entry
    tell: Annotated[tuple[Annotated[Telling, HYPHENED], ...], Field(min_length=1)]
    erase_within: Span
    lead: Span | None = None


class Duty(Entry):
    """Something that people, not software, must do again and again."""

    text: Words  # a duty always says what must be done
    every: Span
    owner: Id
    """A contact of the controller."""


class Commitment(Entry):
    """A promise that no other section has terms for, with the controls that uphold it."""

    text: Words
    chapter: Annotated[Chapter, HYPHENED]
    controls: Controls = ()
    weighs: bool = False
    """Whether it gives or limits a right, so that a reader must not miss it."""
    means: Means | None = None
    """What the sentence means, in terms that a program can hold against the rest of the policy."""
