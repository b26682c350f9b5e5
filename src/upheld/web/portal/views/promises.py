# SPDX-License-Identifier: Apache-2.0
"""How the policy is kept: every clause of the version in force with its status, for anyone to read."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from upheld.promises import history
from upheld.promises.values import Board
from upheld.terms import Language, Status
from upheld.web.kit import pagination
from upheld.web.portal import pages, reading
from upheld.web.portal.visitor import PortalRequest, language, public

CLAUSES_A_PAGE = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One clause: its id, its words and how it stands."""

    clause: str
    text: str
    status: str


@require_safe
@public
def promises(request: PortalRequest) -> HttpResponse:
    """Show the last board of the version in force, all of it or the clauses of one status."""
    version = reading.offered(request)
    made = history.latest(version=version.version)
    context: dict[str, object] = {"version": version, "board": made}
    if made is not None:
        wanted = request.GET.get("status", "")
        rows = [row for row in _rows(made, language()) if wanted in {"", row.status}]
        context |= {
            "page": pagination.page(request, rows, per_page=CLAUSES_A_PAGE),
            "counts": [(status.value, made.counts[status.value]) for status in Status],
            "total": len(made.lines),
            "wanted": wanted,
        }
    return pages.show(request, "promises", context)


def _rows(made: Board, spoken: Language) -> list[Row]:
    return [
        Row(
            clause=line.clause,
            text=line.text.get(spoken.value) or next(iter(line.text.values()), line.clause),
            status=line.status.value,
        )
        for line in made.lines
    ]
