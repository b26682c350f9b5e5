# SPDX-License-Identifier: Apache-2.0
"""One request: assign, verify, carry out, answer or refuse it, and read its words with a reason."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.people import staff_records
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.rights import fulfilment, looking, queries, rules, service
from upheld.rights.rules import RequestState
from upheld.rights.values import NoteView, RefusalGiven, RequestView
from upheld.terms import DataSubjectId, StaffId
from upheld.vault.values import StaffReason
from upheld.web.console import desk, pages, refusing, words
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.requests import AnswerForm, AssignForm, ReasonForm, RefuseForm, VerifyForm
from upheld.web.console.views.requests import number, takers


def one(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Show one request."""
    return _show(request, queries.one(request_id))


def assign(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Give a request to a member of staff."""
    found = queries.one(request_id)
    form = _assign_form(request.POST)
    if form.is_valid():
        with refusing.On(form):
            service.assign(request_id=request_id, staff_id=StaffId(UUID(form.cleaned_data["staff"])), now=request.now)
            return pages.go("request", request_id, said="assigned")
    return _show(request, found, assign_form=form)


def verify(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Record how the requester was verified."""
    found = queries.one(request_id)
    form = VerifyForm(_methods(request, found), request.POST)
    if form.is_valid():
        with refusing.On(form):
            service.verify(request_id=request_id, now=request.now, **form.cleaned_data)
            return pages.go("request", request_id, said="verified")
    return _show(request, found, verify_form=form)


def carry_out(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Let software carry a verified request out."""
    fulfilment.begin(request=queries.one(request_id), now=request.now)
    return pages.go("request", request_id, said="begun")


def answer(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """End a request with its answer."""
    found = queries.one(request_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with refusing.On(form):
            service.answer(request_id=request_id, now=request.now, **form.cleaned_data)
            return pages.go("request", request_id, said="answered")
    return _show(request, found, answer_form=form)


def ask_fee(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Record that a fee is asked, past the free requests."""
    service.ask_fee(request_id=request_id, now=request.now)
    return pages.go("request", request_id, said="fee-asked")


def refuse(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Choose a listed ground, give what it demands, and end the request."""
    found = queries.one(request_id)
    policy = facts.policy(found.version)
    if policy.rights is None:
        raise NotFound("this version offers no rights")
    ground = request.GET.get("ground", "")
    context = _about(request, found) | {"grounds": _grounds(request, policy), "ground": ground}
    listed = policy.rights.refusals.get(ground)
    if listed is None:
        return pages.show(request, "refuse", context)
    form = RefuseForm(listed, desk.posted(request), labels=_evidence_labels(request, policy))
    if request.method == "POST" and form.is_valid():
        given = RefusalGiven(ground=ground, evidence=form.evidence, text=form.cleaned_data["text"])
        with refusing.On(form):
            service.refuse(request_id=request_id, refusal=given, now=request.now)
            return pages.go("request", request_id, said="refused")
    context |= {"form": form, "chosen": say(listed.label, request.member.language)}
    return pages.show(request, "refuse", context, status=422 if form.errors else 200)


def notes(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Open what was written about a request; the person sees the look and its reason."""
    found = queries.one(request_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        by = request.member.reader(
            reason_code=StaffReason.REQUEST.value, case=str(request_id), reason=form.cleaned_data["reason"]
        )
        with refusing.On(form):
            opened = looking.open_notes(request_id=request_id, now=request.now, by=by)
            return _show(request, found, notes=opened)
    return _show(request, found, reason_form=form)


def _show(
    request: StaffRequest, found: RequestView, notes: tuple[NoteView, ...] | None = None, **forms: Any
) -> HttpResponse:
    context = {
        "assign_form": _assign_form(initial={"staff": str(found.assigned_to or "")}),
        "verify_form": VerifyForm(_methods(request, found)),
        "answer_form": AnswerForm(),
        "reason_form": ReasonForm(),
        "notes": notes,
        **_about(request, found),
        **forms,
    }
    is_wrong = any(form.errors for form in forms.values())
    return pages.show(request, "request", context, status=422 if is_wrong else 200)


def _about(request: StaffRequest, found: RequestView) -> dict[str, Any]:
    policy, language = facts.policy(found.version), request.member.language
    return {
        "one": found,
        "number": number(found.id),
        "overdue": found.is_overdue(request.now),
        "channel": words.channel(policy, found.channel, language),
        "case": _case(request, policy, found),
        "categories": words.categories(policy, found.categories, language),
        "assignee": _name(found.assigned_to),
        "verified_by": dict(_methods(request, found)).get(found.verified_by, found.verified_by),
        "by_software": fulfilment.is_by_software(found.right),
        "is_verified": found.state is RequestState.VERIFIED,
        "waits_for_verification": found.state is RequestState.RECEIVED,
        "is_automatic": fulfilment.is_automatic(found),
        "refusal": _refusal(request, policy, found),
        "remedies": _remedies(request, policy),
        "fee_possible": _fee_possible(request, policy, found),
    }


def _assign_form(data: Mapping[str, Any] | None = None, **more: Any) -> AssignForm:
    people = [(str(one.id), one.name) for one in takers(staff_records.everyone())]
    return AssignForm(people, data, **more)


def _methods(request: StaffRequest, found: RequestView) -> list[tuple[str, str]]:
    policy = facts.policy(found.version)
    listed = policy.rights.verification.methods if policy.rights and policy.rights.verification else {}
    return [(name, say(label, request.member.language)) for name, label in listed.items()]


def _case(request: StaffRequest, policy: Policy, found: RequestView) -> str:
    rule = policy.rights.requests.get(found.right) if policy.rights else None
    case = rule.cases.get(found.case) if rule else None
    return say(case.label, request.member.language) if case else ""


def _grounds(request: StaffRequest, policy: Policy) -> list[tuple[str, str, str]]:
    listed = policy.rights.refusals if policy.rights else {}
    language = request.member.language
    return [(name, say(ground.label, language), ground.kind.value) for name, ground in listed.items()]


def _refusal(request: StaffRequest, policy: Policy, found: RequestView) -> str:
    listed = policy.rights.refusals.get(found.refusal) if policy.rights else None
    return say(listed.label, request.member.language) if listed else found.refusal


def _remedies(request: StaffRequest, policy: Policy) -> list[str]:
    listed = policy.rights.remedies if policy.rights else {}
    return [say(remedy.label, request.member.language) for remedy in listed.values()]


def _evidence_labels(request: StaffRequest, policy: Policy) -> dict[str, str]:
    return {name: say(label, request.member.language) for name, label in policy.evidence.items()}


def _fee_possible(request: StaffRequest, policy: Policy, found: RequestView) -> bool:
    fees = policy.rights.fees if policy.rights else None
    if fees is None or not found.is_open:
        return False
    since = request.now - timedelta(days=fees.per.days_at_most)
    before = queries.earlier(DataSubjectId(found.data_subject_id), found.right, since=since) - 1
    return rules.fee_allowed(fees, before)


def _name(staff_id: StaffId | None) -> str:
    if staff_id is None:
        return ""
    try:
        return staff_records.one(staff_id).name
    except NotFound:
        return ""
