# SPDX-License-Identifier: Apache-2.0
"""Seal, list and open items; hand them to a recipient. Opening and handing over need a permit."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router

from upheld.errors import UpheldError
from upheld.gate import Ask
from upheld.people.permissions import Permission
from upheld.sharing import queries as disclosures_made
from upheld.sharing import service as sharing
from upheld.terms import Act, Actor, DataSubjectId
from upheld.vault import queries
from upheld.vault import service as vault
from upheld.vault.values import Reader, ReaderKind, Source, SpentPermit
from upheld.web.api.keys import Key, KeyRequest, reach
from upheld.web.api.routes import answers, as_key
from upheld.web.api.schemas.base import reply
from upheld.web.api.schemas.items import (
    DisclosureAnswer,
    DisclosuresAnswer,
    HandedOver,
    HeldAnswer,
    HeldItem,
    OpenedAnswer,
    OpenedItem,
    SealBody,
    SealedAnswer,
    UnderPermit,
)

router = Router(tags=["items"])


@router.post("/people/{person}/items", auth=Key(Permission.API_ITEMS_SEAL), response=answers(SealedAnswer, status=201))
def seal(request: HttpRequest, person: UUID, body: SealBody) -> HttpResponse:
    """Put values of one person into the vault for one purpose: decided, sealed and evidenced in one act."""
    asking = as_key(request)
    asking.auth.require_ask(act=Act.COLLECT, purpose=body.purpose)
    sealed = vault.collect(
        ask=_collecting(body),
        data_subject_id=reach(asking, DataSubjectId(person)),
        values=body.values,
        now=asking.now,
        source=Source(body.source),
    )
    return reply(SealedAnswer.model_validate(sealed), 201)


def _collecting(body: SealBody) -> Ask:
    return Ask(
        act=Act.COLLECT,
        purpose=body.purpose,
        categories=tuple(body.values),
        actor={"self": Actor.SELF, "guardian": Actor.GUARDIAN}.get(body.source, Actor.SERVICE),
        ground=body.ground,
        evidence=body.evidence,
        permission=body.permission,
        foreground=body.foreground,
        source=body.passed_on_by,
        declared=body.declared,
    )


@router.get("/people/{person}/items", auth=Key(Permission.API_ITEMS_LIST), response=answers(HeldAnswer))
def held(request: HttpRequest, person: UUID) -> HttpResponse:
    """List what is held of a person for this key's purposes: what, why, since when, until when; never a value."""
    asking = as_key(request)
    found = queries.metadata(reach(asking, DataSubjectId(person)), now=asking.now)
    mine = [HeldItem.model_validate(item) for item in found if item.purpose in asking.auth.purposes]
    return reply(HeldAnswer(items=mine))


@router.post("/people/{person}/open", auth=Key(Permission.API_ITEMS_OPEN), response=answers(OpenedAnswer))
def open_items(request: HttpRequest, person: UUID, body: UnderPermit) -> HttpResponse:
    """Open what a permit allows; the look is recorded, and the person reads it."""
    asking, subject = as_key(request), DataSubjectId(person)
    by = Reader(kind=ReaderKind.SERVICE, id=asking.auth.key_id)
    reach(asking, subject)
    with _one_commit():
        spent = _spend(asking, subject, body)
        opened = vault.open_items(ask=spent.ask, data_subject_id=subject, now=asking.now, by=by)
    return reply(OpenedAnswer(items=[OpenedItem.model_validate(item) for item in opened.every]))


@contextmanager
def _one_commit() -> Iterator[None]:
    """Spend and open together, for a commit costs more than all the rest; what a refusal recorded is kept."""
    refused = None
    with transaction.atomic():
        try:
            yield
        except UpheldError as error:
            refused = error
    if refused is not None:
        raise refused


def _spend(asking: KeyRequest, person: DataSubjectId, body: UnderPermit) -> SpentPermit:
    return vault.spend_permit(body.permit, caller_id=asking.auth.key_id, data_subject_id=person, now=asking.now)


@router.post(
    "/people/{person}/disclosures",
    auth=Key(Permission.API_DISCLOSURES_MAKE),
    response=answers(HandedOver, status=201),
)
def disclose(request: HttpRequest, person: UUID, body: UnderPermit) -> HttpResponse:
    """Hand a permitted disclosure to this program, which passes it on to the recipient; the person reads of it."""
    asking = as_key(request)
    spent = _spend(asking, reach(asking, DataSubjectId(person)), body)
    made = sharing.disclose(
        ask=spent.ask, data_subject_id=spent.data_subject_id, now=asking.now, caller_id=asking.auth.key_id
    )
    items = [OpenedItem.model_validate(item) for item in made.items.every]
    return reply(HandedOver(disclosure=made.disclosure_id, recipient=made.recipient, items=items), 201)


@router.get(
    "/people/{person}/disclosures", auth=Key(Permission.API_DISCLOSURES_READ), response=answers(DisclosuresAnswer)
)
def disclosures(request: HttpRequest, person: UUID) -> HttpResponse:
    """List what was handed to whom of a person, newest first."""
    found = disclosures_made.disclosures(reach(as_key(request), DataSubjectId(person)))
    return reply(DisclosuresAnswer(disclosures=[DisclosureAnswer.model_validate(one) for one in found]))
