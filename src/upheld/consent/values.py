# SPDX-License-Identifier: Apache-2.0
"""The values that choices are made of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.terms import Actor, DataSubjectId, Language, Tier


class Action(StrEnum):
    """What a person did with a choice."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class Method(StrEnum):
    """How a person said it."""

    TICKED_BOX = "ticked_box"
    SWITCH = "switch"
    BUTTON = "button"
    SIGNATURE = "signature"
    DEVICE_DIALOG = "device_dialog"
    PRE_TICKED = "pre_ticked"
    CONTINUED_USE = "continued_use"
    SILENCE = "silence"

    @property
    def is_own_act(self) -> bool:
        """Whether the person did something that means yes and nothing else (GDPR recital 32, PIPL art. 14)."""
        return self not in {Method.PRE_TICKED, Method.CONTINUED_USE, Method.SILENCE}


class TopicKind(StrEnum):
    """What a topic is about; the part of its name before the colon."""

    PURPOSE = "purpose"
    SENSITIVE = "sensitive"
    SHARE = "share"
    SHARE_MORE = "share-more"
    PUBLISH = "publish"
    ABROAD = "abroad"
    PERMISSION = "permission"
    TRACKER = "tracker"
    SOURCE = "source"
    TRANSFER = "transfer"


class State(StrEnum):
    """How a choice stands now."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    ALWAYS_ON = "always_on"
    """It rests on no choice: contract or law carries it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Who said it, how, and in which language.

    Attributes:
        method: what the person did.
        language: the language the wording was shown in.
        actor: the person, or a verified guardian.
        actor_id: the guardian's own id, where a guardian spoke.
    """

    method: Method
    language: Language
    actor: Actor = Actor.SELF
    actor_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What is shown when a choice is asked for, and its digest for the record."""

    topic: str
    label: str
    why: str
    categories: tuple[str, ...]
    refusal_effect: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """A choice as it was written down; the person's receipt.

    `digest` stands in the evidence log. Whoever holds the record and the salt can show that the entry is about it;
    nobody else can.
    """

    record_id: UUID
    data_subject_id: DataSubjectId
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One line of the settings page."""

    topic: str
    kind: TopicKind
    label: str
    tier: Tier | None
    why: str
    categories: tuple[str, ...]
    refusal_effect: str
    wording_sha256: str
    state: State
    since: datetime | None
    can_change: bool
    may_ask: bool
