# SPDX-License-Identifier: Apache-2.0
"""The list of rules that a policy is checked by; the reference page of rules is made from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from upheld.policy.findings import Severity
from upheld.policy.model import Policy


class Fault(NamedTuple):
    """Where a rule is broken, and how."""

    path: str
    message: str


Look = Callable[[Policy], Iterable[Fault]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule.

    Args:
        code: stable; its letter is that of the severity.
        demands: what must be so, in one sentence.
        remedy: what an author can do.
        source: the law or standard behind it, if any.
        look: finds what breaks it.
    """

    code: str
    severity: Severity
    demands: str
    remedy: str
    source: str
    look: Look


RULES: Final[dict[str, Rule]] = {}
_SEVERITIES: Final = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}


def rule(code: str, demands: str, *, remedy: str, source: str = "") -> Callable[[Look], Look]:
    """Register a function as the rule of that code."""

    def register(look: Look) -> Look:
        if code in RULES:
            raise ValueError(f"there are two rules {code}")
        RULES[code] = Rule(
            code=code, severity=_SEVERITIES[code[0]], demands=demands, remedy=remedy, source=source, look=look
        )
        return look

    return register
