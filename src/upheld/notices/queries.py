# SPDX-License-Identifier: Apache-2.0
"""The public archive, proposals, and what people were shown, told and agreed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Literal
from uuid import UUID

from upheld import controls, policy
from upheld.errors import NotFound, Unauthenticated
from upheld.facts import queries as facts
from upheld.ledger import entries
from upheld.ledger.canonical import Json
from upheld.notices import changes, ways
from upheld.notices.models import (
    NoticeAcknowledgement,
    NoticeProposal,
    NoticeRefusal,
    NoticeSalt,
    NoticeShown,
    NoticeWithdrawal,
)
from upheld.notices.values import (
    Acknowledged,
    Because,
    Change,
    PendingChange,
    Proposal,
    ProposalState,
    Published,
    Reason,
    Withdrawal,
)
from upheld.terms import DataSubjectId, Language, StaffId

PAGE: Final = 200
"""Rows of a list that is shown whole."""


def archive(*, now: datetime) -> list[Published]:
    """List every version there ever was, newest first; anyone may read it.

    Without its control (in a trial) past versions are gone from the list.
    """
    current = facts.current_version(now)
    reasons, taken_back = _reasons(), withdrawals()
    whole = [
        Published(
            version=found.seq,
            sha256=found.sha256,
            updated_on=found.updated_on,
            effective_at=found.effective_at,
            published_at=found.published_at,
            withdrawn_at=found.withdrawn_at,
            is_in_force=found.effective_at <= now and (found.withdrawn_at is None or now < found.withdrawn_at),
            reason=reasons.get(found.seq),
            withdrawal=taken_back.get(found.seq),
        )
        for found in facts.versions()
    ]
    return whole if controls.in_force("notices.archive_public") else [v for v in whole if v.version == current]


def published(version: int, *, now: datetime) -> Published:
    """Return one version of the archive.

    Raises:
        NotFound: no such version was published.
    """
    for found in archive(now=now):
        if found.version == version:
            return found
    raise NotFound(f"no version {version} of the policy was published")


def notice(version: int, *, language: Language, now: datetime, form: Literal["html", "md"] = "html") -> str:
    """Return what people read of a version, for anyone, with or without an account.

    Raises:
        NotFound: no such version was published.
    """
    published(version, now=now)
    return policy.render(facts.policy(version), language, form)


def offered(*, now: datetime, signed_in: bool) -> Published:
    """Return the version in force, for whoever reads the policy and names no version.

    The rules are open to all: without an account one reads them because this control says so, and no page decides it.

    Raises:
        NotFound: no version is in force yet.
        Unauthenticated: (in a trial) only who has an account may read it.
    """
    if not signed_in and not controls.in_force("notices.rules_open"):
        raise Unauthenticated("sign in to read the policy")
    current = facts.current_version(now)
    if not current:
        raise NotFound("no version of the policy is in force yet")
    return published(current, now=now)


def withdrawals() -> dict[int, Withdrawal]:
    """Return every withdrawal by the version that was taken back."""
    return {
        row.version: Withdrawal(
            version=row.version,
            words=_words(row.reason),
            falls_back_to=row.falls_back_to,
            withdrawn_by=StaffId(row.withdrawn_by),
            at=row.at,
        )
        for row in NoticeWithdrawal.objects.all()
    }


def _reasons() -> dict[int, Reason]:
    rows = NoticeProposal.objects.filter(state=ProposalState.PUBLISHED.value).exclude(because="")
    return {
        version: Reason(because=Because(because), words=_words(words))
        for version, because, words in rows.values_list("version", "because", "reason")
    }


def _words(kept: dict[str, str]) -> dict[Language, str]:
    return {Language(language): words for language, words in kept.items()}


def proposals(*, limit: int = PAGE) -> list[Proposal]:
    """List proposals, newest first."""
    return [
        as_proposal(row) for row in NoticeProposal.objects.order_by("-proposed_at", "-id").defer("document")[:limit]
    ]


def proposal_document(proposal_id: UUID) -> bytes:
    """Return a proposed file byte for byte.

    Raises:
        NotFound: there is no such proposal.
    """
    row = NoticeProposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise NotFound("there is no such proposal")
    return bytes(row.document)


def published_by_one() -> list[int]:
    """Name the versions that one person proposed and approved alone; the board shows them."""
    rows = NoticeProposal.objects.filter(state=ProposalState.PUBLISHED.value, by_one_person=True)
    return list(rows.order_by("version").values_list("version", flat=True))


def as_proposal(row: NoticeProposal) -> Proposal:
    """Return a proposal's row as a value."""
    return Proposal(
        proposal_id=row.id,
        version=row.version,
        sha256=row.sha256,
        state=ProposalState(row.state),
        warnings=row.warnings,
        is_major=row.is_major,
        proposed_by=StaffId(row.proposed_by),
        proposed_at=row.proposed_at,
        decided_by=None if row.decided_by is None else StaffId(row.decided_by),
        decided_at=row.decided_at,
        by_one_person=row.by_one_person,
        reason=Reason(because=Because(row.because), words=_words(row.reason)) if row.because else None,
    )


