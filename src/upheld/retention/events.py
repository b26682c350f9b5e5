# SPDX-License-Identifier: Apache-2.0
"""What happens to data at its end, as the evidence names it."""

from enum import StrEnum


class RetentionEvent(StrEnum):
    """Events of erasures, holds and sweeps."""

    HOLD_PLACED = "retention.hold.placed"
    """A legal hold was placed on one storage clause of one person."""
    HOLD_LIFTED = "retention.hold.lifted"
    """A legal hold was lifted."""
    ERASURE_BEGUN = "retention.erasure.begun"
    """An erasure was begun; from here on it cannot be forgotten."""
    ERASURE_DONE = "retention.erasure.done"
    """An erasure was read back and is done; the evidence carries its counts."""
    SWEPT = "retention.sweep.done"
    """A sweep erased what had expired."""
    CANCELLED = "retention.account.cancelled"
    """What follows from a cancelled account was begun: periods, and an erasure of the rest."""
