# SPDX-License-Identifier: Apache-2.0
"""One-time codes: begin sends one, finish proves that its receiver has it, claim uses the proof.

What protects them:

1. Held as a digest under the pepper, bound to its challenge and purpose; never logged, never in a URL.
2. Five tries, five minutes of security time, one success. A try is counted before the code is looked at and in a
   transaction of its own, so that no crash and no second process gives a try back.
3. Limits per number, block of numbers, network address and in all, taken before anything is made.
4. The same rows are written and the same answer is given whether or not anybody has the number.
5. The number waits sealed under the key of a contact made for this code alone; both are gone soon after.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from upheld import controls
from upheld.crypto.hashing import code_digest, is_equal, token_digest
from upheld.crypto.randomness import digits, token_text, uuid7
from upheld.errors import Unauthenticated
from upheld.keys import service as keys
from upheld.messages import service
from upheld.messages.envelope import Envelope, HouseClause, Place, seal, unseal
from upheld.messages.values import Channel
from upheld.people import limits, subjects
from upheld.people.digests import pepper
from upheld.people.events import PeopleEvent
from upheld.people.identifiers import IdentifierKind, prefix_of
from upheld.people.limit_tables import CODE_DIGITS, CODE_LIFE, CODE_TRIES, PROOF_LIFE, Limit
from upheld.people.models import CodeChallenge
from upheld.people.values import CodePurpose, CodeSent, Proven, SubjectKind
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, Language

_CHANNELS: Final = {IdentifierKind.PHONE: Channel.SMS, IdentifierKind.EMAIL: Channel.EMAIL}


class CodeRefused(Unauthenticated):
    """The code is wrong, used up, too old, or for something else; which of these is not said."""

    code = "code_refused"

    def __init__(self) -> None:
        """Say the same whatever the reason."""
        super().__init__("the code is wrong, used up or too old", hint="ask for a new code")


def begin(
    *,
    purpose: CodePurpose,
    kind: IdentifierKind,
    identifier: str,
    peer: str,
    language: Language,
    now: datetime,
    security_now: datetime,
    bound_to: str = "",
    version: int | None = None,
) -> CodeSent:
    """Send a code to a normalised identifier.

    Args:
        purpose: what the code will prove.
        kind: number or address.
        identifier: as `identifiers.normalized` returns it.
        peer: the network address that asks; counted by keyed hash.
        language: of the message.
        now: policy time, for evidence.
        security_now: security time, which the code's life runs on.
        bound_to: what else it is bound to, such as a request's id.
        version: the notice version accepted before asking, where an account may be opened.

    Raises:
        TooMany: a limit is reached; the same for numbers that are known and not.
    """
    is_within = limits.take_all(_limits_on(kind, identifier, peer), now=security_now)
    code = digits(CODE_DIGITS)
    with act() as acting:
        row = _sealed_row(kind, identifier, security_now=security_now)
        row.purpose, row.bound_to, row.version = purpose.value, bound_to, version
        row.code_digest = _digest(row.id, purpose, code)
        row.save(force_insert=True)
        _send(row, code, identifier, language=language, now=now)
        acting.record(
            PeopleEvent.CODE_SENT,
            now=now,
            subject=None,
            clause=None,
            control="people.code_limits",
            facts={
                "purpose": purpose.value,
                "kind": kind.value,
                "life_seconds": int(CODE_LIFE.total_seconds()),
                "within_limits": is_within,
            },
        )
    return CodeSent(challenge_id=row.id, sent_at=security_now, expires_at=row.expires_at)


def _sealed_row(kind: IdentifierKind, identifier: str, *, security_now: datetime) -> CodeChallenge:
    """Make a contact for this code alone, and seal the identifier under that contact's key."""
    contact = subjects.new(SubjectKind.CONTACT, now=security_now)
    row_id = uuid7(security_now)
    envelope = seal(identifier, place=_place(row_id, contact), clause=HouseClause.CONTACT, now=security_now)
    return CodeChallenge(
        id=row_id,
        contact_id=contact,
        kind=kind.value,
        key_id=envelope.key_id,
        sealed_address=envelope.sealed,
        created_at=security_now,
        expires_at=security_now + CODE_LIFE,
    )


def _limits_on(kind: IdentifierKind, identifier: str, peer: str) -> list[tuple[Limit, str]]:
    return [
        (Limit.CODES_BY_NUMBER, identifier),
        (Limit.CODES_BY_NUMBER_A_DAY, identifier),
        (Limit.CODES_BY_PREFIX, prefix_of(kind, identifier)),
        (Limit.CODES_BY_ADDRESS, limits.place_of(peer)),
        (Limit.ALL_CODES, ""),
    ]


