# SPDX-License-Identifier: Apache-2.0
"""Who stands for whom."""

from datetime import datetime

from django.db.models import Q, QuerySet

from upheld.children.models import GuardianLink
from upheld.children.values import GuardianView, LinkState
from upheld.errors import NotFound
from upheld.terms import DataSubjectId


def may_act_for(guardian_id: DataSubjectId, child_id: DataSubjectId, *, now: datetime) -> bool:
    """Say whether a guardian is in office for a person; it ends by itself on the day the person comes of age."""
    return _in_office(now).filter(guardian_id=guardian_id, child_id=child_id).exists()


def refuse_stranger(guardian_id: DataSubjectId, child_id: DataSubjectId, *, now: datetime) -> None:
    """Let only a guardian in office pass.

    Raises:
        NotFound: to anyone else this person does not exist.
    """
    if not may_act_for(guardian_id, child_id, now=now):
        raise NotFound("there is no such person")


def wards(guardian_id: DataSubjectId, *, now: datetime) -> tuple[GuardianView, ...]:
    """List the people whom a guardian stands for now."""
    return tuple(view(row) for row in _in_office(now).filter(guardian_id=guardian_id).order_by("verified_at"))


def links_of(child_id: DataSubjectId) -> tuple[GuardianView, ...]:
    """List a person's guardians, asked, in office and past, newest first."""
    return tuple(view(row) for row in GuardianLink.objects.filter(child_id=child_id).order_by("-asked_at"))


def view(row: GuardianLink) -> GuardianView:
    """Turn a row into what leaves the room."""
    return GuardianView(
        id=row.id,
        guardian_id=None if row.guardian_id is None else DataSubjectId(row.guardian_id),
        child_id=DataSubjectId(row.child_id),
        state=LinkState(row.state),
        asked_at=row.asked_at,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        until=row.until,
    )


def _in_office(now: datetime) -> QuerySet[GuardianLink]:
    rows = GuardianLink.objects.filter(state=LinkState.VERIFIED.value)
    return rows.filter(Q(until=None) | Q(until__gt=now))
