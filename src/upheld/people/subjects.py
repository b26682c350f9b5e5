# SPDX-License-Identifier: Apache-2.0
"""Make data subjects, and say what is known of them: an opaque id, a kind and dates."""

from datetime import datetime
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.errors import NotFound
from upheld.people.models import Account, DataSubject
from upheld.people.values import AccountMetadata, AccountStatus, SubjectKind
from upheld.terms import DataSubjectId


def new(kind: SubjectKind, *, now: datetime) -> DataSubjectId:
    """Make a data subject in the caller's act."""
    row = DataSubject(id=uuid7(now), kind=kind.value, created_at=now)
    row.save(force_insert=True)
    return DataSubjectId(row.id)


def has_open_account(data_subject_id: DataSubjectId) -> bool:
    """Say whether a person has an account that is served."""
    return Account.objects.filter(data_subject_id=data_subject_id, status=AccountStatus.OPEN.value).exists()


def kind_of(data_subject_id: DataSubjectId) -> SubjectKind:
    """Return why a person is known.

    Raises:
        NotFound: nobody has this id.
    """
    kind = DataSubject.objects.filter(id=data_subject_id).values_list("kind", flat=True).first()
    if kind is None:
        raise NotFound("nobody has this id")
    return SubjectKind(kind)


def account(data_subject_id: DataSubjectId) -> AccountMetadata:
    """Return a person's account.

    Raises:
        NotFound: this person has none.
    """
    row = Account.objects.filter(data_subject_id=data_subject_id).first()
    if row is None:
        raise NotFound("this person has no account")
    return AccountMetadata(
        data_subject_id=data_subject_id,
        kind=kind_of(data_subject_id),
        status=AccountStatus(row.status),
        opened_at=row.opened_at,
        cancelled_at=row.cancelled_at,
    )


def everyone(*, after: UUID | None = None, limit: int = 1000) -> tuple[DataSubjectId, ...]:
    """Return the ids of people with an account or a representative, in order, a page at a time."""
    held = (SubjectKind.ACCOUNT.value, SubjectKind.REPRESENTED.value)
    rows = DataSubject.objects.filter(kind__in=held, erased_at=None).order_by("id")
    if after is not None:
        rows = rows.filter(id__gt=after)
    return tuple(DataSubjectId(found) for found in rows.values_list("id", flat=True)[:limit])


def counts() -> dict[str, int]:
    """Return how many accounts are open and cancelled."""
    return {status.value: Account.objects.filter(status=status.value).count() for status in AccountStatus}
