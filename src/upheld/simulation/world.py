# SPDX-License-Identifier: Apache-2.0
"""One simulated world: its clock, its chance, its people and staff, and a count of what they did."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final, TypeVar
from uuid import UUID

from upheld.clock import SimulatedClock
from upheld.errors import UpheldError
from upheld.gate import Denied
from upheld.policy import Policy
from upheld.simulation.badges import SignIn
from upheld.simulation.offers import Handing, Offer, handings, offers
from upheld.simulation.outbox import Outbox
from upheld.storage.jobs import Worker
from upheld.terms import AgeBand, DataSubjectId, Right, StaffId

T = TypeVar("T")

EVERY: Final = 10
"""One person in so many is led to attempts that must fail; the others live as people do."""


@dataclass(slots=True, kw_only=True, eq=False)
class Someone:
    """A simulated person, as far as the person knows.

    Attributes:
        number: the how-manieth to come; phone and address follow from it.
        id: the data subject.
        age: what the person said of it.
        guardian: who stands for a child, once verified.
        pace_days: how long the person stays away on average.
        on: functions switched on.
        given: topics said yes to.
        is_gone: cancelled, erased or restricted: nothing more is to be done to this person.
    """

    number: int
    id: DataSubjectId
    phone: str = field(repr=False)
    peer: str
    age: AgeBand
    pace_days: float
    guardian: "Someone | None" = None
    has_account: bool = True
    on: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    is_gone: bool = False


@dataclass(slots=True, kw_only=True)
class Staff:
    """The simulated staff, by what they are there for."""

    officer: StaffId
    second: StaffId
    support: StaffId
    badge: SignIn
    """The officer's."""


@dataclass(slots=True, kw_only=True)
class Waiting:
    """A request that staff still have to deal with, and on which day they get to it."""

    request_id: UUID
    someone: Someone
    right: Right
    on_day: int


@dataclass(slots=True, kw_only=True)
class World:
    """Everything that simulated people and staff act in.

    Attributes:
        days: how many days will pass.
        attempts_until: the day from which nothing is attempted that must fail.
        done: deeds that took place.
        refused: deeds that were refused, with the code that said why.
        stale: looks at items of which the last ends at a moment; they find nothing from then on.
        passed: attempts that had to be refused and were not, by the control that should have.
    """

    policy: Policy
    version: int
    clock: SimulatedClock
    chance: Random
    outbox: Outbox
    worker: Worker
    program: UUID
    days: int
    attempts_until: int
    day: int = 0
    staff: Staff | None = None
    people: list[Someone] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    stale: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    offers: tuple[Offer, ...] = ()
    handings: tuple[Handing, ...] = ()

    def __post_init__(self) -> None:
        """Read what the policy offers."""
        self.offers = offers(self.policy)
        self.handings = handings(self.policy)

    @property
    def now(self) -> datetime:
        """The simulated moment; security time too, as codes are used within it."""
        return self.clock.now()

    def offer(self, name: str) -> Offer:
        """Return a function by its id."""
        return next(one for one in self.offers if one.name == name)

    def later(self, **spans: float) -> None:
        """Let time pass."""
        self.clock.advance(timedelta(**spans))

    def work(self) -> None:
        """Let the worker do all that is due."""
        self.worker.run_until_idle()

    def tries(self, deed: str, verb: Callable[..., T], /, *args: object, **named: object) -> T | None:
        """Let someone do something; a refusal is counted with its reason and is no error."""
        try:
            made = verb(*args, **named)
        except Denied as denied:
            for reason in denied.denial.reasons:
                self.refused[deed, reason.control] += 1
            return None
        except UpheldError as error:
            self.refused[deed, error.code] += 1
            return None
        self.done[deed] += 1
        return made

    def must_not(self, control: str, verb: Callable[..., object], /, *args: object, **named: object) -> bool:
        """Attempt what a control forbids; one that passes is kept in mind, and returned as true."""
        try:
            verb(*args, **named)
        except (Denied, UpheldError) as refusal:
            code = refusal.denial.reasons[0].control if isinstance(refusal, Denied) else refusal.code
            self.refused[f"attempt against {control}", code] += 1
            return False
        self.passed[control] += 1
        return True
