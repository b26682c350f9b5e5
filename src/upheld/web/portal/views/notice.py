# SPDX-License-Identifier: Apache-2.0
"""The notice, the public lists, the archive and comparisons: open to everyone, asking for nothing."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from upheld.errors import BadInput
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.web.portal import pages, reading, showing
from upheld.web.portal.visitor import PortalRequest, language, public


@require_safe
@public
def notice(request: PortalRequest, seq: int = 0) -> HttpResponse:
    """Show the notice in force, or an earlier or later version."""
    version = notices.published(seq, now=request.now) if seq else reading.offered(request)
    current = facts.current_version(request.now)
    context = {"version": version, "current": current, "text": showing.notice_text(request, version)}
    return pages.show(request, "notice", context)


@require_safe
@public
def lists(request: PortalRequest) -> HttpResponse:
    """Show the two public lists in force."""
    return pages.show(request, "lists", {"text": reading.lists_text(reading.offered(request), language())})


@require_safe
@public
def versions(request: PortalRequest) -> HttpResponse:
    """Show the archive: why each version came, and which of them binds the reader."""
    bound = facts.of(request.who.data_subject_id).person.version if request.who else 0
    return pages.show(request, "versions", {"versions": reading.archive(request.now, language()), "bound": bound})


@require_safe
@public
def document(request: PortalRequest, seq: int) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """Hand a version out as the file that was published, byte for byte."""
    response = HttpResponse(facts.document(seq), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="policy-{seq}.yaml"'
    return response


@require_safe
@public
def compare(request: PortalRequest) -> HttpResponse:
    """Show what changed between two versions."""
    old, new = (_number(request.GET.get(name, "")) for name in ("old", "new"))
    context = {
        "change": reading.compare(old, new, language()),
        "versions": reading.archive(request.now, language()),
        "after": notices.published(new, now=request.now),
    }
    return pages.show(request, "compare", context)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 7:
        raise BadInput("expected the number of a version")
    return int(text)
