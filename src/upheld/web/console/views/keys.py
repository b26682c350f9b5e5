# SPDX-License-Identifier: Apache-2.0
"""Keys of programs: issued, rotated, ended; the text of a key is shown once."""

from uuid import UUID

from django.http import HttpResponse

from upheld.facts import queries as facts
from upheld.people import api_keys
from upheld.people.key_values import KeyMetadata
from upheld.web.console import desk, pages, refusing, words
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.keys import KeyForm


def keys(request: StaffRequest) -> HttpResponse:
    """Show every key: what it may do, from where, until when."""
    rows = [(one, _state(one, request), _calls(one)) for one in api_keys.keys_issued()]
    return pages.show(request, "keys", {"rows": rows})


def issue(request: StaffRequest) -> HttpResponse:
    """Issue a key on typed terms, and show it once."""
    version = facts.current_version(request.now)
    listed = words.purposes_of_keys(facts.policy(version), request.member.language) if version else []
    form = KeyForm(listed, desk.posted(request))
    if request.method == "POST" and form.is_valid():
        with refusing.On(form):
            issued = api_keys.issue(terms=form.terms, now=request.now, issued_by=request.member.staff_id)
            return pages.show(request, "key_shown", {"issued": issued, "rotated": False})
    return pages.show(request, "key_issue", {"form": form}, status=422 if form.errors else 200)


def rotate(request: StaffRequest, key_id: UUID) -> HttpResponse:
    """Issue a key on the terms of another, which goes on for the overlap."""
    issued = api_keys.rotate(key_id=key_id, now=request.now, issued_by=request.member.staff_id)
    return pages.show(request, "key_shown", {"issued": issued, "rotated": True})


def end(request: StaffRequest, key_id: UUID) -> HttpResponse:
    """End a key at once."""
    api_keys.end(key_id=key_id, now=request.now, ended_by=request.member.staff_id)
    return pages.go("keys", said="key-ended")


def _state(one: KeyMetadata, request: StaffRequest) -> str:
    if one.ended_at is not None:
        return "ended"
    return "expired" if one.expires_at <= request.now else "active"


def _calls(one: KeyMetadata) -> list[str]:
    return [words.of(words.API_PERMISSIONS, name) for name in one.permissions]
