# SPDX-License-Identifier: Apache-2.0
"""What the verbs and reads of this room give."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.vault.values import OpenedItems


class Paper(StrEnum):
    """A paper that a recipient may need; spelt as the policy's `needs`."""

    AGREEMENT = "agreement"
    ASSESSMENT = "assessment"
    SECURITY_TEST = "security_test"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperHeld:
    """One paper on file."""

    paper: Paper
    starts_at: datetime
    until: datetime | None
    document_sha256: str
    recorded_at: datetime

    def is_in_force(self, now: datetime) -> bool:
        """Say whether it holds at a moment."""
        return self.starts_at <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectoryRow:
    """One recipient of the directory, and whether it may receive."""

    recipient: str
    missing: tuple[str, ...]
    """What its row in the policy lacks."""
    needs: tuple[Paper, ...]
    papers: tuple[PaperHeld, ...]
    lacking: tuple[Paper, ...]
    """Papers it needs that are not in force."""
    is_stopped: bool
    disclosures: int

    @property
    def is_ready(self) -> bool:
        """Say whether anything may go to it."""
        return not self.missing and not self.lacking and not self.is_stopped


@dataclass(frozen=True, kw_only=True, slots=True)
class DisclosureMade:
    """One disclosure, as the person whom it is about may read it."""

    id: UUID
    at: datetime
    recipient: str
    purpose: str
    categories: tuple[str, ...]
    form: str
    version: int
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosed:
    """A disclosure just made, and what is to be handed over now."""

    disclosure_id: UUID
    items: OpenedItems
