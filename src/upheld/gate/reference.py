# SPDX-License-Identifier: Apache-2.0
"""The gate once more, slow and plain: one question after another, for the reader.

It shares nothing with the compiler and with `decide` but the values that go in: no plan, no gaps, no rules, no names
of clauses. It reads the policy (`upheld.gate.reference_policy`) and the facts straight, with every control in force,
and says by their codes which reasons a denial must have; none is a permit. `upheld.gate.proving` holds the rulebook
against it.
"""

from collections.abc import Mapping

from upheld.gate.reference_policy import GATHERING, Asked
from upheld.gate.values import Ask, Facts, PersonFacts
from upheld.policy import Policy
from upheld.policy.model.processing import Function, Purpose


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

    def reasons(self, facts: Facts, now: int) -> frozenset[str]:
        """Name everything in the way; nothing is a permit."""
        found = set(self.always)
        if facts.person.stops & 1:
            found.add("person_unknown")
        if facts.person.stops & 8:
            found.add("person_erased")
        band = _band(facts.person, now)
        if self.right is not None:
            stands = band != "adult" and now < facts.person.guardian_until
            return frozenset(found | self._age_for_a_right(band, stands=stands))
        if self.act != "keep":
            found |= self._standing(facts, now)
        if self.pr is None:
            return frozenset(found)
        found |= self._papers(facts, now)
        found |= self._missing_wills(self.pr, facts.person, band, now)
        if self.act != "keep":
            found |= self._age(self.pr, facts.person, band, now)
        if self.childs is not None and (band == "adult" or not (self.act == "keep" or self._as_child(self.pr, band))):
            found.add("ground_unlisted")
        return frozenset(found)

    # --- what depends on the facts
    def _standing(self, facts: Facts, now: int) -> set[str]:
        """Is the person bound by this version, is it in force, is the person restricted or gone, did the service end?"""
        found = set()
        if facts.person.version != self.policy.version:
            found.add("version_other")
        start, end = facts.world.versions.get(self.policy.version, (1, 0))
        if not start <= now < end:
            found.add("version_not_in_force")
        if facts.person.stops & 2:
            found.add("person_restricted")
        duty = self.pr is not None and self.pr.basis.value == "legal_duty" and self.act not in GATHERING
        if facts.person.stops & 4 and not duty and not (self.pr is not None and self.listed is not None):
            found.add("person_cancelled")
        if now >= facts.world.ceased_at and self.act not in {"message", "staff_open"}:
            found.add("service_ceased")
        return found

    def _papers(self, facts: Facts, now: int) -> set[str]:
        if self.recipient is None or not self.takes_part():
            return set()
        known = facts.world.recipients.get(self.ask.recipient or "")
        found = {"recipient_stopped"} if known is not None and known.stopped else set()
        for paper in self.recipient.needs:
            start, end = known.papers.get(paper.value, (1, 0)) if known is not None else (1, 0)
            if not start <= now < end:
                found.add(f"{paper.value}_missing")
        return found

    def _missing_wills(self, pr: Function | Purpose, person: PersonFacts, band: str, now: int) -> set[str]:
        found = set()
        heard = self._as_child(pr, band) or (self.ask.actor.value == "guardian" and band == "unknown")
        excused = self.listed is not None or (self.childs is not None and self._as_child(pr, band))

        def granted(topic: str) -> bool:
            return self._in_force(topic, person, now) or (heard and self._by_guardian(topic, person, now))

        for code, options in self.wills:
            if not excused and not any(map(granted, options)):
                found.add(code)
        for code, options in self.others:
            if not any(map(granted, options)):
                found.add(code)
        objected = person.objected & self._topics.get(f"purpose:{self.ask.purpose}", 0)
        if objected and self.listed is None and self.act != "keep":
            found.add("objected")
        return found

    def _age(self, pr: Function | Purpose, person: PersonFacts, band: str, now: int) -> set[str]:
        found = set()
        unknown = pr.unknown_age.value if pr.unknown_age is not None else "never"
        if band == "child" and pr.child.value == "never":
            found.add("child_not_allowed")
        if band == "unknown" and (unknown == "never" or (unknown == "as_child" and pr.child.value == "never")):
            found.add("age_unknown")
        stands = band != "adult" and now < person.guardian_until
        if self.ask.actor.value == "guardian" and not stands:
            found.add("guardian_missing")
        if self._as_child(pr, band) and pr.child.value == "guardian" and not self.passes_before_guardian():
            if not stands:
                found.add("guardian_missing")
            asked = ((f"purpose:{self.ask.purpose}",), *(options for _, options in self.wills))
            for options in asked:
                if not options or not all(self._by_guardian(topic, person, now) for topic in options):
                    found.add("guardian_consent_missing")
        return found

    def _age_for_a_right(self, band: str, *, stands: bool) -> set[str]:
        children = self.policy.children
        if self.ask.actor.value == "guardian":
            return set() if stands else {"guardian_missing"}
        own = children is None or "own_rights" in {one.value for one in children.before_guardian}
        return {"guardian_missing"} if band == "child" and not own and not stands else set()

    def _as_child(self, pr: Function | Purpose, band: str) -> bool:
        if self.act == "keep":
            return False
        unknown = pr.unknown_age is not None and pr.unknown_age.value == "as_child" and pr.child.value != "never"
        return band == "child" or (band == "unknown" and unknown)

    def _in_force(self, topic: str, person: PersonFacts, now: int) -> bool:
        return _holds(self._topics.get(topic, 0), person.held, person.lapses, now)

    def _by_guardian(self, topic: str, person: PersonFacts, now: int) -> bool:
        mask = self._topics.get(topic, 0)
        return now < person.guardian_until and _holds(mask, person.guardian_held, person.guardian_lapses, now)


def _holds(mask: int, held: int, lapses: tuple[tuple[int, int], ...], now: int) -> bool:
    lapsed = any(mask & gone and now >= at for gone, at in lapses)
    return bool(mask & held) and not lapsed


def _band(person: PersonFacts, now: int) -> str:
    if person.adult:
        return "adult"
    if person.adult_at is None:
        return "unknown"
    return "child" if now < person.adult_at else "adult"
