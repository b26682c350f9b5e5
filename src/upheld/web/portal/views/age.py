# SPDX-License-Identifier: Apache-2.0
"""Say the age; a child names a guardian, who confirms with a code of their own."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upheld.children import queries as children
from upheld.children import service
from upheld.children.values import LinkState
from upheld.errors import BadInput, Conflict, TooMany
from upheld.people.codes import CodeRefused
from upheld.web.portal import opening, pages, pending, telling
from upheld.web.portal.forms import AgeForm, CodeForm, PhoneForm
from upheld.web.portal.visitor import PortalRequest, Who, for_oneself

STEP = "guardian"


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def age(request: PortalRequest, who: Who) -> HttpResponse:
    """Ask for the age, and take "not now" for an answer."""
    rules = who.policy.children
    form = AgeForm(
        request.POST if request.method == "POST" else None,
        under=rules.under if rules else 18,
        may_wait=opening.may_wait(who.policy),
    )
    if request.method == "POST" and form.is_valid():
        try:
            needs_guardian = opening.state_age(request, who.own_id, form)
        except BadInput:
            form.add_error("birth_on", _("Please give a birth date in the past."))
        else:
            return pages.go("guardian" if needs_guardian else "choices", said="age-stated")
    asked = rules.age_asked.get(who.language, "") if rules else ""
    return pages.show(request, "age", {"form": form, "asked": asked}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def guardian(request: PortalRequest, who: Who) -> HttpResponse:
    """Let a child name the number of a guardian, to which a code is sent."""
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            link, sent = service.ask_guardian(
                child_id=who.own_id,
                guardian_number=form.cleaned_data["phone"],
                language=who.language,
                peer=request.peer,
                now=request.now,
                security_now=request.security_now,
            )
        except BadInput:
            form.add_error("phone", _("This is no mobile number. Check its digits."))
        except Conflict:
            form.add_error(None, _("You have a guardian already, or are no child under this policy."))
        except TooMany as limit:
            form.add_error(None, telling.too_many(limit))
        else:
            return pending.wait_for(pages.go("guardian_code"), STEP, sent, link=str(link))
    context = {"form": form, "links": children.links_of(who.own_id), "in_office": _in_office(request, who)}
    return pages.show(request, "guardian", context, status=400 if form.errors else 200)


def _in_office(request: PortalRequest, who: Who) -> bool:
    links = children.links_of(who.own_id)
    return any(one.state is LinkState.VERIFIED and (one.until is None or one.until > request.now) for one in links)


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def guardian_code(request: PortalRequest, who: Who) -> HttpResponse:  # noqa: ARG001 - only its holder comes here
    """Take the code that the guardian received."""
    waits = pending.waiting(request, STEP)
    if waits is None:
        return pages.go("guardian")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            service.verify_by_code(
                link_id=UUID(waits.more["link"]),
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
        except Conflict:
            form.add_error(None, _("This cannot be your guardian: it is your own number, or a child's."))
        else:
            response = pages.go("home", said="guardian-verified")
            pending.forget(response, pending.CODE)
            return response
    return pages.show(request, "guardian_code", {"form": form}, status=400 if form.errors else 200)
