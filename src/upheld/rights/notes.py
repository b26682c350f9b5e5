# SPDX-License-Identifier: Apache-2.0
"""The words of a request, sealed under the person's key for notes."""

from datetime import datetime
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput
from upheld.facts import queries as facts
from upheld.gate.values import Stop
from upheld.messages import envelope
from upheld.rights.models import RequestNote
from upheld.rights.values import NoteKind, NoteView
from upheld.terms import DataSubjectId

LONGEST: int = 4_000
"""Longest note, in characters; a letter of two pages."""


def write(*, request_id: UUID, data_subject_id: DataSubjectId, kind: NoteKind, text: str, now: datetime) -> None:
    """Seal a note, inside the caller's act; nothing written is nothing kept, and of who was erased nothing is.

    Raises:
        BadInput: it is longer than a note may be.
    """
    if not text.strip():
        return
    if len(text) > LONGEST:
        raise BadInput(f"expected at most {LONGEST} characters, {len(text)} came")
    if facts.of(data_subject_id).person.stops & Stop.ERASED:
        return  # it would be sealed under a new key, which no erasure ends
    note_id = uuid7(now)
    sealed = envelope.seal(
        text, place=_place(note_id, data_subject_id, kind), clause=envelope.HouseClause.NOTES, now=now
    )
    RequestNote.objects.create(
        id=note_id,
        request_id=request_id,
        data_subject_id=data_subject_id,
        kind=kind.value,
        key_id=sealed.key_id,
        sealed=sealed.sealed,
        written_at=now,
    )


def read(*, request_id: UUID) -> tuple[NoteView, ...]:
    """Open the notes of a request, in the order they were written; the caller may show them to the one who asks."""
    rows = RequestNote.objects.filter(request_id=request_id).order_by("written_at", "id")
    return tuple(
        NoteView(
            kind=NoteKind(row.kind),
            written_at=row.written_at,
            text=envelope.unseal(
                envelope.Envelope(key_id=row.key_id, sealed=bytes(row.sealed)),
                place=_place(row.id, DataSubjectId(row.data_subject_id), NoteKind(row.kind)),
            ),
        )
        for row in rows
    )


def _place(note_id: UUID, data_subject_id: DataSubjectId, kind: NoteKind) -> envelope.Place:
    return envelope.Place(
        table="rights.request_note", row_id=note_id, data_subject_id=data_subject_id, field=kind.value
    )
