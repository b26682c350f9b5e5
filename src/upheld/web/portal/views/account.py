# SPDX-License-Identifier: Apache-2.0
"""The account: number, sessions, messages, people whom one represents."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upheld.children import queries as children
from upheld.children import service as children_verbs
from upheld.errors import BadInput, Conflict, NotFound, TooMany
from upheld.gate import Denied
from upheld.messages import queries as messages
from upheld.messages import service as message_verbs
from upheld.people import identifying, sessions, subjects
from upheld.people.codes import CodeRefused
from upheld.people.values import SessionKind
from upheld.terms import AgeBand, DataSubjectId, Right
from upheld.web.kit.pagination import page
from upheld.web.portal import filing, pages, pending, telling
from upheld.web.portal.forms import BirthForm, CodeForm, PhoneForm
from upheld.web.portal.views.home import age_band
from upheld.web.portal.visitor import PortalRequest, Who, act_for, act_for_oneself, for_oneself

NUMBER = "number"


@require_safe
@for_oneself
def account(request: PortalRequest, who: Who) -> HttpResponse:
    """Show the account at a glance."""
    context = {
        "account": subjects.account(who.own_id),
        "number": _number(request, who),
        "band": age_band(who, request).value,
        "version": who.policy.version,
        "sessions": _sessions(request, who),
        "wards": children.wards(who.own_id, now=request.now),
        "may_cancel": Right.CANCELLATION in filing.offered(who.policy),
        "has_children": who.policy.children is not None,
    }
    return pages.show(request, "account", context)


def _number(request: PortalRequest, who: Who) -> str:
    try:
        return identifying.shown(data_subject_id=who.own_id, now=request.now)
    except (NotFound, Denied):
        return ""


def _sessions(request: PortalRequest, who: Who) -> list[dict[str, object]]:
    live = sessions.live_sessions(
        data_subject_id=who.own_id, kind=SessionKind.PERSON, security_now=request.security_now
    )
    return [{"session": one, "is_this": one.id == who.session.id} for one in live]


@require_POST
@for_oneself
def end_session(request: PortalRequest, who: Who, session_id: UUID) -> HttpResponse:
    """End one session."""
    sessions.end(session_id=session_id, data_subject_id=who.own_id, now=request.now, security_now=request.security_now)
    return pages.go("account", said="session-ended", at="sessions")


@require_POST
@for_oneself
def end_sessions(request: PortalRequest, who: Who) -> HttpResponse:
    """End every session but this one."""
    sessions.end_all(
        data_subject_id=who.own_id,
        now=request.now,
        security_now=request.security_now,
        except_id=who.session.id,
    )
    return pages.go("account", said="sessions-ended", at="sessions")


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def number(request: PortalRequest, who: Who) -> HttpResponse:
    """Ask for the new number, and send a code to it."""
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = identifying.begin_change(
                data_subject_id=who.own_id,
                identifier=form.cleaned_data["phone"],
                peer=request.peer,
                language=who.language,
                now=request.now,
                security_now=request.security_now,
            )
        except BadInput:
            form.add_error("phone", _("This is no mobile number. Check its digits."))
        except TooMany as limit:
            form.add_error(None, telling.too_many(limit))
        else:
            return pending.wait_for(pages.go("number_code"), NUMBER, sent)
    return pages.show(request, "number", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def number_code(request: PortalRequest, who: Who) -> HttpResponse:
    """Take the code that went to the new number."""
    waits = pending.waiting(request, NUMBER)
    if waits is None:
        return pages.go("number")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            identifying.finish_change(
                data_subject_id=who.own_id,
                challenge_id=waits.challenge_id,
                code=form.cleaned_data["code"],
                peer=request.peer,
                language=who.language,
                session_id=who.session.id,
                now=request.now,
                security_now=request.security_now,
            )
        except CodeRefused:
            form.add_error("code", telling.code_refused())
        except (Conflict, BadInput):
            form.add_error(None, _("This number cannot be taken: it has an account, or is yours already."))
        except TooMany as limit:
            form.add_error(None, telling.too_many(limit))
        else:
            response = pages.go("account", said="number-changed")
            pending.forget(response, pending.CODE)
            return response
    context = {"form": form, "back": "/account/number"}
    return pages.show(request, "confirm_code", context, status=400 if form.errors else 200)


@require_safe
@for_oneself
def inbox(request: PortalRequest, who: Who) -> HttpResponse:
    """List the messages that wait for the person."""
    found = messages.notes(data_subject_id=who.own_id, now=request.now)
    return pages.show(request, "messages", {"page": page(request, found)})


@require_POST
@for_oneself
def read(request: PortalRequest, who: Who, note_id: UUID) -> HttpResponse:
    """Note that a message was read."""
    message_verbs.mark_read(note_id=note_id, data_subject_id=who.own_id, now=request.now)
    return pages.go("messages")


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def family(request: PortalRequest, who: Who) -> HttpResponse:
    """List the people one represents, and add one who has no account."""
    form = BirthForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ward = children_verbs.add_represented(
                guardian_id=who.own_id, birth_on=form.cleaned_data["birth_on"], now=request.now
            )
        except BadInput:
            form.add_error("birth_on", _("This is no child's birth date under the policy."))
        except Conflict:
            form.add_error(None, _("Only who is known to be of age can stand for a child. Say your age first."))
        else:
            response = pages.go("choices", said="represented")
            act_for(response, who.session.id, ward)
            return response
    context = {
        "form": form,
        "wards": children.wards(who.own_id, now=request.now),
        "is_adult": age_band(who, request) is AgeBand.ADULT,
    }
    return pages.show(request, "family", context, status=400 if form.errors else 200)


@require_POST
@for_oneself
def act_for_ward(request: PortalRequest, who: Who, ward: UUID) -> HttpResponse:
    """Let the pages be about somebody whom the person represents."""
    subject = DataSubjectId(ward)
    children.refuse_stranger(who.own_id, subject, now=request.now)
    response = pages.go("home")
    act_for(response, who.session.id, subject)
    return response


@require_POST
@for_oneself
def act_for_me(request: PortalRequest, who: Who) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """Let the pages be about the person signed in."""
    response = pages.go("account")
    act_for_oneself(response)
    return response
