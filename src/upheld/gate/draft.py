# SPDX-License-Identifier: Apache-2.0
"""A plan being made: rules add to it, one after another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from upheld.gate.plan import Case, Plan
from upheld.gate.rules import CONSENTS, RULE_OF, Gap
from upheld.gate.values import Ask, Duty, Obligation, Reason


@dataclass(kw_only=True, slots=True)
class Draft:
    """What the rules have said so far of one ask."""

    ask: Ask
    bits: Mapping[str, int]
    enforced: int
    found: int = 0
    relevant: int = 0
    excused: int = 0
    child_excused: int = 0
    """What a ground stands in for where the person is a child."""
    unnumbered: int = 0
    """Gaps that no grant can close, because the policy has no topic for it."""
    objection: int = 0
    recipient: str | None = None
    source: str | None = None
    source_papers: list[tuple[str, int, int]] = field(default_factory=list)
    to_successor: bool = False
    instead: int = 0
    """The topic that stands in for a successor's being bound."""
    goes_abroad: bool = False
    """The act carries data out of its region."""
    evidence: tuple[str, ...] = ()
    staff_evidence: tuple[str, ...] = ()
    papers: list[tuple[str, int]] = field(default_factory=list)
    child: Case = Case()  # noqa: RUF009 - frozen
    unknown: Case = Case()  # noqa: RUF009 - frozen
    adult: Case = Case()  # noqa: RUF009 - frozen
    observed: dict[str, bool | str | int] = field(default_factory=dict)
    _topics: list[tuple[int, int]] = field(default_factory=list)
    _reasons: dict[int, list[Reason]] = field(default_factory=dict)
    _clauses: list[str] = field(default_factory=list)
    _obligations: list[Obligation] = field(default_factory=lambda: [Obligation(Duty.LOG)])

    def explain(self, gap: Gap, clause: str, lifts: str = "") -> None:
        """Say which clause a gap is about and what would lift it."""
        rule = RULE_OF[gap]
        reason = Reason(code=rule.code, control=rule.control, clause=clause, lifts=lifts)
        said = self._reasons.setdefault(gap, [])
        if reason not in said:
            said.append(reason)

    def watch(self, gap: Gap, clause: str, lifts: str = "") -> None:
        """Let a gap matter, if the facts have it."""
        self.relevant |= gap
        self.explain(gap, clause, lifts)

    def find(self, gap: Gap, clause: str, lifts: str = "") -> None:
        """Say that a gap is there whoever the person is."""
        if not self.found & gap:  # what was watched without being found says nothing
            self._reasons.pop(gap, None)
        self.watch(gap, clause, lifts)
        self.found |= gap

    def judge(self, gap: Gap, clause: str, lifts: str = "", *, wrong: bool) -> None:
        """Let a gap matter, and say whether it is there."""
        if wrong:
            self.find(gap, clause, lifts)
        else:
            self.watch(gap, clause, lifts)

    def need(self, gap: Gap, clause: str, *topics: str, verb: str = "give_consent") -> None:
        """Need one of these topics granted; a topic that has no bit cannot have been."""
        self.watch(gap, clause, f"{verb} {' or '.join(topics)}")
        mask = 0
        for topic in topics:
            mask |= self.bits.get(topic, 0)
        if mask:
            self._topics.append((mask, gap))
        else:
            self.found |= gap
            self.unnumbered |= gap

    def topics_of(self, gaps: int) -> int:
        """Return the topics that must be granted lest one of these gaps is there."""
        mask = 0
        for topics, gap in self._topics:
            if gap & gaps:
                mask |= topics
        return mask

    def excuse(self, gaps: int) -> None:
        """Let gaps deny nothing; of them only consents are still observed, since only they remain a fact to judge."""
        self.excused |= gaps

    def demand(self, clause: str, evidence: tuple[str, ...]) -> None:
        """Demand evidence fields, filled."""
        self.watch(Gap.EVIDENCE_MISSING, clause, " ".join(("evidence", *evidence)))
        self.evidence = (*self.evidence, *evidence)

    def only_for_children(self, gap: Gap, clause: str) -> None:
        """Put a gap in the way of adults, and of people whose age is not known to be a child's."""
        self.explain(gap, clause)
        self.adult = replace(self.adult, gaps=self.adult.gaps | gap)

    def not_of_children(self, gap: Gap, clause: str, lifts: str = "") -> None:
        """Put a gap in the way of everyone who is not known to be a child."""
        self.watch(gap, clause, lifts)
        self.adult = replace(self.adult, gaps=self.adult.gaps | gap)

    def guardian_acts(self) -> None:
        """Let nobody act as a guardian but one who stands for a child, whatever a ground says."""
        stands = Gap.GUARDIAN_MISSING
        self.adult = replace(self.adult, gaps=self.adult.gaps | stands, relevant=self.adult.relevant | stands)
        self.child = _guarded(self.child)
        self.unknown = _guarded(self.unknown)

    def rest_on(self, clause: str) -> None:
        """Name a clause that a permit rests on."""
        if clause not in self._clauses:
            self._clauses.append(clause)

    def oblige(self, obligation: Obligation) -> None:
        """Attach an obligation to a permit."""
        if obligation not in self._obligations:
            self._obligations.append(obligation)

    def plan(self) -> Plan:
        """Return the finished plan."""
        topics = 0
        for mask, _ in self._topics:
            topics |= mask
        return Plan(
            found=self.found,
            relevant=self.relevant & ~(self.excused & ~CONSENTS),
            excused=self.excused,
            topics=topics,
            topic_gaps=tuple(self._topics),
            objection=self.objection,
            cases=(_judged(self.adult), _judged(self.child), _judged(self.unknown)),
            recipient=self.recipient,
            papers=tuple(self.papers),
            source=self.source,
            source_papers=tuple(self.source_papers),
            to_successor=self.to_successor,
            instead=self.instead,
            stand_ins=self._stand_ins(),
            looks_outside=self.recipient is not None or self.to_successor or bool(self.source_papers),
            evidence=self.evidence,
            staff_evidence=self.staff_evidence,
            reasons={gap: tuple(said) for gap, said in sorted(self._reasons.items())},
            clauses=tuple(self._clauses),
            obligations=tuple(self._obligations),
            observed=self.observed,
        )

    def _stand_ins(self) -> int:
        mask = self.instead
        for _, _, topics in self.source_papers:
            mask |= topics
        return mask


def _guarded(case: Case) -> Case:
    stands = Gap.GUARDIAN_MISSING
    return replace(case, guarded=True, heard=True, relevant=case.relevant | stands, excused=case.excused & ~stands)


def _judged(case: Case) -> Case:
    """Leave out what is excused and is no consent: it is no fact to judge."""
    excused = case.excused & ~CONSENTS
    return replace(case, relevant=case.relevant & ~excused) if excused else case
