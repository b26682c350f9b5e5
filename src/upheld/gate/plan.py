# SPDX-License-Identifier: Apache-2.0
"""What an ask means under a policy, before anyone is looked at.

Values only; `upheld.gate.planning` makes them, `upheld.gate.deciding` uses them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from upheld.gate.values import Denial, Obligation, Permit, Reason

Answer = Permit | Denial


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What an ask needs of a person of one age band.

    Args:
        gaps: what is in the way at that age whatever else holds.
        guarded: whether a verified guardian must stand for the person.
        heard: whether a guardian's word counts where there is a guardian.
        guardian_topics: topics that the guardian must have granted.
        relevant: gaps that the band makes matter besides the plan's.
        excused: gaps that a ground for children's data stands in for.
    """

    gaps: int = 0
    guarded: bool = False
    heard: bool = False
    guardian_topics: int = 0
    relevant: int = 0
    excused: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What an ask needs.

    Args:
        found: gaps that are there whoever the person is.
        relevant: gaps that matter to the ask, and are observed.
        excused: of those, the ones that a ground stands in for.
        topics: every topic that must have been granted.
        topic_gaps: (topics of which one must be granted, the gap if none is).
        objection: the topic of the purpose, if an objection to it matters.
        cases: by age band: adult, child, unknown.
        recipient: the recipient whose papers matter.
        papers: (paper, the gap without it).
        source: the source whose papers matter.
        source_papers: (paper, the gap without it, topics of which any stands in for it).
        to_successor: whether a successor must be bound.
        instead: the topic that stands in for that.
        stand_ins: every topic that may stand in for a paper.
        looks_outside: whether papers of anybody matter.
        evidence: fields that the ground demands.
        staff_evidence: fields that a look by staff demands.
        reasons: gap -> what to say.
        clauses: what a permit rests on.
        obligations: what a permit obliges to.
        observed: what is known without looking at anyone.
        answers: answers given so far, by what was found; bounded.
    """

    found: int
    relevant: int
    excused: int
    topics: int
    topic_gaps: tuple[tuple[int, int], ...]
    objection: int
    cases: tuple[Case, Case, Case]
    recipient: str | None
    papers: tuple[tuple[str, int], ...]
    source: str | None
    source_papers: tuple[tuple[str, int, int], ...]
    to_successor: bool
    instead: int
    stand_ins: int
    looks_outside: bool
    evidence: tuple[str, ...]
    staff_evidence: tuple[str, ...]
    reasons: Mapping[int, tuple[Reason, ...]]
    clauses: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    observed: Mapping[str, bool | str | int]
    answers: dict[int, Answer] = field(default_factory=dict, repr=False)
