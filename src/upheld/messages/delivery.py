# SPDX-License-Identifier: Apache-2.0
"""Carry queued messages out, and empty what was carried.

1. Open the letter; give it up if its time is over.
2. Hand it to the transport under the message's id. A crash after this hands it over again under the same id.
3. In one transaction: the new state, the letter emptied, the evidence.
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db.models import F

from upheld import controls
from upheld.errors import BadInput, NotFound, Unavailable
from upheld.messages import rules
from upheld.messages.envelope import Envelope, Place, unseal
from upheld.messages.events import MessageEvent
from upheld.messages.models import OutgoingMessage
from upheld.messages.transports import Transport, carrier_of
from upheld.messages.values import Channel, Letter, MessageState
from upheld.storage.acts import act
from upheld.storage.jobs import Next, Step, done, enqueue, job, then
from upheld.storage.jobs.registry import Settle
from upheld.terms import DataSubjectId

KIND: Final = "messages.deliver"
_EVENTS: Final = {
    MessageState.SENT: MessageEvent.SENT,
    MessageState.DELIVERED: MessageEvent.DELIVERED,
    MessageState.FAILED: MessageEvent.FAILED,
}


def begin(*, message_id: UUID, now: datetime) -> None:
    """Put the delivery of a message in, in the caller's transaction."""
    enqueue(KIND, key=f"message:{message_id}", arguments={"message": str(message_id)}, now=now)


@job(KIND, outside=True)
def _carry(step: Step) -> Next | Settle:
    """Hand one message over; while no gateway takes it, wait longer each time until its own end."""
    message_id = UUID(str(step.arguments["message"]))
    try:
        settle = hand_over(message_id=message_id, now=step.now)
    except Unavailable:
        attempts = row_of(message_id).attempts
        return then(at=step.now + rules.wait_after(attempts))

    def settled() -> Next:
        settle()
        return done()

    return settled


def deliver(*, message_id: UUID, now: datetime) -> MessageState:
    """Carry one message out at once; carrying out what was carried already changes nothing.

    Raises:
        NotFound: there is no such message.
        Unavailable: no transport took it; try again later.
    """
    return hand_over(message_id=message_id, now=now)()


def hand_over(*, message_id: UUID, now: datetime) -> Callable[[], MessageState]:
    """Hand a message to its transport, outside any transaction; return what writes the outcome down.

    Raises:
        NotFound: there is no such message.
        Unavailable: no transport took it; try again later.
    """
    row = row_of(message_id)
    if row.state != MessageState.QUEUED.value or row.sealed_letter is None:
        return partial(MessageState, row.state)
    if row.expires_at <= now:
        return partial(_give_up, row, "expired", now=now)
    carrier = carrier_of(Channel(row.channel))
    letter = open_letter(row)
    OutgoingMessage.objects.filter(id=row.id).update(attempts=F("attempts") + 1)
    try:
        carrier.send(letter)
    except BadInput:
        return partial(_give_up, row, "refused_by_gateway", now=now)
    return partial(_taken, row, carrier, now=now)


def report_delivered(*, message_id: UUID, now: datetime) -> None:
    """Note that the gateway says the message arrived.

    Raises:
        NotFound: there is no such message.
        Conflict: it was never sent, or failed.
    """
    row = row_of(message_id)
    if row.state != MessageState.DELIVERED.value:
        _move(row, MessageState.DELIVERED, now=now, keeps_letter=False)


def end_window(*, message_id: UUID, now: datetime) -> None:
    """Erase a letter whose time here is over: one that was sent is delivered by now, one that waits is given up."""
    row = row_of(message_id)
    if row.state == MessageState.SENT.value:
        _move(row, MessageState.DELIVERED, now=now, keeps_letter=False)
    elif row.state == MessageState.QUEUED.value:
        _give_up(row, "expired", now=now)


def open_letter(row: OutgoingMessage) -> Letter:
    """Open a letter for its transport; what it says leaves this process and no other way.

    Raises:
        NotFound: it was emptied already.
    """
    if row.sealed_letter is None or row.key_id is None:
        raise NotFound("the letter was erased; only that it was sent is known")
    place = Place(
        table="outgoing_message",
        row_id=row.id,
        data_subject_id=DataSubjectId(row.data_subject_id),
        field="letter",
    )
    text = json.loads(unseal(Envelope(key_id=row.key_id, sealed=bytes(row.sealed_letter)), place=place))
    return Letter(
        id=row.id, channel=Channel(row.channel), address=text["to"], subject=text["subject"], body=text["body"]
    )


def row_of(message_id: UUID) -> OutgoingMessage:
    """Return a message's row.

    Raises:
        NotFound: there is none.
    """
    row = OutgoingMessage.objects.filter(id=message_id).first()
    if row is None:
        raise NotFound("there is no such message")
    return row


def _taken(row: OutgoingMessage, carrier: Transport, *, now: datetime) -> MessageState:
    """Note that a transport took the letter; where it stays for a demo's window, delivered is said when that ends."""
    row.sent_at = now
    if carrier.keeps:
        row.expires_at = min(row.expires_at, now + carrier.keeps)
    to = MessageState.SENT if carrier.reports or carrier.keeps else MessageState.DELIVERED
    return _move(row, to, now=now, keeps_letter=bool(carrier.keeps))


def _give_up(row: OutgoingMessage, why: str, *, now: datetime) -> MessageState:
    row.failure = why
    return _move(row, MessageState.FAILED, now=now, keeps_letter=False)


def _move(row: OutgoingMessage, to: MessageState, *, now: datetime, keeps_letter: bool) -> MessageState:
    """Go to a state; once a gateway has the letter, or it is given up, nothing here needs it any more."""
    came_from = row.state
    row.state = rules.step(MessageState(came_from), to).value
    if to is MessageState.DELIVERED:
        row.delivered_at = now
    if controls.in_force("messages.body_erased_on_delivery") and not keeps_letter:
        row.sealed_letter = None
    with act() as acting:
        changed = OutgoingMessage.objects.filter(id=row.id, state=came_from).update(
            state=row.state,
            sent_at=row.sent_at,
            delivered_at=row.delivered_at,
            failure=row.failure,
            sealed_letter=row.sealed_letter,
            expires_at=row.expires_at,
        )
        acting.record(
            _EVENTS[to],
            now=now,
            subject=None if is_contacts(row) else DataSubjectId(row.data_subject_id),
            clause=None,
            control="messages.body_erased_on_delivery",
            facts={
                "template": row.template,
                "channel": row.channel,
                "state": row.state,
                "failure": row.failure,
                "body_held": row.sealed_letter is not None,
                "demo": keeps_letter,
                "moved": changed == 1,
            },
        )
    return to


def is_contacts(row: OutgoingMessage) -> bool:
    """Say whether a message went to a mere contact, who leaves no reference in the log."""
    return row.template.startswith(rules.CODES)
