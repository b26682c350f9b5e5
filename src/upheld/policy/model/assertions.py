# SPDX-License-Identifier: Apache-2.0
"""What a commitment's sentence means, in terms that a program can hold against the rest of the policy.

A sentence alone cannot be compared with anything. `means` says the same once more in the policy's own ids, so that a
check finds where two places of one policy promise different things.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from upheld.policy.model.base import HYPHENED, CategoryId, Id, Part
from upheld.policy.model.data import Identifies
from upheld.policy.model.recipients import Form, RecipientKind
from upheld.policy.model.spans import ClockStart, Span
from upheld.policy.model.storage import Start
from upheld.terms import Act, Right


class Without(StrEnum):
    """What is missing when something is done without it."""

    CONSENT = "consent"
    SEPARATE_CONSENT = "separate_consent"
    GUARDIAN = "guardian"
    PERMISSION = "permission"
    AGREEMENT = "agreement"


class Doing(Part):
    """Some of what may be done; each term narrows it, and a term left out leaves that open."""

    acts: tuple[Annotated[Act, HYPHENED], ...] = ()
    categories: tuple[CategoryId, ...] = ()
    purposes: tuple[Id, ...] = ()
    """Functions and further purposes."""
    trackers: tuple[Id, ...] = ()
    recipients: tuple[Id, ...] = ()
    kinds: tuple[Annotated[RecipientKind, HYPHENED], ...] = ()
    """Kinds of recipients."""
    forms: tuple[Annotated[Form, HYPHENED], ...] = ()
    background: bool | None = None
    children: bool | None = None
    without: Annotated[Without, HYPHENED] | None = None
    except_: tuple[Id, ...] = ()
    """Functions, purposes, trackers, recipients and grounds that the sentence leaves out."""


class Answer(Part):
    """How soon some rights are answered."""

    rights: tuple[Annotated[Right, HYPHENED], ...] = ()
    """None means every right."""
    within: Span | None = None
    """None is a finding: every answer has a deadline."""
    from_: Annotated[ClockStart, HYPHENED] | None = None


class Keeping(Part):
    """How long some categories are kept at most."""

    categories: tuple[CategoryId, ...] = ()
    """None means everything."""
    at_most: Span | None = None
    """None is a finding: what is kept has an end."""
    from_: Annotated[Start, HYPHENED] | None = None


class Telling(Part):
    """Who is told of something, and how soon."""

    whom: Annotated[Literal["people", "guardians", "regulator"], HYPHENED]
    of: Annotated[Literal["incident", "change", "successor", "end"], HYPHENED]
    within: Span | None = None
    """How long after an incident, or before what is to come; none is a finding."""


class Pointing(Part):
    """Whether some categories point to a person."""

    categories: Annotated[tuple[CategoryId, ...], Field(min_length=1)]
    as_: Annotated[Identifies, HYPHENED]


class Repeating(Part):
    """Something that is done again and again."""

    every: Span | None = None
    """None is a finding: what is repeated has an interval."""


class Charging(Part):
    """When a request may cost something; either one left out is a finding."""

    free: Annotated[int, Field(ge=1, le=1000)] | None = None
    per: Span | None = None


class Means(Part):
    """What a commitment means."""

    never: Doing | None = None
    """Is not done."""
    allows: Doing | None = None
    """May be done."""
    answers: Answer | None = None
    keeps: Keeping | None = None
    tells: Telling | None = None
    repeats: Repeating | None = None
    charges: Charging | None = None
    optional: tuple[CategoryId, ...] = ()
    """Whoever leaves these out loses no basic function."""
    needed: tuple[CategoryId, ...] = ()
    """Without these a function that collects them does not work."""
    refusal_ends: Annotated[Literal["nothing", "that_function", "service"], HYPHENED] | None = None
    """What a person loses who refuses what is not basic."""
    consent_by: Annotated[Literal["express_act", "use", "one_act_for_all"], HYPHENED] | None = None
    """What counts as consent; anything but an express act of its own is a finding."""
    withdrawn_by: tuple[Id, ...] = ()
    """The contacts that alone take a withdrawal, where there is no switch."""
    identifies: Pointing | None = None
