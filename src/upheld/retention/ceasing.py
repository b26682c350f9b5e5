# SPDX-License-Identifier: Apache-2.0
"""What follows the end of the service: of everyone everything is erased, save what a hold names.

People were told a lead before, in which they could take their copies; from the end on nothing is used any more (the
gate), and what is held goes (PIPL art. 47(1)(3)).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from upheld.facts import queries as facts
from upheld.retention import erasing
from upheld.retention.models import Erasure
from upheld.retention.values import Because
from upheld.terms import DataSubjectId
from upheld.vault import queries as vault


def has_ceased(now: datetime) -> bool:
    """Say whether the service has ended."""
    return now.timestamp() >= facts.world().ceased_at


def begin_some(*, now: datetime, after: UUID | None, limit: int) -> Sequence[DataSubjectId]:
    """Begin the erasure of some of those of whom anything is held, each once; return whom was looked at."""
    people = vault.people_held(after=after, limit=limit)
    begun = Erasure.objects.filter(data_subject_id__in=people, because=Because.CESSATION.value)
    done = set(begun.values_list("data_subject_id", flat=True))
    for person in people:
        if person not in done:
            erasing.begin(data_subject_id=person, because=Because.CESSATION, now=now)
    return people
