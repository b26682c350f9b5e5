# SPDX-License-Identifier: Apache-2.0
"""The values of proposals, versions and acknowledgements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from upheld.errors import BadInput
from upheld.policy import Finding
from upheld.terms import DataSubjectId, Language, StaffId


class ProposalState(StrEnum):
    """How far a proposal came; published and dropped are final."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    DROPPED = "dropped"


class Because(StrEnum):
    """What a revision answers to; nothing else is a reason to revise."""

    SERVICE = "service"
    LAW = "law"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a version came: what changed, and that in words, in each of the policy's languages."""

    because: Because
    words: Mapping[Language, str]


class PolicyRefused(BadInput):
    """A policy file with findings of severity error, or with a clause that nothing upholds."""

    code = "policy_refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep what was found, at its place in the file."""
        super().__init__(
            f"the policy has {len(findings)} findings that keep it from being published",
            hint=findings[0].remedy if findings else "",
        )
        self.findings = findings


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What a new version changes for people.

    Attributes:
        is_major: whether people must be told prominently before it applies.
        triggers: the kinds of major change found, as the policy names them.
        cuts: the rights, or other promises to the person, that become less; such a version binds by consent alone.
        changed: one sentence on each change, for whoever is told.
        ask_again: topics of choices that mean something else now, so that an earlier yes does not cover them.
    """

    is_major: bool
    triggers: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    ask_again: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A proposed version and who stood behind it."""

    proposal_id: UUID
    version: int
    sha256: str
    state: ProposalState
    warnings: int
    is_major: bool
    proposed_by: StaffId
    proposed_at: datetime
    decided_by: StaffId | None
    decided_at: datetime | None
    by_one_person: bool
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """One version of the archive, as anyone may read it."""

    version: int
    sha256: str
    updated_on: date
    effective_at: datetime
    published_at: datetime
    withdrawn_at: datetime | None
    is_in_force: bool
    reason: Reason | None = None
    """Why it came; a first version needs none."""
    withdrawal: "Withdrawal | None" = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawal is not None or self.withdrawn_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """That a version was taken back.

    Attributes:
        version: which.
        words: why, in each of the policy's languages.
        falls_back_to: the version that holds again for whom it bound; 0 for none.
        withdrawn_by: who took it back.
        at: when.
    """

    version: int
    words: Mapping[Language, str]
    falls_back_to: int
    withdrawn_by: StaffId
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledged:
    """A person's acceptance of a version: the receipt. `digest` stands in the evidence log."""

    record_id: UUID
    data_subject_id: DataSubjectId
    version: int
    language: Language
    document_sha256: str
    at: datetime
    salt: str
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingChange:
    """A newer version that does not bind a person yet, and what has to happen first.

    Attributes:
        version: the newer version.
        effective_at: when it applies.
        change: what it changes for this person.
        must_agree: it cuts rights, so it binds only if the person expressly agrees.
        must_tell: it is major and the person has not been told in every way the policy promises.
        ways_left: the ways still to be used.
        declined: the person refused it already and is not asked again.
        falls_back: the version that bound the person was withdrawn, and this one is in force in its place.
    """

    version: int
    effective_at: datetime
    change: Change
    must_agree: bool
    must_tell: bool
    ways_left: tuple[str, ...]
    declined: bool = False
    falls_back: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """What a person's pages show of a version that waits for that person.

    Attributes:
        pending: the version, and what has to happen.
        is_read: whether the person opened the page that shows what changes; the pop-up then stays away.
    """

    pending: PendingChange
    is_read: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How the people under one version stand to a new one."""

    version: int
    people: int
    change: Change

    @property
    def asked(self) -> bool:
        """Whether they stay where they are until they expressly agree."""
        return bool(self.change.cuts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What publishing a version would do, before anything is done.

    Attributes:
        version: its number.
        effective_at: from when it applies.
        follows: the version it follows; 0 for a first one.
        change: what it changes from that one, and whether it is major.
        standing: the people by the version that binds them now.
        tell: how many people are to be told, by way; letters count who left an address, at most.
        asked_again: how many granted a choice that they will be asked for again, by topic.
        obstacles: why it cannot be published as it stands.
    """

    version: int
    effective_at: datetime | None
    follows: int
    change: Change
    standing: tuple[Standing, ...]
    tell: Mapping[str, int]
    asked_again: Mapping[str, int] = field(default_factory=dict)
    obstacles: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        """Everyone whom an earlier version binds."""
        return sum(one.people for one in self.standing)

    @property
    def agree(self) -> int:
        """People who are asked to agree expressly, and stay under their version until they do."""
        return sum(one.people for one in self.standing if one.asked)
