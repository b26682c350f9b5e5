# SPDX-License-Identifier: Apache-2.0
"""Rights: what people may ask for, how, how soon it is answered, and when it may be refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from upheld.policy.model.base import HYPHENED, Entry, Id, Part, Words
from upheld.policy.model.spans import ClockStart, Span
from upheld.policy.model.storage import Ground
from upheld.terms import Right


class Copy(StrEnum):
    """A form that a copy of the data comes in."""

    JSON = "json"
    CSV = "csv"
    PAGE = "page"


class Case(Entry):
    """One case in which a right may be used."""

    label: Words


class RightRule(Entry):
    """How one right is used."""

    label: Words
    channels: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Contacts that take the request."""
    self_service: bool = False
    """Whether a person can do it alone, at once, in the portal."""
    within: Span | None = None
    """None is a finding: every answer has a deadline."""
    from_: Annotated[ClockStart, HYPHENED] = ClockStart.RECEIPT
    cases: Mapping[Id, Case] = {}
    """The cases that open the right; none means always."""
    forms: tuple[Annotated[Copy, HYPHENED], ...] = ()
    tell_recipients: bool = False
    backups: Words | None = None


class RefusalKind(StrEnum):
    """Whether a refusal is a choice, which is explained, or a bar in law."""

    MAY_REFUSE = "may_refuse"
    NEED_NOT_ANSWER = "need_not_answer"


class Refusal(Ground):
    """A ground on which a request may be refused."""

    kind: Annotated[RefusalKind, HYPHENED]


class Fees(Entry):
    """When a request may cost something."""

    free: Annotated[int, Field(ge=1, le=1000)]
    per: Span


class Remedy(Entry):
    """What a person may do who is not satisfied."""

    label: Words
    channel: Id | None = None
    within: Span | None = None


class Verification(Entry):
    """How the person who asks is verified."""

    methods: Mapping[Id, Words]


class Rights(Part):
    """The rights of people and the rules for answering."""

    requests: Mapping[Annotated[Right, HYPHENED], RightRule]
    verification: Verification | None = None
    fees: Fees | None = None
    refusals: Mapping[Id, Refusal] = {}
    remedies: Mapping[Id, Remedy] = {}