def was_shown(version: int, language: Language, *, viewers: Sequence[UUID]) -> bool:
    """Say whether a version was shown in a language to any of these viewers."""
    rows = NoticeShown.objects.filter(viewer_id__in=viewers, version=version, language=language.value)
    return rows.exists()


def acknowledgements(data_subject_id: DataSubjectId) -> list[Acknowledged]:
    """List the versions a person accepted, newest first, each as its receipt."""
    salts = {one.id: one.salt for one in NoticeSalt.objects.filter(data_subject_id=data_subject_id)}
    rows = NoticeAcknowledgement.objects.filter(data_subject_id=data_subject_id).order_by("-at", "-id")
    return [as_acknowledged(row, salts[row.id]) for row in rows if row.id in salts]


def as_acknowledged(row: NoticeAcknowledgement, salt: str) -> Acknowledged:
    """Return an acceptance as its person's receipt, with the digest that its entry in the log carries."""
    return Acknowledged(
        record_id=row.id,
        data_subject_id=DataSubjectId(row.data_subject_id),
        version=row.version,
        language=Language(row.language),
        document_sha256=row.document_sha256,
        at=row.at,
        salt=salt,
        digest=entries.commit(bytes.fromhex(salt), as_json(row)),
    )


def as_json(row: NoticeAcknowledgement) -> dict[str, Json]:
    """Return what the digest of an acceptance is over; a receipt discloses it."""
    return {
        "record": str(row.id),
        "subject": str(row.data_subject_id),
        "version": row.version,
        "language": row.language,
        "sha256": row.document_sha256,
        "actor": row.actor,
        "cuts_agreed": row.cuts_agreed,
        "at": row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def pending_change(data_subject_id: DataSubjectId, *, now: datetime) -> PendingChange | None:
    """Return the newest version that does not bind a person yet, and what has to happen first.

    Where the version that binds the person was withdrawn, it is the one in force, older or newer.
    """
    bound = facts.of(data_subject_id).person.version
    known = {found.seq: found for found in changes.standing(now)}
    falls_back = bool(bound) and bound not in known
    version = facts.current_version(now) if falls_back else max(known, default=0)
    if not bound or version not in known or (version <= bound and not falls_back):
        return None
    change = change_between(bound, version)
    left = ways_left(data_subject_id, bound, version, now=now)
    return PendingChange(
        version=version,
        effective_at=known[version].effective_at,
        change=change,
        must_agree=bool(change.cuts),
        must_tell=change.is_major and bool(left),
        ways_left=left,
        declined=NoticeRefusal.objects.filter(data_subject_id=data_subject_id, version=version).exists(),
        falls_back=falls_back,
    )


def change_between(bound: int, version: int) -> Change:
    """Return what another version changes; it is major too where the reviewer called it so.

    Raises:
        NotFound: one of them was never published.
    """
    change = changes.step(bound, version)
    marked = NoticeProposal.objects.filter(
        version__gt=bound, version__lte=version, state=ProposalState.PUBLISHED.value, marked_major=True
    )
    return replace(change, is_major=change.is_major or marked.exists())


def ways_left(data_subject_id: DataSubjectId, bound: int, version: int, *, now: datetime) -> tuple[str, ...]:
    """Name the ways of telling that the version which binds a person promised and that were not used yet."""
    is_major = change_between(bound, version).is_major
    left = ways.left(data_subject_id, facts.policy(bound), version, is_major=is_major, now=now)
    return tuple(way.value for way in left)
