# SPDX-License-Identifier: Apache-2.0
"""Sources of data besides the person: how each stands, and the papers on file."""

from uuid import UUID

from django.http import HttpResponse

from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.sharing import service
from upheld.sharing import sources as held
from upheld.sharing.values import SourcePaperKind, SourceRow
from upheld.web.console import dates, pages, refusing, words
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.recipients import SourcePaperForm


def sources(request: StaffRequest) -> HttpResponse:
    """Show the sources of the version in force, those in want of something first."""
    rows = held.sources(language=request.member.language, now=request.now)
    version = facts.current_version(request.now)
    context = {
        "rows": [(row, words.of(words.SOURCES, row.kind), _lacks(row)) for row in sorted(rows, key=_may_give)],
        "successor": held.successor_announced(request.now),
        "speaks_of_successor": version and facts.policy(version).succession is not None,
    }
    return pages.show(request, "sources", context)


def source(request: StaffRequest, source_id: str) -> HttpResponse:
    """Show one source with its papers."""
    return _show(request, source_id, SourcePaperForm())


def add_paper(request: StaffRequest, source_id: str) -> HttpResponse:
    """Put a paper on file."""
    form = SourcePaperForm(request.POST)
    policy, _row = _found(request, source_id)
    if form.is_valid():
        given = form.cleaned_data
        starts_at, until = dates.held(policy, given)
        with refusing.On(form):
            service.record_source_paper(
                source=source_id,
                kind=SourcePaperKind(given["kind"]),
                starts_at=starts_at,
                until=until,
                document_sha256=given["document_sha256"],
                signed_by=request.member.staff_id,
                now=request.now,
            )
            return pages.go("source", source_id, said="paper-recorded")
    return _show(request, source_id, form)


def end_paper(request: StaffRequest, source_id: str, paper_id: UUID) -> HttpResponse:
    """End a paper before its date."""
    service.end_source_paper(paper_id=paper_id, staff_id=request.member.staff_id, now=request.now)
    return pages.go("source", source_id, said="paper-ended")


def _show(request: StaffRequest, source_id: str, form: SourcePaperForm) -> HttpResponse:
    policy, row = _found(request, source_id)
    context = {
        "row": row,
        "kind": words.of(words.SOURCES, row.kind),
        "gives": words.categories(policy, row.gives, request.member.language),
        "purposes": [words.purpose(policy, name, request.member.language) for name in row.purposes],
        "lacks": _lacks(row),
        "papers": [
            (one, words.of(words.PAPERS, one.kind.value), one.is_in_force(request.now))
            for one in held.source_papers(source_id)
        ],
        "form": form,
        "now_": request.now,
    }
    return pages.show(request, "source", context, status=422 if form.errors else 200)


def _found(request: StaffRequest, source_id: str) -> tuple[Policy, SourceRow]:
    for row in held.sources(language=request.member.language, now=request.now):
        if row.source == source_id:
            return facts.policy(facts.current_version(request.now)), row
    raise NotFound("the policy in force declares no such source")


def _may_give(row: SourceRow) -> bool:
    return row.may_give


def _lacks(row: SourceRow) -> list[str]:
    return [words.of(words.PAPERS, paper.value) for paper in row.lacks_papers]
