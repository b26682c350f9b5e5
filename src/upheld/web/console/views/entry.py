# SPDX-License-Identifier: Apache-2.0
"""Signing in and out."""

from contextlib import suppress

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from upheld.errors import NotFound
from upheld.people import sessions, staff
from upheld.web.console import desk, pages, refusing
from upheld.web.console.desk import OpenRequest
from upheld.web.console.forms.entry import SignInForm

_FEW_CODES = 3


def sign_in(request: OpenRequest) -> HttpResponse:
    """Ask for address, password and second factor on one page; refuse in one sentence."""
    if request.member is not None:
        return HttpResponseRedirect(_wanted(request))
    form = SignInForm(desk.posted(request))
    if request.method == "POST" and form.is_valid():
        with refusing.On(form):
            signed = staff.sign_in(
                **form.cleaned_data, peer=request.peer, now=request.now, security_now=request.security_now
            )
            few = "?said=codes-few" if signed.recovery_codes_left <= _FEW_CODES else ""
            target = _wanted(request)
            response = HttpResponseRedirect(target if "?" in target else target + few)
            desk.sign_in_browser(request, response, signed)
            return response
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return pages.show(request, "sign_in", context, status=422 if form.errors else 200)


def _wanted(request: OpenRequest) -> str:
    """Return where the member of staff wanted to go, if that is a page of the console."""
    target = request.POST.get("next") or request.GET.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_safe and target.startswith(desk.PATH + "/") else reverse("console:home")


def sign_out(request: OpenRequest) -> HttpResponse:
    """End the session; doing it again changes nothing."""
    if request.member is not None:
        session = request.member.session
        with suppress(NotFound):  # it ended meanwhile
            sessions.end(
                session_id=session.id,
                data_subject_id=session.data_subject_id,
                now=request.now,
                security_now=request.security_now,
            )
    response = pages.go("sign_in", said="signed-out")
    desk.sign_out_browser(response)
    return response
