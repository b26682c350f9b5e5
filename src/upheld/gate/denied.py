# SPDX-License-Identifier: Apache-2.0
"""The error that carries a denial out of a service."""

from typing import ClassVar

from upheld.errors import UpheldError
from upheld.gate.values import Denial


class Denied(UpheldError):
    """The gate said no; nothing was done."""

    code: ClassVar[str] = "denied"

    def __init__(self, denial: Denial) -> None:
        """Keep the denial; the message names codes and clauses, which are the policy's own words."""
        ways = "; ".join(f"{reason.code} ({reason.clause})" for reason in denial.reasons)
        super().__init__(f"the policy does not allow this: {ways}")
        self.denial = denial
