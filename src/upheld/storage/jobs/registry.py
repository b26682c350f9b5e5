# SPDX-License-Identifier: Apache-2.0
"""Which jobs there are, their steps, and which of them come round.

A job is a name and its steps; the first is called `start`. A step gets a `Step` and says what comes next:

    done()                          the run ends
    then("name", {"after": id})     go on with that step, perhaps itself, with that state
    then("name", at=moment)         the same, not before that moment of policy time

An ordinary step runs inside the transaction that also writes its checkpoint. An `outside` step runs in none: it may
call a gateway or another store, under `step.effect_id`, which is the same at every try. It may be done again after a
crash, so its effect must be idempotent under that id; to write to the default database together with the checkpoint it
returns a function, which is called in that transaction and says what comes next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from upheld.errors import BadInput
from upheld.storage.jobs.arguments import Argument

START: Final = "start"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a step is given."""

    run_id: UUID
    name: str
    arguments: Mapping[str, Argument]
    state: Mapping[str, Argument]
    now: datetime
    """Policy time."""
    effect_id: UUID
    """The id of this step's effect, the same at every try."""
    attempt: int
    """1 at the first try."""


@dataclass(frozen=True, slots=True)
class Done:
    """The run ends here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Then:
    """The run goes on with a step."""

    step: str
    state: Mapping[str, Argument] = field(default_factory=dict)
    at: datetime | None = None


Next = Done | Then
Settle = Callable[[], Next]
Inside = Callable[[Step], Next]
Outside = Callable[[Step], Next | Settle]


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """A step as the engine finds it."""

    run: Outside
    is_outside: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A job that comes round."""

    kind: str
    interval: timedelta
    arguments: Mapping[str, Argument]


_steps: dict[tuple[str, str], Registered] = {}
_schedules: dict[str, Schedule] = {}


def job(kind: str, step: str = START, *, outside: bool = False) -> Callable[[Outside], Outside]:
    """Register a function as a step of a job.

    Raises:
        BadInput: another function is registered there.
    """

    def register(function: Outside) -> Outside:
        known = _steps.get((kind, step))
        if known is not None and _origin(known.run) != _origin(function):
            raise BadInput(f"the step {step!r} of the job {kind!r} is registered already")
        _steps[kind, step] = Registered(run=function, is_outside=outside)
        return function

    return register


def _origin(function: Outside) -> tuple[str, str]:
    return (function.__module__, getattr(function, "__qualname__", ""))


def done() -> Done:
    """Say that the run ends."""
    return Done()


def then(step: str = START, state: Mapping[str, Argument] | None = None, *, at: datetime | None = None) -> Then:
    """Say which step comes next, with which state, and not before when."""
    return Then(step=step, state=state or {}, at=at)


def every(kind: str, interval: timedelta, arguments: Mapping[str, Argument] | None = None) -> None:
    """Let a job come round: one run in every full interval of policy time, counted from 1970.

    Intervals that passed while nobody worked, or that a simulation skipped, are not made up for.

    Raises:
        BadInput: the interval is shorter than a second.
    """
    if interval < timedelta(seconds=1):
        raise BadInput(f"a job comes round once a second at most, {interval} came")
    _schedules[kind] = Schedule(kind=kind, interval=interval, arguments=arguments or {})


def schedules() -> list[Schedule]:
    """List the jobs that come round."""
    return sorted(_schedules.values(), key=lambda schedule: schedule.kind)


def is_known(kind: str) -> bool:
    """Say whether a job of this name has a first step."""
    return (kind, START) in _steps


def find(kind: str, step: str) -> Registered:
    """Return a step.

    Raises:
        BadInput: nothing is registered there.
    """
    try:
        return _steps[kind, step]
    except KeyError:
        raise BadInput(f"the job {kind!r} has no step {step!r}") from None
