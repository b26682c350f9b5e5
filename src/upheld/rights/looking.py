# SPDX-License-Identifier: Apache-2.0
"""Let staff read the words of a request; the person sees that look like any other."""

from datetime import datetime
from uuid import UUID

from upheld import controls
from upheld.errors import Forbidden
from upheld.gate.clauses import RIGHT_PREFIX
from upheld.rights import notes, queries
from upheld.rights.events import RequestEvent
from upheld.rights.values import NoteView
from upheld.storage.acts import act
from upheld.vault import reading
from upheld.vault.values import OpenedItems, Reader


def open_notes(*, request_id: UUID, now: datetime, by: Reader) -> tuple[NoteView, ...]:
    """Open the notes of a request for staff, and leave the trace that its person reads.

    Raises:
        NotFound: there is no such request.
        Forbidden: the reader is no staff, or gave no reason.
    """
    if controls.in_force("vault.staff_open_with_reason") and not reading.is_reasoned(by):
        raise Forbidden("requests are read by staff, with a listed reason told in words")
    with act() as acting:
        request = queries.one(request_id)
        found = notes.read(request_id=request_id)
        purpose = RIGHT_PREFIX + request.right.value
        reading.leave_trace(purpose, OpenedItems(()), request.data_subject_id, now=now, by=by)
        acting.record(
            RequestEvent.NOTES_OPENED,
            now=now,
            subject=request.data_subject_id,
            clause=request.clause,
            control="vault.staff_open_with_reason",
            facts={
                "right": request.right.value,
                "notes": len(found),
                "reader": by.kind.value,
                "reason_code": by.reason_code,
                "reason_given": reading.is_reasoned(by),
            },
        )
    return found
