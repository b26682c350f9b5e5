# SPDX-License-Identifier: Apache-2.0
"""The values of recipients, their papers and disclosures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from upheld.terms import DataSubjectId, StaffId
from upheld.vault.values import OpenedItems


class PaperKind(StrEnum):
    """What must be on file before a recipient receives anything; the policy says which."""

    AGREEMENT = "agreement"
    ASSESSMENT = "assessment"
    SECURITY_TEST = "security_test"


class SourcePaperKind(StrEnum):
    """What a source's data may wait for; the policy says which."""

    AGREEMENT = "agreement"
    LAWFUL_ORIGIN = "lawful_origin"


class DisclosureState(StrEnum):
    """How far a disclosure came; all but intended are final.

    intended ── delivered ──> made
        ├────── refused by the recipient, nothing handed over ──> failed
        └────── the process died while handing over ──> uncertain
    """

    INTENDED = "intended"
    MADE = "made"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


Deliver = Callable[[UUID, OpenedItems], None]
"""Hands items to a recipient, idempotently under the disclosure's id; raises where nothing was handed over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosed:
    """What was handed over: the caller's receipt, and for a program the items to hand on."""

    disclosure_id: UUID
    recipient: str
    items: OpenedItems


@dataclass(frozen=True, kw_only=True, slots=True)
class DisclosureMade:
    """One disclosure as the person may read it."""

    disclosure_id: UUID
    recipient: str
    purpose: str
    categories: tuple[str, ...]
    form: str
    ground: str
    state: DisclosureState
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperHeld:
    """One paper on file for a recipient."""

    paper_id: UUID
    recipient: str
    kind: PaperKind
    starts_at: datetime
    until: datetime | None
    document_sha256: str
    signed_by: StaffId
    review_on: date | None
    reviewed_on: date | None

    def is_in_force(self, now: datetime) -> bool:
        """Say whether it holds at a moment."""
        return self.starts_at <= now and (self.until is None or now < self.until)

    def is_review_overdue(self, today: date) -> bool:
        """Say whether its review was due before a day."""
        return self.review_on is not None and self.review_on < today


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcePaperHeld:
    """One paper on file for a source."""

    paper_id: UUID
    source: str
    kind: SourcePaperKind
    starts_at: datetime
    until: datetime | None
    document_sha256: str
    signed_by: StaffId

    def is_in_force(self, now: datetime) -> bool:
        """Say whether it holds at a moment."""
        return self.starts_at <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class SuccessorHeld:
    """Who is bound by the policy as the product's successor, and from when data may go there."""

    paper_id: UUID
    name: str
    contact: str
    starts_at: datetime
    until: datetime | None
    document_sha256: str
    signed_by: StaffId

    def is_over(self, now: datetime) -> bool:
        """Say whether it has ended."""
        return self.until is not None and self.until <= now


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """One source that the policy declares, and how it stands."""

    source: str
    name: str
    kind: str
    gives: tuple[str, ...]
    purposes: tuple[str, ...]
    needs: tuple[SourcePaperKind, ...]
    lacks_papers: tuple[SourcePaperKind, ...]
    authorised_by_person: bool
    region: str
    link: str

    @property
    def may_give(self) -> bool:
        """Whether nothing but the person's own choice stands against taking its data in.

        Where the person may authorise the source, a lawful origin that nobody confirmed keeps out only those who have
        not done so.
        """
        waits_for = set(self.lacks_papers)
        if self.authorised_by_person:
            waits_for.discard(SourcePaperKind.LAWFUL_ORIGIN)
            return not waits_for
        return not waits_for and SourcePaperKind.LAWFUL_ORIGIN in self.needs


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectoryRow:
    """One recipient as the public list shows it, and how it stands."""

    recipient: str
    name: str
    kind: str
    package: str
    purpose: str
    receives: tuple[str, ...]
    form: str
    region: str
    link: str
    missing: tuple[str, ...]
    lacks_papers: tuple[PaperKind, ...]
    reviews_overdue: int
    is_stopped: bool

    @property
    def may_receive(self) -> bool:
        """Whether anything of the recipient's own stands against handing it data."""
        return not (self.missing or self.lacks_papers or self.is_stopped)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """Whom an erasure must tell: the recipients that hold something, and of what."""

    data_subject_id: DataSubjectId
    recipient: str
    categories: tuple[str, ...]
