# SPDX-License-Identifier: Apache-2.0
"""The first page: what needs somebody now, by what the member of staff may do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from upheld.facts import queries as facts
from upheld.messages import queries as messages
from upheld.notices import queries as notices
from upheld.notices.values import ProposalState
from upheld.people import staff_records
from upheld.people.permissions import Permission
from upheld.promises import history
from upheld.rights import queries as rights
from upheld.storage import sequencer, stored_log
from upheld.storage.jobs import queue, watching
from upheld.web.console import pages
from upheld.web.console.desk import StaffRequest
from upheld.web.console.views.requests import rows
from upheld.web.kit import specimens

SOONEST = 5
"""Requests on the first page."""


def home(request: StaffRequest) -> HttpResponse:
    """Show what needs somebody."""
    member = request.member
    context: dict[str, Any] = {"version": facts.current_version(request.now)}
    if context["version"]:
        context["board"] = history.latest(version=context["version"])
    if member.may(Permission.CONSOLE_REQUESTS_READ):
        soonest = rights.queue(limit=SOONEST)
        context |= {
            "open": rights.count(),
            "overdue": rights.overdue(request.now),
            "mine": len(rights.queue(assigned_to=member.staff_id)),
            "rows": rows(request, soonest, staff_records.everyone()),
        }
    if member.may(Permission.CONSOLE_POLICY_APPROVE):
        context["proposals"] = [one for one in notices.proposals() if one.state is ProposalState.PROPOSED]
    if member.may(Permission.CONSOLE_LOG_READ):
        context |= _machine(request)
    if member.may(Permission.CONSOLE_MESSAGES_READ):
        context["failed"] = messages.counts_by_state()["failed"]
    return pages.show(request, "home", context)


def _machine(request: StaffRequest) -> dict[str, Any]:
    return {
        "head": stored_log.head(),
        "lag": sequencer.lag(now=request.now),
        "dead": queue.counts().get("dead", 0),
        "late": watching.late_count(now=request.now),
    }


def components(request: StaffRequest) -> HttpResponse:
    """Show every component of the house."""
    context = {"base": "console/base.html", **specimens.specimens(request), **pages.shared(request)}
    return render(request, "kit/kit.html", context)
