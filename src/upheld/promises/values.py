# SPDX-License-Identifier: Apache-2.0
"""What inspectors read and write, and what the board shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from upheld.terms import Status

Fact = str | int | bool | None | list["Fact"] | dict[str, "Fact"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One entry of the evidence log, as inspectors read it; `at` is its minute, which sorts as text."""

    index: int
    event: str
    at: str
    clause: str
    control: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one inspector says of one entry, or of the data as it stands.

    Args:
        clause: the clause it bears on; empty for every clause that the control upholds.
        control: the control judged.
        kept: whether the promise was kept there.
        why: a short code, when it was not.
    """

    clause: str
    control: str
    kept: bool
    why: str = ""


@dataclass(slots=True)
class Tally:
    """What was seen of one control on one clause."""

    kept: int = 0
    broken: int = 0
    at_risk: bool = False
    first_broken: int = -1
    first_at: str = ""
    broken_at: str = ""
    last_at: str = ""
    whys: dict[str, int] = field(default_factory=dict)

    def add(self, verdict: Verdict, *, index: int, at: str) -> None:
        """Count one verdict."""
        self.last_at = max(self.last_at, at)
        self.first_at = self.first_at or at
        if verdict.kept:
            self.kept += 1
            return
        self.broken += 1
        self.whys[verdict.why] = self.whys.get(verdict.why, 0) + 1
        if self.first_broken < 0:
            self.first_broken = index
            self.broken_at = at

    @property
    def since(self) -> str:
        """Since which minute it stands so, by the log; empty where only the data as it stands says so."""
        return self.broken_at if self.broken else self.first_at

    @property
    def status(self) -> Status:
        """Say what that comes to."""
        if self.broken:
            return Status.BROKEN
        if self.at_risk:
            return Status.AT_RISK
        return Status.KEPT if self.kept else Status.NOT_EXERCISED


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlLine:
    """One control of one clause on the board."""

    control: str
    status: Status
    kept: int
    broken: int
    first_broken: int
    since: str
    last_at: str
    whys: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardLine:
    """One clause on the board."""

    clause: str
    text: Mapping[str, str]
    status: Status
    scope: str
    controls: tuple[ControlLine, ...]
    since: str
    owner: str
    capability: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """The promise board of one policy version."""

    policy: str
    version: int
    recomputed_at: datetime
    tree_size: int
    lines: tuple[BoardLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Count clauses by status."""
        return {status.value: sum(line.status is status for line in self.lines) for status in Status}
