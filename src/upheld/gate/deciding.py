# SPDX-License-Identifier: Apache-2.0
"""Decide: look which of the facts that an ask needs are there, and answer.

`decide` is total and pure: the same rulebook, facts, ask and instant give an equal answer, and nothing is raised for
anything that fits the types. What was found is one integer of gaps; an answer depends on it and the age band alone,
so each plan keeps the answers it gave (bounded).
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from upheld.gate.plan import Answer, Plan
from upheld.gate.planning import plan_of
from upheld.gate.rulebook import PLANS_KEPT, Rulebook
from upheld.gate.rules import RULES, Gap
from upheld.gate.values import Ask, Denial, Facts, Permit, PersonFacts, WorldFacts
from upheld.terms import AgeBand

ADULT: Final = 0
CHILD: Final = 1
UNKNOWN: Final = 2
BANDS: Final = (AgeBand.ADULT, AgeBand.CHILD, AgeBand.UNKNOWN)
ANSWERS_KEPT: Final = 256
"""For one plan, at most; a plan meets a dozen in practice."""

_SEEN: Final = tuple((int(rule.gap), rule.seen_as, rule.seen) for rule in RULES)
_VERSION_OTHER: Final = int(Gap.VERSION_OTHER)
_VERSION_NOT_IN_FORCE: Final = int(Gap.VERSION_NOT_IN_FORCE)
_SERVICE_CEASED: Final = int(Gap.SERVICE_CEASED)
_OBJECTED: Final = int(Gap.OBJECTED)
_GUARDIAN_MISSING: Final = int(Gap.GUARDIAN_MISSING)
_GUARDIAN_CONSENT_MISSING: Final = int(Gap.GUARDIAN_CONSENT_MISSING)
_RECIPIENT_STOPPED: Final = int(Gap.RECIPIENT_STOPPED)
_SUCCESSOR_UNBOUND: Final = int(Gap.SUCCESSOR_UNBOUND)
_EVIDENCE_MISSING: Final = int(Gap.EVIDENCE_MISSING)
_STAFF_REASON_MISSING: Final = int(Gap.STAFF_REASON_MISSING)


def decide(rulebook: Rulebook, facts: Facts, ask: Ask, now: int) -> Permit | Denial:
    """Say whether an act may be done on a person.

    Args:
        rulebook: the policy version that binds the person, compiled.
        facts: of the person and of the world, as read for this decision.
        ask: what someone wants to do.
        now: the instant, in seconds since 1970 (UTC).
    """
    shape = (
        ask.act,
        ask.purpose,
        ask.categories,
        ask.actor,
        ask.recipient,
        ask.ground,
        ask.permission,
        ask.foreground,
        ask.destination,
        ask.form,
        ask.source,
        ask.declared,
    )
    plan = rulebook.plans.get(shape)
    if plan is None:
        plan = plan_of(rulebook.policy, ask, bits=rulebook.bits, enforced=rulebook.enforced)
        if not plan.found:  # names declared things alone, so there are only so many
            if len(rulebook.plans) >= PLANS_KEPT:
                rulebook.plans.clear()
            rulebook.plans[shape] = plan
    person = facts.person
    if person.adult:
        band = ADULT
    elif person.adult_at is None:
        band = UNKNOWN
    else:
        band = CHILD if now < person.adult_at else ADULT
    gaps = _gaps(rulebook.version, plan, band, person, facts.world, now)
    if plan.evidence and not is_complete(plan.evidence, ask.evidence):
        gaps |= _EVIDENCE_MISSING
    if plan.staff_evidence and not is_complete(plan.staff_evidence, ask.evidence):
        gaps |= _STAFF_REASON_MISSING
    key = gaps << 2 | band
    return plan.answers.get(key) or answer_to(rulebook, plan, band, gaps)


def _gaps(version: int, plan: Plan, band: int, person: PersonFacts, world: WorldFacts, now: int) -> int:  # noqa: C901
    """Look at every fact once; one call and no loop where all is well, because this is the hot path."""
    case = plan.cases[band]
    gaps = plan.found | case.gaps | person.stops
    if person.version != version:
        gaps |= _VERSION_OTHER
    dates = world.versions.get(version)
    if dates is None or not dates[0] <= now < dates[1]:
        gaps |= _VERSION_NOT_IN_FORCE
    if now >= world.ceased_at:
        gaps |= _SERVICE_CEASED
    if person.objected & plan.objection:
        gaps |= _OBJECTED
    held = _in_force(person.held, person.lapses, now) if person.lapses else person.held
    by_guardian = 0
    if case.heard:
        if now < person.guardian_until:
            by_guardian = _in_force(person.guardian_held, person.guardian_lapses, now)
        elif case.guarded:
            gaps |= _GUARDIAN_MISSING
        if case.guardian_topics & ~by_guardian:
            gaps |= _GUARDIAN_CONSENT_MISSING
        held |= by_guardian
    if plan.topics & ~held:
        for topics, gap in plan.topic_gaps:
            if not topics & held:
                gaps |= gap
    if plan.looks_outside:
        will = by_guardian if case.guarded else held
        for gap, instead in outside(plan, world, now):
            if not instead & will:
                gaps |= gap
    return gaps & (plan.relevant | case.relevant)


def _in_force(held: int, lapses: tuple[tuple[int, int], ...], now: int) -> int:
    for topics, at in lapses:
        if now >= at:
            held &= ~topics
    return held


def outside(plan: Plan, world: WorldFacts, now: int) -> list[tuple[int, int]]:
    """Say what is not in order about those who give or receive: (gap, topics of which any stands in for it)."""
    lacking: list[tuple[int, int]] = []
    if plan.recipient is not None:
        known = world.recipients.get(plan.recipient)
        if known is not None and known.stopped:
            lacking.append((_RECIPIENT_STOPPED, 0))
        for paper, gap in plan.papers:
            dates = known.papers.get(paper) if known is not None else None
            if dates is None or not dates[0] <= now < dates[1]:
                lacking.append((gap, 0))
    if plan.source is not None:
        papers = world.sources.get(plan.source, {})
        for paper, gap, instead in plan.source_papers:
            dates = papers.get(paper)
            if dates is None or not dates[0] <= now < dates[1]:
                lacking.append((gap, instead))
    if plan.to_successor and not world.successor[0] <= now < world.successor[1]:
        lacking.append((_SUCCESSOR_UNBOUND, plan.instead))
    return lacking


def is_complete(fields: tuple[str, ...], evidence: Mapping[str, str]) -> bool:
    """Say whether every field is filled."""
    return all(evidence.get(name, "").strip() for name in fields)


def answer_to(rulebook: Rulebook, plan: Plan, band: int, gaps: int) -> Answer:
    """Answer a plan at an age band, by the gaps found."""
    observed = _observed(rulebook, plan, band, gaps)
    in_the_way = gaps & rulebook.enforced & ~(plan.excused | plan.cases[band].excused)
    answer: Answer
    if in_the_way:
        reasons = [reason for gap, said in plan.reasons.items() if gap & in_the_way for reason in said]
        answer = Denial(reasons=tuple(reasons), observed=observed)
    else:
        answer = Permit(clauses=plan.clauses, obligations=plan.obligations, observed=observed)
    if len(plan.answers) < ANSWERS_KEPT:
        plan.answers[gaps << 2 | band] = answer
    return answer


def _observed(rulebook: Rulebook, plan: Plan, band: int, gaps: int) -> Mapping[str, bool | str | int]:
    found: dict[str, bool | str | int] = {"version": rulebook.version, "age": BANDS[band].value, **plan.observed}
    for gap, seen_as, seen_if_there in _seen(plan.relevant | plan.cases[band].relevant):
        # Two gaps may speak of one fact: the one that is there is what was seen.
        if gaps & gap:
            found[seen_as] = seen_if_there
        elif seen_as not in found:
            found[seen_as] = not seen_if_there
    return MappingProxyType(found)


@lru_cache(maxsize=1024)
def _seen(relevant: int) -> tuple[tuple[int, str, bool], ...]:
    """Return how these gaps are observed; asks share a few hundred sets of them."""
    return tuple(one for one in _SEEN if relevant & one[0])
