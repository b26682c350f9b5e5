# SPDX-License-Identifier: Apache-2.0
"""Sign in and register: one flow, which says the same to everyone until a number is proven.

    accept the notice (registration form)  ->  begin_sign_in  ->  finish_sign_in
        the number has an open account     ->  SignedIn
        it has none                        ->  Proven, which `accounts.open_account` turns into an account

Nobody learns from `begin_sign_in` whether a number is known; who holds the number learns it from `finish_sign_in`.
"""

from datetime import datetime
from uuid import UUID

from upheld.people import codes, sessions
from upheld.people.events import PeopleEvent
from upheld.people.identifiers import DEFAULT_REGION, IdentifierKind, normalized
from upheld.people.values import CodePurpose, CodeSent, Proven, SessionKind, SignedIn
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, Language


def begin_sign_in(
    *,
    identifier: str,
    peer: str,
    language: Language,
    now: datetime,
    security_now: datetime,
    kind: IdentifierKind = IdentifierKind.PHONE,
    region: str = DEFAULT_REGION,
    version: int | None = None,
) -> CodeSent:
    """Send a sign-in code.

    Args:
        identifier: a number or address as it was typed.
        peer: the network address that asks.
        language: of the message.
        now: policy time.
        security_now: security time.
        kind: number or address.
        region: of a number without a country code.
        version: the notice version that was accepted on the form, if this may open an account.

    Raises:
        BadInput: it is no number or address.
        TooMany: a limit is reached.
    """
    return codes.begin(
        purpose=CodePurpose.SIGN_IN,
        kind=kind,
        identifier=normalized(kind, identifier, region=region),
        peer=peer,
        language=language,
        now=now,
        security_now=security_now,
        version=version,
    )


def finish_sign_in(
    *, challenge_id: UUID, code: str, peer: str, now: datetime, security_now: datetime
) -> SignedIn | Proven:
    """Check a sign-in code; sign in whoever has an account, and return the proof of whoever has none.

    Raises:
        CodeRefused: it is wrong, used up, too old, or for something else.
        TooMany: this network address tried too often.
    """
    proven = codes.finish(
        challenge_id=challenge_id,
        code=code,
        purpose=CodePurpose.SIGN_IN,
        peer=peer,
        now=now,
        security_now=security_now,
    )
    if proven.data_subject_id is None:
        return proven
    return _start(proven, proven.data_subject_id, now=now, security_now=security_now)


def _start(proven: Proven, holder: DataSubjectId, *, now: datetime, security_now: datetime) -> SignedIn:
    with act() as acting:
        codes.claim(
            challenge_id=proven.challenge_id,
            token=proven.token,
            purpose=CodePurpose.SIGN_IN,
            security_now=security_now,
        )
        session = sessions.start(data_subject_id=holder, kind=SessionKind.PERSON, security_now=security_now)
        acting.record(
            PeopleEvent.SESSION_STARTED,
            now=now,
            subject=holder,
            clause=None,
            control="people.code_proves_number",
            facts={"proven_by_code": True},
        )
    return session
