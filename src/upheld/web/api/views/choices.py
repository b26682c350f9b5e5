# SPDX-License-Identifier: Apache-2.0
"""What people said yes or no to: consents, and what their devices let the product use."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from upheld.consent import queries, rules
from upheld.consent import service as consent
from upheld.consent.values import Action, Method, Recorded, Said, TopicKind
from upheld.errors import BadInput, Forbidden
from upheld.gate.clauses import TRACKER_PREFIX
from upheld.people.key_values import KeyScope
from upheld.people.permissions import Permission
from upheld.terms import Actor, DataSubjectId, Language
from upheld.web.api.keys import Key, KeyRequest, reach
from upheld.web.api.routes import answers, as_key
from upheld.web.api.schemas.base import reply
from upheld.web.api.schemas.people import ChoiceAnswer, ChoicesAnswer, ConsentAnswer, ConsentBody, PermissionBody

router = Router(tags=["choices"])
_WRITE = Key(Permission.API_CONSENTS_WRITE)
_OF_A_PURPOSE = frozenset({TopicKind.PURPOSE, TopicKind.SENSITIVE, TopicKind.PUBLISH, TopicKind.TRACKER})


@router.get("/people/{person}/consents", auth=Key(Permission.API_CONSENTS_READ), response=answers(ChoicesAnswer))
def choices(request: HttpRequest, person: UUID, language: Annotated[Language, Query()] = Language.EN) -> HttpResponse:
    """List a person's choices as they stand, each with the wording to show when it is asked for."""
    asking = as_key(request)
    found = queries.state_of(reach(asking, DataSubjectId(person)), language=language, now=asking.now)
    return reply(ChoicesAnswer(choices=[ChoiceAnswer.model_validate(choice) for choice in found]))


@router.post("/people/{person}/consents", auth=_WRITE, response=answers(ConsentAnswer, status=201))
def choose(request: HttpRequest, person: UUID, said: ConsentBody) -> HttpResponse:
    """Record that a person gave, withdrew or refused one consent; the next ask of any process sees it."""
    asking = as_key(request)
    _require_topic(asking.auth, said.topic)
    subject = reach(asking, DataSubjectId(person))
    return reply(ConsentAnswer.model_validate(_recorded(asking, subject, said)), 201)


def _require_topic(scope: KeyScope, topic: str) -> None:
    """Keep a key to its purposes where a topic is about one; a tracker is a purpose of its own."""
    kind, name = rules.kind_of(topic), rules.name_of(topic)
    purpose = TRACKER_PREFIX + name if kind is TopicKind.TRACKER else name
    if kind in _OF_A_PURPOSE and purpose not in scope.purposes:
        raise Forbidden("this key was not issued for that purpose")


def _recorded(asking: KeyRequest, subject: DataSubjectId, said: ConsentBody) -> Recorded:
    words = Said(method=Method(said.method), language=said.language, actor=Actor(said.actor))
    if said.action is not Action.GIVEN:
        say_no = consent.withdraw if said.action is Action.WITHDRAWN else consent.refuse
        return say_no(data_subject_id=subject, topic=said.topic, said=words, now=asking.now)
    if said.wording_sha256 is None:
        raise BadInput("a consent names the wording that was shown, by its digest", hint="GET the person's consents")
    return consent.give(
        data_subject_id=subject,
        topic=said.topic,
        said=words,
        now=asking.now,
        wording_sha256=said.wording_sha256,
        lapses_at=None if said.days is None else asking.now + timedelta(days=said.days),
    )


@router.post("/people/{person}/permissions", auth=_WRITE, response=answers(ConsentAnswer, status=201))
def permit(request: HttpRequest, person: UUID, said: PermissionBody) -> HttpResponse:
    """Record what a person answered when the device asked for one of the permissions that the policy declares."""
    asking = as_key(request)
    words = Said(method=Method.DEVICE_DIALOG, language=said.language)
    verb = consent.grant_permission if said.granted else consent.revoke_permission
    recorded = verb(
        data_subject_id=reach(asking, DataSubjectId(person)), permission=said.permission, said=words, now=asking.now
    )
    return reply(ConsentAnswer.model_validate(recorded), 201)
