# SPDX-License-Identifier: Apache-2.0
"""Who received what, and how every recipient stands."""

from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.facts import queries as facts
from upheld.gate.values import ALWAYS, NEVER, RecipientFacts
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.sharing import rules
from upheld.sharing.models import Disclosure, RecipientPaper
from upheld.sharing.values import (
    DirectoryRow,
    DisclosureMade,
    DisclosureState,
    PaperHeld,
    PaperKind,
)
from upheld.terms import DataSubjectId, Language, StaffId

PAGE: Final = 200
"""Rows of a list that is shown whole."""


def disclosures(data_subject_id: DataSubjectId, *, limit: int = PAGE) -> list[DisclosureMade]:
    """List what was handed to whom of a person, newest first; what failed is not among it."""
    rows = Disclosure.objects.filter(data_subject_id=data_subject_id).exclude(state=DisclosureState.FAILED.value)
    return [
        DisclosureMade(
            disclosure_id=row.id,
            recipient=row.recipient,
            purpose=row.purpose,
            categories=tuple(row.categories),
            form=row.form,
            ground=row.ground,
            state=DisclosureState(row.state),
            at=row.at,
        )
        for row in rows.order_by("-at", "-id")[:limit]
    ]


def directory(*, language: Language, now: datetime, version: int | None = None) -> list[DirectoryRow]:
    """List the recipients of a version, by default the one in force, and how each stands now."""
    policy = facts.rulebook(facts.current_version(now) if version is None else version).policy
    if policy is None:
        return []
    known = facts.world().recipients
    return [_row(policy, name, known.get(name, RecipientFacts()), language, now) for name in policy.recipients]


def _row(policy: Policy, name: str, found: RecipientFacts, language: Language, now: datetime) -> DirectoryRow:
    declared = policy.recipients[name]
    overdue = RecipientPaper.objects.filter(recipient=name, review_on__lt=now.date()).count()
    return DirectoryRow(
        recipient=name,
        name=say(declared.name, language),
        kind=declared.kind.value,
        package=declared.package or "",
        purpose=say(declared.purpose, language),
        receives=declared.receives,
        form=declared.form.value,
        region=declared.region,
        link=declared.link or "",
        missing=rules.missing_columns(policy, name),
        lacks_papers=tuple(PaperKind(need.value) for need in declared.needs if not _holds(found, need.value, now)),
        reviews_overdue=overdue,
        is_stopped=found.stopped,
    )


def _holds(found: RecipientFacts, paper: str, now: datetime) -> bool:
    starts, until = found.papers.get(paper, (ALWAYS, NEVER))
    return starts <= int(now.timestamp()) < until


def papers(recipient: str | None = None, *, limit: int = PAGE) -> list[PaperHeld]:
    """List papers on file, newest first."""
    rows = RecipientPaper.objects.order_by("-starts_at", "-id")
    if recipient is not None:
        rows = rows.filter(recipient=recipient)
    return [as_paper(row) for row in rows[:limit]]


def papers_lacking(policy: Policy, recipient: str, *, now: datetime) -> tuple[str, ...]:
    """Name the papers a recipient needs and has none of in force, read from the file and not from the gate's facts."""
    declared = policy.recipients.get(recipient)
    if declared is None:
        return ()
    on_file = {held.kind.value for held in papers(recipient) if held.is_in_force(now)}
    return tuple(need.value for need in declared.needs if need.value not in on_file)


def is_listed(disclosure_id: UUID) -> bool:
    """Say whether a disclosure is among those that its person is shown."""
    return Disclosure.objects.filter(id=disclosure_id).exclude(state=DisclosureState.FAILED.value).exists()


def as_paper(row: RecipientPaper) -> PaperHeld:
    """Return a paper's row as a value."""
    return PaperHeld(
        paper_id=row.id,
        recipient=row.recipient,
        kind=PaperKind(row.kind),
        starts_at=row.starts_at,
        until=row.until,
        document_sha256=row.document_sha256,
        signed_by=StaffId(row.signed_by),
        review_on=row.review_on,
        reviewed_on=row.reviewed_on,
    )
