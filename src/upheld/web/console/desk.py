# SPDX-License-Identifier: Apache-2.0
"""Who sits at the desk: every page but the sign-in and the invitation asks for a member of staff with a permission.

`urls.py` builds each address with one of the functions here, so no view can be reached without saying who may.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from upheld.errors import Unauthenticated
from upheld.people import permissions, sessions
from upheld.people.permissions import Permission, Role
from upheld.people.values import SessionKind, SessionMetadata, StaffSignedIn
from upheld.terms import DataSubjectId, Language, StaffId
from upheld.vault.values import Reader, ReaderKind
from upheld.web.kit import preferences
from upheld.web.requests import HouseRequest

SESSION: Final = "staff_session"
PATH: Final = "/console"
_LONGEST_TOKEN: Final = 128


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A member of staff signed in."""

    session: SessionMetadata
    staff_id: StaffId
    role: Role
    language: Language

    @property
    def data_subject_id(self) -> DataSubjectId:
        """The member of staff as a data subject."""
        return self.session.data_subject_id

    def may(self, permission: Permission) -> bool:
        """Say whether the role has a permission."""
        return permissions.is_allowed(self.role, permission)

    def reader(self, *, reason_code: str, case: str, reason: str) -> Reader:
        """As whom, and why, the vault takes the member of staff."""
        return Reader(kind=ReaderKind.STAFF, id=self.staff_id, reason_code=reason_code, case=case, reason=reason)


class StaffRequest(HouseRequest):
    """A request of a member of staff; a type for views, never constructed."""

    member: Member


class OpenRequest(HouseRequest):
    """A request of anyone; `member` is a member of staff where one is signed in."""

    member: Member | None


StaffView = Callable[..., HttpResponse]
View = Callable[..., HttpResponse]


def page(route: str, view: StaffView, permission: Permission, name: str) -> URLPattern:
    """Serve a page to staff with a permission."""
    return path(route, _guarded(view, permission, "GET", "HEAD"), name=name)


def form(route: str, view: StaffView, permission: Permission, name: str) -> URLPattern:
    """Serve a page with its form to staff with a permission."""
    return path(route, _guarded(view, permission, "GET", "HEAD", "POST"), name=name)


def deed(route: str, view: StaffView, permission: Permission, name: str) -> URLPattern:
    """Let staff with a permission change something."""
    return path(route, _guarded(view, permission, "POST"), name=name)


def anyone(route: str, view: View, name: str, *methods: str) -> URLPattern:
    """Serve somebody who has not signed in yet."""

    @wraps(view)
    def served(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        known = cast("OpenRequest", request)
        known.member = recognised(known)
        return view(known, **named)

    served.permission = None  # type: ignore[attr-defined] # the matrix of permissions in the tests reads it
    return path(route, served, name=name)


def _guarded(view: StaffView, permission: Permission, *methods: str) -> View:
    @wraps(view)
    def served(request: HttpRequest, **named: Any) -> HttpResponse:
        member = recognised(cast("HouseRequest", request))
        if member is None:
            return to_sign_in(request)
        permissions.require(member.role, permission)
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        known = cast("StaffRequest", request)
        known.member = member
        return view(known, **named)

    served.permission = permission  # type: ignore[attr-defined] # the matrix of permissions in the tests reads it
    return served


def recognised(request: HouseRequest) -> Member | None:
    """Return the member of staff that a request comes from."""
    token = request.COOKIES.get(SESSION, "")
    if not token or len(token) > _LONGEST_TOKEN:
        return None
    try:
        session = sessions.authenticate(token=token, kind=SessionKind.STAFF, security_now=request.security_now)
    except Unauthenticated:
        return None
    if session.staff_id is None or session.role is None:
        return None
    return Member(session=session, staff_id=session.staff_id, role=session.role, language=language())


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, even where that is nothing; None where nothing was sent yet."""
    return request.POST if request.method == "POST" else None


def language() -> Language:
    """Return the language of the page."""
    return Language(preferences.tag())


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in, and back to the page asked for."""
    back = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': back})}" if back else ""
    return HttpResponseRedirect(reverse("console:sign_in") + query)


def is_secure() -> bool:
    """Say whether cookies are for HTTPS alone: everywhere but on loopback, where the operator said so."""
    return bool(settings.SESSION_COOKIE_SECURE)


def sign_in_browser(request: HouseRequest, response: HttpResponse, signed: StaffSignedIn) -> None:
    """Give the browser its session: for the console alone, out of reach of scripts and of other sites."""
    lasts = int((signed.expires_at - request.security_now).total_seconds())
    response.set_cookie(
        SESSION, signed.token, max_age=lasts, path=PATH, httponly=True, samesite="Strict", secure=is_secure()
    )


def sign_out_browser(response: HttpResponse) -> None:
    """Take the session from the browser."""
    response.delete_cookie(SESSION, path=PATH, samesite="Strict")
