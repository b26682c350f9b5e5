# SPDX-License-Identifier: Apache-2.0
"""Let staff look at what is held of a person whose id they have, without opening any of it.

The list of what is held tells much of a person, so staff say why here too, and the person sees the look.
"""

from datetime import datetime

from upheld import controls
from upheld.errors import Forbidden
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault.events import VaultEvent
from upheld.vault.reading import is_reasoned, leave_trace
from upheld.vault.values import OpenedItems, Reader


def begin_look(*, data_subject_id: DataSubjectId, purpose: str, now: datetime, by: Reader) -> None:
    """Record that staff look at what is held of a person, and why; the person reads it in "who has looked".

    Raises:
        Forbidden: the reader is no staff, or gave no reason.
    """
    if controls.in_force("vault.staff_open_with_reason") and not is_reasoned(by):
        raise Forbidden("people are looked at by staff, with a case and a listed reason told in words")
    with act() as acting:
        leave_trace(purpose, OpenedItems(()), data_subject_id, now=now, by=by)
        acting.record(
            VaultEvent.LISTED,
            now=now,
            subject=data_subject_id,
            clause=None,
            control="vault.staff_open_with_reason",
            facts={"reader": by.kind.value, "reason_code": by.reason_code, "reason_given": is_reasoned(by)},
        )
