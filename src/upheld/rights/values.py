# SPDX-License-Identifier: Apache-2.0
"""What the verbs of this room take and give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.rights.rules import RequestState
from upheld.terms import Actor, DataSubjectId, Right, StaffId


class NoteKind(StrEnum):
    """What a note is."""

    STATEMENT = "statement"
    EVIDENCE = "evidence"
    ANSWER = "answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """A request as it comes in.

    Args:
        data_subject_id: whose data it is about.
        right: the right that is used.
        channel: id of the contact of the policy that it came through.
        case: the case of the policy that opens the right, where it lists some.
        actor: who asks; a guardian for a child, staff who wrote down a call.
        categories: only these categories; none means all.
        statement: the person's own words; they are sealed.
        verified_by: how the requester is verified already (`signed-in`), or nothing.
    """

    data_subject_id: DataSubjectId
    right: Right
    channel: str
    case: str = ""
    actor: Actor = Actor.SELF
    categories: tuple[str, ...] = ()
    statement: str = field(default="", repr=False)
    verified_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestView:
    """One request, as lists and pages show it; its words are opened apart."""

    id: UUID
    data_subject_id: DataSubjectId
    right: Right
    case: str
    channel: str
    actor: Actor
    categories: tuple[str, ...]
    clause: str
    version: int
    state: RequestState
    received_at: datetime
    verified_at: datetime | None
    verified_by: str
    due_at: datetime | None
    due_provisional: bool
    assigned_to: StaffId | None
    carried_out_at: datetime | None
    ended_at: datetime | None
    refusal: str
    remedies: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Say whether it still waits for its end."""
        return self.ended_at is None

    def is_overdue(self, now: datetime) -> bool:
        """Say whether its answer is late."""
        return self.due_at is not None and (self.ended_at or now) >= self.due_at


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteView:
    """One note, opened."""

    kind: NoteKind
    written_at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalGiven:
    """A refusal: its ground, what the ground demands, and what the person is told."""

    ground: str
    evidence: Mapping[str, str] = field(repr=False)
    text: str = field(repr=False)
