# SPDX-License-Identifier: Apache-2.0
"""Why the gate answered as it did, as a person would say it: clauses in their own words, what is missing, what was seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from upheld.controls import CONTROLS
from upheld.gate.explaining import reason_text
from upheld.gate.values import Denial, Duty, Obligation, Permit, Reason
from upheld.gate.words import REMEDIES, Pair
from upheld.gate.words_of_facts import FACTS, VALUES
from upheld.policy import Policy, bind
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class InTheWay:
    """One thing that stands in the way.

    Args:
        reason: what the gate said.
        said: the same in a sentence.
        sentence: the clause in its own words; empty where the clause is a whole section.
        rule: what the control does, in a sentence.
        lifts: what would lift it; empty where nothing does.
    """

    reason: Reason
    said: str
    sentence: str
    rule: str
    lifts: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reasoning:
    """An answer and all that it rests on.

    Args:
        permitted: whether the act may be done.
        rests_on: clause -> its sentence, of a permit.
        in_the_way: what stands against it, of a denial.
        obliges_to: what a permit asks of whoever uses it, in sentences.
        looked_at: (name, words, value in words) of each fact that was looked at.
    """

    permitted: bool
    rests_on: Mapping[str, str]
    in_the_way: tuple[InTheWay, ...]
    obliges_to: tuple[str, ...]
    looked_at: tuple[tuple[str, str, str], ...]


def reason_out(answer: Permit | Denial, policy: Policy, language: Language) -> Reasoning:
    """Say why the gate answered as it did.

    Args:
        answer: what the gate said.
        policy: the version it judged by.
        language: the reader's; a clause that lacks it is said in another.
    """
    texts = _texts(policy, language)
    permitted = isinstance(answer, Permit)
    return Reasoning(
        permitted=permitted,
        rests_on={clause: texts.get(clause, "") for clause in answer.clauses} if isinstance(answer, Permit) else {},
        in_the_way=tuple(_in_the_way(reason, texts, language) for reason in answer.reasons)
        if isinstance(answer, Denial)
        else (),
        obliges_to=tuple(_obligation(one, language) for one in answer.obligations)
        if isinstance(answer, Permit)
        else (),
        looked_at=tuple(_looked(name, value, language) for name, value in answer.observed.items()),
    )


def _texts(policy: Policy, language: Language) -> Mapping[str, str]:
    return {clause.id: _in(clause.text, language) for clause in bind(policy)}


def _in(text: Mapping[Language, str], language: Language) -> str:
    return text.get(language) or next(iter(text.values()), "")


def _in_the_way(reason: Reason, texts: Mapping[str, str], language: Language) -> InTheWay:
    control = CONTROLS[reason.control]
    return InTheWay(
        reason=reason,
        said=reason_text(reason.code, language),
        sentence=texts.get(reason.clause, ""),
        rule=_pick((control.en, control.zh_hans), language),
        lifts=_remedy(reason.lifts, language),
    )


def _remedy(lifts: str, language: Language) -> str:
    verb, _, about = lifts.partition(" ")
    if verb not in REMEDIES:
        return ""
    said = _pick(REMEDIES[verb], language)
    return f"{said} [{about}]" if about else said


def _obligation(obligation: Obligation, language: Language) -> str:
    said = _pick(_DUTIES[obligation.duty], language)
    return f"{said} [{obligation.about}]" if obligation.about else said


_DUTIES: Final[dict[Duty, Pair]] = {
    Duty.LOG: ("leave a record", "留存记录"),
    Duty.MASK: ("mask it, or hand it over in this form", "作遮蔽或以此形式提供"),
    Duty.TELL: ("tell the person", "告知该个人"),
}


def _looked(name: str, value: bool | str | int, language: Language) -> tuple[str, str, str]:
    said = _pick(FACTS[name], language) if name in FACTS else name
    return name, said, _pick(VALUES[str(value)], language) if str(value) in VALUES else str(value)


def _pick(pair: Pair, language: Language) -> str:
    return pair[0] if language is Language.EN else pair[1]
