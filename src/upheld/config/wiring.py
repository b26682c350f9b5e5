# SPDX-License-Identifier: Apache-2.0
"""Which clock, controls and gateways a process runs with.

`serve` and `work` call `run_product`, which can build only the system clock and locks the controls. A simulation runs
in a process of its own on a database that was marked as simulation when it was made, and brings its clock.
"""

from upheld import controls
from upheld.clock import Clock, SystemClock
from upheld.errors import Misconfigured

_system = SystemClock()
_policy: Clock = _system
_demo = False


def policy_clock() -> Clock:
    """Return the clock that policy time comes from."""
    return _policy


def security_clock() -> Clock:
    """Return the clock of codes and sessions: always the system's."""
    return _system


def is_demo() -> bool:
    """Say whether this process serves a demonstration."""
    return _demo


def run_product(*, demo: bool = False) -> None:
    """Settle this process on the system clock and on all controls."""
    global _policy, _demo  # noqa: PLW0603 - the process is wired once, at its start
    controls.lock()
    _policy = _system
    _demo = demo


def run_simulation(clock: Clock, *, database_kind: str) -> None:
    """Let a simulation's clock be policy time.

    Raises:
        Misconfigured: the database was not made for simulations.
    """
    global _policy  # noqa: PLW0603 - the process is wired once, at its start
    if database_kind != "simulation":
        msg = f"a simulation runs only on a database marked so at its creation; this one is marked {database_kind!r}"
        raise Misconfigured(msg)
    _policy = clock
