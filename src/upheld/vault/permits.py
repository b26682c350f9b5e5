# SPDX-License-Identifier: Apache-2.0
"""Permits for programs: MACed, single use, alive a minute at most, checked again when spent.

    up1.<base64url of canonical JSON>.<base64url of the code>

A permit names the subject, the ask, the program it was given to, the facts' revision it was decided on, and when it
ends. It holds no personal data: ids, and words that the policy file declares.
"""

import base64
import binascii
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NoReturn
from uuid import UUID

from django.conf import settings

from upheld import controls
from upheld.crypto.faults import MacBroken
from upheld.crypto.macs import mac, verify_mac
from upheld.crypto.randomness import uuid7
from upheld.errors import UpheldError
from upheld.facts import queries as facts
from upheld.gate import Ask, Denied
from upheld.storage.acts import act
from upheld.storage.errors import Duplicate
from upheld.terms import Act, Actor, DataSubjectId
from upheld.vault.deciding import decide
from upheld.vault.events import VaultEvent
from upheld.vault.models import PermitSpent
from upheld.vault.values import SpentPermit

LIFETIME_SECONDS: Final = 60
"""Longest life of a permit: enough for the next request, too short to keep."""

_PREFIX: Final = "up1"
_DOMAIN: Final = "permit"
_TOKEN_CHARACTERS: Final = 8_192
_BASE64: Final = re.compile(r"[A-Za-z0-9_-]+")


class PermitRefused(UpheldError):
    """A permit was forged, spent, too old, another program's, or overtaken by the facts."""

    code = "permit_refused"

    def __init__(self, why: str) -> None:
        """Keep in one word why: malformed, forged, another_caller, another_person, expired, overtaken or spent."""
        super().__init__(f"the permit was refused: {why}", hint="ask for a new one")
        self.why = why


@dataclass(frozen=True, kw_only=True, slots=True)
class _Claims:
    permit_id: UUID
    data_subject_id: DataSubjectId
    caller_id: UUID
    revision: int
    expires_at: datetime
    ask: Ask


def issue_permit(
    *,
    ask: Ask,
    data_subject_id: DataSubjectId,
    caller_id: UUID,
    now: datetime,
    lifetime_seconds: int = LIFETIME_SECONDS,
) -> str:
    """Decide an ask and give the program a permit for it.

    Args:
        ask: what the permit allows, once.
        data_subject_id: on whom.
        caller_id: the program's key; nobody else can spend the permit.
        now: the moment of the decision.
        lifetime_seconds: at most `LIFETIME_SECONDS`.

    Raises:
        Denied: the gate said no; the refusal is recorded.
    """
    with act() as acting:
        decision = decide(ask, data_subject_id=data_subject_id, now=now)
        event = VaultEvent.PERMIT_ISSUED if decision.denial is None else VaultEvent.PERMIT_REFUSED
        acting.record(event, now=now, subject=data_subject_id, facts=decision.evidence(), **decision.bears_on)
    if decision.denial is not None:
        raise Denied(decision.denial)
    lifetime = timedelta(seconds=min(max(lifetime_seconds, 1), LIFETIME_SECONDS))
    return _written(
        _Claims(
            permit_id=uuid7(now),
            data_subject_id=data_subject_id,
            caller_id=caller_id,
            revision=decision.facts.person.revision,
            expires_at=now + lifetime,
            ask=ask,
        )
    )


def spend_permit(
    token: str, *, caller_id: UUID, now: datetime, data_subject_id: DataSubjectId | None = None
) -> SpentPermit:
    """Check a permit again and spend it; the verbs that follow decide once more for themselves.

    1. The token has the written form and its code holds.
    2. It was given to this program, and for this person where the caller names one.
    3. It is still alive.
    4. The person's facts are those it was decided on; the verb that follows decides from fresh ones in any case.
    5. It was not spent before: its id goes into a table that takes each id once.

    Raises:
        PermitRefused: one of these does not hold; the refusal is recorded, the reason is in its `why`.
    """
    claims = _read(token)
    if isinstance(claims, str):
        _refuse(claims, now=now, subject=None)
    why = _unfit(claims, caller_id=caller_id, data_subject_id=data_subject_id, now=now)
    if why is None or not controls.in_force("vault.permit_needed"):
        why = _spend(claims, now=now)
    if why is not None:
        _refuse(why, now=now, subject=claims.data_subject_id)
    return SpentPermit(
        permit_id=claims.permit_id, data_subject_id=claims.data_subject_id, ask=claims.ask, caller_id=caller_id
    )


