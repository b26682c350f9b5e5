# SPDX-License-Identifier: Apache-2.0
"""Papers of recipients: put on file, reviewed; and stops.

Software can see that a paper is on file and in force; that it is true, a named person answers for.
"""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, NotFound
from upheld.facts import queries as facts
from upheld.facts import world_service as world
from upheld.sharing import dates
from upheld.sharing.events import SharingEvent
from upheld.sharing.models import RecipientPaper
from upheld.sharing.queries import as_paper
from upheld.sharing.values import PaperHeld, PaperKind
from upheld.storage import journal
from upheld.storage.acts import Act as Acting
from upheld.storage.acts import act
from upheld.terms import StaffId

STOPPED: Final = "sharing.recipient_stopped"
RESUMED: Final = "sharing.recipient_resumed"
WORLD: Final = {
    PaperKind.AGREEMENT: world.agreement,
    PaperKind.ASSESSMENT: world.assessment,
    PaperKind.SECURITY_TEST: world.security_test,
}
"""How each paper is told to the facts."""


def record_paper(
    *,
    recipient: str,
    kind: PaperKind,
    starts_at: datetime,
    until: datetime | None,
    document_sha256: str,
    signed_by: StaffId,
    now: datetime,
    review_on: date | None = None,
) -> PaperHeld:
    """Put a paper of a recipient on file; from its date until its end the gate counts it.

    Args:
        recipient: its id in the policy.
        kind: what paper.
        starts_at: from when it holds.
        until: until when; None for until it is replaced.
        document_sha256: digest of the signed document, in hex.
        signed_by: the member of staff who answers for it.
        now: when it is put on file.
        review_on: the day by which it is to be reviewed.

    Raises:
        NotFound: no policy in force declares the recipient.
        BadInput: the dates contradict each other, or the digest is none.
    """
    _check_known(recipient, now)
    dates.check(starts_at, until, document_sha256)
    row = RecipientPaper(
        id=uuid7(now),
        recipient=recipient,
        kind=kind.value,
        starts_at=starts_at,
        until=until,
        document_sha256=document_sha256,
        signed_by=signed_by,
        recorded_at=now,
        review_on=review_on,
    )
    with act() as acting:
        row.save(force_insert=True)
        WORLD[kind](recipient, starts_at, until, now)
        acting.record(
            SharingEvent.PAPER_RECORDED,
            now=now,
            subject=None,
            clause=f"recipients.{recipient}",
            control="sharing.agreement_in_force",
            facts={"recipient": recipient, "paper": kind.value, **dates.on_file(row)},
        )
    return as_paper(row)


def review_paper(*, paper_id: UUID, staff_id: StaffId, today: date, next_on: date, now: datetime) -> PaperHeld:
    """Record that a paper was reviewed, and when the next review is due.

    Raises:
        NotFound: there is no such paper.
        BadInput: the next review is not after this one.
    """
    if next_on <= today:
        raise BadInput("the next review comes after this one")
    with act() as acting:
        row = RecipientPaper.objects.filter(id=paper_id).first()
        if row is None:
            raise NotFound("there is no such paper")
        late = row.review_on is not None and row.review_on < today
        row.reviewed_on, row.review_on, row.signed_by = today, next_on, staff_id
        row.save(update_fields=["reviewed_on", "review_on", "signed_by"])
        acting.record(
            SharingEvent.PAPER_REVIEWED,
            now=now,
            subject=None,
            clause=f"recipients.{row.recipient}",
            control="duties.attested",
            facts={"recipient": row.recipient, "paper": row.kind, "late": late},
        )
    return as_paper(row)


def stop_recipient(*, recipient: str, now: datetime) -> None:
    """Let a recipient receive nothing from now on, whatever its papers say.

    Raises:
        NotFound: no policy in force declares the recipient.
    """
    _check_known(recipient, now)
    with act() as acting:
        world.stop(recipient, now)
        journal.narrow(STOPPED, facts={"recipient": recipient}, now=now)
        _record_turn(acting, SharingEvent.STOPPED, recipient, now)


def resume_recipient(*, recipient: str, now: datetime) -> None:
    """Lift a stop.

    Raises:
        NotFound: no policy in force declares the recipient.
    """
    _check_known(recipient, now)
    with act() as acting:
        world.resume(recipient, now)
        journal.narrow(RESUMED, facts={"recipient": recipient}, now=now)
        _record_turn(acting, SharingEvent.RESUMED, recipient, now)


def _record_turn(acting: Acting, event: SharingEvent, recipient: str, now: datetime) -> None:
    acting.record(
        event,
        now=now,
        subject=None,
        clause=f"recipients.{recipient}",
        control="gate.recipient_stopped",
        facts={"recipient": recipient},
    )


@journal.replays(STOPPED)
def _stop_again(found: journal.JournalFacts, at: datetime) -> None:
    world.stop(str(found["recipient"]), at)


@journal.replays(RESUMED)
def _resume_again(found: journal.JournalFacts, at: datetime) -> None:
    world.resume(str(found["recipient"]), at)


def _check_known(recipient: str, now: datetime) -> None:
    policy = facts.rulebook(facts.current_version(now)).policy
    if policy is None or recipient not in policy.recipients:
        raise NotFound("the policy in force declares no such recipient")
