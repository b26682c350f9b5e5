# SPDX-License-Identifier: Apache-2.0
"""What trials note down: how much was looked at, what was excepted, and the first counterexample of each property."""

from collections import Counter
from collections.abc import Iterable

from upheld.gate.proving.protective import Protective
from upheld.gate.proving.values import Counterexample, Property, Verdict
from upheld.gate.reference_policy import Asked


class Notes:
    """Counts and counterexamples of one run."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.is_drawn = False
        """Whether what is looked at now was drawn, not enumerated."""
        self._proved: Counter[Property] = Counter()
        self._tested: Counter[Property] = Counter()
        self._excepted: dict[Property, Counter[str]] = {one: Counter() for one in Property}
        self._against: dict[Property, Counterexample] = {}

    def looked(self, about: Property, times: int = 1) -> None:
        """Count decisions looked at for a property."""
        (self._tested if self.is_drawn else self._proved)[about] += times

    def is_excepted(self, about: Property, listed: Iterable[Protective], asked: Asked) -> bool:
        """Say whether an act is of a listed kind, and count it under the first that applies."""
        for one in listed:
            if one.applies(asked):
                self._excepted[about][one.id] += 1
                return True
        return False

    def is_refuted(self, about: Property) -> bool:
        """Say whether a counterexample is known."""
        return about in self._against

    def refute(self, about: Property, counterexample: Counterexample) -> None:
        """Keep the first counterexample."""
        self._against.setdefault(about, counterexample)

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return what was found, one verdict for each property."""
        return tuple(
            Verdict(
                about=one,
                proved=self._proved[one],
                tested=self._tested[one],
                excepted=dict(self._excepted[one]),
                counterexample=self._against.get(one),
            )
            for one in Property
        )
