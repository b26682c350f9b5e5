# SPDX-License-Identifier: Apache-2.0
"""The gate: `compile` a policy into a rulebook, `decide` an ask on facts. Pure: no clock, no database, no log.

Besides the purposes that a policy declares, `right.<right>` (`right.access`, `right.correction`, ...) stands for
answering each right that it grants; see `upheld.gate.planning_rights`.
"""

from upheld.gate.deciding import decide
from upheld.gate.denied import Denied
from upheld.gate.explaining import explain
from upheld.gate.rulebook import Rulebook, compile, unknown_version  # noqa: A004 - the gate's own word
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
    "Rulebook",
    "Stop",
    "WorldFacts",
    "compile",
    "decide",
    "explain",
    "unknown_version",
]
