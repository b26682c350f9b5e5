# SPDX-License-Identifier: Apache-2.0
"""Read messages: as staff see them (never the words), and notes as their person reads them."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count

from upheld.messages.envelope import Envelope, unseal
from upheld.messages.models import OutgoingMessage, PortalNote
from upheld.messages.service import note_place
from upheld.messages.values import Channel, MessageMetadata, MessageState, Note
from upheld.terms import DataSubjectId

PAGE: Final = 50


def outgoing(
    *, state: MessageState | None = None, before: UUID | None = None, limit: int = PAGE
) -> tuple[MessageMetadata, ...]:
    """Return outgoing messages, the newest first; `before` is the last id of the page above."""
    rows = OutgoingMessage.objects.order_by("-id")
    if state is not None:
        rows = rows.filter(state=state.value)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_metadata(row) for row in rows[: min(limit, PAGE)])


def told(*, data_subject_id: DataSubjectId) -> tuple[MessageMetadata, ...]:
    """Return what a person was sent, the newest first."""
    rows = OutgoingMessage.objects.filter(data_subject_id=data_subject_id).order_by("-queued_at")
    return tuple(_metadata(row) for row in rows)


def counts_by_state() -> Mapping[str, int]:
    """Return how many messages are in each state."""
    rows = OutgoingMessage.objects.values_list("state").annotate(many=Count("id"))
    return {state.value: 0 for state in MessageState} | dict(rows)


def bodies_held_after_delivery(*, now: datetime) -> int:
    """Count letters that were delivered, given up or expired and are sealed here still: 0 outside a demo's window."""
    done = (MessageState.DELIVERED.value, MessageState.SENT.value, MessageState.FAILED.value)
    return OutgoingMessage.objects.filter(state__in=done, sealed_letter__isnull=False, expires_at__lte=now).count()


def notes(*, data_subject_id: DataSubjectId, now: datetime) -> tuple[Note, ...]:
    """Return the notes that wait in a person's portal, the newest first."""
    rows = PortalNote.objects.filter(data_subject_id=data_subject_id, expires_at__gt=now).order_by("-left_at")
    return tuple(_note(row) for row in rows)


def unread(*, data_subject_id: DataSubjectId, now: datetime) -> int:
    """Count the notes that a person has not read."""
    return PortalNote.objects.filter(data_subject_id=data_subject_id, read_at=None, expires_at__gt=now).count()


def _metadata(row: OutgoingMessage) -> MessageMetadata:
    return MessageMetadata(
        id=row.id,
        data_subject_id=DataSubjectId(row.data_subject_id),
        channel=Channel(row.channel),
        template=row.template,
        state=MessageState(row.state),
        attempts=row.attempts,
        failure=row.failure,
        queued_at=row.queued_at,
        delivered_at=row.delivered_at,
        expires_at=row.expires_at,
        is_sealed_body_held=row.sealed_letter is not None,
    )


def _note(row: PortalNote) -> Note:
    place = note_place(row.id, DataSubjectId(row.data_subject_id))
    text = json.loads(unseal(Envelope(key_id=row.key_id, sealed=bytes(row.sealed_note)), place=place))
    return Note(
        id=row.id,
        template=row.template,
        left_at=row.left_at,
        read_at=row.read_at,
        expires_at=row.expires_at,
        title=text["title"],
        body=text["body"],
    )