def _unfit(claims: _Claims, *, caller_id: UUID, data_subject_id: DataSubjectId | None, now: datetime) -> str | None:
    if claims.caller_id != caller_id:
        return "another_caller"
    if data_subject_id is not None and claims.data_subject_id != data_subject_id:
        return "another_person"
    if now >= claims.expires_at or claims.expires_at - now > timedelta(seconds=LIFETIME_SECONDS):
        return "expired"
    if facts.of(claims.data_subject_id).person.revision != claims.revision:
        return "overtaken"
    return None


def _spend(claims: _Claims, *, now: datetime) -> str | None:
    try:
        with act() as acting:
            if controls.in_force("vault.permit_needed"):
                PermitSpent(id=claims.permit_id, expires_at=claims.expires_at).save(force_insert=True)
            acting.record(
                VaultEvent.PERMIT_SPENT,
                now=now,
                subject=claims.data_subject_id,
                clause=None,
                control="vault.permit_needed",
                facts={"act": claims.ask.act.value, "purpose": claims.ask.purpose},
            )
    except Duplicate:
        return "spent"
    return None


def _refuse(why: str, *, now: datetime, subject: DataSubjectId | None) -> NoReturn:
    with act() as acting:
        acting.record(
            VaultEvent.PERMIT_REFUSED,
            now=now,
            subject=subject,
            clause=None,
            control="vault.permit_needed",
            facts={"why": why, "permitted": False},
        )
    raise PermitRefused(why)


def sweep_permits(*, now: datetime, limit: int = 10_000) -> int:
    """Remove spent permits that would have expired anyway; returns how many."""
    ids = list(PermitSpent.objects.filter(expires_at__lte=now).values_list("id", flat=True)[:limit])
    return PermitSpent.objects.filter(id__in=ids).delete()[0]


def _key() -> bytes:
    secrets: Any = settings.UPHELD["SECRETS"]
    secret: bytes = secrets["permit"]
    return secret


def _written(claims: _Claims) -> str:
    body = json.dumps(_as_json(claims), separators=(",", ":"), sort_keys=True).encode()
    return ".".join((_PREFIX, _base64(body), _base64(mac(_key(), body, domain=_DOMAIN))))


def _read(token: str) -> _Claims | str:
    """Return what the token says, or in a word what is wrong with it."""
    if len(token) > _TOKEN_CHARACTERS:
        return "malformed"
    try:
        prefix, body64, code64 = token.split(".")
        body, code = _bytes(body64), _bytes(code64)
    except (ValueError, binascii.Error):
        return "malformed"
    if prefix != _PREFIX:
        return "malformed"
    try:
        verify_mac(_key(), body, code, domain=_DOMAIN)
    except MacBroken:
        return "forged"
    return _from_json(json.loads(body))


def _as_json(claims: _Claims) -> dict[str, object]:
    ask = claims.ask
    return {
        "id": str(claims.permit_id),
        "subject": str(claims.data_subject_id),
        "caller": str(claims.caller_id),
        "revision": claims.revision,
        "until": claims.expires_at.timestamp(),
        "ask": asdict(ask) | {"evidence": dict(ask.evidence)},
    }


def _from_json(said: dict[str, Any]) -> _Claims:
    """Rebuild what this program itself wrote; the code over it held."""
    ask: dict[str, Any] = said["ask"]
    return _Claims(
        permit_id=UUID(said["id"]),
        data_subject_id=DataSubjectId(UUID(said["subject"])),
        caller_id=UUID(said["caller"]),
        revision=said["revision"],
        expires_at=datetime.fromtimestamp(said["until"], tz=UTC),
        ask=Ask(**ask | {"act": Act(ask["act"]), "actor": Actor(ask["actor"]), "categories": tuple(ask["categories"])}),
    )


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    if _BASE64.fullmatch(text) is None:
        raise binascii.Error("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
