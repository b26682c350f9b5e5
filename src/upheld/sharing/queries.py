# SPDX-License-Identifier: Apache-2.0
"""Reads of the directory and of disclosures."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.sharing import rules
from upheld.sharing.models import Disclosure, RecipientPaper
from upheld.sharing.values import DirectoryRow, DisclosureMade, Paper, PaperHeld
from upheld.terms import DataSubjectId


def disclosures(data_subject_id: DataSubjectId, *, limit: int = 200) -> tuple[DisclosureMade, ...]:
    """List who received a person's data, newest first."""
    rows = Disclosure.objects.filter(data_subject_id=data_subject_id).order_by("-at", "-id")[:limit]
    return tuple(
        DisclosureMade(
            id=row.id,
            at=row.at,
            recipient=row.recipient,
            purpose=row.purpose,
            categories=tuple(row.categories),
            form=row.form,
            version=row.version,
            ground=row.ground,
        )
        for row in rows
    )


def papers(recipient: str) -> tuple[PaperHeld, ...]:
    """List the papers of a recipient, newest first."""
    return _held(RecipientPaper.objects.filter(recipient=recipient).order_by("-recorded_at"))


def directory(policy: Policy, *, now: datetime) -> tuple[DirectoryRow, ...]:
    """List the recipients that a policy declares, with their papers and what stands in the way of disclosing."""
    by_recipient: dict[str, list[RecipientPaper]] = {}
    for row in RecipientPaper.objects.order_by("-recorded_at"):
        by_recipient.setdefault(row.recipient, []).append(row)
    made = Counter(Disclosure.objects.values_list("recipient", flat=True))
    known = facts.world().recipients
    found = []
    for name, recipient in policy.recipients.items():
        held = _held(by_recipient.get(name, []))
        needs = tuple(Paper(need.value) for need in recipient.needs)
        in_force = {one.paper for one in held if one.is_in_force(now)}
        found.append(
            DirectoryRow(
                recipient=name,
                missing=rules.missing_fields(recipient),
                needs=needs,
                papers=held,
                lacking=tuple(paper for paper in needs if paper not in in_force),
                is_stopped=name in known and known[name].stopped,
                disclosures=made[name],
            )
        )
    return tuple(found)


def has_paper(recipient: str, paper: Paper, *, now: datetime) -> bool:
    """Say whether a paper on file holds; read from the papers themselves and not from the gate's facts."""
    return any(held.paper is paper and held.is_in_force(now) for held in papers(recipient))


def _held(rows: Iterable[RecipientPaper]) -> tuple[PaperHeld, ...]:
    return tuple(
        PaperHeld(
            paper=Paper(row.paper),
            starts_at=row.starts_at,
            until=row.until,
            document_sha256=row.document_sha256,
            recorded_at=row.recorded_at,
        )
        for row in rows
    )
