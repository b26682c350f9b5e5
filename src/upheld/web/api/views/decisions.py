# SPDX-License-Identifier: Apache-2.0
"""Ask the gate; take a permit."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upheld.people.permissions import Permission
from upheld.terms import DataSubjectId
from upheld.vault import service as vault
from upheld.vault.permits import LIFETIME_SECONDS
from upheld.web.api.advising import advise
from upheld.web.api.keys import Key, reach
from upheld.web.api.routes import answers, as_key
from upheld.web.api.schemas.asks import Advice, PermitAnswer, PersonAsk
from upheld.web.api.schemas.base import reply

router = Router(tags=["decisions"])


@router.post("/decide", auth=Key(Permission.API_DECISIONS_ASK), response=answers(Advice))
def decide(request: HttpRequest, ask: PersonAsk) -> HttpResponse:
    """Ask whether an act would be allowed now. Advice: an act needs a permit, or its own endpoint."""
    asking = as_key(request)
    return HttpResponse(advise(asking.auth, ask, now=asking.now), content_type="application/json")


@router.post("/permits", auth=Key(Permission.API_PERMITS_TAKE), response=answers(PermitAnswer, status=201))
def take_permit(request: HttpRequest, ask: PersonAsk) -> HttpResponse:
    """Take a permit for one act on one person: single use, this key's alone, alive for a minute at most."""
    asking = as_key(request)
    asking.auth.require_ask(act=ask.act, purpose=ask.purpose)
    person = reach(asking, DataSubjectId(ask.person))
    token = vault.issue_permit(ask=ask.as_ask(), data_subject_id=person, caller_id=asking.auth.key_id, now=asking.now)
    return reply(PermitAnswer(permit=token, expires_in_seconds=LIFETIME_SECONDS), 201)
