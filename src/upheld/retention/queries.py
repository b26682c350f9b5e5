# SPDX-License-Identifier: Apache-2.0
"""Reads of erasures, holds and sweeps."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from upheld.errors import NotFound
from upheld.retention.models import Erasure, LegalHold, SweepDone
from upheld.retention.values import ErasureState
from upheld.terms import DataSubjectId


@dataclass(frozen=True, kw_only=True, slots=True)
class ErasureView:
    """One erasure, and its proof once it is done."""

    id: UUID
    because: str
    categories: tuple[str, ...]
    everything: bool
    begun_at: datetime
    done_at: datetime | None
    items: int
    keys: int
    held: int
    recipients: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldView:
    """One legal hold in force."""

    id: UUID
    clause: str
    law: str
    until: datetime


def erasure(erasure_id: UUID) -> ErasureView:
    """Return an erasure.

    Raises:
        NotFound: there is none.
    """
    row = Erasure.objects.filter(id=erasure_id).first()
    if row is None:
        raise NotFound("there is no such erasure")
    return _view(row)


def erasures(data_subject_id: DataSubjectId) -> tuple[ErasureView, ...]:
    """List a person's erasures, newest first."""
    return tuple(_view(row) for row in Erasure.objects.filter(data_subject_id=data_subject_id).order_by("-begun_at"))


def holds(data_subject_id: DataSubjectId, *, now: datetime) -> tuple[HoldView, ...]:
    """List the holds in force on a person's data."""
    rows = LegalHold.objects.filter(data_subject_id=data_subject_id, lifted_at=None, until__gt=now)
    return tuple(HoldView(id=row.id, clause=row.clause, law=row.law, until=row.until) for row in rows)


def holds_in_force(*, now: datetime, limit: int = 200) -> tuple[HoldView, ...]:
    """List all holds in force, the next to end first; nothing here says whose data they are on."""
    rows = LegalHold.objects.filter(lifted_at=None, until__gt=now).order_by("until", "id")[:limit]
    return tuple(HoldView(id=row.id, clause=row.clause, law=row.law, until=row.until) for row in rows)


def begun_before(moment: datetime) -> int:
    """Count erasures under way since before a moment."""
    return Erasure.objects.filter(state=ErasureState.BEGUN.value, begun_at__lt=moment).count()


def last_swept() -> datetime | None:
    """Return when the sweep last ran to its end."""
    return SweepDone.objects.order_by("-at").values_list("at", flat=True).first()


def _view(row: Erasure) -> ErasureView:
    return ErasureView(
        id=row.id,
        because=row.because,
        categories=tuple(row.categories),
        everything=row.takes_everything,
        begun_at=row.begun_at,
        done_at=row.done_at,
        items=row.items,
        keys=row.keys,
        held=row.held,
        recipients=tuple(row.recipients),
    )
