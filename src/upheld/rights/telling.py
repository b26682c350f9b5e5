# SPDX-License-Identifier: Apache-2.0
"""Tell a person, by a note in their portal, that a request has ended; the words themselves are read there."""

from datetime import datetime
from typing import Literal

from upheld.facts import queries as facts
from upheld.gate.values import Stop
from upheld.messages import service as messages
from upheld.messages.service import Message
from upheld.notices import ways
from upheld.rights.models import SubjectRequest
from upheld.terms import DataSubjectId


def tell_ended(row: SubjectRequest, ended: Literal["answered", "refused"], *, now: datetime) -> None:
    """Leave a note, inside the caller's act; once for each request, and none for who was erased and reads none."""
    subject = DataSubjectId(row.data_subject_id)
    if facts.of(subject).person.stops & Stop.ERASED:
        return
    messages.leave_note(
        Message(
            data_subject_id=subject,
            template=f"request.{ended}",
            values={"reference": str(row.id)},
            language=ways.language_of(subject),
            dedupe=f"request-{ended}:{row.id}",
            clause=row.clause,
        ),
        now=now,
    )
