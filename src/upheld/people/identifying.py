# SPDX-License-Identifier: Apache-2.0
"""Reach a person at their own number or address, confirm that it is them, and change it.

The identifier is opened through the vault for a function or purpose that uses it, so the gate decides and the person
sees the look like any other.
"""

from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from upheld.errors import BadInput, NotFound
from upheld.gate import Ask
from upheld.keys import service as keys
from upheld.messages import service as messages
from upheld.messages.service import Message
from upheld.messages.values import Channel
from upheld.people import accounts, codes, sessions
from upheld.people.accounts import ACCOUNT_FUNCTION
from upheld.people.events import PeopleEvent
from upheld.people.identifiers import DEFAULT_REGION, IdentifierKind, masked, normalized
from upheld.people.values import CodePurpose, CodeSent, Proven
from upheld.storage.acts import act
from upheld.terms import Act, DataSubjectId, Language
from upheld.vault import service as vault
from upheld.vault.values import Opened, Reader, ReaderKind

_CHANNELS: Final = {IdentifierKind.PHONE: Channel.SMS, IdentifierKind.EMAIL: Channel.EMAIL}


def begin_confirmation(
    *,
    data_subject_id: DataSubjectId,
    bound_to: str,
    peer: str,
    language: Language,
    now: datetime,
    security_now: datetime,
    purpose: str = ACCOUNT_FUNCTION,
    kind: IdentifierKind = IdentifierKind.PHONE,
) -> CodeSent:
    """Send a code to a signed-in person's own number, bound to one request; `finish_confirmation` checks it.

    Raises:
        NotFound: no such identifier is held.
        Denied: the gate refuses to use it for this.
        TooMany: a limit is reached.
    """
    held = _own(data_subject_id, kind, purpose=purpose, now=now)
    return codes.begin(
        purpose=CodePurpose.CONFIRM_REQUEST,
        kind=kind,
        identifier=held.value,
        peer=peer,
        language=language,
        now=now,
        security_now=security_now,
        bound_to=_bound(data_subject_id, bound_to),
    )


def finish_confirmation(
    *,
    data_subject_id: DataSubjectId,
    challenge_id: UUID,
    code: str,
    bound_to: str,
    peer: str,
    now: datetime,
    security_now: datetime,
) -> None:
    """Check a code that confirms one request, and use it up.

    Raises:
        CodeRefused: it is wrong, used up, too old, or was sent for another request or person.
        TooMany: this network address tried too often.
    """
    bound = _bound(data_subject_id, bound_to)
    proven = codes.finish(
        challenge_id=challenge_id,
        code=code,
        purpose=CodePurpose.CONFIRM_REQUEST,
        peer=peer,
        now=now,
        security_now=security_now,
        bound_to=bound,
    )
    with transaction.atomic():
        codes.claim(
            challenge_id=proven.challenge_id,
            token=proven.token,
            purpose=CodePurpose.CONFIRM_REQUEST,
            security_now=security_now,
            bound_to=bound,
        )


def begin_change(
    *,
    data_subject_id: DataSubjectId,
    identifier: str,
    peer: str,
    language: Language,
    now: datetime,
    security_now: datetime,
    kind: IdentifierKind = IdentifierKind.PHONE,
    region: str = DEFAULT_REGION,
) -> CodeSent:
    """Send a code to the new number of a signed-in person.

    Raises:
        BadInput: it is no number or address.
        TooMany: a limit is reached.
    """
    return codes.begin(
        purpose=CodePurpose.CHANGE_NUMBER,
        kind=kind,
        identifier=normalized(kind, identifier, region=region),
        peer=peer,
        language=language,
        now=now,
        security_now=security_now,
        bound_to=_bound(data_subject_id, "change"),
    )


