# SPDX-License-Identifier: Apache-2.0
"""Use rights: file a request, follow it, take it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upheld.people.permissions import Permission
from upheld.rights import queries, service
from upheld.rights.values import Filing
from upheld.terms import Actor, DataSubjectId
from upheld.web.api.keys import Key, reach
from upheld.web.api.routes import answers, as_key
from upheld.web.api.schemas.base import reply
from upheld.web.api.schemas.people import RequestAnswer, RequestBody, RequestsAnswer

router = Router(tags=["requests"])
_FILE = Key(Permission.API_REQUESTS_FILE)
_READ = Key(Permission.API_REQUESTS_READ)


@router.post("/people/{person}/requests", auth=_FILE, response=answers(RequestAnswer, status=201))
def file(request: HttpRequest, person: UUID, body: RequestBody) -> HttpResponse:
    """File a request of a right. Its clock starts; the company's staff verify who asks before it is answered."""
    asking = as_key(request)
    filing = Filing(
        data_subject_id=reach(asking, DataSubjectId(person)),
        right=body.right,
        channel=body.channel,
        case=body.case or "",
        actor=Actor(body.actor),
        categories=tuple(body.categories),
        statement=body.statement,
    )
    return reply(RequestAnswer.model_validate(service.file(filing=filing, now=asking.now)), 201)


@router.get("/people/{person}/requests", auth=_READ, response=answers(RequestsAnswer))
def requests(request: HttpRequest, person: UUID) -> HttpResponse:
    """List a person's requests, newest first."""
    found = queries.of(reach(as_key(request), DataSubjectId(person)))
    return reply(RequestsAnswer(requests=[RequestAnswer.model_validate(one) for one in found]))


@router.get("/people/{person}/requests/{item}", auth=_READ, response=answers(RequestAnswer))
def one(request: HttpRequest, person: UUID, item: UUID) -> HttpResponse:
    """Follow one request."""
    subject = reach(as_key(request), DataSubjectId(person))
    return reply(RequestAnswer.model_validate(queries.one(item, data_subject_id=subject)))


@router.post("/people/{person}/requests/{item}/take-back", auth=_FILE, response=answers(RequestAnswer))
def take_back(request: HttpRequest, person: UUID, item: UUID) -> HttpResponse:
    """Take a request back that has not ended."""
    asking = as_key(request)
    subject = reach(asking, DataSubjectId(person))
    return reply(
        RequestAnswer.model_validate(service.take_back(request_id=item, data_subject_id=subject, now=asking.now))
    )
