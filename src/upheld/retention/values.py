# SPDX-License-Identifier: Apache-2.0
"""Why something is erased, and how far an erasure has come."""

from enum import StrEnum


class Because(StrEnum):
    """Why something is erased."""

    REQUEST = "request"
    CANCELLATION = "cancellation"
    WITHDRAWAL = "withdrawal"
    OWN_CHOICE = "own_choice"
    CESSATION = "cessation"


class ErasureState(StrEnum):
    """States of an erasure."""

    BEGUN = "begun"
    DONE = "done"
