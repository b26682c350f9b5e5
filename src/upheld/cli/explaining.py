# SPDX-License-Identifier: Apache-2.0
"""Decide one ask on facts that a file states, without a deployment."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from upheld import gate
from upheld.errors import BadInput
from upheld.gate import Ask, Denial, Facts, Permit, PersonFacts, RecipientFacts, Stop, WorldFacts
from upheld.gate.values import ALWAYS, NEVER
from upheld.policy import Policy
from upheld.policy.model.recipients import Condition
from upheld.terms import Act, Actor, AgeBand, Language


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedFor(_Part):
    """The ask."""

    act: Act
    purpose: str
    categories: tuple[str, ...] = ()
    actor: Actor = Actor.SELF
    recipient: str | None = None
    ground: str | None = None
    evidence: Mapping[str, str] = Field(default_factory=dict)
    permission: str | None = None
    foreground: bool = True
    destination: str | None = None
    form: str | None = None


class StatedPerson(_Part):
    """What is said of the person; everything left out is not so."""

    topics: tuple[str, ...] = ()
    guardian_topics: tuple[str, ...] = ()
    objected: tuple[str, ...] = ()
    age: AgeBand = AgeBand.UNKNOWN
    guardian: bool = False
    restricted: bool = False
    cancelled: bool = False


class Question(_Part):
    """One question to the gate."""

    ask: AskedFor
    person: StatedPerson = StatedPerson()
    recipients_ready: tuple[str, ...] = ()
    """Recipients whose papers are in force."""
    at: datetime | None = None
    """The moment asked about; the version's effective date if none is given."""


def answer(policy: Policy, ask_file: Path) -> Permit | Denial:
    """Decide.

    Raises:
        BadInput: the file is no question: which field, and what was expected.
    """
    try:
        question = Question.model_validate(json.loads(ask_file.read_text(encoding="utf-8")))
    except ValueError as error:
        raise BadInput(f"{ask_file.name} asks nothing that can be decided: {_first(error)}") from None
    rulebook = gate.compile(policy)
    moment = question.at or datetime.combine(policy.effective, datetime.min.time(), UTC) if policy.effective else None
    if moment is None:
        raise BadInput("the policy has no effective date, so the question needs a moment: `at`")
    now = int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp())
    facts = Facts(_person(policy, question, rulebook.bits, now), _world(policy, question))
    return gate.decide(rulebook, facts, Ask(**question.ask.model_dump()), now)


def is_permit(found: Permit | Denial) -> bool:
    """Say whether the answer is yes."""
    return isinstance(found, Permit)


def as_document(found: Permit | Denial) -> dict[str, object]:
    """Return the answer in the JSON shape that programs rely on."""
    denied = found.reasons if isinstance(found, Denial) else ()
    return {
        "permitted": isinstance(found, Permit),
        "clauses": list(found.clauses) if isinstance(found, Permit) else [],
        "obligations": [str(one) for one in found.obligations] if isinstance(found, Permit) else [],
        "reasons": [
            {"code": one.code, "control": one.control, "clause": one.clause, "lifts": str(one.lifts)} for one in denied
        ],
        "observed": dict(found.observed),
    }


def say(found: Permit | Denial, policy: Policy, lang: str) -> str:
    """Say the answer as a person would."""
    lines = list(gate.explain(found, policy, Language(lang)))
    if isinstance(found, Denial):
        lines += [f"  {reason.code}  {reason.clause or '-'}  {reason.lifts}".rstrip() for reason in found.reasons]
    return "\n".join(lines)


def _person(policy: Policy, question: Question, topics: Mapping[str, int], now: int) -> PersonFacts:
    said = question.person
    stops = (Stop.RESTRICTED if said.restricted else Stop.NONE) | (Stop.CANCELLED if said.cancelled else Stop.NONE)
    return PersonFacts(
        version=policy.version,
        stops=int(stops),
        held=_mask(said.topics, topics),
        guardian_held=_mask(said.guardian_topics, topics),
        objected=_mask(said.objected, topics),
        adult=said.age is AgeBand.ADULT,
        adult_at=ALWAYS if said.age is AgeBand.CHILD else None,
        guardian_until=ALWAYS if said.guardian else now,
    )


def _world(policy: Policy, question: Question) -> WorldFacts:
    ready = RecipientFacts(papers={need.value: (NEVER, ALWAYS) for need in Condition})
    return WorldFacts(
        versions={policy.version: (0, ALWAYS)}, recipients=dict.fromkeys(question.recipients_ready, ready)
    )


def _mask(names: tuple[str, ...], topics: Mapping[str, int]) -> int:
    unknown = [name for name in names if name not in topics]
    if unknown:
        raise BadInput(f"the policy knows no topic {unknown[0]!r}; it knows {', '.join(sorted(topics)[:8])}, ...")
    mask = 0
    for name in names:
        mask |= topics[name]
    return mask


def _first(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        found = error.errors()[0]
        return f"{'.'.join(map(str, found['loc']))}: {found['msg']}"
    return str(error)
