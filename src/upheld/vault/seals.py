# SPDX-License-Identifier: Apache-2.0
"""Seal and open one value, bound to its table, row, person and category; nothing else in the house opens items."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.crypto import opening, sealing
from upheld.terms import DataSubjectId
from upheld.vault.rules import bound_to

IN_CLEAR: Final = 0
"""Format of a value left in clear in a trial; a running product writes none and opens none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a sealed value belongs; it opens nowhere else."""

    table: str
    row_id: UUID
    data_subject_id: DataSubjectId
    field: str

    @property
    def bytes(self) -> bytes:
        """The associated data of the seal."""
        return bound_to(table=self.table, row_id=self.row_id, data_subject_id=self.data_subject_id, field=self.field)


def item_place(row_id: UUID, data_subject_id: DataSubjectId, category: str) -> Place:
    """Say where an item's value belongs."""
    return Place(table="sealed_item", row_id=row_id, data_subject_id=data_subject_id, field=category)


def reason_place(row_id: UUID, data_subject_id: DataSubjectId) -> Place:
    """Say where the reason of a look belongs."""
    return Place(table="access", row_id=row_id, data_subject_id=data_subject_id, field="reason")


def seal(key: bytes, value: str, place: Place) -> bytes:
    """Seal a value in the present format; left in clear only where a trial took the control out."""
    if not controls.in_force("vault.sealed_at_rest"):
        return bytes((IN_CLEAR,)) + value.encode()
    return sealing.seal(key, value.encode(), associated_data=place.bytes)


def unseal(key: bytes, sealed: bytes, place: Place) -> str:
    """Open a value of any known format.

    Raises:
        SealBroken: it was altered, moved, or sealed for another row, person or category.
    """
    if sealed[:1] == bytes((IN_CLEAR,)) and not controls.in_force("vault.sealed_at_rest"):
        return sealed[1:].decode()
    return opening.open_sealed(key, sealed, associated_data=place.bytes).decode()


def format_of(sealed: bytes) -> int:
    """Return the version of the sealed format, its first byte."""
    return sealed[0]
