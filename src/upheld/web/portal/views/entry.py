# SPDX-License-Identifier: Apache-2.0
"""Register and sign in: one form, one code, the same answer for every number."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from upheld.errors import BadInput, NotFound, TooMany
from upheld.facts import queries as facts
from upheld.gate import Denied
from upheld.notices import service as notices
from upheld.people import resending, sessions, sign_in
from upheld.people.codes import CodeRefused
from upheld.people.values import CodePurpose, Proven, SignedIn
from upheld.policy.model.base import say
from upheld.web.portal import denials, opening, pages, pending, reading, showing, telling
from upheld.web.portal.forms import AcceptForm, AgeForm, CodeForm, SignInForm
from upheld.web.portal.visitor import PortalRequest, Who, language, public, sign_out_browser, signed_in

STEP = "sign-in"


@require_http_methods(["GET", "HEAD", "POST"])
@public
def begin(request: PortalRequest) -> HttpResponse:
    """Ask for the number, and send a code to it."""
    version = reading.in_force(request.now)
    back = pages.inside(request, request.POST.get("next", "") or request.GET.get("next", ""))
    if request.who is not None:
        return HttpResponseRedirect(back or "/")
    form = SignInForm(request.POST if request.method == "POST" else None, initial={"version": version.version})
    if request.method == "POST" and form.is_valid():
        sent = _sent(request, form, version.version, back)
        if sent is not None:
            return sent
    context = {
        "form": form,
        "next": back,
        "notice": reading.notice_text(version, language()),
        "version": version.version,
    }
    return pages.show(request, "sign_in", context, status=400 if form.errors else 200)


def _sent(request: PortalRequest, form: SignInForm, version: int, back: str) -> HttpResponse | None:
    """Send the code, or note on the form why not."""
    if form.cleaned_data["version"] != version:
        form.add_error(None, _("A newer version of the policy was published meanwhile; it is shown below."))
        return None
    try:
        sent = sign_in.begin_sign_in(
            identifier=form.cleaned_data["phone"],
            peer=request.peer,
            language=language(),
            now=request.now,
            security_now=request.security_now,
            version=version if form.cleaned_data["accepted"] else None,
        )
    except BadInput:
        form.add_error("phone", _("This is no mobile number. Check its digits, and the country code if it has one."))
    except TooMany as limit:
        form.add_error(None, telling.too_many(limit))
    else:
        if form.cleaned_data["accepted"]:
            notices.shown(viewer_id=sent.challenge_id, version=version, language=language(), now=request.now)
        shown = {"viewer": str(sent.challenge_id), "language": language().value}
        return pending.wait_for(pages.go("code"), STEP, sent, next=back, **shown)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@public
def code(request: PortalRequest) -> HttpResponse:
    """Check the code; sign in whoever has an account, open one for whoever accepted the notice."""
    waits = pending.waiting(request, STEP)
    if waits is None:
        return pages.go("sign_in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = sign_in.finish_sign_in(
                challenge_id=waits.challenge_id,
                code=form.cleaned_data["code"],
                peer=request.peer,
                now=request.now,
                security_now=request.security_now,
            )
        except CodeRefused:
            form.add_error("code", telling.code_refused())
        except TooMany as limit:
            form.add_error(None, telling.too_many(limit))
        else:
            return _proven(request, found, waits.more)
    context = {"form": form, "expires_at": waits.expires_at}
    return pages.show(request, "code", context, status=400 if form.errors else 200)


def _proven(request: PortalRequest, found: SignedIn | Proven, more: Mapping[str, str]) -> HttpResponse:
    if isinstance(found, SignedIn):
        return opening.entered(request, found, HttpResponseRedirect(more["next"] or "/"))
    held = pending.Held(proven=found, viewer=UUID(more["viewer"]), language=more["language"])
    if found.version != reading.in_force(request.now).version:
        return pending.hold_proof(pages.go("accept"), held)
    return opening.open_or_ask_age(request, held)


@require_POST
@public
def send_again(request: PortalRequest) -> HttpResponse:
    """Send another code to the number of the step before."""
    waits = pending.waiting(request, STEP)
    if waits is None:
        return pages.go("sign_in")
    try:
        sent = resending.send_again(
            challenge_id=waits.challenge_id,
            purpose=CodePurpose.SIGN_IN,
            peer=request.peer,
            language=language(),
            now=request.now,
            security_now=request.security_now,
        )
    except CodeRefused:
        return pages.go("sign_in")
    except TooMany as limit:
        form = CodeForm(None)
        context = {"form": form, "expires_at": waits.expires_at, "limit": telling.too_many(limit)}
        return pages.show(request, "code", context, status=429)
    return pending.wait_for(pages.go("code", said="sent-again"), STEP, sent, **waits.more)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def accept(request: PortalRequest) -> HttpResponse:
    """Ask whoever proved a number without an account to accept the notice; the account opens then."""
    held = pending.held_proof(request)
    if held is None:
        return pages.go("sign_in")
    version = reading.in_force(request.now)
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"version": version.version})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["version"] == version.version:
            return _accepted(request, held, version.version)
        form = AcceptForm(None, initial={"version": version.version})
    context = {"form": form, "notice": reading.notice_text(version, language()), "version": version.version}
    return pages.show(request, "accept", context, status=400 if form.errors else 200)


def _accepted(request: PortalRequest, held: pending.Held, version: int) -> HttpResponse:
    viewer = held.proven.challenge_id
    notices.shown(viewer_id=viewer, version=version, language=language(), now=request.now)
    accepted = pending.Held(proven=replace(held.proven, version=version), viewer=viewer, language=language().value)
    return opening.open_or_ask_age(request, accepted)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def age_first(request: PortalRequest) -> HttpResponse:
    """Ask for the age before the account opens, where the policy takes nobody's number without it."""
    held = pending.held_proof(request)
    if held is None or held.proven.version is None:
        return pages.go("sign_in")
    policy = facts.policy(held.proven.version)
    under = policy.children.under if policy.children else 18
    form = AgeForm(request.POST if request.method == "POST" else None, under=under, may_wait=False)
    if request.method == "POST" and form.is_valid():
        try:
            return opening.open_account(request, held, form)
        except BadInput:
            form.add_error("birth_on", _("Please give a birth date in the past."))
        except Denied as denied:
            reasons = denials.in_the_way(denied.denial, policy, language())
            context = {"reasons": reasons, "under": under, "child_text": showing.shown_first(request)}
            return pages.show(request, "too_young", context, status=403)
    asked = say(policy.children.age_asked, language()) if policy.children else ""
    return pages.show(request, "age_first", {"form": form, "asked": asked}, status=400 if form.errors else 200)


@require_POST
@signed_in
def sign_out(request: PortalRequest, who: Who) -> HttpResponse:
    """End this browser's session."""
    with suppress(NotFound):  # it ended meanwhile, which is what was asked for
        sessions.end(
            session_id=who.session.id,
            data_subject_id=who.own_id,
            now=request.now,
            security_now=request.security_now,
        )
    response = pages.go("home", said="signed-out")
    sign_out_browser(response)
    return response
