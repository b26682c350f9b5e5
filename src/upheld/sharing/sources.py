# SPDX-License-Identifier: Apache-2.0
"""How every source stands, and who is bound as the product's successor."""

from datetime import datetime
from typing import Final

from upheld.facts import queries as facts
from upheld.policy.model.base import say
from upheld.policy.model.sources import Source
from upheld.sharing import dates
from upheld.sharing.models import SourcePaper, SuccessorPaper
from upheld.sharing.values import SourcePaperHeld, SourcePaperKind, SourceRow, SuccessorHeld
from upheld.terms import Language, StaffId

PAGE: Final = 200
"""Rows of a list that is shown whole."""


def sources(*, language: Language, now: datetime) -> list[SourceRow]:
    """List the sources of the version in force, and how each stands, read from the file and not from the gate's facts."""
    policy = facts.rulebook(facts.current_version(now)).policy
    if policy is None:
        return []
    return [_row(name, its, language, now) for name, its in policy.sources.items()]


def _row(name: str, declared: Source, language: Language, now: datetime) -> SourceRow:
    on_file = {row.kind for row in SourcePaper.objects.filter(source=name) if dates.holds(row, now)}
    needs = tuple(SourcePaperKind(need.value) for need in declared.needs)
    return SourceRow(
        source=name,
        name=say(declared.name, language),
        kind=declared.kind.value,
        gives=declared.gives,
        purposes=declared.purposes,
        needs=needs,
        lacks_papers=tuple(need for need in needs if need.value not in on_file),
        authorised_by_person=declared.authorised_by_person,
        region=declared.region,
        link=declared.link or "",
    )


def source_papers(source: str, *, limit: int = PAGE) -> list[SourcePaperHeld]:
    """List the papers on file for a source, newest first."""
    rows = SourcePaper.objects.filter(source=source).order_by("-starts_at", "-id")
    return [as_source_paper(row) for row in rows[:limit]]


def as_source_paper(row: SourcePaper) -> SourcePaperHeld:
    """Return a paper's row as a value."""
    return SourcePaperHeld(
        paper_id=row.id,
        source=row.source,
        kind=SourcePaperKind(row.kind),
        starts_at=row.starts_at,
        until=row.until,
        document_sha256=row.document_sha256,
        signed_by=StaffId(row.signed_by),
    )


def successors(*, limit: int = PAGE) -> list[SuccessorHeld]:
    """List who was bound as the product's successor, newest first."""
    return [as_successor(row) for row in SuccessorPaper.objects.order_by("-recorded_at", "-id")[:limit]]


def successor_announced(now: datetime) -> SuccessorHeld | None:
    """Return whom people are told of now: the newest that is bound, or will be, and was not released."""
    return next((one for one in successors() if not one.is_over(now)), None)


def as_successor(row: SuccessorPaper) -> SuccessorHeld:
    """Return a successor's row as a value."""
    return SuccessorHeld(
        paper_id=row.id,
        name=row.name,
        contact=row.contact,
        starts_at=row.starts_at,
        until=row.until,
        document_sha256=row.document_sha256,
        signed_by=StaffId(row.signed_by),
    )
