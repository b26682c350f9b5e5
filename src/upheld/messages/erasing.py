# SPDX-License-Identifier: Apache-2.0
"""Empty what is over, destroy the keys that nothing needs, and erase a person."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from upheld.messages import delivery
from upheld.messages.envelope import destroy
from upheld.messages.events import MessageEvent
from upheld.messages.models import OutgoingMessage, PortalNote
from upheld.messages.rules import CODES
from upheld.messages.values import Letter, MessageState
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, StaffId

_BATCH: Final = 500


def show(*, message_id: UUID, staff_id: StaffId, now: datetime) -> Letter:
    """Open a letter for a member of staff, who needs `console:messages:open`; in a demo that is how a code is read.

    Raises:
        NotFound: there is no such message, or its letter was erased.
    """
    row = delivery.row_of(message_id)
    letter = delivery.open_letter(row)
    with act() as acting:
        acting.record(
            MessageEvent.BODY_SHOWN,
            now=now,
            subject=None if delivery.is_contacts(row) else DataSubjectId(row.data_subject_id),
            clause=None,
            control=None,
            facts={"template": row.template, "staff": str(staff_id)},
        )
    return letter


def sweep(*, now: datetime) -> int:
    """Empty letters and remove notes whose time is over, and destroy keys that seal nothing more; say how many rows."""
    over = OutgoingMessage.objects.filter(expires_at__lte=now, sealed_letter__isnull=False)
    expired = list(over.order_by("expires_at").values_list("id", "state")[:_BATCH])
    open_states = (MessageState.QUEUED.value, MessageState.SENT.value)
    for message_id, state in expired:
        if state in open_states:
            delivery.end_window(message_id=message_id, now=now)
    emptied = [id_ for id_, state in expired if state not in open_states]
    notes = list(PortalNote.objects.filter(expires_at__lte=now).values_list("id", flat=True)[:_BATCH])
    if emptied or notes:
        with act() as acting:
            OutgoingMessage.objects.filter(id__in=emptied).update(sealed_letter=None)
            PortalNote.objects.filter(id__in=notes).delete()
            acting.record(
                MessageEvent.SWEPT,
                now=now,
                subject=None,
                clause=None,
                control="messages.body_erased_on_delivery",
                facts={"letters": len(emptied), "notes": len(notes)},
            )
    destroy_day_keys(now=now)
    return len(expired) + len(notes)


def forget_contacts(data_subject_ids: Collection[DataSubjectId], *, now: datetime) -> int:
    """Empty the letters of contacts whose keys the caller destroyed, in the caller's act; say how many."""
    letters = OutgoingMessage.objects.filter(data_subject_id__in=data_subject_ids)
    emptied = letters.filter(sealed_letter__isnull=False).update(sealed_letter=None)
    letters.filter(state=MessageState.QUEUED.value).update(state=MessageState.FAILED.value, failure="expired")
    letters.filter(state=MessageState.SENT.value).update(state=MessageState.DELIVERED.value, delivered_at=now)
    letters.update(key_id=None)
    return emptied


def destroy_day_keys(*, now: datetime) -> int:
    """Destroy the keys of days past that seal no letter any more; say how many.

    Codes are left out: their key seals the number to be proven too, and goes with it (`people.sweeping`).
    """
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    emptied = OutgoingMessage.objects.filter(sealed_letter=None, key_id__isnull=False, queued_at__lt=today)
    candidates = set(emptied.exclude(template__startswith=CODES).values_list("key_id", flat=True)[:_BATCH])
    sealing = OutgoingMessage.objects.filter(key_id__in=candidates, sealed_letter__isnull=False)
    unused = candidates - set(sealing.values_list("key_id", flat=True))
    gone = destroy([key_id for key_id in unused if key_id is not None], now=now)
    OutgoingMessage.objects.filter(key_id__in=unused).update(key_id=None)
    return gone


def erase_subject(*, data_subject_id: DataSubjectId, now: datetime) -> int:
    """Erase a person's letters and notes, keys last; that something was told, and when, stays; say how many rows."""
    letters = OutgoingMessage.objects.filter(data_subject_id=data_subject_id)
    notes = PortalNote.objects.filter(data_subject_id=data_subject_id)
    key_ids = set(letters.values_list("key_id", flat=True)) | set(notes.values_list("key_id", flat=True))
    with act() as acting:
        emptied = letters.filter(sealed_letter__isnull=False).update(sealed_letter=None)
        removed, _ = notes.delete()
        letters.filter(state=MessageState.QUEUED.value).update(
            state=MessageState.FAILED.value, failure="subject_erased"
        )
        acting.record(
            MessageEvent.SUBJECT_ERASED,
            now=now,
            subject=data_subject_id,
            clause=None,
            control="retention.erasure_read_back",
            facts={"letters": emptied, "notes": removed},
        )
    destroy({key_id for key_id in key_ids if key_id is not None}, now=now)
    letters.update(key_id=None)
    return emptied + removed