def _send(row: CodeChallenge, code: str, identifier: str, *, language: Language, now: datetime) -> None:
    message = service.Message(
        data_subject_id=DataSubjectId(row.contact_id),
        template=f"code.{row.purpose}",
        values={"code": code, "minutes": str(int(CODE_LIFE.total_seconds()) // 60)},
        language=language,
        dedupe=f"code:{row.id}",
    )
    service.queue(
        message,
        channel=_CHANNELS[IdentifierKind(row.kind)],
        address=identifier,
        now=now,
        life=CODE_LIFE,
        sealed_under=HouseClause.CONTACT,
    )


def finish(
    *,
    challenge_id: UUID,
    code: str,
    purpose: CodePurpose,
    peer: str,
    now: datetime,
    security_now: datetime,
    bound_to: str = "",
) -> Proven:
    """Check a code; of two that come together with the right one, one wins.

    1. Count the try against the address that asks, then against the code.
    2. Compare, in constant time.
    3. Mark it proven, unless another did.

    Raises:
        CodeRefused: it is wrong, used up, too old, or for something else.
        TooMany: this network address tried too often.
    """
    limits.take_all([(Limit.TRIES_BY_ADDRESS, limits.place_of(peer))], now=security_now)
    row = _count_try(challenge_id, purpose, bound_to, security_now)
    expected = _digest(row.id, CodePurpose(row.purpose), code)
    is_right = is_equal(bytes(row.code_digest), expected)
    if not is_right and controls.in_force("people.code_proves_number"):
        raise CodeRefused
    with act() as acting:
        token, expires_at = _marked(row.id, security_now)
        holder = _holder(row)
        acting.record(
            PeopleEvent.CODE_PROVEN,
            now=now,
            subject=None,
            clause=None,
            control="people.code_proves_number",
            facts=_observed(row, is_right=is_right, asked_for=purpose, now=security_now),
        )
    return Proven(
        challenge_id=row.id,
        kind=IdentifierKind(row.kind),
        purpose=CodePurpose(row.purpose),
        bound_to=row.bound_to,
        version=row.version,
        data_subject_id=holder,
        token=token,
        expires_at=expires_at,
    )


def _marked(challenge_id: UUID, security_now: datetime) -> tuple[str, datetime]:
    """Mark a code proven, unless another request did; return the proof's token and end."""
    provable = CodeChallenge.objects.filter(id=challenge_id)
    if controls.in_force("people.code_single_use"):
        provable = provable.filter(proven_at=None)
    token, expires_at = token_text(32), security_now + PROOF_LIFE
    if not provable.update(proven_at=security_now, proof_digest=token_digest(token), proof_expires_at=expires_at):
        raise CodeRefused
    return token, expires_at


def _holder(row: CodeChallenge) -> DataSubjectId | None:
    """Return who has an open account under the proven identifier; looked up only now that it is proven."""
    holder = keys.find(row.kind, opened(row))
    return holder if holder is not None and subjects.has_open_account(holder) else None


def _count_try(challenge_id: UUID, purpose: CodePurpose, bound_to: str, now: datetime) -> CodeChallenge:
    """Count a try and return the challenge as it was before; refuse one that may not be tried."""
    triable = Q(id=challenge_id)
    if controls.in_force("people.code_single_use"):
        triable &= Q(purpose=purpose.value, bound_to=bound_to, proven_at=None, tries__lt=CODE_TRIES)
    if controls.in_force("people.code_expires"):
        triable &= Q(expires_at__gt=now)
    with transaction.atomic():
        if not CodeChallenge.objects.filter(triable).update(tries=F("tries") + 1):
            raise CodeRefused
        return CodeChallenge.objects.get(id=challenge_id)


def _observed(
    row: CodeChallenge, *, is_right: bool, asked_for: CodePurpose, now: datetime
) -> dict[str, str | int | bool | None]:
    """Say in evidence what an inspector needs to judge the proof without trusting the controls."""
    return {
        "purpose": row.purpose,
        "asked_for": asked_for.value,
        "kind": row.kind,
        "code_right": is_right,
        "tries": row.tries,
        "used_before": row.proven_at is not None,
        "expired": row.expires_at <= now,
    }


def claim(*, challenge_id: UUID, token: str, purpose: CodePurpose, security_now: datetime, bound_to: str = "") -> str:
    """Use a proof up, in the caller's act, and return the identifier that was proven.

    Raises:
        CodeRefused: there is no such proof, or it was used up, or is too old, or for something else.
    """
    usable = CodeChallenge.objects.filter(id=challenge_id, proof_digest=token_digest(token))
    if controls.in_force("people.code_single_use"):
        usable = usable.filter(spent_at=None, purpose=purpose.value, bound_to=bound_to)
    if controls.in_force("people.code_expires"):
        usable = usable.filter(proof_expires_at__gt=security_now)
    if not usable.update(spent_at=security_now):
        raise CodeRefused
    return opened(CodeChallenge.objects.get(id=challenge_id))


def _digest(challenge_id: UUID, purpose: CodePurpose, code: str) -> bytes:
    return code_digest(pepper(), purpose=purpose.value, subject=str(challenge_id), code=code)


def opened(row: CodeChallenge) -> str:
    """Return the identifier that a code was sent to."""
    envelope = Envelope(key_id=row.key_id, sealed=bytes(row.sealed_address))
    return unseal(envelope, place=_place(row.id, DataSubjectId(row.contact_id)))


def _place(challenge_id: UUID, contact: DataSubjectId) -> Place:
    return Place(table="code_challenge", row_id=challenge_id, data_subject_id=contact, field="address")
