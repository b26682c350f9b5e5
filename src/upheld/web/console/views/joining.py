# SPDX-License-Identifier: Apache-2.0
"""Joining the staff by a one-time link. The web never offers a first account: that link comes from the command line.

The link's token is a bearer secret. The address that carries it answers with nothing but the way on: the token goes
into a cookie for the next page alone, so that no page with links, forms or a referrer ever has it in its address.
"""

from typing import Final

import segno
from django.http import HttpResponse

from upheld.people import staff_invites
from upheld.people.staff_invites import InviteRefused
from upheld.people.values import Enrolled, Enrolment
from upheld.web.console import desk, pages, refusing
from upheld.web.console.desk import OpenRequest
from upheld.web.console.forms.entry import JoinForm

INVITE: Final = "invite"
JOIN_PATH: Final = "/console/join/"
_LASTS: Final = 3600
"""Seconds that a browser keeps the token; the invitation itself may live longer, its link can be opened again."""
_LONGEST_TOKEN: Final = 128


def invite(request: OpenRequest, token: str) -> HttpResponse:  # noqa: ARG001 - a view
    """Take the token out of the address, and lead on; nothing is looked up yet."""
    response = pages.go("join")
    if len(token) <= _LONGEST_TOKEN:
        response.set_cookie(
            INVITE, token, max_age=_LASTS, path=JOIN_PATH, httponly=True, samesite="Lax", secure=desk.is_secure()
        )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def join(request: OpenRequest) -> HttpResponse:
    """Show the second factor to set up, and take name, address, password and a code."""
    token = request.COOKIES.get(INVITE, "")
    try:
        enrolment = _begun(request, token)
    except InviteRefused:
        return pages.show(request, "join_refused", status=403)
    form = JoinForm(desk.posted(request))
    if request.method == "POST" and form.is_valid():
        enrolled = _finished(request, form, token)
        if enrolled is not None:
            response = pages.show(request, "joined", {"enrolled": enrolled})
            response.delete_cookie(INVITE, path=JOIN_PATH, samesite="Lax")
            return response
    context = {"form": form, "enrolment": enrolment, "qr": _picture(enrolment)}
    return pages.show(request, "join", context, status=422 if form.errors else 200)


def _begun(request: OpenRequest, token: str) -> Enrolment:
    return staff_invites.begin_enrolment(
        token=token,
        peer=request.peer,
        issuer=pages.controller(request) or "Upheld",
        now=request.now,
        security_now=request.security_now,
    )


def _finished(request: OpenRequest, form: JoinForm, token: str) -> Enrolled | None:
    given = form.cleaned_data
    with refusing.On(form):
        return staff_invites.finish_enrolment(
            token=token,
            name=given["name"],
            email=given["email"],
            password=given["password"],
            code=given["code"],
            peer=request.peer,
            now=request.now,
            security_now=request.security_now,
        )
    return None


def _picture(enrolment: Enrolment) -> str:
    """Draw the address that an authenticator scans, as an image inside the page: it goes through no other request."""
    return str(segno.make(enrolment.address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))
