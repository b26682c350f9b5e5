# SPDX-License-Identifier: Apache-2.0
"""The first page, and accepting the policy for somebody one stands for."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from upheld.consent import queries as consent
from upheld.consent.values import State
from upheld.facts import queries as facts
from upheld.gate import Stop
from upheld.gate.topics import NOTICE
from upheld.notices import service as notice_verbs
from upheld.policy.model.base import say
from upheld.rights import lifting
from upheld.rights import queries as rights
from upheld.terms import AgeBand
from upheld.vault import queries as vault
from upheld.web.portal import pages, reading
from upheld.web.portal.forms import AcceptForm
from upheld.web.portal.visitor import PortalRequest, Who, language, public, signed_in


@require_safe
@public
def home(request: PortalRequest) -> HttpResponse:
    """Greet visitors; show people how they stand."""
    version = facts.current_version(request.now)
    if request.who is not None:
        return pages.show(request, "home", {"version": version, **_standing(request, request.who)})
    summary = say(facts.policy(version).summary, language()) if version else ""
    return pages.show(request, "home", {"version": version, "summary": summary})


def _standing(request: PortalRequest, who: Who) -> dict[str, Any]:
    person = facts.of(who.data_subject_id).person
    band = age_band(who, request)
    choices = consent.state_of(who.data_subject_id, language=who.language, now=request.now)
    return {
        "needs_accepting": not has_told(who),
        "needs_age": band is AgeBand.UNKNOWN and who.policy.children is not None,
        "needs_guardian": band is AgeBand.CHILD and person.guardian_until <= request.now.timestamp(),
        "is_restricted": bool(person.stops & Stop.RESTRICTED),
        "may_unrestrict": lifting.is_own_restriction(who.data_subject_id),
        "items": len(vault.metadata(who.data_subject_id, now=request.now)),
        "given": sum(one.state is State.GIVEN for one in choices),
        "open_requests": sum(one.is_open for one in rights.of(who.data_subject_id)),
    }


def has_told(who: Who) -> bool:
    """Say whether the notice was accepted for whom the page is about, by the one who acts."""
    person, bit = facts.of(who.data_subject_id).person, facts.topics().get(NOTICE)
    held = person.guardian_held if who.is_guardian else person.held
    return bit is not None and bool(held >> bit & 1)


def age_band(who: Who, request: PortalRequest) -> AgeBand:
    """Return what is known of the age of whom the page is about."""
    person = facts.of(who.data_subject_id).person
    if person.adult:
        return AgeBand.ADULT
    if person.adult_at is None:
        return AgeBand.UNKNOWN
    return AgeBand.CHILD if request.now.timestamp() < person.adult_at else AgeBand.ADULT


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def accept_for(request: PortalRequest, who: Who) -> HttpResponse:
    """Let a guardian read the policy and accept it for whom they stand for."""
    if has_told(who):
        return pages.go("home")
    version = reading.in_force(request.now)
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"version": version.version})
    if request.method == "POST" and form.is_valid() and form.cleaned_data["version"] == version.version:
        return _accept(request, who, version.version)
    context = {"form": form, "version": version, "text": reading.notice_text(version, who.language)}
    return pages.show(request, "accept_for", context, status=400 if form.errors else 200)


def _accept(request: PortalRequest, who: Who, version: int) -> HttpResponse:
    notice_verbs.shown(viewer_id=who.data_subject_id, version=version, language=who.language, now=request.now)
    notice_verbs.acknowledge(
        data_subject_id=who.data_subject_id,
        version=version,
        language=who.language,
        now=request.now,
        actor=who.actor,
        agrees_to_cuts=True,
    )
    return pages.go("home", said="read")
