# SPDX-License-Identifier: Apache-2.0
"""Children: from which age a person is one, and what a guardian is for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from upheld.policy.model.base import HYPHENED, Entry, Id, Part, Words
from upheld.policy.model.storage import Ground
from upheld.terms import Right


class BeforeGuardian(StrEnum):
    """What may pass for a child before a guardian is verified."""

    REACH_GUARDIAN = "reach_guardian"
    OWN_RIGHTS = "own_rights"
    EMERGENCY = "emergency"
    LEGAL_DUTY = "legal_duty"


class Guardian(Entry):
    """What a guardian must show and may do."""

    verified_by: Mapping[Id, Words]
    may: tuple[Annotated[Right, HYPHENED], ...]
    contact: Id | None = None


class Children(Part):
    """The rules for children."""

    under: Annotated[int, Field(ge=1, le=18)]
    """A person younger than this is a child."""
    age_asked: Words
    """When and how the age is asked."""
    guardian: Guardian | None = None
    before_guardian: tuple[Annotated[BeforeGuardian, HYPHENED], ...] = ()
    grounds: Mapping[Id, Ground] = {}
    """The cases in which a child's data is used, shared, transferred or published."""
