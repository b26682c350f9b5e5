# SPDX-License-Identifier: Apache-2.0
"""The promise board: every clause with its controls, status and evidence; filters, history, recomputation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from upheld import policy as policies
from upheld.controls import CONTROLS
from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.policy.model.identity import Chapter
from upheld.promises import behind, history
from upheld.promises.values import Board, BoardLine, ControlLine
from upheld.storage import stored_log
from upheld.terms import Kind, Language, Status
from upheld.web.console import pages, words
from upheld.web.console.desk import StaffRequest
from upheld.web.kit import pagination
from upheld.web.kit.plots import Series

_TONES: Final = {
    Status.KEPT: "ok",
    Status.AT_RISK: "warn",
    Status.BROKEN: "bad",
    Status.NOT_EXERCISED: "idle",
    Status.NOT_OBSERVED: "unseen",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the board, in the reader's language."""

    line: BoardLine
    text: str
    chapter: str
    section: str


def board(request: StaffRequest) -> HttpResponse:
    """Show the last board, narrowed by status, chapter, capability and words."""
    version = facts.current_version(request.now)
    made = history.latest(version=version) if version else None
    context: dict[str, Any] = {"version": version, "board": made, "progress": history.progress(now=request.now)}
    if made is not None:
        rows = _rows(request, made)
        narrowed = [row for row in rows if _is_wanted(request, row)]
        context |= {
            "page": pagination.page(request, narrowed, per_page=40),
            "found": len(narrowed),
            "total": len(made.lines),
            "statuses": [(status.value, _word(status), made.counts[status.value]) for status in Status],
            "chapters": [(one.value, words.chapter(one, request.member.language)) for one in Chapter],
            "sections": [
                (name, words.of(words.SECTIONS, name)) for name in dict.fromkeys(line.capability for line in made.lines)
            ],
            "wanted": request.GET,
            "behind_by": _behind(made),
            "alone": notices.published_by_one(),
            **_plotted(),
        }
    return pages.show(request, "board", context)


def _rows(request: StaffRequest, made: Board) -> list[Row]:
    language = request.member.language
    chapters = chapters_of(made.version)
    return [
        Row(
            line=line,
            text=line.text.get(language.value) or next(iter(line.text.values()), ""),
            chapter=words.chapter(chapters[line.clause], language) if line.clause in chapters else "",
            section=words.of(words.SECTIONS, line.capability),
        )
        for line in made.lines
    ]


def chapters_of(version: int) -> dict[str, Chapter]:
    """Return where the notice says each clause."""
    return {clause.id: clause.chapter for clause in policies.bind(facts.policy(version))}


def _is_wanted(request: StaffRequest, row: Row) -> bool:
    wanted = request.GET
    chapter, search = wanted.get("chapter", ""), wanted.get("q", "").strip().lower()
    if wanted.get("status", "") not in {"", row.line.status.value}:
        return False
    if wanted.get("section", "") not in {"", row.line.capability}:
        return False
    if chapter and (
        chapter not in set(Chapter) or row.chapter != words.chapter(Chapter(chapter), request.member.language)
    ):
        return False
    looked_at = (row.line.clause, row.text.lower(), *(one.control for one in row.line.controls))
    return not search or any(search in one for one in looked_at)


def _word(status: Status) -> str:
    return {
        Status.KEPT: pgettext("clause", "Kept"),
        Status.AT_RISK: pgettext("clause", "At risk"),
        Status.BROKEN: pgettext("clause", "Broken"),
        Status.NOT_EXERCISED: pgettext("clause", "Not exercised"),
        Status.NOT_OBSERVED: pgettext("clause", "Not observed"),
    }[status]


def _behind(made: Board) -> int:
    head = stored_log.head()
    return max(0, (head.size if head else 0) - made.tree_size)


def _plotted() -> dict[str, Any]:
    past = history.days(zone=settings.TIME_ZONE)
    series = [
        Series(label=_word(status), tone=_TONES[status], values=[day.counts.get(status.value, 0) for day in past])
        for status in Status
    ]
    return {"dates": [day.on for day in past], "series": series}


def recompute(request: StaffRequest) -> HttpResponse:
    """Ask for the board to be recomputed."""
    history.ask(now=request.now)
    return pages.go("board", said="asked-again")


def progress(request: StaffRequest) -> HttpResponse:
    """Say how far a recomputation has come: the part of the board's page that asks again by itself."""
    found = history.progress(now=request.now)
    response = render(request, "console/parts_progress.html", {"progress": found})
    if found is None and request.headers.get("HX-Request"):
        response.headers["HX-Refresh"] = "true"
    return response


def download(request: StaffRequest) -> HttpResponse:
    """Give the board as JSON."""
    version = facts.current_version(request.now)
    made = history.latest(version=version) if version else None
    if made is None:
        raise NotFound("the board has not been computed yet")
    response = JsonResponse(history.as_json(made), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="promises-{made.policy}-{made.version}.json"'
    return response


def clause(request: StaffRequest, clause_id: str) -> HttpResponse:
    """Show one clause: its words, its controls, and the evidence behind it."""
    version = facts.current_version(request.now)
    made = history.latest(version=version) if version else None
    line = next((one for one in made.lines if one.clause == clause_id), None) if made else None
    if made is None or line is None:
        raise NotFound("there is no such clause on the board")
    before = _before(request, made.tree_size)
    policy, language = facts.policy(version), request.member.language
    context = {
        "row": next(row for row in _rows(request, made) if row.line is line),
        "texts": line.text.items(),
        "owner": words.channel(policy, line.owner, language),
        "board": made,
        "controls": [_control(one, language) for one in line.controls],
        "firsts": [found for found in (_first(policy, line, one) for one in line.controls) if found],
        "evidence": behind.evidence(policy, clause_id, before=before),
        "before": before,
        "is_first_page": before == made.tree_size,
    }
    return pages.show(request, "clause", context)


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlRow:
    """One control of a clause, in the reader's language."""

    line: ControlLine
    text: str
    kind: Kind
    whys: list[tuple[str, int]]
    last_at: datetime | None


def _control(one: ControlLine, language: Language) -> ControlRow:
    return ControlRow(
        line=one,
        text=words.control(one.control, language),
        kind=CONTROLS[one.control].kind,
        whys=sorted(one.whys.items()),
        last_at=datetime.fromisoformat(one.last_at) if one.last_at else None,
    )


def _first(policy: policies.Policy, line: BoardLine, one: ControlLine) -> behind.Behind | None:
    """Return the first entry that broke a control; none where it was broken by the data as it stands."""
    return behind.one(policy, line.clause, one.first_broken) if one.first_broken >= 0 else None


def _before(request: StaffRequest, size: int) -> int:
    text = request.GET.get("before", "")
    return min(int(text), size) if text.isascii() and text.isdigit() and len(text) < 16 else size
