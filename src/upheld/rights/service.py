# SPDX-License-Identifier: Apache-2.0
"""The verbs of requests: file, verify, assign, answer, refuse, take back.

Each checks the step, changes the row under its lock, and leaves its evidence, in one act. Carrying a request out is
`upheld.rights.fulfilment`; noticing late ones is `upheld.rights.deadlines`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Forbidden, NotFound
from upheld.facts import queries as facts
from upheld.gate.values import Stop
from upheld.policy import Policy
from upheld.policy.model.rights import RightRule
from upheld.rights import notes, queries, rules, telling
from upheld.rights.events import RequestEvent
from upheld.rights.models import SubjectRequest
from upheld.rights.rules import RequestState
from upheld.rights.values import Filing, NoteKind, RefusalGiven, RequestView
from upheld.storage.acts import Act, Fact, act
from upheld.terms import DataSubjectId, Right, StaffId
from upheld.vault.rules import minute

SIGNED_IN: Final = "signed-in"
"""How a person who asks from their own signed-in session is verified: the session rests on a code to their number."""


def file(*, filing: Filing, now: datetime) -> RequestView:
    """Take a request in and start its clock.

    Raises:
        BadInput: the policy knows no such right, channel, case or category.
        NotFound: there is no such person.
    """
    policy, version = _binding(filing.data_subject_id)
    rule = _rule(policy, filing)
    row = SubjectRequest(
        id=uuid7(now),
        data_subject_id=filing.data_subject_id,
        right=filing.right.value,
        case=filing.case,
        channel=filing.channel,
        actor=filing.actor.value,
        categories=sorted(filing.categories),
        clause=f"rights.requests.{filing.right.value}",
        version=version,
        state=(RequestState.VERIFIED if filing.verified_by else RequestState.RECEIVED).value,
        received_at=now,
        verified_at=now if filing.verified_by else None,
        verified_by=filing.verified_by,
    )
    _set_clock(row, rule, policy)
    with act() as acting:
        row.save(force_insert=True)
        notes.write(
            request_id=row.id,
            data_subject_id=filing.data_subject_id,
            kind=NoteKind.STATEMENT,
            text=filing.statement,
            now=now,
        )
        _record(acting, RequestEvent.FILED, row, now, channel=filing.channel, actor=filing.actor.value)
        if filing.verified_by:
            _record(acting, RequestEvent.VERIFIED, row, now, method=filing.verified_by)
    return queries.view(row)


def verify(*, request_id: UUID, method: str, now: datetime, evidence: str = "") -> RequestView:
    """Record how the requester was verified.

    Args:
        request_id: which request.
        method: a method that the policy lists.
        now: when.
        evidence: what was seen, in words; sealed.

    Raises:
        BadInput: the policy lists no such method.
        Conflict: it is not waiting for this.
    """
    with act() as acting:
        row = _locked(request_id)
        policy = facts.policy(row.version)
        listed = policy.rights.verification.methods if policy.rights and policy.rights.verification else {}
        if method not in listed:
            raise BadInput(f"expected one of the policy's methods: {', '.join(sorted(listed))}")
        rules.move(RequestState(row.state), RequestState.VERIFIED)
        row.state, row.verified_at, row.verified_by = RequestState.VERIFIED.value, now, method
        _set_clock(row, _rule_of(policy, Right(row.right)), policy)
        row.save()
        _note(row, NoteKind.EVIDENCE, evidence, now)
        _record(acting, RequestEvent.VERIFIED, row, now, method=method)
    return queries.view(row)


def assign(*, request_id: UUID, staff_id: StaffId, now: datetime) -> RequestView:
    """Give a request to a member of staff.

    Raises:
        Conflict: it has ended.
    """
    with act() as acting:
        row = _locked(request_id)
        _refuse_ended(row)
        row.assigned_to = staff_id
        row.save(update_fields=["assigned_to"])
        _record(acting, RequestEvent.ASSIGNED, row, now)
    return queries.view(row)


def carried_out(*, request_id: UUID, now: datetime, counts: Mapping[str, int]) -> None:
    """Note that what the request asks for has been done; whoever carries it out calls this in the last step's act."""
    with act() as acting:
        row = _locked(request_id)
        row.carried_out_at = now
        row.save(update_fields=["carried_out_at"])
        _record(acting, RequestEvent.CARRIED_OUT, row, now, counts=dict(counts))


