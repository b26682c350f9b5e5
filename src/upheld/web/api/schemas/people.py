# SPDX-License-Identifier: Apache-2.0
"""People and their choices: registering, ages, consents, permissions, requests."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from upheld.consent.values import Action, Method, State
from upheld.terms import Actor, AgeBand, Language, Right, Tier
from upheld.web.api.schemas.base import Answer, Body, Day, Digest, Name, Topic

Spoken = Annotated[Language, Field(strict=False)]
Number = Annotated[str, StringConstraints(min_length=5, max_length=254)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Registration(Body):
    """A person whom the company knows: it vouches that this version was shown to them and accepted by them."""

    version: Version
    language: Spoken
    accepted: Literal[True]
    kind: Literal["phone", "email"] = "phone"
    identifier: Number | None = None


class CodeWanted(Body):
    """A number or address that a code is to prove; the version was shown and accepted before."""

    version: Version
    language: Spoken
    accepted: Literal[True]
    kind: Literal["phone", "email"] = "phone"
    identifier: Number


class CodeGiven(Body):
    """The code that came, and the version that was accepted."""

    version: Version
    language: Spoken
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class CodeSentAnswer(Answer):
    """A code was sent, or seems to have been: the answer is the same for every number."""

    challenge: UUID = Field(validation_alias="challenge_id")
    expires_at: datetime


class PersonAnswer(Answer):
    """A person, by the opaque id that everything else takes."""

    person: UUID
    new: bool


class AgeBody(Body):
    """What a person says of their age: a birth date, or that they are of age, or that they do not say."""

    birth_on: Day | None = None
    band: Literal["adult", "unknown"] | None = None

    @property
    def day(self) -> date | None:
        """The birth date as a date."""
        return None if self.birth_on is None else date.fromisoformat(self.birth_on)


class AgeAnswer(Answer):
    """What is known of the age now; a birth date is not kept."""

    band: AgeBand
    needs_guardian: bool


class ConsentBody(Body):
    """What a person said to one topic. A yes names the wording that was shown, by its digest."""

    topic: Topic
    action: Annotated[Action, Field(strict=False)]
    method: Annotated[Method, Field(strict=False)]
    language: Spoken
    wording_sha256: Digest | None = None
    actor: Literal["self", "guardian"] = "self"
    days: Annotated[int, Field(ge=1, le=3660)] | None = None
    """After how many days the consent ends by itself, where it was given for a time."""


class PermissionBody(Body):
    """What a person answered when the device asked for one permission."""

    permission: Name
    granted: bool
    language: Spoken


class ConsentAnswer(Answer):
    """The choice as it was written down: the person's receipt. `digest` stands in the evidence log."""

    record: UUID = Field(validation_alias="record_id")
    topic: str
    action: Action
    version: int
    language: Language
    wording_sha256: str
    method: Method
    actor: Actor
    at: datetime
    salt: str
    digest: str


class ChoiceAnswer(Answer):
    """One choice as it stands, and the wording to show when it is asked for."""

    topic: str
    kind: str
    label: str
    tier: Tier | None
    why: str
    categories: list[str]
    refusal_effect: str
    wording_sha256: str
    state: State
    since: datetime | None
    can_change: bool
    may_ask: bool


class ChoicesAnswer(Answer):
    """Every choice of a person."""

    choices: list[ChoiceAnswer]


class RequestBody(Body):
    """A use of a right; whoever asks is verified by the company's staff before it is answered."""

    right: Annotated[Right, Field(strict=False)]
    channel: Name
    case: Name | None = None
    actor: Literal["self", "guardian"] = "self"
    categories: Annotated[list[Name], Field(max_length=64)] = []
    statement: Annotated[str, StringConstraints(max_length=4000)] = ""


class RequestAnswer(Answer):
    """A request as it stands; its words are opened by staff alone."""

    id: UUID
    right: Right
    case: str
    channel: str
    categories: list[str]
    clause: str
    version: int
    state: str
    received_at: datetime
    verified_at: datetime | None
    due_at: datetime | None
    due_provisional: bool
    carried_out_at: datetime | None
    ended_at: datetime | None
    refusal: str
    remedies: list[str]


class RequestsAnswer(Answer):
    """A person's requests, newest first."""

    requests: list[RequestAnswer]
