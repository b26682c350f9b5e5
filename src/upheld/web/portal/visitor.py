# SPDX-License-Identifier: Apache-2.0
"""Who looks at a page: nobody known, a person signed in, or a guardian who acts for another."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Final, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from upheld.children import queries as children
from upheld.consent.values import Method, Said
from upheld.errors import Conflict, Unauthenticated
from upheld.facts import queries as facts
from upheld.gate.values import Stop
from upheld.people import sessions
from upheld.people.values import SessionKind, SessionMetadata, SignedIn
from upheld.policy import Policy
from upheld.terms import Actor, DataSubjectId, Language
from upheld.vault.values import Reader, ReaderKind
from upheld.web.kit import preferences
from upheld.web.requests import HouseRequest

SESSION: Final = "session"
ACTING_FOR: Final = "acting-for"
_LONGEST_TOKEN: Final = 128

_P = ParamSpec("_P")


@dataclass(frozen=True, kw_only=True, slots=True)
class Who:
    """A person signed in.

    Attributes:
        session: the browser's session.
        data_subject_id: whom the page is about: the person, or somebody whom the person represents.
        actor: in which capacity the person acts.
        policy: the version that binds whom the page is about.
        language: of the page.
    """

    session: SessionMetadata
    data_subject_id: DataSubjectId
    actor: Actor
    policy: Policy
    language: Language

    @property
    def own_id(self) -> DataSubjectId:
        """The person who is signed in."""
        return self.session.data_subject_id

    @property
    def is_guardian(self) -> bool:
        """Whether the page is about somebody else than the person signed in."""
        return self.actor is Actor.GUARDIAN

    @property
    def reader(self) -> Reader:
        """As whom the vault takes the person."""
        kind = ReaderKind.GUARDIAN if self.is_guardian else ReaderKind.SELF
        return Reader(kind=kind, id=self.own_id)

    @property
    def whose(self) -> dict[str, str]:
        """What a guardian's forms carry, so that none that was left open acts on another person."""
        return {"whose": str(self.data_subject_id)} if self.is_guardian else {}

    def said(self, method: Method) -> Said:
        """As whom, how and in which language the person says something."""
        return Said(
            method=method,
            language=self.language,
            actor=self.actor,
            actor_id=self.own_id if self.is_guardian else None,
        )


class PortalRequest(HouseRequest):
    """A request once it is known who asks; a type for views, never constructed."""

    who: Who | None


Public = Callable[Concatenate[PortalRequest, _P], HttpResponse]
Personal = Callable[Concatenate[PortalRequest, Who, _P], HttpResponse]
View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def public(view: Public[_P]) -> View[_P]:
    """Let anyone in; `request.who` is the person where somebody is signed in."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        known = recognised(request)
        return view(known, *args, **kwargs)

    return shown


def signed_in(view: Personal[_P]) -> View[_P]:
    """Let people in who are signed in; lead others to the sign-in, and back here afterwards."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        known = recognised(request)
        if known.who is None:
            return to_sign_in(request)
        if request.method == "POST":
            _refuse_another_tab(request, known.who)
        return view(known, known.who, *args, **kwargs)

    return shown


def for_oneself(view: Personal[_P]) -> View[_P]:
    """Let people in for their own account alone, whomever else they act for."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        known = recognised(request)
        if known.who is None:
            return to_sign_in(request)
        return view(known, own(known.who), *args, **kwargs)

    return shown


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in, and back to the page asked for."""
    back = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': back})}" if back else ""
    return HttpResponseRedirect(reverse("portal:sign_in") + query)


def recognised(request: HttpRequest) -> PortalRequest:
    """Note on the request who asks."""
    known = cast("PortalRequest", request)
    if "who" not in request.__dict__:
        known.who = _who(known)
    return known


def own(who: Who) -> Who:
    """Return the same person acting for no one else."""
    if not who.is_guardian:
        return who
    return _as(who.session, who.own_id, Actor.SELF)


def _who(request: HouseRequest) -> Who | None:
    token = request.COOKIES.get(SESSION, "")
    if not token or len(token) > _LONGEST_TOKEN:
        return None
    try:
        session = sessions.authenticate(token=token, kind=SessionKind.PERSON, security_now=request.security_now)
    except Unauthenticated:
        return None
    if _is_gone(session.data_subject_id):
        return None
    ward = _ward(request, session)
    if ward is not None and not _is_gone(ward):
        return _as(session, ward, Actor.GUARDIAN)
    return _as(session, session.data_subject_id, Actor.SELF)


def _is_gone(data_subject_id: DataSubjectId) -> bool:
    """Say whether a person was erased meanwhile, or was never admitted."""
    person = facts.of(data_subject_id).person
    return not person.version or bool(person.stops & Stop.ERASED)


def _as(session: SessionMetadata, data_subject_id: DataSubjectId, actor: Actor) -> Who:
    return Who(
        session=session,
        data_subject_id=data_subject_id,
        actor=actor,
        policy=facts.policy(facts.of(data_subject_id).person.version),
        language=language(),
    )


def _ward(request: HouseRequest, session: SessionMetadata) -> DataSubjectId | None:
    named = request.get_signed_cookie(ACTING_FOR, default="", salt=str(session.id))
    if not named:
        return None
    ward = DataSubjectId(UUID(named))
    return ward if children.may_act_for(session.data_subject_id, ward, now=request.now) else None


def _refuse_another_tab(request: HttpRequest, who: Who) -> None:
    """Refuse a form that was opened for one person and comes while another is chosen."""
    given = request.POST.get("whose", "")
    if given != who.whose.get("whose", ""):
        raise Conflict("this page was opened for another person", hint="open it again")


def language() -> Language:
    """Return the language of the page."""
    return Language(preferences.tag())


def is_secure() -> bool:
    """Say whether cookies are for HTTPS alone: everywhere but on loopback, where the operator said so."""
    return bool(settings.SESSION_COOKIE_SECURE)


def sign_in_browser(request: PortalRequest, response: HttpResponse, signed: SignedIn) -> None:
    """Give the browser its session, out of reach of scripts and of other sites."""
    lasts = int((signed.expires_at - request.security_now).total_seconds())
    response.set_cookie(SESSION, signed.token, max_age=lasts, httponly=True, samesite="Lax", secure=is_secure())
    response.delete_cookie(ACTING_FOR, samesite="Lax")


def sign_out_browser(response: HttpResponse) -> None:
    """Take the session from the browser."""
    response.delete_cookie(SESSION, samesite="Lax")
    response.delete_cookie(ACTING_FOR, samesite="Lax")


def act_for(response: HttpResponse, session_id: UUID, ward: DataSubjectId) -> None:
    """Let the pages be about somebody whom the person represents, until the browser closes."""
    response.set_signed_cookie(
        ACTING_FOR, str(ward), salt=str(session_id), httponly=True, samesite="Lax", secure=is_secure()
    )


def act_for_oneself(response: HttpResponse) -> None:
    """Let the pages be about the person signed in."""
    response.delete_cookie(ACTING_FOR, samesite="Lax")
