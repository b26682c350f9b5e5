# SPDX-License-Identifier: Apache-2.0
"""Requests: what was asked, its clock, its answer, and what can be done about a refusal."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.policy.model.base import say
from upheld.policy.model.rights import RightRule
from upheld.rights import lifting, notes, queries, service
from upheld.rights.rules import RequestState
from upheld.rights.values import NoteKind, RequestView
from upheld.terms import Actor, Right
from upheld.web.portal import filing, holding, names, pages
from upheld.web.portal.forms import CaseForm, StatementForm
from upheld.web.portal.visitor import PortalRequest, Who, signed_in

ELSEWHERE = {
    Right.ACCESS: "my_data",
    Right.COPY: "copy",
    Right.CORRECTION: "my_data",
    Right.ERASURE: "erase",
    Right.WITHDRAWAL: "choices",
    Right.CANCELLATION: "cancel",
}
"""Rights that people use on a page of their own."""
SHOWN_TO_PERSON = frozenset({NoteKind.STATEMENT, NoteKind.ANSWER})


@require_safe
@signed_in
def requests(request: PortalRequest, who: Who) -> HttpResponse:
    """List the person's requests, and the rights that can be used."""
    found = [_row(one) for one in queries.of(who.data_subject_id)]
    rules = who.policy.rights.requests if who.policy.rights else {}
    rights = [_offer(right, rule, who) for right, rule in rules.items()]
    return pages.show(request, "requests", {"rows": found, "rights": rights})


def _offer(right: Right, rule: RightRule, who: Who) -> dict[str, Any]:
    return {
        "right": right.value,
        "label": say(rule.label, who.language),
        "within": holding.span(rule.within) if rule.within else "",
        "view": f"portal:{ELSEWHERE[right]}" if right in ELSEWHERE else "",
        "at_once": rule.self_service,
        "clause": names.clause_address(f"rights.requests.{right.value}", who.policy.version),
    }


def _row(one: RequestView) -> dict[str, Any]:
    return {"request": one, "state": one.state.value, "due": last_moment(one)}


def last_moment(one: RequestView) -> datetime | None:
    """Return the last moment at which an answer is in time; the one after it is the next day's first."""
    return None if one.due_at is None else one.due_at - timedelta(seconds=1)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def file(request: PortalRequest, who: Who, right: str) -> HttpResponse:
    """Take a request in the person's own words."""
    known = next((one for one in filing.offered(who.policy) if one.value == right), None)
    if known is None:
        raise NotFound("the policy offers no such right")
    if known in ELSEWHERE:
        return pages.go(ELSEWHERE[known])
    cases = filing.cases_of(who.policy, known, who.language)
    given = request.POST if request.method == "POST" else None
    form = CaseForm(given, cases=cases) if cases or known is Right.RESTRICTION else StatementForm(given)
    if request.method == "POST" and form.is_valid():
        filed = filing.file(
            who,
            known,
            now=request.now,
            case=form.cleaned_data.get("case", ""),
            statement=form.cleaned_data["statement"],
        )
        return pages.go("request", filed.id, said="filed")
    offer = _offer(known, who.policy.rights.requests[known], who) if who.policy.rights else {}
    return pages.show(request, "file", {"form": form, "offer": offer}, status=400 if form.errors else 200)


@require_safe
@signed_in
def one(request: PortalRequest, who: Who, request_id: UUID) -> HttpResponse:
    """Show one request with everything that happened."""
    found = queries.one(request_id, data_subject_id=who.data_subject_id)
    policy = facts.policy(found.version)
    rights = policy.rights
    refusal = rights.refusals.get(found.refusal) if rights else None
    remedies = [rights.remedies[name] for name in found.remedies if name in rights.remedies] if rights else []
    context = {
        "one": found,
        "state": found.state.value,
        "due": last_moment(found),
        "about": names.categories(policy, found.categories, who.language),
        "notes": [note for note in notes.read(request_id=request_id) if note.kind in SHOWN_TO_PERSON],
        "refusal": say(refusal.label, who.language) if refusal else "",
        "remedies": [
            {"label": say(one.label, who.language), "within": holding.span(one.within) if one.within else ""}
            for one in remedies
        ],
        "case": _case(rights.requests.get(found.right) if rights else None, found.case, who),
        "clause_address": names.clause_address(f"rights.requests.{found.right.value}", found.version),
        "is_overdue": found.is_overdue(request.now) and found.is_open,
        "can_take_back": found.is_open and found.state in {RequestState.RECEIVED, RequestState.VERIFIED},
        "verified": _verified(found),
        "by_guardian": found.actor is Actor.GUARDIAN,
    }
    return pages.show(request, "request", context)


def _case(rule: RightRule | None, case: str, who: Who) -> str:
    return say(rule.cases[case].label, who.language) if rule is not None and case in rule.cases else ""


def _verified(found: RequestView) -> str:
    return _("by your signed-in session") if found.verified_by == service.SIGNED_IN else found.verified_by


@require_POST
@signed_in
def take_back(request: PortalRequest, who: Who, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    service.take_back(request_id=request_id, data_subject_id=who.data_subject_id, now=request.now)
    return pages.go("request", request_id, said="taken-back")


@require_POST
@signed_in
def unrestrict(request: PortalRequest, who: Who) -> HttpResponse:
    """Lift a restriction that the person asked for."""
    lifting.lift_restriction(data_subject_id=who.data_subject_id, actor=who.actor, now=request.now)
    return pages.go("home", said="unrestricted")
