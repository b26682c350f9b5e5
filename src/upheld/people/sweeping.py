# SPDX-License-Identifier: Apache-2.0
"""Remove codes that are over, with the contacts, letters and keys that were made for them alone."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from upheld.messages import erasing
from upheld.messages.envelope import destroy
from upheld.people.events import PeopleEvent
from upheld.people.models import CodeChallenge, DataSubject
from upheld.people.values import SubjectKind
from upheld.storage.acts import act
from upheld.terms import DataSubjectId

_BATCH: Final = 500


def sweep_codes(*, now: datetime, security_now: datetime) -> int:
    """Remove codes and proofs that are over, with their contacts; say how many.

    The keys go first: if this stops in between, what is left is unreadable and the next sweep finds it.
    """
    over = Q(expires_at__lte=security_now, proven_at=None) | Q(proof_expires_at__lte=security_now)
    over |= Q(spent_at__isnull=False)
    rows = CodeChallenge.objects.filter(over).order_by("expires_at")
    found = list(rows.values_list("id", "contact_id", "key_id")[:_BATCH])
    if not found:
        return 0
    contacts = [DataSubjectId(contact) for _, contact, _ in found]
    destroy({key_id for _, _, key_id in found}, now=security_now)
    with act() as acting:
        letters = erasing.forget_contacts(contacts, now=now)
        CodeChallenge.objects.filter(id__in=[id_ for id_, _, _ in found]).delete()
        DataSubject.objects.filter(id__in=contacts, kind=SubjectKind.CONTACT.value).delete()
        acting.record(
            PeopleEvent.CODES_SWEPT,
            now=now,
            subject=None,
            clause=None,
            control=None,
            facts={"codes": len(found), "letters": letters},
        )
    return len(found)
