# SPDX-License-Identifier: Apache-2.0
"""Record a recipient's papers, stop and resume it, and disclose to it.

A disclosure is decided by the gate on the person's facts and the recipient's papers, opened by the vault, and written
down where the person reads it, in one act. What is handed over leaves the house with the caller; the record says that
it did.
"""

from datetime import datetime
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, NotFound
from upheld.facts import queries as facts
from upheld.facts import world_service as world
from upheld.gate import Ask, Denial, Denied, Reason
from upheld.policy import Policy
from upheld.policy.model.recipients import Recipient
from upheld.sharing import queries, rules
from upheld.sharing.events import SharingEvent
from upheld.sharing.models import Disclosure, RecipientPaper
from upheld.sharing.values import Disclosed, Paper
from upheld.storage.acts import Act as Acting
from upheld.storage.acts import act
from upheld.storage.evidence import Fact
from upheld.terms import Act, DataSubjectId, StaffId
from upheld.vault import service as vault
from upheld.vault.rules import minute
from upheld.vault.values import Reader, ReaderKind

_WRITES = {
    Paper.AGREEMENT: world.agreement,
    Paper.ASSESSMENT: world.assessment,
    Paper.SECURITY_TEST: world.security_test,
}
_DIGEST_CHARACTERS = 64


def record_paper(
    *,
    policy: Policy,
    recipient: str,
    paper: Paper,
    starts_at: datetime,
    until: datetime | None,
    document_sha256: str,
    by: StaffId,
    now: datetime,
) -> UUID:
    """Record that a paper is on file: that it exists is enforced from here on, that it is true stays attested.

    Raises:
        BadInput: the recipient is not declared, the dates are out of order, or the digest is none.
    """
    _declared(policy, recipient)
    if until is not None and until <= starts_at:
        raise BadInput("a paper ends after it starts")
    if len(document_sha256) != _DIGEST_CHARACTERS or not all(c in "0123456789abcdef" for c in document_sha256):
        raise BadInput("expected the SHA-256 of the document, 64 hexadecimal digits")
    with act() as acting:
        row = RecipientPaper(
            id=uuid7(now),
            recipient=recipient,
            paper=paper.value,
            starts_at=starts_at,
            until=until,
            document_sha256=document_sha256,
            recorded_at=now,
            recorded_by=by,
        )
        row.save(force_insert=True)
        _WRITES[paper](recipient, starts_at, until, now)
        acting.record(
            SharingEvent.PAPER_RECORDED,
            now=now,
            subject=None,
            clause=f"recipients.{recipient}",
            control="sharing.agreement_in_force",
            facts={
                "recipient": recipient,
                "paper": paper.value,
                "from": minute(starts_at),
                "until": minute(until),
                "document_sha256": document_sha256,
            },
        )
    return row.id


def stop(*, policy: Policy, recipient: str, now: datetime) -> None:
    """Let a recipient receive nothing more, whatever its papers say; holds for everyone at once."""
    _declared(policy, recipient)
    with act() as acting:
        world.stop(recipient, now)
        _record_stop(acting, SharingEvent.STOPPED, recipient, now)


def resume(*, policy: Policy, recipient: str, now: datetime) -> None:
    """Lift a stop."""
    _declared(policy, recipient)
    with act() as acting:
        world.resume(recipient, now)
        _record_stop(acting, SharingEvent.RESUMED, recipient, now)


def disclose(*, ask: Ask, data_subject_id: DataSubjectId, now: datetime, caller_id: UUID | None = None) -> Disclosed:
    """Open a person's items for a recipient, and write it down.

    Args:
        ask: act `share` or `entrust`, with its recipient, purpose and categories.
        data_subject_id: whose.
        now: when.
        caller_id: the program's key that hands it over.

    Raises:
        BadInput: the ask names no recipient, or another act.
        Denied: the gate, the papers or the directory stand in the way; the refusal is recorded.
    """
    if ask.act not in {Act.SHARE, Act.ENTRUST} or ask.recipient is None:
        raise BadInput("disclosing needs an ask of act share or entrust that names a recipient")
    version = facts.of(data_subject_id).person.version
    recipient = facts.policy(version).recipients.get(ask.recipient) if version else None
    missing = rules.missing_fields(recipient) if recipient is not None else ()
    if missing and controls.in_force("sharing.directory_complete"):
        _refuse_incomplete(ask, data_subject_id, now=now)
    reader = Reader(kind=ReaderKind.RECIPIENT, id=caller_id)
    with act() as acting:
        opened = vault.open_items(ask=ask, data_subject_id=data_subject_id, now=now, by=reader)
        row = Disclosure(
            id=uuid7(now),
            data_subject_id=data_subject_id,
            at=now,
            recipient=ask.recipient,
            purpose=ask.purpose,
            categories=sorted(opened),
            form=ask.form or (recipient.form.value if recipient is not None else "identified"),
            version=version,
            ground=ask.ground or "",
            caller_id=caller_id,
        )
        if controls.in_force("sharing.disclosure_recorded"):
            row.save(force_insert=True)
        needs = [Paper(need.value) for need in recipient.needs] if recipient is not None else []
        lacking: list[Fact] = [p.value for p in needs if not queries.has_paper(ask.recipient, p, now=now)]
        acting.record(
            SharingEvent.DISCLOSED,
            now=now,
            subject=data_subject_id,
            clause=f"recipients.{ask.recipient}" if recipient is not None else None,
            control="sharing.disclosure_recorded",
            facts={
                "recipient": ask.recipient if recipient is not None else "undeclared",
                "purpose": ask.purpose,
                "categories": sorted(opened),
                "form": row.form,
                "version": version,
                "declared": recipient is not None,
                "papers_lacking": lacking,
                "row_missing": [*missing],
                "shown_to_person": Disclosure.objects.filter(id=row.id).exists(),
            },
        )
    return Disclosed(disclosure_id=row.id, items=opened)


def _refuse_incomplete(ask: Ask, data_subject_id: DataSubjectId, *, now: datetime) -> None:
    clause = f"recipients.{ask.recipient}"
    with act() as acting:
        acting.record(
            SharingEvent.REFUSED,
            now=now,
            subject=data_subject_id,
            clause=clause,
            control="sharing.directory_complete",
            facts={"recipient": ask.recipient, "reasons": ["directory_incomplete"]},
        )
    reason = Reason(
        code="directory_incomplete", control="sharing.directory_complete", clause=clause, lifts="complete_row"
    )
    raise Denied(Denial(reasons=(reason,)))


def _record_stop(acting: Acting, event: SharingEvent, recipient: str, now: datetime) -> None:
    acting.record(
        event,
        now=now,
        subject=None,
        clause=f"recipients.{recipient}",
        control="gate.recipient_stopped",
        facts={"recipient": recipient},
    )


def _declared(policy: Policy, recipient: str) -> Recipient:
    if recipient not in policy.recipients:
        raise NotFound("the policy declares no such recipient")
    return policy.recipients[recipient]
