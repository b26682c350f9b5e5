# SPDX-License-Identifier: Apache-2.0
"""What the key room hands out; none of it prints a key."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class DataKey:
    """An unwrapped data key; it lives no longer than the transaction it was loaded for."""

    key_id: UUID
    secret: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyPlace:
    """Which storage clause and period of a person a key belongs to."""

    key_id: UUID
    clause: str
    period: str
    is_destroyed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EpochState:
    """An epoch as `doctor` and the console show it."""

    number: int
    provider: str
    live_keys: int
    is_open: bool
    is_retired: bool
