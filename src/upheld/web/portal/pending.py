# SPDX-License-Identifier: Apache-2.0
"""What a browser must remember between two steps: which code it waits for, which proof it holds.

Opaque ids in signed cookies that live as long as the step; never a number, never a code.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from upheld.people.identifiers import IdentifierKind
from upheld.people.limit_tables import CODE_LIFE, PROOF_LIFE
from upheld.people.values import CodePurpose, CodeSent, Proven
from upheld.web.portal.visitor import PortalRequest, is_secure

CODE: Final = "code-step"
PROOF: Final = "proof-step"


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A code that the browser waits for."""

    challenge_id: UUID
    expires_at: datetime
    more: Mapping[str, str]


def wait_for(response: HttpResponse, step: str, sent: CodeSent, **more: str) -> HttpResponse:
    """Remember which code a step waits for, with words of our own beside it."""
    kept = {"challenge": str(sent.challenge_id), "until": sent.expires_at.isoformat(), **more}
    _keep(response, CODE, step, kept, int(CODE_LIFE.total_seconds()))
    return response


def waiting(request: PortalRequest, step: str) -> Waiting | None:
    """Return the code that a step waits for, if it does."""
    kept = _kept(request, CODE, step)
    if kept is None:
        return None
    challenge, until = kept.pop("challenge"), kept.pop("until")
    return Waiting(challenge_id=UUID(challenge), expires_at=datetime.fromisoformat(until), more=kept)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A proven number that has no account yet, and which notice was shown to whom and accepted, if one was."""

    proven: Proven
    viewer: UUID
    language: str


def hold_proof(response: HttpResponse, held: Held) -> HttpResponse:
    """Remember that this browser proved a number, until it opens the account."""
    proven = held.proven
    kept = {
        "challenge": str(proven.challenge_id),
        "kind": proven.kind.value,
        "token": proven.token,
        "until": proven.expires_at.isoformat(),
        "version": str(proven.version or ""),
        "viewer": str(held.viewer),
        "language": held.language,
    }
    _keep(response, PROOF, "register", kept, int(PROOF_LIFE.total_seconds()))
    forget(response, CODE)
    return response


def held_proof(request: PortalRequest) -> Held | None:
    """Return the proof that this browser holds, if it does."""
    kept = _kept(request, PROOF, "register")
    if kept is None:
        return None
    proven = Proven(
        challenge_id=UUID(kept["challenge"]),
        kind=IdentifierKind(kept["kind"]),
        purpose=CodePurpose.SIGN_IN,
        bound_to="",
        version=int(kept["version"]) if kept["version"] else None,
        data_subject_id=None,
        token=kept["token"],
        expires_at=datetime.fromisoformat(kept["until"]),
    )
    return Held(proven=proven, viewer=UUID(kept["viewer"]), language=kept["language"])


def forget(response: HttpResponse, name: str) -> None:
    """Forget a step."""
    response.delete_cookie(name, samesite="Lax")


def _keep(response: HttpResponse, name: str, step: str, kept: Mapping[str, str], seconds: int) -> None:
    response.set_signed_cookie(
        name, json.dumps(kept), salt=step, max_age=seconds, httponly=True, samesite="Lax", secure=is_secure()
    )


def _kept(request: PortalRequest, name: str, step: str) -> dict[str, str] | None:
    text = request.get_signed_cookie(name, default="", salt=step)
    found: dict[str, str] | None = json.loads(text) if text else None
    return found
