# SPDX-License-Identifier: Apache-2.0
"""Say an answer in plain words: what is in the way, under which clause, and what would lift it."""

from typing import Final

from upheld.gate.rules import RULES
from upheld.gate.values import Denial, Permit, Reason
from upheld.gate.words import REASONS, REMEDIES, Pair
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.terms import Language

_GAPS: Final = {rule.code: rule.gap for rule in RULES}
_ALLOWED: Final[Pair] = ("Allowed. It rests on: {}.", "准许。依据：{}。")
_REFUSED: Final[Pair] = ("Refused.", "拒绝。")
_BECAUSE: Final[Pair] = ("{} (clause {})", "{}（条款 {}）")
_LIFT: Final[Pair] = (" To lift it: {}.", "解除办法：{}。")
_JOIN: Final[Pair] = (", ", "、")


def explain(answer: Permit | Denial, policy: Policy | None, language: Language) -> tuple[str, ...]:
    """Say an answer, one line for each thing in the way.

    Args:
        answer: what the gate said.
        policy: the version it said it under, for the names of what it declares; None for ids alone.
        language: the reader's.
    """
    if isinstance(answer, Permit):
        named = [_named(clause, policy, language) for clause in answer.clauses]
        return (_pick(_ALLOWED, language).format(_pick(_JOIN, language).join(named)),)
    return (_pick(_REFUSED, language), *(_line(reason, policy, language) for reason in answer.reasons))


def reason_text(code: str, language: Language) -> str:
    """Say a reason by its code.

    Raises:
        KeyError: there is no reason of that code.
    """
    return _pick(REASONS[_GAPS[code]], language)


def _line(reason: Reason, policy: Policy | None, language: Language) -> str:
    said = reason_text(reason.code, language)
    line = _pick(_BECAUSE, language).format(said, _named(reason.clause, policy, language))
    verb, _, about = reason.lifts.partition(" ")
    if verb not in REMEDIES:
        return line
    remedy = _pick(REMEDIES[verb], language)
    return line + _pick(_LIFT, language).format(f"{remedy} [{about}]" if about else remedy)


def _named(clause: str, policy: Policy | None, language: Language) -> str:
    """Name a clause by its label, where it is one of a purpose, and by its id."""
    section, _, name = clause.partition(".")
    if policy is None or section not in {"functions", "purposes"} or name not in policy.processing:
        return clause
    return f"{say(policy.processing[name].label, language)} [{clause}]"


def _pick(pair: Pair, language: Language) -> str:
    return pair[0] if language is Language.EN else pair[1]
