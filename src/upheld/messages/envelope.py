# SPDX-License-Identifier: Apache-2.0
"""Seal the few texts that are no items of the vault: letters on their way, notes, numbers to be proven, staff records.

They are bound to table, row, person and field like every sealed value, and each names the key that opens it. Keys of
this kind carry a house clause instead of a clause of the policy, and a day where what they seal is short-lived.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.keys import service as keys
from upheld.vault import seals
from upheld.vault.seals import Place

__all__ = ["Envelope", "HouseClause", "Place", "destroy", "seal", "unseal"]


class HouseClause(StrEnum):
    """What a key of the house's own texts is for."""

    CONTACT = "house.contact"
    MESSAGES = "house.messages"
    NOTES = "house.notes"
    STAFF = "house.staff"


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """A sealed text and the id of the key that opens it."""

    key_id: UUID
    sealed: bytes = field(repr=False)


def seal(text: str, *, place: Place, clause: HouseClause, now: datetime, period: str = "") -> Envelope:
    """Seal a text under the person's key for a house clause, made when first needed."""
    key_id, key = keys.data_key(data_subject_id=place.data_subject_id, clause=clause.value, period=period, now=now)
    return Envelope(key_id=key_id, sealed=seals.seal(key.secret, text, place))


def unseal(envelope: Envelope, *, place: Place) -> str:
    """Open a text of the house's own.

    Raises:
        KeyGone: its key was destroyed.
        SealBroken: it was altered or moved.
    """
    return seals.unseal(keys.load(envelope.key_id).secret, envelope.sealed, place)


def destroy(key_ids: Collection[UUID], *, now: datetime) -> int:
    """Destroy keys whose texts are gone; say how many were alive."""
    return keys.destroy(key_ids=key_ids, now=now) if key_ids else 0
