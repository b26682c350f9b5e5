# SPDX-License-Identifier: Apache-2.0
"""Take everything of this room's that leads to a person: sessions, letters, identifiers, account rows."""

from datetime import datetime

from upheld.keys import service as keys
from upheld.messages import erasing as messages
from upheld.people import sessions
from upheld.terms import DataSubjectId


def erase_subject(*, data_subject_id: DataSubjectId, now: datetime) -> None:
    """Erase what people and messages hold of a person; the account's row stays as an opaque record. Idempotent."""
    sessions.erase_subject(data_subject_id=data_subject_id)
    messages.erase_subject(data_subject_id=data_subject_id, now=now)
    keys.unbind(data_subject_id=data_subject_id)
