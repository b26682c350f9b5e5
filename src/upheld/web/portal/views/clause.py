# SPDX-License-Identifier: Apache-2.0
"""What a clause means for me; and the policy as a child reads it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from upheld.errors import NotFound
from upheld.web.portal import meaning, names, pages, showing
from upheld.web.portal.visitor import PortalRequest, Who, public, signed_in


@require_safe
@signed_in
def clause(request: PortalRequest, who: Who, name: str) -> HttpResponse:
    """Show what a clause of the version that binds the person means for that person."""
    found = meaning.meaning(who, name, now=request.now)
    context = {
        "one": found,
        "clause_address": names.clause_address(name, who.policy.version),
        "version": who.policy.version,
        "is_about_data": bool(found.concern.categories),
    }
    return pages.show(request, "clause", context)


@require_safe
@public
def children(request: PortalRequest) -> HttpResponse:
    """Show the text for children of the version in force."""
    text = showing.children_text(request)
    if not text:
        raise NotFound("this policy has no rules for children")
    return pages.show(request, "children", {"text": text})
