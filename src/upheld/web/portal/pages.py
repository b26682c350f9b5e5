# SPDX-License-Identifier: Apache-2.0
"""Show a page, or go to one; what was done is said on the next page by a word in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from upheld.facts import queries as facts
from upheld.messages import queries as messages
from upheld.policy.model.base import say
from upheld.web.portal import advising, prompting
from upheld.web.portal.visitor import PortalRequest, language


@dataclass(frozen=True, slots=True)
class Flash:
    """One line on top of the next page."""

    tone: str
    text: str | Promise


SAID: Final[dict[str, Flash]] = {
    "age-stated": Flash("ok", _("Thank you. Your age is noted.")),
    "agreed": Flash("ok", _("You agreed. It counts from now on, and you can take it back here at any time.")),
    "corrected": Flash("ok", _("Corrected. The old value is gone.")),
    "version-declined": Flash(
        "ok", _("You refused. Your version goes on, and you are not asked about this one again.")
    ),
    "declined": Flash("ok", _("You did not agree. Nothing else changes.")),
    "erasing": Flash("ok", _("The erasure has begun. Its proof will stand among your receipts.")),
    "filed": Flash("ok", _("Your request is in. Its clock runs from now.")),
    "guardian-verified": Flash("ok", _("Your guardian is verified. They can now decide with you.")),
    "number-changed": Flash("ok", _("Your number is changed. All other sessions were ended.")),
    "read": Flash("ok", _("You accepted this version.")),
    "registered": Flash("ok", _("Your account is open. It holds your number and nothing else.")),
    "unlinked": Flash("ok", _("The link is undone. What the device sends from now on is about nobody.")),
    "unrestricted": Flash("ok", _("The restriction is lifted. Your data may be used again as you chose.")),
    "represented": Flash("ok", _("Added. You now act for this person.")),
    "saved": Flash("ok", _("Saved. You can see it under My data.")),
    "sent-again": Flash("ok", _("A new code was sent. The one before still counts until it runs out.")),
    "session-ended": Flash("ok", _("That session was ended.")),
    "sessions-ended": Flash("ok", _("All other sessions were ended.")),
    "signed-out": Flash("ok", _("You are signed out.")),
    "taken-back": Flash("ok", _("Your request is taken back.")),
    "withdrawn": Flash("ok", _("Withdrawn. From now on this is refused; what was done before stays lawful.")),
}
"""What a page may say on top, by the word in its address; nothing else is ever shown there."""


def show(
    request: PortalRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Show a page of the portal."""
    who = request.who
    shared: dict[str, Any] = {"who": who, "controller": controller(request), "routes": advising.routes(request)}
    if who is not None:
        shared["unread"] = messages.unread(data_subject_id=who.own_id, now=request.now)
        shared["whose"] = who.whose
        shared["whose_input"] = _hidden(who.whose)
    shared |= prompting.of(request)
    said = SAID.get(request.GET.get("said", ""))
    if said is not None:
        shared["flash"] = [said]
    return render(request, f"portal/{template}.html", {**shared, **(context or {})}, status=status)


def _hidden(named: Mapping[str, str]) -> str:
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', named.items())


def controller(request: PortalRequest) -> str:
    """Name the company whose portal this is; nothing before a policy was published."""
    version = facts.current_version(request.now)
    if not version:
        return ""
    declared = facts.policy(version).controller
    return say(declared.name, language()) if declared else ""


def go(view: str, *args: object, said: str = "", at: str = "") -> HttpResponse:
    """Lead to a view after something was done.

    Args:
        view: its name in the portal.
        args: its arguments.
        said: a word of `SAID`.
        at: an anchor in the page.
    """
    query = f"?said={said}" if said else ""
    anchor = f"#{at}" if at else ""
    return HttpResponseRedirect(reverse(f"portal:{view}", args=args) + query + anchor)


def inside(request: PortalRequest, target: str) -> str:
    """Return an address if it is one of this site, else nothing."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith("/") and not target.startswith("//") else ""
