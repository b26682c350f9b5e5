# SPDX-License-Identifier: Apache-2.0
"""Propose and approve a version: checked, seen by two people, published in one act.

proposed ── approve (another person) ──> published
    └────── drop ─────────────────────> dropped
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from upheld import calendars, controls, policy
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, Forbidden, NotFound
from upheld.facts import queries as facts
from upheld.facts import world_service as world
from upheld.notices import changes, following
from upheld.notices.events import NoticeEvent
from upheld.notices.models import NoticeProposal
from upheld.notices.queries import as_proposal
from upheld.notices.values import Change, PolicyRefused, Proposal, ProposalState, Reason
from upheld.policy import Finding, Parsed, Policy, Severity
from upheld.storage.acts import Fact, act
from upheld.terms import StaffId
from upheld.vault.terms import span_after


def propose(
    *,
    document: bytes,
    staff_id: StaffId,
    now: datetime,
    marked_major: bool = False,
    high_risk: tuple[str, ...] = (),
    reason: Reason | None = None,
) -> Proposal:
    """Propose a policy file as the next version.

    Args:
        document: the file's bytes, kept exactly.
        staff_id: who proposes; the caller has checked the permission.
        now: when.
        marked_major: the reviewer calls the change major whatever the comparison says.
        high_risk: the impact assessments that show a high risk of this version; they make it major where the list of
            the version before says so.
        reason: why the revision came; a first version needs none.

    Raises:
        PolicyUnreadable: the bytes are no policy.
        PolicyRefused: findings of severity error, or a clause without a control; the refusal is recorded.
        Conflict: the version is not later than the last published one, or of another policy line.
        BadInput: a revision gives no reason, or not in each of the policy's languages.
    """
    parsed = policy.parse(document, name="proposal")
    findings = tuple(policy.check(parsed, now=now))
    refused = _in_the_way(parsed, findings)
    _check_follows(parsed.policy)
    _check_reason(parsed.policy, reason, now)
    sha256 = hashlib.sha256(document).hexdigest()
    row = None
    with act() as acting:
        if refused:
            event = NoticeEvent.PROPOSAL_REFUSED
        else:
            event = NoticeEvent.PROPOSED
            change = changes.from_last(parsed.policy, now=now)
            marked_major = marked_major or changes.raised_by_risk(high_risk, now=now)
            row = NoticeProposal(
                id=uuid7(now),
                document=document,
                sha256=sha256,
                version=parsed.policy.version,
                state=ProposalState.PROPOSED.value,
                warnings=sum(finding.severity is Severity.WARNING for finding in findings),
                is_major=change.is_major or marked_major,
                marked_major=marked_major,
                because=reason.because.value if reason else "",
                reason=dict(reason.words) if reason else {},
                proposed_by=staff_id,
                proposed_at=now,
            )
            row.save(force_insert=True)
        facts_found = _counted(parsed, findings, sha256)
        acting.record(
            event, now=now, subject=None, clause=None, control="policy.checked_before_publish", facts=facts_found
        )
    if row is None:
        raise PolicyRefused(refused)
    return as_proposal(row)


def approve(*, proposal_id: UUID, staff_id: StaffId, now: datetime, alone: bool = False) -> Proposal:
    """Publish a proposal; a second person does, or one alone, which the board then shows.

    Args:
        proposal_id: which.
        staff_id: who approves; the caller has checked the permission.
        now: when; the version applies from its own effective date.
        alone: the proposer knowingly approves too, where nobody else is there to.

    Raises:
        NotFound: there is no such proposal.
        Conflict: it was decided already, was overtaken by a later version, would apply before today, or is a major
            change that would apply sooner than people were promised to be told.
        Forbidden: the proposer approves without saying so.
        PolicyRefused: what was found since the proposal, by rules or dates in force now, keeps it from being published.
    """
    row = NoticeProposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise NotFound("there is no such proposal")
    one_person = row.proposed_by == staff_id
    if one_person and not alone and controls.in_force("notices.two_people_publish"):
        _refuse_approval(row, now)
        raise Forbidden("a second person approves", hint="or approve alone, which the board will show")
    parsed = policy.parse(bytes(row.document), name="proposal")
    refused = _in_the_way(parsed, tuple(policy.check(parsed, now=now)))
    if refused:
        raise PolicyRefused(refused)
    change, applies_at = changes.from_last(parsed.policy, now=now), effective_at(parsed.policy)
    for obstacle in obstacles(parsed.policy, is_major=row.is_major, now=now):
        raise Conflict(obstacle)
    is_first = changes.last(now) is None
    with act() as acting:
        _decide(row, ProposalState.PUBLISHED, staff_id, now, by_one_person=one_person)
        world.publish_version(bytes(row.document), effective_at=applies_at, now=now)
        following.begin(version=row.version, applies_at=applies_at, now=now)
        acting.record(
            NoticeEvent.PUBLISHED,
            now=now,
            subject=None,
            clause=None,
            control="notices.two_people_publish",
            facts=_published(row, change, alone_declared=alone) | {"first": is_first, "because": row.because},
        )
    return as_proposal(row)


def drop(*, proposal_id: UUID, staff_id: StaffId, now: datetime) -> Proposal:
    """Put a proposal away for good.

    Raises:
        NotFound: there is no such proposal.
        Conflict: it was decided already.
    """
    row = NoticeProposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise NotFound("there is no such proposal")
    with act() as acting:
        _decide(row, ProposalState.DROPPED, staff_id, now)
        facts_found: dict[str, Fact] = {"version": row.version, "sha256": row.sha256}
        acting.record(NoticeEvent.DROPPED, now=now, subject=None, clause=None, control=None, facts=facts_found)
    return as_proposal(row)


def _in_the_way(parsed: Parsed, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that keep a policy from being published, by the controls in force."""
    refused: tuple[Finding, ...] = ()
    if controls.in_force("policy.checked_before_publish"):
        refused += tuple(finding for finding in findings if finding.severity is Severity.ERROR)
    if controls.in_force("notices.clause_has_control"):
        refused += tuple(_bare(parsed, clause.id) for clause in policy.bind(parsed.policy) if not clause.controls)
    return refused


