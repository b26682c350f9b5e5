# SPDX-License-Identifier: Apache-2.0
"""The values that go into this room's verbs and come out of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.people.identifiers import IdentifierKind
from upheld.people.permissions import Role
from upheld.terms import DataSubjectId, StaffId


class SubjectKind(StrEnum):
    """Why a data subject is known to us."""

    ACCOUNT = "account"
    CONTACT = "contact"
    REPRESENTED = "represented"
    STAFF = "staff"


class AccountStatus(StrEnum):
    """Whether an account is served."""

    OPEN = "open"
    CANCELLED = "cancelled"


class SessionKind(StrEnum):
    """Whose browser a session is."""

    PERSON = "person"
    STAFF = "staff"


class StaffStatus(StrEnum):
    """Whether a member of staff may sign in."""

    ACTIVE = "active"
    ENDED = "ended"


class CodePurpose(StrEnum):
    """What a one-time code proves; a code of one purpose is worth nothing for another."""

    CHANGE_NUMBER = "change_number"
    CONFIRM_REQUEST = "confirm_request"
    PROVE_GUARDIAN = "prove_guardian"
    SIGN_IN = "sign_in"


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeSent:
    """A code was sent, or seems to have been: the answer is the same for every number."""

    challenge_id: UUID
    sent_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Proven:
    """Someone proved to receive messages at an address.

    Attributes:
        token: claims the proof once more, within its life (registration, change of number); shown to that browser only.
        bound_to: what the code was bound to when it was asked for.
        version: the notice version that was accepted before the code was asked for, if any.
        data_subject_id: whose open account the address belongs to, if anyone's.
    """

    challenge_id: UUID
    kind: IdentifierKind
    purpose: CodePurpose
    bound_to: str
    version: int | None
    data_subject_id: DataSubjectId | None
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """A session began; the token goes into the browser's cookie and is not held here."""

    session_id: UUID
    data_subject_id: DataSubjectId
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountMetadata:
    """An account as it stands."""

    data_subject_id: DataSubjectId
    kind: SubjectKind
    status: AccountStatus
    opened_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionMetadata:
    """A session as its holder sees it in the list of signed-in browsers."""

    id: UUID
    data_subject_id: DataSubjectId
    kind: SessionKind
    staff_id: StaffId | None
    role: Role | None
    started_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffMetadata:
    """A member of staff as other staff see them."""

    id: StaffId
    data_subject_id: DataSubjectId
    role: Role
    status: StaffStatus
    name: str = field(repr=False)
    enrolled_at: datetime
    ended_at: datetime | None
    recovery_codes_left: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """An invitation; its token is shown once and held as a digest."""

    invite_id: UUID
    role: Role
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Enrolment:
    """What an invited person needs to set up the second factor."""

    invite_id: UUID
    role: Role
    secret: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Enrolled:
    """A new member of staff, and the recovery codes, which are shown once."""

    staff_id: StaffId
    role: Role
    recovery_codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSignedIn:
    """A member of staff signed in."""

    session_id: UUID
    staff_id: StaffId
    data_subject_id: DataSubjectId
    role: Role
    token: str = field(repr=False)
    expires_at: datetime
    recovery_codes_left: int
