# SPDX-License-Identifier: Apache-2.0
"""The gate: `compile` a policy into a rulebook, `decide` an ask on facts. Pure: no clock, no database, no log."""

from upheld.gate.denied import Denied
from upheld.gate.values import (
    NOBODY,
    Ask,
    Denial,
    Duty,
    Facts,
    Obligation,
    Permit,
    PersonFacts,
    Reason,
    RecipientFacts,
    Stop,
    WorldFacts,
)

__all__ = [
    "NOBODY",
    "Ask",
    "Denial",
    "Denied",
    "Duty",
    "Facts",
    "Obligation",
    "Permit",
    "PersonFacts",
    "Reason",
    "RecipientFacts",
    "Stop",
    "WorldFacts",
]
