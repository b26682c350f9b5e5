# SPDX-License-Identifier: Apache-2.0
"""The list of rules that a policy is checked by; the reference page of rules is made from it.

Every sentence of a rule is a pair, English and Chinese. A rule whose bound comes from a law takes it from the packs
(`law_rule`), and each of its faults names the article that it found there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from upheld.policy.findings import Pair, Severity
from upheld.policy.model import Policy
from upheld.policy.packs import Law


class Fault(NamedTuple):
    """Where a rule is broken, and how.

    Args:
        path: of the clause or part, as `storage.account.keep`.
        message: what is wrong, as a pair.
        source: the article behind this one fault, where the rule's own does not say it (`Item.source`).
    """

    path: str
    message: Pair
    source: str = ""


Look = Callable[[Policy], Iterable[Fault]]
LawLook = Callable[[Policy, Law], Iterable[Fault]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule.

    Args:
        code: stable; its letter is that of the severity.
        demands: what must be so, in one sentence, as a pair.
        remedy: what an author can do, as a pair.
        source: the law or standard behind it, if any.
        look: finds what breaks it, under the law of a day.
    """

    code: str
    severity: Severity
    demands: Pair
    remedy: Pair
    source: str
    look: LawLook


RULES: Final[dict[str, Rule]] = {}
_SEVERITIES: Final = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}


def rule(code: str, demands: Pair, *, remedy: Pair, source: str = "") -> Callable[[Look], Look]:
    """Register a function of the policy alone as the rule of that code."""

    def register(look: Look) -> Look:
        _add(code, demands, remedy, source, lambda policy, _law: look(policy))
        return look

    return register


def law_rule(code: str, demands: Pair, *, remedy: Pair, source: str = "") -> Callable[[LawLook], LawLook]:
    """Register a function of the policy and the law of the day as the rule of that code."""

    def register(look: LawLook) -> LawLook:
        _add(code, demands, remedy, source, look)
        return look

    return register


def _add(code: str, demands: Pair, remedy: Pair, source: str, look: LawLook) -> None:
    if code in RULES:
        raise ValueError(f"there are two rules {code}")
    RULES[code] = Rule(
        code=code,
        severity=_SEVERITIES[code[0]],
        demands=demands,
        remedy=remedy,
        source=source,
        look=look,
    )
