# SPDX-License-Identifier: Apache-2.0
"""Papers of sources: what must be on file before anything is taken in from one.

Software can see that a paper is on file and in force; that it is true, a named person answers for.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.errors import Conflict, NotFound
from upheld.facts import queries as facts
from upheld.facts import world_service as world
from upheld.sharing import dates
from upheld.sharing.events import SharingEvent
from upheld.sharing.models import SourcePaper
from upheld.sharing.sources import as_source_paper
from upheld.sharing.values import SourcePaperHeld, SourcePaperKind
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import StaffId
from upheld.vault.rules import minute

ENDED: Final = "sharing.source_paper_ended"
_WORLD: Final[dict[SourcePaperKind, Callable[[str, datetime, datetime | None, datetime], None]]] = {
    SourcePaperKind.AGREEMENT: world.source_agreement,
    SourcePaperKind.LAWFUL_ORIGIN: world.lawful_origin,
}


def record_source_paper(
    *,
    source: str,
    kind: SourcePaperKind,
    starts_at: datetime,
    until: datetime | None,
    document_sha256: str,
    signed_by: StaffId,
    now: datetime,
) -> SourcePaperHeld:
    """Put a paper of a source on file; from its date until its end the gate counts it.

    Args:
        source: its id in the policy.
        kind: the agreement with it, or that its data was found to be held lawfully.
        starts_at: from when it holds.
        until: until when; None for until it is replaced.
        document_sha256: digest of the signed document, in hex.
        signed_by: the member of staff who answers for it.
        now: when it is put on file.

    Raises:
        NotFound: the policy in force declares no such source.
        BadInput: the dates contradict each other, or the digest is none.
    """
    policy = facts.rulebook(facts.current_version(now)).policy
    if policy is None or source not in policy.sources:
        raise NotFound("the policy in force declares no such source")
    dates.check(starts_at, until, document_sha256)
    row = SourcePaper(
        id=uuid7(now),
        source=source,
        kind=kind.value,
        starts_at=starts_at,
        until=until,
        document_sha256=document_sha256,
        signed_by=signed_by,
        recorded_at=now,
    )
    with act() as acting:
        row.save(force_insert=True)
        _WORLD[kind](source, starts_at, until, now)
        acting.record(
            SharingEvent.SOURCE_PAPER_RECORDED,
            now=now,
            subject=None,
            clause=f"sources.{source}",
            control="gate.source_lawful",
            facts={"passed_on_by": source, "paper": kind.value, **dates.on_file(row)},
        )
    return as_source_paper(row)


def end_source_paper(*, paper_id: UUID, staff_id: StaffId, now: datetime) -> SourcePaperHeld:
    """End a paper of a source now; from then on the gate counts another that is in force, or none.

    Raises:
        NotFound: there is no such paper.
        Conflict: it has ended already.
    """
    with act() as acting:
        row = SourcePaper.objects.select_for_update().filter(id=paper_id).first()
        if row is None:
            raise NotFound("there is no such paper")
        if row.until is not None and row.until <= now:
            raise Conflict("this paper has ended already")
        _end(row, now)
        journal.narrow(ENDED, facts={"paper": str(paper_id)}, now=now)
        acting.record(
            SharingEvent.SOURCE_PAPER_ENDED,
            now=now,
            subject=None,
            clause=f"sources.{row.source}",
            control="gate.source_lawful",
            facts={"passed_on_by": row.source, "paper": row.kind, "until": minute(now), "by": str(staff_id)},
        )
    return as_source_paper(row)


def _end(row: SourcePaper, now: datetime) -> None:
    dates.end(row, now)
    row.save(update_fields=["until", "starts_at"])
    others = SourcePaper.objects.filter(source=row.source, kind=row.kind).exclude(id=row.id)
    counted = dates.longest(others, now) or row
    _WORLD[SourcePaperKind(row.kind)](row.source, counted.starts_at, counted.until, now)


@journal.replays(ENDED)
def _end_again(found: journal.JournalFacts, at: datetime) -> None:
    row = SourcePaper.objects.filter(id=UUID(str(found["paper"]))).first()
    if row is not None and (row.until is None or row.until > at):
        _end(row, at)