def answer(*, request_id: UUID, text: str, now: datetime) -> RequestView:
    """End a request with its answer.

    Raises:
        BadInput: there is no answer in words.
        Conflict: the requester is not verified, or it has ended.
    """
    if not text.strip():
        raise BadInput("expected an answer in words, nothing came")
    return _end_answered(request_id, text, now)


def answer_done(*, request_id: UUID, now: datetime) -> RequestView:
    """End a request that software carried out; the answer is the deed, told in standard words wherever it is shown.

    Nothing is sealed for it: after an erasure of everything there is no key of the person left to seal under.
    """
    return _end_answered(request_id, "", now)


def _end_answered(request_id: UUID, text: str, now: datetime) -> RequestView:
    with act() as acting:
        row = _locked(request_id)
        verified = row.state == RequestState.VERIFIED.value
        rules.move(RequestState(row.state), RequestState.ANSWERED)
        row.state, row.ended_at = RequestState.ANSWERED.value, now
        row.save()
        _note(row, NoteKind.ANSWER, text, now)
        if text:
            telling.tell_ended(row, "answered", now=now)
        _record(acting, RequestEvent.ANSWERED, row, now, verified=verified, late=_late(row, now))
    return queries.view(row)


def refuse(*, request_id: UUID, refusal: RefusalGiven, now: datetime) -> RequestView:
    """End a request with a refusal on a listed ground; the person is told the reason and the remedies.

    Raises:
        BadInput: the ground is not listed, its evidence is incomplete, or nothing is said to the person.
        Conflict: it has ended.
    """
    if not refusal.text.strip():
        raise BadInput("expected a reason in words for the person, nothing came")
    with act() as acting:
        row = _locked(request_id)
        policy = facts.policy(row.version)
        listed = dict(policy.rights.refusals) if policy.rights else {}
        rules.check_refusal(listed, refusal.ground, dict(refusal.evidence))
        rules.move(RequestState(row.state), RequestState.REFUSED)
        row.state, row.ended_at, row.refusal = RequestState.REFUSED.value, now, refusal.ground
        row.remedies = sorted(policy.rights.remedies) if policy.rights else []
        row.save()
        _note(row, NoteKind.EVIDENCE, "\n".join(f"{k}: {v}" for k, v in sorted(refusal.evidence.items())), now)
        _note(row, NoteKind.ANSWER, refusal.text, now)
        telling.tell_ended(row, "refused", now=now)
        given = {name for name, text in refusal.evidence.items() if text.strip()}
        demanded = set(listed[refusal.ground].evidence) if refusal.ground in listed else set()
        _record(
            acting,
            RequestEvent.REFUSED,
            row,
            now,
            ground=refusal.ground if refusal.ground in listed else "unlisted",
            ground_listed=refusal.ground in listed,
            evidence_complete=demanded <= given,
            remedies=len(row.remedies),
            late=_late(row, now),
        )
    return queries.view(row)


def take_back(*, request_id: UUID, data_subject_id: DataSubjectId, now: datetime) -> RequestView:
    """Let a person take their own request back.

    Raises:
        NotFound: it is not theirs.
        Conflict: it has ended, or is being carried out.
    """
    with act() as acting:
        row = _locked(request_id)
        if row.data_subject_id != data_subject_id:
            raise NotFound("there is no such request")
        rules.move(RequestState(row.state), RequestState.TAKEN_BACK)
        row.state, row.ended_at = RequestState.TAKEN_BACK.value, now
        row.save()
        _record(acting, RequestEvent.TAKEN_BACK, row, now)
    return queries.view(row)


