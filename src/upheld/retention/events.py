# SPDX-License-Identifier: Apache-2.0
"""What happens to data at its end, as the evidence names it."""

from enum import StrEnum


class RetentionEvent(StrEnum):
    """Events of erasures, holds and sweeps."""

    HOLD_PLACED = "retention.hold.placed"
    HOLD_LIFTED = "retention.hold.lifted"
    ERASURE_BEGUN = "retention.erasure.begun"
    ERASURE_DONE = "retention.erasure.done"
    SWEPT = "retention.sweep.done"
    CANCELLED = "retention.account.cancelled"
