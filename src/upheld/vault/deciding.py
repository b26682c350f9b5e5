# SPDX-License-Identifier: Apache-2.0
"""Ask the gate from fresh facts, inside the transaction that will act on the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypedDict

from upheld import controls
from upheld.facts import hot
from upheld.facts import queries as facts
from upheld.facts.rulebooks import rulebook_in
from upheld.gate import Ask, Denial, Permit, Reason, clauses
from upheld.gate.values import Facts
from upheld.policy import Policy
from upheld.storage import journal
from upheld.storage.acts import Fact
from upheld.terms import DataSubjectId

UNDECLARED: Final = "undeclared"
"""Stands in evidence for a word that the policy does not declare: whoever asked made it up, and it could be a name."""

NAMES_IN_EVIDENCE: Final = 40
"""Most names that one entry lists; an entry holds 4 KB, and a name 64 characters."""


def named(names: Iterable[str]) -> list[Fact]:
    """List names for evidence, each once, in order; past the bound their number stands for the rest."""
    found = sorted(set(names))
    more: list[Fact] = [f"and {len(found) - NAMES_IN_EVIDENCE} more"] if len(found) > NAMES_IN_EVIDENCE else []
    return [*found[:NAMES_IN_EVIDENCE], *more]


class BearsOn(TypedDict):
    """Which clause and control a piece of evidence is about."""

    clause: str | None
    control: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What the gate said, and on what; `also` is what else is in the way, found by the vault itself."""

    ask: Ask
    facts: Facts
    answer: Permit | Denial
    policy: Policy | None
    also: tuple[Reason, ...] = ()

    def and_also(self, reason: Reason | None) -> "Decision":
        """Refuse for one reason more, if there is one."""
        return self if reason is None else replace(self, also=(*self.also, reason))

    @property
    def in_the_way(self) -> tuple[Reason, ...]:
        """Every reason against, whatever controls are in force."""
        from_gate = self.answer.reasons if isinstance(self.answer, Denial) else ()
        return from_gate + self.also

    @property
    def denial(self) -> Denial | None:
        """The denial that stops the act; without the doorway's own rule (in a trial) the gate's word does not count."""
        refused = isinstance(self.answer, Denial) and controls.in_force("vault.permit_needed")
        reasons = self.in_the_way if refused else self.also
        return Denial(reasons=reasons, observed=self.answer.observed) if refused or reasons else None

    @property
    def version(self) -> int:
        """The policy version that binds the person."""
        return self.facts.person.version

    @property
    def clause(self) -> str | None:
        """The clause that evidence of this act is about."""
        return self.bears_on["clause"]

    @property
    def bears_on(self) -> BearsOn:
        """The clause and the control that evidence of this act names: of a refusal the first in the way."""
        if self.in_the_way:
            first = self.in_the_way[0]
            return {"clause": first.clause or None, "control": first.control}
        rests_on = self.answer.clauses if isinstance(self.answer, Permit) else ()
        return {"clause": rests_on[0] if rests_on else None, "control": "vault.permit_needed"}

    @property
    def _declared_purpose(self) -> str:
        purpose = self.ask.purpose
        is_known = self.policy is not None and (
            purpose in self.policy.processing
            or clauses.right_of(self.policy, purpose) is not None
            or clauses.tracker_of(self.policy, purpose) is not None
        )
        return purpose if is_known else UNDECLARED

    @property
    def _declared_source(self) -> str:
        known = self.policy.sources if self.policy is not None else {}
        return self.ask.source if self.ask.source in known and self.ask.source else UNDECLARED

    @property
    def _declared_categories(self) -> tuple[str, ...]:
        known = self.policy.categories if self.policy is not None else {}
        return tuple(category if category in known else UNDECLARED for category in self.ask.categories)

    def evidence(self, **more: Fact) -> Mapping[str, Fact]:
        """Say what an inspector needs to judge the act without trusting any control."""
        found: dict[str, Fact] = dict(self.answer.observed)
        found |= {
            "act": self.ask.act.value,
            "actor": self.ask.actor.value,
            "purpose": self._declared_purpose,
            "categories": named(self._declared_categories),
            "version": self.version,
            "permitted": not self.in_the_way,
        }
        if self.ask.source is not None:
            found["passed_on_by"] = self._declared_source
        if self.in_the_way:
            found["reasons"] = named(reason.code for reason in self.in_the_way)
        return found | more


def decide(ask: Ask, *, data_subject_id: DataSubjectId, now: datetime) -> Decision:
    """Decide from facts read now; before a restored journal is replayed nothing is decided at all.

    Raises:
        Unavailable: a restore has not been replayed.
    """
    journal.refuse_until_replayed()
    answer, found = hot.decide(data_subject_id, ask, int(now.timestamp()))
    policy = rulebook_in(found.world, found.facts.person.version).policy
    return Decision(ask=ask, facts=found.facts, answer=answer, policy=policy)


def policy_of(data_subject_id: DataSubjectId) -> Policy | None:
    """Return the policy that binds a person, as it was compiled; None of a person whom no version binds."""
    return facts.rulebook(facts.of(data_subject_id).person.version).policy