def finish_change(
    *,
    data_subject_id: DataSubjectId,
    challenge_id: UUID,
    code: str,
    peer: str,
    language: Language,
    session_id: UUID,
    now: datetime,
    security_now: datetime,
) -> None:
    """Put the proven new identifier in the old one's place, tell the old one, and end all other sessions.

    Raises:
        CodeRefused: the code is wrong, used up, too old, or was sent to change another account.
        Conflict: the new identifier has an account.
        TooMany: this network address tried too often.
    """
    proven = codes.finish(
        challenge_id=challenge_id,
        code=code,
        purpose=CodePurpose.CHANGE_NUMBER,
        peer=peer,
        now=now,
        security_now=security_now,
        bound_to=_bound(data_subject_id, "change"),
    )
    with act() as acting:
        old = _replace(data_subject_id, proven, now=now, security_now=security_now)
        others = sessions.end_all(
            data_subject_id=data_subject_id, now=now, security_now=security_now, except_id=session_id
        )
        acting.record(
            PeopleEvent.IDENTIFIER_CHANGED,
            now=now,
            subject=data_subject_id,
            clause="rights.correction",
            control="people.code_proves_number",
            facts={"kind": proven.kind.value, "proven_by_code": True, "other_sessions_ended": others},
        )
        _tell(data_subject_id, proven.kind, old, dedupe=f"changed:{challenge_id}", language=language, now=now)


def _replace(data_subject_id: DataSubjectId, proven: Proven, *, now: datetime, security_now: datetime) -> str:
    """Claim the proof and exchange the identifiers in vault and index; return the old one."""
    new = codes.claim(
        challenge_id=proven.challenge_id,
        token=proven.token,
        purpose=CodePurpose.CHANGE_NUMBER,
        security_now=security_now,
        bound_to=_bound(data_subject_id, "change"),
    )
    held = _own(data_subject_id, proven.kind, purpose=ACCOUNT_FUNCTION, now=now)
    if held.value == new:
        raise BadInput("this is the number or address that is held already")
    accounts.refuse_holder(proven.kind, new, now=security_now)
    by = Reader(kind=ReaderKind.SELF, id=data_subject_id)
    vault.correct(data_subject_id=data_subject_id, item_id=held.item_id, value=new, now=now, by=by)
    keys.bind(kind=proven.kind.value, normalized=new, data_subject_id=data_subject_id, now=now)
    transaction.on_commit(
        partial(keys.unbind, data_subject_id=data_subject_id, kind=proven.kind.value, normalized=held.value)
    )
    return held.value


def tell(
    message: Message,
    *,
    now: datetime,
    purpose: str = ACCOUNT_FUNCTION,
    kind: IdentifierKind = IdentifierKind.PHONE,
) -> UUID:
    """Send a person a message at the identifier held of them; told once by its dedupe key.

    Raises:
        NotFound: no such identifier is held; leave a note instead.
        Denied: the gate refuses to use it for this purpose.
    """
    held = _own(message.data_subject_id, kind, purpose=purpose, now=now)
    return messages.queue(message, channel=_CHANNELS[kind], address=held.value, now=now)


def shown(*, data_subject_id: DataSubjectId, now: datetime, kind: IdentifierKind = IdentifierKind.PHONE) -> str:
    """Return a person's identifier as they recognise it, masked.

    Raises:
        NotFound: no such identifier is held.
        Denied: the gate refuses.
    """
    return masked(kind, _own(data_subject_id, kind, purpose=ACCOUNT_FUNCTION, now=now).value)


def _own(data_subject_id: DataSubjectId, kind: IdentifierKind, *, purpose: str, now: datetime) -> Opened:
    ask = Ask(act=Act.USE, purpose=purpose, categories=(kind.value,))
    opened = vault.open_items(
        ask=ask, data_subject_id=data_subject_id, now=now, by=Reader(kind=ReaderKind.SERVICE), limit=1
    )
    if kind.value not in opened:
        raise NotFound("no such number or address is held of this person")
    return opened[kind.value]


def _tell(
    data_subject_id: DataSubjectId,
    kind: IdentifierKind,
    address: str,
    *,
    dedupe: str,
    language: Language,
    now: datetime,
) -> None:
    message = Message(
        data_subject_id=data_subject_id, template="identifier.changed", values={}, language=language, dedupe=dedupe
    )
    messages.queue(message, channel=_CHANNELS[kind], address=address, now=now)


def _bound(data_subject_id: DataSubjectId, to: str) -> str:
    return f"{data_subject_id}:{to}"
