# SPDX-License-Identifier: Apache-2.0
"""Decide one ask on facts that a file states, without a deployment, and say why."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from upheld import gate
from upheld.cli.asking import Question, question
from upheld.errors import BadInput
from upheld.gate import Ask, Denial, Facts, Permit, PersonFacts, RecipientFacts, Stop, WorldFacts
from upheld.gate.reasoning import InTheWay, Reasoning, reason_out
from upheld.gate.values import ALWAYS, NEVER
from upheld.policy import Policy
from upheld.policy.model.recipients import Condition
from upheld.policy.model.sources import SourcePaper
from upheld.terms import AgeBand, Language

Pair = tuple[str, str]


def answer(policy: Policy, ask_file: Path) -> Permit | Denial:
    """Decide.

    Raises:
        BadInput: the file is no question: which field, and what was expected.
    """
    asked = question(ask_file)
    rulebook = gate.compile(policy)
    moment = asked.at or (datetime.combine(policy.effective, datetime.min.time(), UTC) if policy.effective else None)
    if moment is None:
        raise BadInput("the policy has no effective date, so the question needs a moment: `at`")
    now = int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp())
    facts = Facts(_person(policy, asked, rulebook.bits, now), _world(policy, asked))
    return gate.decide(rulebook, facts, Ask(**asked.ask.model_dump()), now)


def is_permit(found: Permit | Denial) -> bool:
    """Say whether the answer is yes."""
    return isinstance(found, Permit)


def as_document(found: Permit | Denial, policy: Policy, language: Language) -> dict[str, object]:
    """Return the answer in the JSON shape that programs rely on."""
    why = reason_out(found, policy, language)
    return {
        "permitted": why.permitted,
        "clauses": list(why.rests_on),
        "sentences": dict(why.rests_on),
        "obligations": [
            {"duty": one.duty.value, "about": one.about}
            for one in (found.obligations if isinstance(found, Permit) else ())
        ],
        "reasons": [_as_reason(one) for one in why.in_the_way],
        "observed": dict(found.observed),
        "looked_at": [{"fact": name, "said": said, "value": value} for name, said, value in why.looked_at],
    }


def _as_reason(one: InTheWay) -> dict[str, str]:
    return {
        "code": one.reason.code,
        "control": one.reason.control,
        "clause": one.reason.clause,
        "lifts": one.reason.lifts,
        "said": one.said,
        "sentence": one.sentence,
        "remedy": one.lifts,
    }


def say(found: Permit | Denial, policy: Policy, language: Language) -> str:
    """Say the answer, and why, as a person would."""
    return "\n".join(_lines(reason_out(found, policy, language), language))


def _lines(why: Reasoning, language: Language) -> Iterator[str]:
    if why.permitted:
        yield _in(_ALLOWED, language)
        for clause, sentence in why.rests_on.items():
            yield f"  {clause}" + (f": {sentence}" if sentence else "")
        yield _in(_OBLIGES, language).format("; ".join(why.obliges_to))
    else:
        yield _in(_REFUSED, language).format(len(why.in_the_way))
        for number, one in enumerate(why.in_the_way, 1):
            yield f"{number}. {one.said} [{one.reason.code}]"
            yield _in(_CLAUSE, language).format(one.reason.clause or "-", one.sentence).rstrip()
            yield _in(_RULE, language).format(one.reason.control, one.rule)
            yield _in(_LIFT, language).format(one.lifts or _in(_NOTHING, language))
    yield _in(_LOOKED, language)
    for _, said, value in why.looked_at:
        yield _in(_FACT, language).format(said, value)


_ALLOWED: Pair = ("Allowed. It rests on:", "准许。依据：")
_OBLIGES: Pair = ("Whoever does it must: {}.", "执行者须：{}。")
_REFUSED: Pair = ("Refused. In the way: {}.", "拒绝。不符合之处：{}项。")
_CLAUSE: Pair = ("   clause {}: {}", "   条款 {}：{}")
_RULE: Pair = ("   rule {}: {}", "   规则 {}：{}")
_LIFT: Pair = ("   what would lift it: {}", "   解除办法：{}")
_NOTHING: Pair = ("nothing that this policy knows", "本政策未列明任何办法")
_LOOKED: Pair = ("What was looked at:", "所查事实：")
_FACT: Pair = ("   {}: {}", "   {}：{}")


def _in(pair: Pair, language: Language) -> str:
    return pair[0] if language is Language.EN else pair[1]


def _person(policy: Policy, asked: Question, topics: Mapping[str, int], now: int) -> PersonFacts:
    said = asked.person
    stops = (Stop.RESTRICTED if said.restricted else Stop.NONE) | (Stop.CANCELLED if said.cancelled else Stop.NONE)
    return PersonFacts(
        version=policy.version,
        stops=int(stops),
        held=_mask("person.topics", said.topics, topics),
        guardian_held=_mask("person.guardian_topics", said.guardian_topics, topics),
        objected=_mask("person.objected", said.objected, topics),
        adult=said.age is AgeBand.ADULT,
        adult_at=ALWAYS if said.age is AgeBand.CHILD else None,
        guardian_until=ALWAYS if said.guardian else now,
    )


def _world(policy: Policy, asked: Question) -> WorldFacts:
    ready = RecipientFacts(papers={need.value: (NEVER, ALWAYS) for need in Condition})
    papers = {paper.value: (NEVER, ALWAYS) for paper in SourcePaper}
    for place, names, known in (
        ("recipients_ready", asked.recipients_ready, policy.recipients),
        ("sources_ready", asked.sources_ready, policy.sources),
    ):
        unknown = [name for name in names if name not in known]
        if unknown:
            raise BadInput(
                f"{place}: expected ids of the policy ({', '.join(known) or 'it has none'}); {unknown[0]!r} came"
            )
    return WorldFacts(
        versions={policy.version: (0, ALWAYS)},
        recipients=dict.fromkeys(asked.recipients_ready, ready),
        sources=dict.fromkeys(asked.sources_ready, papers),
        successor=(NEVER, ALWAYS) if asked.successor_bound else (NEVER, NEVER),
    )


def _mask(place: str, names: tuple[str, ...], topics: Mapping[str, int]) -> int:
    unknown = [name for name in names if name not in topics]
    if unknown:
        some = ", ".join(sorted(topics)[:8])
        raise BadInput(f"{place}: the policy knows no topic {unknown[0]!r}; it knows {some}, ...")
    mask = 0
    for name in names:
        mask |= topics[name]
    return mask