def ask_fee(*, request_id: UUID, now: datetime) -> None:
    """Record that a fee is asked; only past the number of free requests that the policy declares.

    Raises:
        Forbidden: this request is free.
    """
    with act() as acting:
        row = _locked(request_id)
        policy = facts.policy(row.version)
        fees = policy.rights.fees if policy.rights else None
        since = now - timedelta(days=fees.per.days_at_most) if fees else now
        subject = DataSubjectId(row.data_subject_id)
        before = queries.earlier(subject, Right(row.right), since=since) - 1
        if not rules.fee_allowed(fees, before):
            raise Forbidden(
                f"this request is free: {before} came before it, and {fees.free if fees else 'all'} are free"
            )
        facts_ = {"before": before, "free": fees.free if fees else 0, "declared": fees is not None}
        _record(acting, RequestEvent.FEE_ASKED, row, now, **facts_)


def _binding(data_subject_id: DataSubjectId) -> tuple[Policy, int]:
    person = facts.of(data_subject_id).person
    if not person.version or person.stops & Stop.ERASED:  # a statement would be sealed under a key that nothing ends
        raise NotFound("there is no such person")
    return facts.policy(person.version), person.version


def _rule(policy: Policy, filing: Filing) -> RightRule:
    rule = _rule_of(policy, filing.right)
    if filing.channel not in rule.channels:
        raise BadInput(f"expected one of the channels: {', '.join(rule.channels)}")
    if rule.cases and filing.case not in rule.cases:
        raise BadInput(f"expected one of the cases: {', '.join(rule.cases)}")
    unknown = sorted(set(filing.categories) - set(policy.categories))
    if unknown:
        raise BadInput(f"the policy declares no such category ({len(unknown)} of those named)")
    return rule


def _rule_of(policy: Policy, right: Right) -> RightRule:
    if policy.rights is None or right not in policy.rights.requests:
        raise BadInput(f"the policy does not offer the right of {right.value}")
    return policy.rights.requests[right]


def _set_clock(row: SubjectRequest, rule: RightRule, policy: Policy) -> None:
    region = policy.controller.region if policy.controller else "cn"
    due = rules.due_at(rule, received_at=row.received_at, verified_at=row.verified_at, region=region)
    if due is not None:
        row.due_at, row.due_provisional = due.at, due.provisional


def _locked(request_id: UUID) -> SubjectRequest:
    row = SubjectRequest.objects.select_for_update().filter(id=request_id).first()
    if row is None:
        raise NotFound("there is no such request")
    return row


def _refuse_ended(row: SubjectRequest) -> None:
    if row.ended_at is not None:
        rules.move(RequestState(row.state), RequestState.ANSWERED)


def _late(row: SubjectRequest, now: datetime) -> bool:
    return row.due_at is not None and now >= row.due_at


def _note(row: SubjectRequest, kind: NoteKind, text: str, now: datetime) -> None:
    subject = DataSubjectId(row.data_subject_id)
    notes.write(request_id=row.id, data_subject_id=subject, kind=kind, text=text, now=now)


def _record(acting: Act, event: RequestEvent, row: SubjectRequest, now: datetime, **more: Fact) -> None:
    base: dict[str, Fact] = {
        "right": row.right,
        "case": row.case,
        "version": row.version,
        "received_at": minute(row.received_at),
        "verified_at": minute(row.verified_at) if row.verified_at else "",
        "due_at": minute(row.due_at) if row.due_at else "",
    }
    acting.record(
        event,
        now=now,
        subject=DataSubjectId(row.data_subject_id),
        clause=row.clause,
        control=_CONTROL[event],
        facts=base | more,
    )


_CONTROL: Final = {
    RequestEvent.FILED: "rights.never_disappears",
    RequestEvent.VERIFIED: "rights.verified_first",
    RequestEvent.ASSIGNED: "rights.never_disappears",
    RequestEvent.CARRIED_OUT: "rights.verified_first",
    RequestEvent.ANSWERED: "rights.answered_in_time",
    RequestEvent.REFUSED: "rights.refusal_ground_listed",
    RequestEvent.TAKEN_BACK: "rights.never_disappears",
    RequestEvent.FEE_ASKED: "rights.fee_only_when_repeated",
}
