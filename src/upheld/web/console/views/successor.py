# SPDX-License-Identifier: Apache-2.0
"""The product changes hands: who is bound by the policy from when, and that people are told."""

from uuid import UUID

from django.http import HttpResponse

from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.policy.model.governance import Succession
from upheld.sharing import service
from upheld.sharing import sources as held
from upheld.web.console import dates, desk, pages, refusing
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.recipients import SuccessorForm
from upheld.web.kit import formats


def successor(request: StaffRequest) -> HttpResponse:
    """Show who was bound as successor, and bind one."""
    succession = _succession(request)
    form = SuccessorForm(desk.posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        starts_at, until = dates.held(facts.policy(facts.current_version(request.now)), given)
        with refusing.On(form):
            service.bind_successor(
                name=given["name"],
                contact=given["contact"],
                starts_at=starts_at,
                until=until,
                document_sha256=given["document_sha256"],
                signed_by=request.member.staff_id,
                now=request.now,
            )
            return pages.go("successor", said="successor-bound")
    context = {
        "rows": [(one, one.is_over(request.now)) for one in held.successors()],
        "announced": held.successor_announced(request.now),
        "lead": formats.span(int(succession.lead.days_at_most)) if succession.lead else "",
        "form": form,
        "now_": request.now,
    }
    return pages.show(request, "successor", context, status=422 if form.errors else 200)


def release(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Take off file that a successor is bound."""
    service.release_successor(paper_id=paper_id, staff_id=request.member.staff_id, now=request.now)
    return pages.go("successor", said="successor-released")


def _succession(request: StaffRequest) -> Succession:
    version = facts.current_version(request.now)
    found = facts.policy(version).succession if version else None
    if found is None:
        raise NotFound("the policy in force says nothing of a successor")
    return found
