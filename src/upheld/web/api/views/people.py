# SPDX-License-Identifier: Apache-2.0
"""Register people: the company vouches for them, or they prove a number with a code."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upheld.children import service as children
from upheld.notices import service as notices
from upheld.people import accounts, sessions, sign_in
from upheld.people.identifiers import IdentifierKind
from upheld.people.permissions import Permission
from upheld.people.values import Proven, SignedIn
from upheld.terms import AgeBand, DataSubjectId, Language
from upheld.web.api.keys import Key, KeyRequest, reach
from upheld.web.api.routes import answers, as_key
from upheld.web.api.schemas.base import reply
from upheld.web.api.schemas.people import (
    AgeAnswer,
    AgeBody,
    CodeGiven,
    CodeSentAnswer,
    CodeWanted,
    PersonAnswer,
    Registration,
)

router = Router(tags=["people"])
_REGISTER = Key(Permission.API_PEOPLE_REGISTER)


@router.post("/people", auth=_REGISTER, response=answers(PersonAnswer, status=201))
def register(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Register a person whom the company knows, with a number or address that it vouches for, or without any."""
    asking = as_key(request)
    person = accounts.register(
        version=registration.version,
        vouched_by=asking.auth.key_id,
        now=asking.now,
        security_now=asking.security_now,
        acknowledge=partial(_accepted, asking, registration.version, registration.language),
        kind=IdentifierKind(registration.kind),
        identifier=registration.identifier,
    )
    return reply(PersonAnswer(person=person, new=True), 201)


@router.post("/people/codes", auth=_REGISTER, response=answers(CodeSentAnswer, status=202))
def begin(request: HttpRequest, wanted: CodeWanted) -> HttpResponse:
    """Send a code to a number or address; the answer is the same whether or not anybody has it."""
    asking = as_key(request)
    sent = sign_in.begin_sign_in(
        identifier=wanted.identifier,
        peer=asking.peer,
        language=wanted.language,
        now=asking.now,
        security_now=asking.security_now,
        kind=IdentifierKind(wanted.kind),
        version=wanted.version,
    )
    return reply(CodeSentAnswer.model_validate(sent), 202)


@router.post("/people/codes/{challenge}", auth=_REGISTER, response={**answers(PersonAnswer), 201: PersonAnswer})
def finish(request: HttpRequest, challenge: UUID, given: CodeGiven) -> HttpResponse:
    """Check a code; who has an account is found, who has none is registered."""
    asking = as_key(request)
    found = sign_in.finish_sign_in(
        challenge_id=challenge, code=given.code, peer=asking.peer, now=asking.now, security_now=asking.security_now
    )
    signed_in = found if isinstance(found, SignedIn) else _opened(asking, found, given)
    sessions.end(  # a program needs no browser's session
        session_id=signed_in.session_id,
        data_subject_id=signed_in.data_subject_id,
        now=asking.now,
        security_now=asking.security_now,
    )
    person = reach(asking, signed_in.data_subject_id)
    is_new = isinstance(found, Proven)
    return reply(PersonAnswer(person=person, new=is_new), 201 if is_new else 200)


def _opened(asking: KeyRequest, proven: Proven, given: CodeGiven) -> SignedIn:
    return accounts.open_account(
        proven=proven,
        version=given.version,
        now=asking.now,
        security_now=asking.security_now,
        acknowledge=partial(_accepted, asking, given.version, given.language),
    )


def _accepted(asking: KeyRequest, version: int, language: Language, person: DataSubjectId) -> None:
    """Write down what the company's program says: this version was shown to the person, who accepted it."""
    notices.shown(viewer_id=person, version=version, language=language, now=asking.now)
    notices.acknowledge(data_subject_id=person, version=version, language=language, now=asking.now)


@router.put("/people/{person}/age", auth=_REGISTER, response=answers(AgeAnswer))
def state_age(request: HttpRequest, person: UUID, age: AgeBody) -> HttpResponse:
    """State what a person says of their age; a birth date is looked at and not kept."""
    asking = as_key(request)
    stated = children.state_age(
        data_subject_id=reach(asking, DataSubjectId(person)),
        now=asking.now,
        birth_on=age.day,
        band=None if age.band is None else AgeBand(age.band),
    )
    return reply(AgeAnswer.model_validate(stated))
