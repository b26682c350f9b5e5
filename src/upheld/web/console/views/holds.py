# SPDX-License-Identifier: Apache-2.0
"""Legal holds: those in force, placing one on the person looked at, lifting one."""

from uuid import UUID

from django.http import HttpResponse

from upheld import calendars
from upheld.facts import queries as facts
from upheld.retention import holds as verbs
from upheld.retention import queries
from upheld.web.console import looks, pages, refusing
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.people import HoldForm
from upheld.web.console.views.people import show_look, storage_clauses


def holds(request: StaffRequest) -> HttpResponse:
    """Show every hold in force: what is held, under which law, until when; never whose."""
    return pages.show(request, "holds", {"holds": queries.holds_in_force(now=request.now)})


def place(request: StaffRequest) -> HttpResponse:
    """Place a hold on the person looked at."""
    under_way = looks.needed(request)
    policy = facts.policy(facts.of(under_way.data_subject_id).person.version)
    form = HoldForm(storage_clauses(policy, request.member.language), request.POST)
    if form.is_valid():
        given = form.cleaned_data
        region = policy.controller.region.partition("-")[0] if policy.controller else "cn"
        with refusing.On(form):
            verbs.place(
                data_subject_id=under_way.data_subject_id,
                clause=given["clause"],
                law=given["law"],
                until=calendars.end_of(given["until"], region),
                now=request.now,
            )
            return pages.go("look", said="hold-placed", at="holds")
    return show_look(request, under_way, hold_form=form)


def lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """Lift a hold."""
    verbs.lift(hold_id=hold_id, now=request.now)
    return pages.go("holds", said="hold-lifted")