def _bare(parsed: Parsed, clause: str) -> Finding:
    line, column = parsed.place(clause)
    return Finding(
        code="clause_without_control",
        severity=Severity.ERROR,
        clause=clause,
        file=parsed.name,
        line=line,
        column=column,
        message="nothing upholds this clause",
        remedy="name a control for it, or leave the promise out",
    )


def _check_reason(proposed: Policy, reason: Reason | None, now: datetime) -> None:
    """Refuse a revision that does not say what it answers to; the first version answers to nothing before it."""
    if changes.last(now) is None or not controls.in_force("notices.reason_given"):
        return
    if reason is None:
        raise BadInput("a revision says why it came: a change in the service or in the law, and which")
    silent = [language.value for language in proposed.languages if not reason.words.get(language, "").strip()]
    if silent:
        raise BadInput(f"a revision says why in each of its languages; missing in {', '.join(silent)}")


def _check_follows(proposed: Policy) -> None:
    """Refuse a version that does not follow the last one of the same policy line."""
    published = facts.versions()
    if not published:
        return
    last = facts.policy(published[0].seq)
    if proposed.policy != last.policy:
        raise Conflict(f"this deployment runs the policy {last.policy!r}, one named {proposed.policy!r} came")
    if proposed.version <= last.version:
        raise Conflict(f"version {last.version} was published before; expected a later one, {proposed.version} came")


def obstacles(proposed: Policy, *, is_major: bool, now: datetime) -> Iterator[str]:
    """Say what is in the way of the day from which a version would apply, in the order of weight.

    Args:
        proposed: the version.
        is_major: whether it is a major change, by the comparison or by a reviewer's word.
        now: when it would be published.
    """
    before = changes.last(now)
    if before is None:
        return
    applies_at = effective_at(proposed)
    if applies_at <= now - timedelta(days=1):
        yield f"it would apply from {proposed.effective}, before anybody could read it; expected today or a later day"
    promised = facts.policy(before.seq).changes
    if promised is None or promised.lead is None or not is_major:
        return
    if applies_at < span_after(now, promised.lead) and controls.in_force("notices.major_changes_told"):
        yield f"a major change is told {promised.lead} before it applies; this one would apply sooner"


def effective_at(proposed: Policy) -> datetime:
    """Return the moment a version applies from: the beginning of its day where the controller is.

    Raises:
        BadInput: it names no day.
    """
    if proposed.effective is None:
        raise BadInput("a version names the day it takes effect")
    region = proposed.controller.region if proposed.controller is not None else "cn"
    return calendars.end_of(proposed.effective - timedelta(days=1), region.partition("-")[0])


def _counted(parsed: Parsed, findings: tuple[Finding, ...], sha256: str) -> dict[str, Fact]:
    clauses = policy.bind(parsed.policy)
    return {
        "version": parsed.policy.version,
        "sha256": sha256,
        "errors": sum(finding.severity is Severity.ERROR for finding in findings),
        "clauses": len(clauses),
        "clauses_without_control": sum(not clause.controls for clause in clauses),
    }


def _decide(
    row: NoticeProposal, state: ProposalState, staff_id: StaffId, now: datetime, *, by_one_person: bool = False
) -> None:
    decided = {"state": state.value, "decided_by": staff_id, "decided_at": now, "by_one_person": by_one_person}
    waiting = NoticeProposal.objects.filter(id=row.id, state=ProposalState.PROPOSED.value)
    if not waiting.update(**decided):
        raise Conflict("the proposal was decided already")
    row.refresh_from_db()


def _refuse_approval(row: NoticeProposal, now: datetime) -> None:
    with act() as acting:
        facts_found: dict[str, Fact] = {"version": row.version, "people": 1, "alone_declared": False}
        acting.record(
            NoticeEvent.APPROVAL_REFUSED,
            now=now,
            subject=None,
            clause=None,
            control="notices.two_people_publish",
            facts=facts_found,
        )


def _published(row: NoticeProposal, change: Change, *, alone_declared: bool) -> dict[str, Fact]:
    return {
        "version": row.version,
        "sha256": row.sha256,
        "people": 1 if row.by_one_person else 2,
        "alone_declared": alone_declared,
        "major": row.is_major,
        "cuts": len(change.cuts),
        "triggers": list(change.triggers),
    }
