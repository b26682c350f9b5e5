# SPDX-License-Identifier: Apache-2.0
"""Bring rows of an older sealed format to the present one, a few at a time, while the product serves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.crypto.sealing import SEALED_VERSION
from upheld.keys import service as keys
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault import seals
from upheld.vault.events import VaultEvent
from upheld.vault.models import SealedItem

STEP_ROWS: Final = 500
"""Rows of one step: some tens of milliseconds, so that no writer waits long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResealStep:
    """What one step did; `after` is where the next begins, None when none is left."""

    resealed: int
    skipped: int
    after: UUID | None


def has_older() -> bool:
    """Say whether any row is sealed in an older format."""
    return SealedItem.objects.filter(sealed_format__lt=SEALED_VERSION, superseded_at=None).exists()


def reseal_step(*, now: datetime, limit: int = STEP_ROWS, after: UUID | None = None) -> ResealStep:
    """Re-seal the next rows whose format is older; a row changed meanwhile is left for the next round.

    Raises:
        SealBroken: a row does not open; nothing of this step is kept.
    """
    with act() as acting:
        rows = SealedItem.objects.filter(sealed_format__lt=SEALED_VERSION, superseded_at=None).order_by("id")
        if after is not None:
            rows = rows.filter(id__gt=after)
        older = list(rows[:limit])
        alive = keys.load_many({row.key_id for row in older})
        resealed = sum(_reseal(row, alive[row.key_id].secret) for row in older if row.key_id in alive)
        acting.record(
            VaultEvent.RESEALED,
            now=now,
            subject=None,
            clause=None,
            control="vault.sealed_at_rest",
            facts={"resealed": resealed, "skipped": len(older) - resealed, "format": SEALED_VERSION},
        )
    return ResealStep(
        resealed=resealed, skipped=len(older) - resealed, after=older[-1].id if len(older) == limit else None
    )


def _reseal(row: SealedItem, key: bytes) -> int:
    place = seals.item_place(row.id, DataSubjectId(row.data_subject_id), row.category)
    before = bytes(row.sealed)
    sealed = seals.seal(key, seals.unseal(key, before, place), place)
    unchanged = SealedItem.objects.filter(id=row.id, superseded_at=None, sealed_format=row.sealed_format)
    return unchanged.update(sealed=sealed, sealed_format=seals.format_of(sealed))
