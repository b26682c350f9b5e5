# SPDX-License-Identifier: Apache-2.0
"""The notice, the public lists, the archive and comparisons: open to everyone, asking for nothing."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from upheld.errors import BadInput
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.web.portal import pages, reading
from upheld.web.portal.visitor import PortalRequest, language, public


@require_safe
@public
def notice(request: PortalRequest, seq: int = 0) -> HttpResponse:
    """Show the notice in force, or an earlier or later version."""
    version = notices.published(seq, now=request.now) if seq else reading.in_force(request.now)
    current = facts.current_version(request.now)
    context = {"version": version, "current": current, "text": reading.notice_text(version, language())}
    return pages.show(request, "notice", context)


@require_safe
@public
def lists(request: PortalRequest) -> HttpResponse:
    """Show the two public lists in force."""
    return pages.show(request, "lists", {"text": reading.lists_text(reading.in_force(request.now), language())})


@require_safe
@public
def versions(request: PortalRequest) -> HttpResponse:
    """Show the archive."""
    return pages.show(request, "versions", {"versions": reading.archive(request.now)})


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
    first, last = min(old, new), max(old, new)
    return pages.show(request, "compare", {"change": reading.compare(first, last, language())})


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 7:
        raise BadInput("expected the number of a version")
    return int(text)
