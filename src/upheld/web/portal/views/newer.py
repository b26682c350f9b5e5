# SPDX-License-Identifier: Apache-2.0
"""A version that waits for a person: what it changes, accepting it, refusing it, putting its window away."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.notices import service as notice_verbs
from upheld.notices.values import PendingChange
from upheld.web.portal import pages, prompting, reading
from upheld.web.portal.forms import AnswerForm
from upheld.web.portal.visitor import PortalRequest, Who, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def newer(request: PortalRequest, who: Who) -> HttpResponse:
    """Show what a version that waits changes, and take the answer: acceptance once it applies, refusal of a cut."""
    found = notices.pending_change(who.data_subject_id, now=request.now)
    if found is None:
        return pages.go("home")
    version = notices.published(found.version, now=request.now)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["version"] == found.version:
        answered = _answer(request, who, found, form.cleaned_data["answer"], is_in_force=version.is_in_force)
        if answered is not None:
            return answered
    notice_verbs.shown(viewer_id=who.data_subject_id, version=version.version, language=who.language, now=request.now)
    bound = facts.of(who.data_subject_id).person.version
    context = {
        "form": form,
        "version": version,
        "pending": found,
        "bound": bound,
        "change": reading.compare(bound, found.version, who.language),
        "text": reading.notice_text(version, who.language),
    }
    return pages.show(request, "newer", context, status=400 if form.errors else 200)


def _answer(
    request: PortalRequest, who: Who, found: PendingChange, answer: str, *, is_in_force: bool
) -> HttpResponse | None:
    """Take an answer; None where this version takes none such now."""
    if answer == AnswerForm.REFUSE and found.must_agree:
        notice_verbs.decline(
            data_subject_id=who.data_subject_id,
            version=found.version,
            language=who.language,
            now=request.now,
            actor=who.actor,
        )
        return pages.go("home", said="version-declined")
    if answer == AnswerForm.ACCEPT and is_in_force:
        notice_verbs.acknowledge(
            data_subject_id=who.data_subject_id,
            version=found.version,
            language=who.language,
            now=request.now,
            actor=who.actor,
            agrees_to_cuts=True,
        )
        return pages.go("home", said="read")
    return None


@require_POST
@signed_in
def later(request: PortalRequest, who: Who) -> HttpResponse:
    """Put the window of a version away until the browser closes."""
    found = notices.pending_change(who.data_subject_id, now=request.now)
    came_from = pages.inside(request, request.POST.get("back", ""))
    response = pages.go("home")
    if came_from:
        response.headers["Location"] = came_from
    return response if found is None else prompting.put_away(response, found.version)
