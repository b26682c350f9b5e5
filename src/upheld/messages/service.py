# SPDX-License-Identifier: Apache-2.0
"""Queue a message, and leave or read a note; both sealed, both told once.

Delivery is in `delivery.py`; it runs as a durable job, outside the act that queued the message.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, NotFound
from upheld.messages import delivery
from upheld.messages.envelope import HouseClause, Place, seal
from upheld.messages.events import MessageEvent
from upheld.messages.models import OutgoingMessage, PortalNote
from upheld.messages.rules import LIFE, NOTE_LIFE, day_of, dedupe_digest
from upheld.messages.texts import Words, render
from upheld.messages.values import Channel, MessageState
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What to tell whom.

    Attributes:
        data_subject_id: whom; also whose key seals it.
        template: a name of `texts.TEMPLATES`.
        values: exactly the fields of that template.
        language: the person's.
        dedupe: names the thing that is told ("request-received:<id>"); the same person is told it once.
        clause: the clause of the policy that asks for it, if one does.
    """

    data_subject_id: DataSubjectId
    template: str
    values: Mapping[str, str] = field(repr=False)
    language: Language
    dedupe: str
    clause: str | None = None


def queue(
    message: Message,
    *,
    channel: Channel,
    address: str,
    now: datetime,
    life: timedelta = LIFE,
    sealed_under: HouseClause = HouseClause.MESSAGES,
) -> UUID:
    """Seal a message and queue its delivery, in the caller's transaction or one of its own.

    Args:
        message: what to tell whom.
        channel: SMS or e-mail.
        address: a normalised number or address; sealed with the words.
        now: policy time.
        life: when it is given up and erased, if no gateway took it.
        sealed_under: `CONTACT` for someone without an account, who then leaves no reference in the log.

    Returns:
        The message's id: that of the earlier one if this was told already.

    Raises:
        BadInput: the template, its values or the channel do not fit.
    """
    if channel is Channel.IN_APP:
        raise BadInput("a note waits in the portal; expected channel sms or email")
    words = render(message.template, message.values, language=message.language)
    digest = dedupe_digest(message.data_subject_id, message.dedupe)
    told = OutgoingMessage.objects.filter(dedupe_key=digest).values_list("id", flat=True).first()
    if told is not None:
        return told
    row = _sealed_row(message, words, channel=channel, address=address, now=now, sealed_under=sealed_under)
    row.dedupe_key, row.expires_at = digest, now + life
    with act() as acting:
        row.save(force_insert=True)
        acting.record(
            MessageEvent.QUEUED,
            now=now,
            subject=None if sealed_under is HouseClause.CONTACT else message.data_subject_id,
            clause=message.clause,
            control=None,
            facts={"template": message.template, "channel": channel.value},
        )
        delivery.begin(message_id=row.id, now=now)
    return row.id


def _sealed_row(
    message: Message, words: Words, *, channel: Channel, address: str, now: datetime, sealed_under: HouseClause
) -> OutgoingMessage:
    row_id = uuid7(now)
    letter = json.dumps({"to": address, "subject": words.subject, "body": words.body}, ensure_ascii=False)
    place = Place(table="outgoing_message", row_id=row_id, data_subject_id=message.data_subject_id, field="letter")
    period = "" if sealed_under is HouseClause.CONTACT else day_of(now)  # a contact lives minutes anyway
    envelope = seal(letter, place=place, clause=sealed_under, now=now, period=period)
    return OutgoingMessage(
        id=row_id,
        data_subject_id=message.data_subject_id,
        channel=channel.value,
        template=message.template,
        language=message.language.value,
        key_id=envelope.key_id,
        sealed_letter=envelope.sealed,
        state=MessageState.QUEUED.value,
        queued_at=now,
    )


def leave_note(message: Message, *, now: datetime, life: timedelta = NOTE_LIFE) -> UUID:
    """Leave a note in a person's portal; return its id, or that of the earlier one if it was told already.

    Raises:
        BadInput: the template or its values do not fit.
    """
    words = render(message.template, message.values, language=message.language)
    digest = dedupe_digest(message.data_subject_id, message.dedupe)
    told = PortalNote.objects.filter(dedupe_key=digest).values_list("id", flat=True).first()
    if told is not None:
        return told
    row_id = uuid7(now)
    text = json.dumps({"title": words.subject, "body": words.body}, ensure_ascii=False)
    place = note_place(row_id, message.data_subject_id)
    with act() as acting:
        envelope = seal(text, place=place, clause=HouseClause.NOTES, now=now)
        PortalNote.objects.create(
            id=row_id,
            data_subject_id=message.data_subject_id,
            template=message.template,
            dedupe_key=digest,
            key_id=envelope.key_id,
            sealed_note=envelope.sealed,
            left_at=now,
            expires_at=now + life,
        )
        acting.record(
            MessageEvent.NOTE_LEFT,
            now=now,
            subject=message.data_subject_id,
            clause=message.clause,
            control=None,
            facts={"template": message.template},
        )
    return row_id


def note_place(row_id: UUID, data_subject_id: DataSubjectId) -> Place:
    """Say where a note belongs."""
    return Place(table="portal_note", row_id=row_id, data_subject_id=data_subject_id, field="note")


def mark_read(*, note_id: UUID, data_subject_id: DataSubjectId, now: datetime) -> None:
    """Note that a person read a note of theirs; reading it again changes nothing.

    Raises:
        NotFound: there is no such note of this person.
    """
    own = PortalNote.objects.filter(id=note_id, data_subject_id=data_subject_id, expires_at__gt=now)
    template = own.values_list("template", flat=True).first()
    if template is None:
        raise NotFound("there is no such note of yours")
    if not own.filter(read_at=None).exists():
        return
    with act() as acting:
        own.filter(read_at=None).update(read_at=now)
        acting.record(
            MessageEvent.NOTE_READ,
            now=now,
            subject=data_subject_id,
            clause=None,
            control=None,
            facts={"template": template},
        )
