# SPDX-License-Identifier: Apache-2.0
"""The values of proposals, versions and acknowledgements."""

from dataclasses import dataclass
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
    """

    is_major: bool
    triggers: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


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
    """

    version: int
    effective_at: datetime
    change: Change
    must_agree: bool
    must_tell: bool
    ways_left: tuple[str, ...]
