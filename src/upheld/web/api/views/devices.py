# SPDX-License-Identifier: Apache-2.0
"""Take in what devices send, link them to people, undo it; telemetry is read as counts over groups alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upheld.devices import queries, service
from upheld.devices.rules import GROUP_AT_LEAST
from upheld.devices.values import EndedBy
from upheld.people.permissions import Permission
from upheld.terms import Act, DataSubjectId
from upheld.web.api.keys import Key, reach
from upheld.web.api.routes import answers, as_key
from upheld.web.api.schemas.base import Name, reply
from upheld.web.api.schemas.devices import (
    CountAnswer,
    CountsAnswer,
    DeviceAnswer,
    DevicesAnswer,
    LinkBody,
    LinkedAnswer,
    TelemetryAnswer,
    TelemetryBody,
)

router = Router(tags=["devices"])
_LINK = Key(Permission.API_DEVICES_LINK)


@router.post("/telemetry", auth=Key(Permission.API_TELEMETRY_SEND), response=answers(TelemetryAnswer, status=201))
def send(request: HttpRequest, body: TelemetryBody) -> HttpResponse:
    """Take in what a device sent: counted while it is linked to nobody, sealed under its person while it is linked."""
    asking = as_key(request)
    asking.auth.require_ask(act=Act.COLLECT, purpose=body.purpose)
    taken = service.record(purpose=body.purpose, values=body.values, now=asking.now, installation=body.installation)
    return reply(TelemetryAnswer.model_validate(taken), 201)


@router.get("/telemetry/counts", auth=Key(Permission.API_TELEMETRY_COUNT), response=answers(CountsAnswer))
def counts(request: HttpRequest, purpose: Name, category: Name) -> HttpResponse:
    """Read how many unlinked devices sent each value of one category, day by day, over groups alone."""
    asking = as_key(request)
    asking.auth.require_ask(act=Act.USE, purpose=purpose)
    found = service.counts(purpose=purpose, category=category, now=asking.now)
    rows = [CountAnswer.model_validate(one) for one in found]
    return reply(CountsAnswer(group_at_least=GROUP_AT_LEAST, counts=rows))


@router.post("/people/{person}/devices", auth=_LINK, response=answers(LinkedAnswer, status=201))
def link(request: HttpRequest, person: UUID, body: LinkBody) -> HttpResponse:
    """Link a device to the person who signed in on it; from then on what it sends is that person's, and sealed."""
    asking = as_key(request)
    asking.auth.require_ask(act=Act.USE, purpose=body.purpose)
    made = service.link(
        data_subject_id=reach(asking, DataSubjectId(person)),
        purpose=body.purpose,
        kind=body.kind,
        now=asking.now,
        installation=body.installation,
    )
    return reply(LinkedAnswer.model_validate(made), 201)


@router.get("/people/{person}/devices", auth=_LINK, response=answers(DevicesAnswer))
def devices(request: HttpRequest, person: UUID) -> HttpResponse:
    """List a person's devices for this key's purposes."""
    asking = as_key(request)
    found = queries.devices(reach(asking, DataSubjectId(person)))
    mine = [DeviceAnswer.model_validate(one) for one in found if one.purpose in asking.auth.purposes]
    return reply(DevicesAnswer(devices=mine))


@router.delete("/people/{person}/devices/{device}", auth=_LINK, response=answers(DeviceAnswer))
def unlink(request: HttpRequest, person: UUID, device: UUID) -> HttpResponse:
    """End a link, as when the person signs out: what the device sends from now on is nobody's."""
    asking = as_key(request)
    subject = reach(asking, DataSubjectId(person))
    asking.auth.require_ask(act=Act.USE, purpose=queries.device(subject, device).purpose)
    service.unlink(data_subject_id=subject, link_id=device, now=asking.now, by=EndedBy.PROGRAM)
    return reply(DeviceAnswer.model_validate(queries.device(subject, device)))
