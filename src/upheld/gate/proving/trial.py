# SPDX-License-Identifier: Apache-2.0
"""One ask held against facts: each decision is looked at for every property that one decision can break."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final

from upheld.gate.deciding import decide, is_complete
from upheld.gate.planning import plan_of
from upheld.gate.proving.notes import Notes
from upheld.gate.proving.protective import FORGETTING_AGE, GROWING_YOUNGER, SENSITIVE, WITHOUT_GUARDIAN, Protective
from upheld.gate.proving.situations import NOW
from upheld.gate.proving.values import Counterexample, Pair, Property
from upheld.gate.proving.words import NARROWINGS, PROPERTIES, Narrowing, answer_in_words, ask_in_words, facts_in_words
from upheld.gate.reference import Reference, band_of
from upheld.gate.rulebook import Rulebook, Shape
from upheld.gate.values import Ask, Denial, Facts, Permit
from upheld.policy import Policy

_LISTED: Final[dict[Narrowing, Sequence[Protective]]] = {
    Narrowing.YOUNGER: GROWING_YOUNGER,
    Narrowing.AGE_UNKNOWN: GROWING_YOUNGER,
    Narrowing.AGE_FORGOTTEN: FORGETTING_AGE,
}


class Trial:
    """One ask under one rulebook.

    Args:
        policy: what the rulebook was compiled from.
        book: the rulebook on trial.
        ask: the ask.
        notes: where what is found goes.
    """

    def __init__(self, policy: Policy, book: Rulebook, ask: Ask, notes: Notes) -> None:
        """Ask what the policy alone says of the ask."""
        self.ask, self.notes = ask, notes
        self.asked = Reference(policy, book.bits, ask)
        self._policy = policy
        self._plan = plan_of(policy, ask, bits=book.bits, enforced=book.enforced)
        self._book = replace(book, plans={_shape(ask): self._plan})  # once; `decide` keeps no plan of a refused ask
        self.objection = book.bits.get(self.asked.topic, 0) if self.asked.pr is not None else 0
        self._is_sensitive = any(
            name in policy.categories and policy.categories[name].sensitive for name in ask.categories
        )
        self._codes: dict[int, tuple[Permit | Denial, frozenset[str]]] = {}

    @property
    def topics(self) -> int:
        """Return the topics that either gate reads for the ask."""
        read = self._plan.topics | self._plan.stand_ins
        for case in self._plan.cases:
            read |= case.guardian_topics
        for topic in self.asked.topics:
            read |= self._book.bits.get(topic, 0)
        return read

    def meaning(self) -> tuple[Hashable, ...]:
        """Return all that either gate, or a written list, reads of the ask: asks of one meaning are answered alike."""
        plan, evidence = self._plan, self.ask.evidence
        needs = (plan.found, plan.relevant, plan.excused, plan.topics, plan.topic_gaps, plan.objection, plan.cases)
        outside = (plan.recipient, plan.papers, plan.source, plan.source_papers, plan.to_successor, plan.instead)
        filled = (*(is_complete(one, evidence) for one in (plan.evidence, plan.staff_evidence)), bool(plan.clauses))
        asked, right = self.asked, self.ask.purpose if self.asked.right is not None else ""
        listed = tuple(
            one.id for each in (WITHOUT_GUARDIAN, SENSITIVE, GROWING_YOUNGER) for one in each if one.applies(asked)
        )
        return (*asked.meaning(), *needs, *outside, *filled, tuple(plan.reasons), right, self._is_sensitive, listed)

    @property
    def is_refused_outright(self) -> bool:
        """Say whether the policy alone refuses it, whoever the person is."""
        wills = () if self.asked.listed is not None or self.asked.childs is not None else self.asked.wills
        return bool(self.asked.always) or any(not options for _, options in (*wills, *self.asked.others))

    def permits(self, facts: Facts, now: int = NOW) -> bool:
        """Decide, and look whether the decision breaks a property."""
        notes = self.notes
        notes.looked(Property.TOTAL)
        notes.looked(Property.REFERENCE)
        answer = self._answer(facts, now)
        if answer is None:
            return False
        codes = self._codes_of(answer)
        if codes != (expected := self.asked.reasons(facts, now)):
            self._refute(Property.REFERENCE, facts, answer, _difference(codes, expected))
        if isinstance(answer, Denial):
            if not answer.reasons:
                self._refute(Property.TOTAL, facts, answer)
            return False
        if not answer.clauses:
            self._refute(Property.TOTAL, facts, answer)
        self._look_at_guardian(facts, answer, now)
        self._look_at_consent(facts, answer, now)
        return True

    def narrowed(self, narrowing: Narrowing, before: Facts, after: Facts) -> None:
        """Note that the wider facts are denied and the narrower ones are permitted."""
        listed = _LISTED.get(narrowing, ())
        if self.notes.is_excepted(Property.NARROWING, listed, self.asked) or self.notes.is_refuted(Property.NARROWING):
            return
        denial = decide(self._book, before, self.ask, NOW)
        permit = decide(self._book, after, self.ask, NOW)
        was, (en, zh) = answer_in_words(denial, self._policy), NARROWINGS[narrowing]
        facts = facts_in_words(before, self._book.bits, self.asked.topics, self.ask)
        first = (f"Before. {facts[0]} {was[0]}", f"此前。{facts[1]}{was[1]}")
        self._refute(Property.NARROWING, after, permit, first, (f"Then {en}.", f"其后{zh}。"), before=before)

    def refuse(self, facts: Facts) -> None:
        """Note a permit where the ask names something unknown or nobody stands behind it."""
        answer = self._answer(facts, NOW)
        self.notes.looked(Property.UNKNOWN_REFUSED)
        if isinstance(answer, Permit):
            self._refute(Property.UNKNOWN_REFUSED, facts, answer)

    def _answer(self, facts: Facts, now: int) -> Permit | Denial | None:
        """Decide; an error is no answer, and refutes that there always is one."""
        try:
            return decide(self._book, facts, self.ask, now)
        except Exception as error:  # noqa: BLE001 - that none is raised is what is proved
            self._refute(Property.TOTAL, facts, None, (type(error).__name__,) * 2)
            return None

    def _codes_of(self, answer: Permit | Denial) -> frozenset[str]:
        """Return the reasons' codes; a plan gives the same answer object again and again, so they are kept by it."""
        kept = self._codes.get(id(answer))
        if kept is None:
            codes = frozenset(one.code for one in answer.reasons) if isinstance(answer, Denial) else frozenset()
            kept = self._codes[id(answer)] = (answer, codes)  # the answer too, so that its id stays its own
        return kept[1]

    def _look_at_guardian(self, facts: Facts, answer: Permit, now: int) -> None:
        if now < facts.person.guardian_until or band_of(facts.person, now) != "child":
            return
        self.notes.looked(Property.CHILD)
        if not self.notes.is_excepted(Property.CHILD, WITHOUT_GUARDIAN, self.asked):
            self._refute(Property.CHILD, facts, answer)

    def _look_at_consent(self, facts: Facts, answer: Permit, now: int) -> None:
        if not self._is_sensitive:
            return
        self.notes.looked(Property.SENSITIVE)
        asked, person = self.asked, facts.person
        if asked.grants(f"sensitive:{self.ask.purpose}", person, now):
            return
        if self.ask.recipient is not None and asked.grants(f"share:{self.ask.recipient}", person, now):
            return
        if not self.notes.is_excepted(Property.SENSITIVE, SENSITIVE, asked):
            self._refute(Property.SENSITIVE, facts, answer)

    def _refute(
        self,
        about: Property,
        facts: Facts,
        answer: Permit | Denial | None,
        *more: Pair,
        before: Facts | None = None,
    ) -> None:
        if self.notes.is_refuted(about):
            return
        said = [PROPERTIES[about], ask_in_words(self._policy, self.ask), *more]
        said.append(facts_in_words(facts, self._book.bits, self.asked.topics, self.ask))
        if answer is not None:
            said.append(answer_in_words(answer, self._policy))
        clauses = answer.clauses if isinstance(answer, Permit) else ()
        if isinstance(answer, Denial):
            clauses = tuple(dict.fromkeys(reason.clause for reason in answer.reasons))
        self.notes.refute(
            about, Counterexample(ask=self.ask, facts=facts, before=before, clauses=clauses, said=tuple(said))
        )


def _difference(codes: frozenset[str], expected: frozenset[str]) -> Pair:
    more, less = ", ".join(sorted(codes - expected)), ", ".join(sorted(expected - codes))
    return (
        f"The rulebook alone says: {more or 'nothing'}; the plain reading alone says: {less or 'nothing'}.",
        f"仅编译规则指出：{more or '无'}；仅直接解读指出：{less or '无'}。",
    )


def _shape(ask: Ask) -> Shape:
    return (
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
