# SPDX-License-Identifier: Apache-2.0
"""Health, readiness and metrics: cheap, without personal data, without ids.

`/healthz` says that the process answers, `/readyz` that it can serve. `/metrics` has the deployment's counts in the
Prometheus text format; it answers on the machine itself, and elsewhere to a key that may read the board.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final

from django.db import DatabaseError, InterfaceError, connections
from django.http import HttpRequest, HttpResponse

from upheld.errors import UpheldError
from upheld.facts import queries as facts
from upheld.people.permissions import Permission
from upheld.promises import history
from upheld.rights import queries as requests
from upheld.storage import journal, sequencer, stored_log
from upheld.storage.jobs import watching
from upheld.vault import queries as vault
from upheld.web.api import counters
from upheld.web.api.keys import scope_of
from upheld.web.api.routes import as_house
from upheld.web.requests import HouseRequest

_TEXT: Final = "text/plain; charset=utf-8"
_METRICS: Final = "text/plain; version=0.0.4; charset=utf-8"
_Sample = tuple[str, int]
_Family = tuple[str, str, str, list[_Sample]]


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that this process is alive."""
    return HttpResponse("ok\n", content_type=_TEXT)


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the databases are there, a version is in force and no restore waits; else 503 and in a word why."""
    try:
        for alias in connections:
            connections[alias].ensure_connection()
        if not facts.current_version(as_house(request).now):
            return _not_ready("no-version-in-force")
        journal.refuse_until_replayed()
    except UpheldError as error:
        return _not_ready(error.code.replace("_", "-"))
    except (DatabaseError, InterfaceError):
        return _not_ready("database-unavailable")
    return HttpResponse("ready\n", content_type=_TEXT)


def _not_ready(why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", status=503, content_type=_TEXT)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the deployment's counts."""
    asking = as_house(request)
    if not _is_here(asking.peer):
        try:
            scope_of(
                header=request.headers.get("Authorization", ""),
                address=asking.peer,
                permission=Permission.API_BOARD_READ,
                now=asking.security_now,
            )
        except UpheldError:
            return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"}, content_type=_TEXT)
    lines = [line for family in _families(asking) for line in _written(family)]
    return HttpResponse("\n".join(lines) + "\n", content_type=_METRICS)


def _is_here(peer: str) -> bool:
    try:
        return ip_address(peer).is_loopback
    except ValueError:
        return False


def _families(asking: HouseRequest) -> Iterator[_Family]:
    sums = counters.ours().sums()
    decisions = [('{answer="allowed"}', sums[counters.ALLOWED]), ('{answer="refused"}', sums[counters.REFUSED])]
    yield "upheld_decisions_total", "counter", "Advice that the gate gave.", decisions
    answered = [(f'{{class="{kind}xx"}}', sums[number]) for kind, number in counters.ANSWERED.items()]
    yield "upheld_decide_answers_total", "counter", "Answers of the hot path of decide, by class of status.", answered
    head, waiting = stored_log.head(), sequencer.lag(now=asking.now)
    yield "upheld_log_entries", "gauge", "Entries of the evidence log.", [("", head.size if head else 0)]
    yield "upheld_log_waiting", "gauge", "Evidence without an index yet.", [("", waiting.waiting)]
    yield "upheld_log_lag_seconds", "gauge", "Age of the oldest of it.", [("", int(waiting.oldest.total_seconds()))]
    yield "upheld_items_held", "gauge", "Sealed items held.", [("", vault.held_count())]
    yield "upheld_requests_open", "gauge", "Requests that wait for their end.", [("", requests.count())]
    yield (
        "upheld_requests_overdue",
        "gauge",
        "Open requests whose answer is late.",
        [("", requests.overdue(asking.now))],
    )
    yield "upheld_jobs_late", "gauge", "Durable jobs that are late.", [("", watching.late_count(now=asking.now))]
    board = history.latest(version=facts.current_version(asking.now))
    if board is not None:
        clauses = [(f'{{status="{status}"}}', count) for status, count in board.counts.items()]
        yield "upheld_clauses", "gauge", "Clauses on the board, by status.", clauses


def _written(family: _Family) -> Iterator[str]:
    name, kind, sentence, samples = family
    yield f"# HELP {name} {sentence}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield f"{name}{labels} {value}"
