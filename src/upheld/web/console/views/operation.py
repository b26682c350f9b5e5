# SPDX-License-Identifier: Apache-2.0
"""How the machine runs: outgoing messages, the evidence log, jobs."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from upheld.errors import NotFound
from upheld.messages import queries as messages
from upheld.messages import showing
from upheld.messages.values import MessageState
from upheld.people.permissions import Permission
from upheld.storage import reconciling, sequencer, stored_log
from upheld.storage.jobs import queue, revive, watching
from upheld.web.console import pages, words
from upheld.web.console.desk import StaffRequest

CHECKPOINTS: Final = 20
"""Checkpoints on the page; the export has all of them."""


def outgoing(request: StaffRequest) -> HttpResponse:
    """Show outgoing messages: their state, and in a demonstration their words."""
    state = request.GET.get("state", "")
    rows = messages.outgoing(state=MessageState(state) if state in set(MessageState) else None, before=_before(request))
    shows_words = request.demo and request.member.may(Permission.CONSOLE_MESSAGES_OPEN)
    context = {
        "rows": [
            (
                one,
                words.of(words.TEMPLATES, one.template),
                showing.letter(message_id=one.id, now=request.now) if shows_words and one.is_sealed_body_held else None,
            )
            for one in rows
        ],
        "counts": messages.counts_by_state(),
        "states": [state.value for state in MessageState],
        "shows_words": shows_words,
        "before": rows[-1].id if len(rows) == messages.PAGE else None,
        "state": state,
    }
    return pages.show(request, "messages", context)


def _before(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("before", ""))
    except ValueError:
        return None


def log(request: StaffRequest) -> HttpResponse:
    """Show how far the evidence log has come, and who signed it."""
    return pages.show(request, "log", _log(request))


def reconcile(request: StaffRequest) -> HttpResponse:
    """Compare rows and log in both directions, now, and show what does not agree."""
    return pages.show(request, "log", _log(request) | {"faults": reconciling.reconcile(), "reconciled": True})


def _log(request: StaffRequest) -> dict[str, Any]:
    head = stored_log.head()
    made = stored_log.checkpoints(limit=CHECKPOINTS)
    witnessed = next((one for one in made if one.witnessed_at), None)
    return {
        "head": head,
        "root": head.root.hex() if head else "",
        "lag": sequencer.lag(now=request.now),
        "checkpoints": made,
        "witnessed": witnessed,
        "unwitnessed": made[0].size - (witnessed.size if witnessed else 0) if made else 0,
        "has_witness": bool(settings.UPHELD["WITNESS_VKEY"]),
    }


def checkpoint(request: StaffRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Give the newest checkpoint as it is signed."""
    made = stored_log.checkpoints(limit=1)
    if not made:
        raise NotFound("no checkpoint was published yet")
    response = HttpResponse(made[0].note, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="checkpoint"'
    return response


def jobs(request: StaffRequest) -> HttpResponse:
    """Show jobs that were laid aside, and those that wait too long."""
    context = {
        "dead": queue.dead_runs(),
        "late": watching.late_runs(now=request.now),
        "counts": queue.counts(),
        "statuses": ("ready", "running", "done", "dead"),
    }
    return pages.show(request, "jobs", context)


def revive_job(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Let a job that was laid aside try its step again."""
    revive(run_id, now=request.now)
    return pages.go("jobs", said="revived")
