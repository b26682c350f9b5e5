# SPDX-License-Identifier: Apache-2.0
"""The promise board, and what anyone may read: the versions, the notice, the log's latest checkpoint."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.people.permissions import Permission
from upheld.promises import behind, history
from upheld.promises.values import Board
from upheld.storage import stored_log
from upheld.terms import Language
from upheld.web.api.keys import Key
from upheld.web.api.routes import PUBLIC_REFUSALS, answers, as_house, as_key, as_text
from upheld.web.api.schemas.base import reply
from upheld.web.api.schemas.problem import Problem
from upheld.web.api.schemas.public import (
    AskedAnswer,
    BoardAnswer,
    ClauseAnswer,
    EvidenceAnswer,
    LineAnswer,
    VersionAnswer,
    VersionsAnswer,
)
from upheld.web.requests import HouseRequest

board_router = Router(tags=["board"])
public_router = Router(tags=["public"])
_READ = Key(Permission.API_BOARD_READ)
_TEXTS = dict.fromkeys(PUBLIC_REFUSALS, Problem)
VersionNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]


@board_router.get("/board", auth=_READ, response=answers(BoardAnswer))
def board(request: HttpRequest) -> HttpResponse:
    """Read the promise board of the version in force, as the worker last recomputed it."""
    made = _latest(as_key(request))
    shown = BoardAnswer(
        policy=made.policy,
        version=made.version,
        recomputed_at=made.recomputed_at,
        tree_size=made.tree_size,
        counts=made.counts,
        clauses=[LineAnswer.model_validate(line) for line in made.lines],
        notes=list(made.notes),
    )
    return reply(shown)


@board_router.post("/board", auth=_READ, response=answers(AskedAnswer, status=202))
def recompute(request: HttpRequest) -> HttpResponse:
    """Ask the worker to recompute the board; asking again within a second changes nothing."""
    asking = as_key(request)
    history.ask(now=asking.now)
    return reply(AskedAnswer(asked_at=asking.now), 202)


@board_router.get("/board/{clause}", auth=_READ, response=answers(ClauseAnswer))
def clause(
    request: HttpRequest, clause: str, before: Annotated[int | None, Query(ge=0, le=2**53)] = None
) -> HttpResponse:
    """Read one clause and the evidence behind it, newest first; go on from `before`."""
    made = _latest(as_key(request))
    line = next((line for line in made.lines if line.clause == clause), None)
    if line is None:
        raise NotFound("the version in force has no such clause")
    page = behind.evidence(
        facts.policy(made.version), clause, before=made.tree_size if before is None else min(before, made.tree_size)
    )
    evidence = [
        EvidenceAnswer(
            index=one.seen.index,
            event=one.seen.event,
            at=one.seen.at,
            control=one.control,
            kept=one.kept,
            at_risk=one.at_risk,
            why=one.why,
        )
        for one in page.found
    ]
    return reply(ClauseAnswer(line=LineAnswer.model_validate(line), evidence=evidence, before=page.before))


def _latest(asking: HouseRequest) -> Board:
    made = history.latest(version=facts.current_version(asking.now))
    if made is None:
        raise NotFound("the board was not recomputed yet", hint="POST /board, and try again in a moment")
    return made


@public_router.get("/versions", response=answers(VersionsAnswer, refusals=PUBLIC_REFUSALS))
def versions(request: HttpRequest) -> HttpResponse:
    """List every version of the policy there ever was, newest first."""
    found = notices.archive(now=as_house(request).now)
    return reply(VersionsAnswer(versions=[VersionAnswer.model_validate(one) for one in found]))


@public_router.get("/notice", response=_TEXTS, openapi_extra=as_text("text/markdown", "The notice, as Markdown"))
def notice_in_force(request: HttpRequest, language: Annotated[Language, Query()] = Language.EN) -> HttpResponse:
    """Read the notice of the version in force as Markdown; the header `Upheld-Version` names the version."""
    version = notices.offered(now=as_house(request).now, signed_in=False).version
    text = notices.notice(version, language=language, now=as_house(request).now, form="md")
    headers = {"Upheld-Version": str(version)}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


@public_router.get(
    "/versions/{version}/notice", response=_TEXTS, openapi_extra=as_text("text/markdown", "The notice, as Markdown")
)
def notice(
    request: HttpRequest, version: VersionNumber, language: Annotated[Language, Query()] = Language.EN
) -> HttpResponse:
    """Read the notice of a version as Markdown, to show it in an app."""
    text = notices.notice(version, language=language, now=as_house(request).now, form="md")
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@public_router.get(
    "/log/checkpoint", response=_TEXTS, openapi_extra=as_text("text/plain", "A signed note (C2SP tlog-checkpoint)")
)
def checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - how a view is called
    """Read the evidence log's latest checkpoint."""
    found = stored_log.checkpoints(limit=1)
    if not found:
        raise NotFound("no checkpoint was published yet")
    return HttpResponse(found[0].note, content_type="text/plain; charset=utf-8")
