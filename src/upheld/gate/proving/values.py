# SPDX-License-Identifier: Apache-2.0
"""What a proof says: properties, what each was held against, and the first counterexample where one does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from upheld.gate.values import Ask, Facts

Pair = tuple[str, str]
"""English, Chinese."""


class Property(StrEnum):
    """What must hold of the decisions under every policy."""

    TOTAL = "total"
    UNKNOWN_REFUSED = "unknown-refused"
    NARROWING = "narrowing-never-permits"
    CHILD = "child-needs-guardian"
    SENSITIVE = "sensitive-needs-consent"
    REFERENCE = "rulebook-is-reference"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counterexample:
    """One ask, and facts on which a property does not hold.

    Args:
        ask: what was asked.
        facts: on which; for a property of narrowing, after it.
        before: for a property of narrowing, the facts before it.
        clauses: the clauses that the answers rest on or name.
        said: the whole of it in words, line by line.
    """

    ask: Ask
    facts: Facts
    before: Facts | None
    clauses: tuple[str, ...]
    said: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What was found of one property.

    Args:
        about: the property.
        proved: decisions looked at, without a gap: every combination of the facts that each ask reads.
        tested: decisions looked at besides, drawn by the seed.
        excepted: id of a protective act -> how many decisions it excepted.
        counterexample: the first decision against the property.
    """

    about: Property
    proved: int
    tested: int
    excepted: Mapping[str, int]
    counterexample: Counterexample | None = None

    @property
    def holds(self) -> bool:
        """Say whether nothing was found against it."""
        return self.counterexample is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """All verdicts on one policy.

    Args:
        policy: the policy line.
        version: its version.
        asks: different asks that the policy's declarations make.
        meanings: how many of them mean something different to either gate; one of each meaning is tried.
        sampled: of those, the ones whose facts were too many to try them all.
        seed: what the drawn decisions were drawn by.
        verdicts: one for each property.
    """

    policy: str
    version: int
    asks: int
    meanings: int
    sampled: int
    seed: int
    verdicts: tuple[Verdict, ...]

    @property
    def holds(self) -> bool:
        """Say whether every property holds."""
        return all(verdict.holds for verdict in self.verdicts)
