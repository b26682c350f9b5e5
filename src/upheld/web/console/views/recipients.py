# SPDX-License-Identifier: Apache-2.0
"""Recipients: how each stands, the papers on file, and stops."""

from uuid import UUID

from django.http import HttpResponse

from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.sharing import queries, service
from upheld.sharing.values import DirectoryRow, PaperKind
from upheld.web.console import dates, pages, refusing, words
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.recipients import PaperForm, ReviewForm


def recipients(request: StaffRequest) -> HttpResponse:
    """Show the directory of the version in force, those in want of something first."""
    rows = queries.directory(language=request.member.language, now=request.now)
    wanted = request.GET.get("show", "")
    shown = [row for row in rows if not wanted or row.may_receive == (wanted == "may")]
    context = {
        "rows": [
            (row, words.of(words.KINDS, row.kind), _lacks(row)) for row in sorted(shown, key=lambda r: r.may_receive)
        ],
        "all": len(rows),
        "ready": sum(row.may_receive for row in rows),
        "barred": sum(not row.may_receive for row in rows),
    }
    return pages.show(request, "recipients", context)


def recipient(request: StaffRequest, recipient_id: str) -> HttpResponse:
    """Show one recipient with its papers."""
    return _show(request, recipient_id, PaperForm())


def add_paper(request: StaffRequest, recipient_id: str) -> HttpResponse:
    """Put a paper on file."""
    form = PaperForm(request.POST)
    policy, _row = _found(request, recipient_id)
    if form.is_valid():
        given = form.cleaned_data
        starts_at, until = dates.held(policy, given)
        with refusing.On(form):
            service.record_paper(
                recipient=recipient_id,
                kind=PaperKind(given["kind"]),
                starts_at=starts_at,
                until=until,
                document_sha256=given["document_sha256"],
                signed_by=request.member.staff_id,
                now=request.now,
                review_on=given["review_on"],
            )
            return pages.go("recipient", recipient_id, said="paper-recorded")
    return _show(request, recipient_id, form)


def end_paper(request: StaffRequest, recipient_id: str, paper_id: UUID) -> HttpResponse:
    """End a paper before its date."""
    service.end_paper(paper_id=paper_id, staff_id=request.member.staff_id, now=request.now)
    return pages.go("recipient", recipient_id, said="paper-ended")


def review_paper(request: StaffRequest, recipient_id: str, paper_id: UUID) -> HttpResponse:
    """Record that a paper was reviewed today."""
    form = ReviewForm(request.POST)
    if form.is_valid():
        with refusing.On(form):
            service.review_paper(
                paper_id=paper_id,
                staff_id=request.member.staff_id,
                today=request.now.date(),
                next_on=form.cleaned_data["next_on"],
                now=request.now,
            )
            return pages.go("recipient", recipient_id, said="reviewed")
    return _show(request, recipient_id, PaperForm(), review_form=form)


def stop(request: StaffRequest, recipient_id: str) -> HttpResponse:
    """Let a recipient receive nothing."""
    service.stop_recipient(recipient=recipient_id, now=request.now)
    return pages.go("recipient", recipient_id, said="stopped")


def resume(request: StaffRequest, recipient_id: str) -> HttpResponse:
    """Lift a stop."""
    service.resume_recipient(recipient=recipient_id, now=request.now)
    return pages.go("recipient", recipient_id, said="resumed")


def _show(
    request: StaffRequest, recipient_id: str, form: PaperForm, review_form: ReviewForm | None = None
) -> HttpResponse:
    policy, row = _found(request, recipient_id)
    context = {
        "row": row,
        "kind": words.of(words.KINDS, row.kind),
        "form_of_data": words.of(words.FORMS, row.form),
        "receives": words.categories(policy, row.receives, request.member.language),
        "lacks": _lacks(row),
        "papers": [
            (
                one,
                words.of(words.PAPERS, one.kind.value),
                one.is_in_force(request.now),
                one.is_review_overdue(request.now.date()),
            )
            for one in queries.papers(recipient_id)
        ],
        "form": form,
        "review_form": review_form,
        "now_": request.now,
    }
    return pages.show(request, "recipient", context, status=422 if form.errors or review_form else 200)


def _found(request: StaffRequest, recipient_id: str) -> tuple[Policy, DirectoryRow]:
    version = facts.current_version(request.now)
    for row in queries.directory(language=request.member.language, now=request.now):
        if row.recipient == recipient_id:
            return facts.policy(version), row
    raise NotFound("the policy in force declares no such recipient")


def _lacks(row: DirectoryRow) -> list[str]:
    return [words.of(words.PAPERS, paper.value) for paper in row.lacks_papers]
