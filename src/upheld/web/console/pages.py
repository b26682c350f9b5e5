# SPDX-License-Identifier: Apache-2.0
"""Show a page, or go to one; what was done is said on the next page by a word in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upheld.facts import queries as facts
from upheld.people import staff_records
from upheld.policy.model.base import say
from upheld.web.console import desk, navigation
from upheld.web.console.desk import Member, OpenRequest, StaffRequest
from upheld.web.requests import HouseRequest


@dataclass(frozen=True, slots=True)
class Flash:
    """One line on top of the next page."""

    tone: str
    text: str | Promise


SAID: Final[dict[str, Flash]] = {
    "answered": Flash("ok", _("The request is answered. The person reads the answer in the portal.")),
    "asked-again": Flash("info", _("The board is being recomputed.")),
    "assigned": Flash("ok", _("The request is assigned.")),
    "begun": Flash("ok", _("It is being carried out; the request ends by itself when that is done.")),
    "codes-few": Flash("warn", _("Few recovery codes are left. Renew them under My account.")),
    "dropped": Flash("ok", _("The proposal is dropped.")),
    "fee-asked": Flash("ok", _("That a fee is asked is recorded.")),
    "hold-lifted": Flash("ok", _("The hold is lifted. What it held goes with the next sweep.")),
    "hold-placed": Flash("ok", _("The hold is placed. It keeps what it names and nothing else.")),
    "key-ended": Flash("ok", _("The key is ended. No request with it is answered any more.")),
    "look-ended": Flash("ok", _("The look is ended.")),
    "nobody": Flash("info", _("Nobody was found by exactly that number or address. The search is recorded.")),
    "paper-ended": Flash("ok", _("The paper is ended. From now on it is not counted.")),
    "paper-recorded": Flash("ok", _("The paper is on file.")),
    "published": Flash("ok", _("The version is published.")),
    "successor-bound": Flash("ok", _("The successor is on file. People are being told.")),
    "successor-released": Flash(
        "ok", _("The successor is released. Nothing goes there without each person's consent.")
    ),
    "proposed": Flash("ok", _("The file is proposed. A second person approves it.")),
    "refused": Flash("ok", _("The request is refused. The person reads the ground and the remedies in the portal.")),
    "reviewed": Flash("ok", _("The review is recorded.")),
    "resumed": Flash("ok", _("The stop is lifted.")),
    "revived": Flash("ok", _("The job tries its step again.")),
    "role-changed": Flash("ok", _("The role is changed. It holds from that person's next page on.")),
    "session-ended": Flash("ok", _("That session is ended.")),
    "signed-out": Flash("ok", _("You are signed out.")),
    "staff-ended": Flash("ok", _("That account is ended. Sessions, second factor and address are gone.")),
    "staff-forgotten": Flash("ok", _("The name is erased. What was done stays in the log, under an opaque id.")),
    "stopped": Flash("ok", _("The recipient is stopped. It receives nothing from now on.")),
    "withdrawn": Flash("ok", _("The version is withdrawn. People fall back within the hour.")),
    "verified": Flash("ok", _("The requester is verified.")),
}
"""What a page may say on top, by the word in its address; nothing else is ever shown there."""


def show(
    request: StaffRequest | OpenRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Show a page of the console."""
    return render(request, f"console/{template}.html", {**shared(request), **(context or {})}, status=status)


def shared(request: StaffRequest | OpenRequest) -> dict[str, Any]:
    """Return what every page of the console knows."""
    known: dict[str, Any] = {"member": request.member, "controller": controller(request)}
    if request.member is not None:
        known |= _for_member(request.member)
    said = SAID.get(request.GET.get("said", ""))
    if said is not None:
        known["flash"] = [said]
    return known


def _for_member(member: Member) -> dict[str, Any]:
    return {
        "navigation": navigation.groups(member),
        "own_name": staff_records.one(member.staff_id).name,
        "may": navigation.allowed(member),
    }


def controller(request: HouseRequest) -> str:
    """Name the company whose console this is; nothing before a policy was published."""
    version = facts.current_version(request.now)
    if not version:
        return ""
    declared = facts.policy(version).controller
    return say(declared.name, desk.language()) if declared else ""


def go(view: str, *args: object, said: str = "", at: str = "") -> HttpResponse:
    """Lead to a view after something was done.

    Args:
        view: its name in the console.
        args: its arguments.
        said: a word of `SAID`.
        at: an anchor in the page.
    """
    query = f"?said={said}" if said else ""
    anchor = f"#{at}" if at else ""
    return HttpResponseRedirect(reverse(f"console:{view}", args=args) + query + anchor)
