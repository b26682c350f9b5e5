# SPDX-License-Identifier: Apache-2.0
"""End a recipient's paper before its date: from then on the gate counts another that is in force, or none."""

from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.errors import Conflict, NotFound
from upheld.sharing import dates
from upheld.sharing.events import SharingEvent
from upheld.sharing.models import RecipientPaper
from upheld.sharing.papers import WORLD
from upheld.sharing.queries import as_paper
from upheld.sharing.values import PaperHeld, PaperKind
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import StaffId
from upheld.vault.rules import minute

ENDED: Final = "sharing.paper_ended"


def end_paper(*, paper_id: UUID, staff_id: StaffId, now: datetime) -> PaperHeld:
    """End a paper now.

    Raises:
        NotFound: there is no such paper.
        Conflict: it has ended already.
    """
    with act() as acting:
        row = RecipientPaper.objects.select_for_update().filter(id=paper_id).first()
        if row is None:
            raise NotFound("there is no such paper")
        if row.until is not None and row.until <= now:
            raise Conflict("this paper has ended already")
        _end(row, now=now)
        journal.narrow(ENDED, facts={"paper": str(paper_id)}, now=now)
        acting.record(
            SharingEvent.PAPER_ENDED,
            now=now,
            subject=None,
            clause=f"recipients.{row.recipient}",
            control="sharing.agreement_in_force",
            facts={"recipient": row.recipient, "paper": row.kind, "until": minute(now), "by": str(staff_id)},
        )
    return as_paper(row)


def _end(row: RecipientPaper, *, now: datetime) -> None:
    dates.end(row, now)
    row.save(update_fields=["until", "starts_at"])
    others = RecipientPaper.objects.filter(recipient=row.recipient, kind=row.kind).exclude(id=row.id)
    counted = dates.longest(others, now) or row
    WORLD[PaperKind(row.kind)](row.recipient, counted.starts_at, counted.until, now)


@journal.replays(ENDED)
def _end_again(found: journal.JournalFacts, at: datetime) -> None:
    row = RecipientPaper.objects.filter(id=UUID(str(found["paper"]))).first()
    if row is not None and (row.until is None or row.until > at):
        _end(row, now=at)
