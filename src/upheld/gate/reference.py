# SPDX-License-Identifier: Apache-2.0
"""The gate once more, slow and plain: one question after another, for the reader.

It shares nothing with the compiler and with `decide` but the values that go in: no plan, no gaps, no rules, no names
of clauses. It reads the names in the ask (`reference_names`), the policy (`reference_policy`) and the facts straight,
with every control in force, and says by their codes which reasons a denial must have; none is a permit.
`upheld.gate.proving` holds the rulebook against it.
"""

from collections.abc import Hashable, Mapping

from upheld.gate.reference_names import GATHERING
from upheld.gate.reference_policy import Asked
from upheld.gate.values import Ask, Facts, PersonFacts
from upheld.policy import Policy
from upheld.policy.model.data import About
from upheld.policy.model.processing import ChildRule, UnknownAgeRule


class Reference(Asked):
    """Judges one ask under one policy, for any person, world and instant.

    Args:
        policy: the version that is to judge.
        topics: topic -> the mask of its bit in the facts.
        ask: what someone wants to do.
    """

    def __init__(self, policy: Policy, topics: Mapping[str, int], ask: Ask) -> None:
        """Answer what the policy and the ask alone decide."""
        super().__init__(policy, ask)
        self._topics = topics
        known = (policy.categories.get(name) for name in ask.categories)
        self._about_child = self.act == "collect" and any(one is not None and one.about is About.CHILD for one in known)
        self._by_guardian_acting = ask.actor.value == "guardian"
        self._is_kept = self.act == "keep" and not self.is_tracking
        self._is_duty = self.pr is not None and self.pr.basis.value == "legal_duty" and self.act not in GATHERING
        self._passes_before_guardian = self.tracker is None and self.passes_before_guardian()
        self._children = frozenset(band for band in ("child", "unknown") if self._is_treated_as_child(band))
        self._will_masks = [(code, self._mask(options)) for code, options in self.wills]
        self._other_masks = [(code, self._mask(options)) for code, options in self.others]
        self._objection = topics.get(self.topic, 0) if self.pr is not None else 0
        asked = [options for _, options in self.wills]
        if self.tracker is None or not self.tracker.essential:
            asked.append((self.topic,))
        self._guardian_mask = sum({topics.get(topic, 0) for options in asked for topic in options})
        self._guardian_cannot = any(not options or not all(map(topics.get, options)) for options in asked)

    def reasons(self, facts: Facts, now: int) -> frozenset[str]:
        """Name everything in the way; nothing is a permit."""
        found = set(self.always)
        if facts.person.stops & 1:
            found.add("person_unknown")
        if facts.person.stops & 8:
            found.add("person_erased")
        band = band_of(facts.person, now)
        if self.right is not None:
            stands = band != "adult" and now < facts.person.guardian_until
            return frozenset(found | self._age_for_a_right(band, stands=stands))
        if self.act != "keep":
            found |= self._standing(facts, now)
        if self.ages is None:
            return frozenset(found)
        found |= self._outside(facts, band, now)
        found |= self._missing_wills(facts.person, band, now)
        if not self._is_kept:
            found |= self._age(facts.person, band, now)
        return frozenset(found | self._only_for_children(band))

    def meaning(self) -> tuple[Hashable, ...]:
        """Return all that `reasons` reads of policy and ask: asks of one meaning are answered alike."""
        own = (self.act, self.ages, self.topic, self.right, self.fn is None, self.pr is None, self.tracker is None)
        basis = self.pr.basis if self.pr is not None else None
        wills = (self.always, self.wills, self.others, self.willed_away, self._about_child, self.ask.actor, basis)
        grounds = (self.listed is None, self.childs is None, self.passes_before_guardian())
        others = (self.taker, self.recipient is None, self.takes_part, self.ask.source, self.to_successor)
        essential = self.tracker is not None and self.tracker.essential
        return (*own, *wills, *grounds, *others, essential)

    def grants(self, topic: str, person: PersonFacts, now: int) -> bool:
        """Say whether the person granted a topic, or the guardian of a person who is no adult."""
        said = _left(person.held, person.lapses, now)
        if band_of(person, now) != "adult":
            said |= _of_guardian(person, now)
        return bool(self._topics.get(topic, 0) & said)

    # --- how things stand
    def _standing(self, facts: Facts, now: int) -> set[str]:
        """Is the person bound by this version, is it in force, is the person restricted or gone, did the service end?"""
        found = set()
        if facts.person.version != self.policy.version:
            found.add("version_other")
        if not _dated(facts.world.versions.get(self.policy.version), now):
            found.add("version_not_in_force")
        if facts.person.stops & 2:
            found.add("person_restricted")
        by_ground = self.pr is not None and self.listed is not None
        if facts.person.stops & 4 and not self._is_duty and not by_ground:
            found.add("person_cancelled")
        if now >= facts.world.ceased_at and self.act not in {"message", "staff_open"}:
            found.add("service_ceased")
        return found

    def _outside(self, facts: Facts, band: str, now: int) -> set[str]:
        """Are those who give and those who receive in order?"""
        found: set[str] = set()
        if self.recipient is not None and (self.takes_part or self.tracker is not None):
            known = facts.world.recipients.get(self.taker or "")
            if known is not None and known.stopped:
                found.add("recipient_stopped")
            for paper in self.recipient.needs:
                if not _dated(known.papers.get(paper.value) if known is not None else None, now):
                    found.add(f"{paper.value}_missing")
        unbound = self.to_successor and not self._is_excused(band) and not _dated(facts.world.successor, now)
        if unbound and not self._willed_instead(facts.person, band, now, "transfer:successor"):
            found.add("successor_unbound")
        return found | self._source_papers(facts, band, now)

    def _source_papers(self, facts: Facts, band: str, now: int) -> set[str]:
        found: set[str] = set()
        if self.source is None or self.pr is None:
            return found
        papers = facts.world.sources.get(self.ask.source or "", {})
        for paper in self.source.needs:
            if _dated(papers.get(paper.value), now):
                continue
            if paper.value == "agreement":
                found.add("source_paper_missing")
                continue
            topic = f"source:{self.ask.source}" if self.source.authorised_by_person else ""
            if not self._is_excused(band) and not self._willed_instead(facts.person, band, now, topic):
                found.add("source_unlawful")
        return found

    def _willed_instead(self, person: PersonFacts, band: str, now: int, topic: str) -> bool:
        """Say whether a will stands in for a paper; for whom a guardian is needed, the guardian's."""
        guarded = self.ages is not None and self.ages[0] is ChildRule.GUARDIAN and band in self._children
        if guarded or (self._by_guardian_acting and band != "adult" and self.act != "keep"):
            said = _of_guardian(person, now)
        else:
            said = self._said(person, band, now)
        return bool(self._topics.get(topic, 0) & said)

    # --- wills
    def _missing_wills(self, person: PersonFacts, band: str, now: int) -> set[str]:
        excused = self._is_excused(band)
        said = self._said(person, band, now)
        found = {code for code, mask in self._other_masks if not mask & said}
        if not excused:
            found |= {code for code, mask in self._will_masks if not mask & said}
        if self.willed_away and not excused:
            found.add("others_undeclared")
        if person.objected & self._objection and self.listed is None and self.act != "keep":
            found.add("objected")
        return found

    def _is_excused(self, band: str) -> bool:
        """Say whether a ground stands in for wills; one for children where it finds a child that may take part."""
        if self.tracker is not None:
            return False
        may = self.ages is not None and self.ages[0] is not ChildRule.NEVER
        return self.listed is not None or (self.childs is not None and may and band in self._children)

    def _said(self, person: PersonFacts, band: str, now: int) -> int:
        """Return what the person granted, and the guardian where a guardian's word counts."""
        said = _left(person.held, person.lapses, now)
        heard = band in self._children or (self._by_guardian_acting and band == "unknown")
        return said | _of_guardian(person, now) if heard and not self._is_kept else said

    def _mask(self, options: tuple[str, ...]) -> int:
        """Return the topics of which one is enough; none, and nothing is."""
        mask = 0
        for topic in options:
            mask |= self._topics.get(topic, 0)
        return mask

    # --- ages
    def _is_treated_as_child(self, band: str) -> bool:
        if self.ages is None or self._is_kept:
            return False
        child, unknown = self.ages
        unknown_is_child = unknown is UnknownAgeRule.AS_CHILD and child is not ChildRule.NEVER
        return band == "child" or (band == "unknown" and unknown_is_child)

    def _age(self, person: PersonFacts, band: str, now: int) -> set[str]:
        if self.ages is None:
            return set()
        if band == "adult":
            return {"guardian_missing"} if self._by_guardian_acting else set()
        found = set()
        child, unknown = self.ages
        as_child = band in self._children
        if band == "child" and child is ChildRule.NEVER:
            found.add("child_not_allowed")
        if band == "unknown" and unknown is not UnknownAgeRule.ALLOWED and not as_child:
            found.add("age_unknown")
        stands = now < person.guardian_until
        needed = as_child and child is ChildRule.GUARDIAN and not self._passes_before_guardian
        if not stands and (needed or self._by_guardian_acting):
            found.add("guardian_missing")
        if needed and (self._guardian_cannot or self._guardian_mask & ~_of_guardian(person, now)):
            found.add("guardian_consent_missing")
        return found

    def _only_for_children(self, band: str) -> set[str]:
        """A ground for children is none for others; what is about a child is gathered under the child alone."""
        found = set()
        others = band == "adult" or not (self._is_kept or band in self._children)
        if self.childs is not None and self.tracker is None and others:
            found.add("ground_unlisted")
        if self._about_child and self.pr is not None and others:
            found.add("subject_other")
        return found

    def _age_for_a_right(self, band: str, *, stands: bool) -> set[str]:
        children = self.policy.children
        if self._by_guardian_acting:
            return set() if stands else {"guardian_missing"}
        own = children is None or "own_rights" in {one.value for one in children.before_guardian}
        return {"guardian_missing"} if band == "child" and not own and not stands else set()


def band_of(person: PersonFacts, now: int) -> str:
    """Say of which age a person is: adult, child or unknown."""
    if person.adult:
        return "adult"
    if person.adult_at is None:
        return "unknown"
    return "child" if now < person.adult_at else "adult"


def _left(held: int, lapses: tuple[tuple[int, int], ...], now: int) -> int:
    """Return the topics that did not lapse."""
    for gone, at in lapses:
        if now >= at:
            held &= ~gone
    return held


def _of_guardian(person: PersonFacts, now: int) -> int:
    """Return what a guardian granted who still stands."""
    return _left(person.guardian_held, person.guardian_lapses, now) if now < person.guardian_until else 0


def _dated(dates: tuple[int, int] | None, now: int) -> bool:
    return dates is not None and dates[0] <= now < dates[1]
