# SPDX-License-Identifier: Apache-2.0
"""What the verbs and reads of this room give."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.terms import AgeBand, DataSubjectId


class LinkState(StrEnum):
    """States of a link between a guardian and a child; only `asked` may become another."""

    ASKED = "asked"
    VERIFIED = "verified"
    REFUSED = "refused"
    ENDED = "ended"


class VerifiedBy(StrEnum):
    """How a guardian was verified."""

    CODE = "code"
    STAFF = "staff"
    OWN_ACCOUNT = "own_account"
    """The guardian's own account added the represented person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeStated:
    """What a statement of age came to."""

    band: AgeBand
    needs_guardian: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardianView:
    """One link, as either side sees it."""

    id: UUID
    guardian_id: DataSubjectId | None
    child_id: DataSubjectId
    state: LinkState
    asked_at: datetime
    verified_at: datetime | None
    verified_by: str
    until: datetime | None
