# SPDX-License-Identifier: Apache-2.0
"""The evidence behind a clause: the entries of the log that its inspectors judged, newest first.

The log is read backwards a stretch at a time, and no further than a page may take; the reader goes on from there.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from upheld.policy import Policy
from upheld.promises import board
from upheld.promises.inspectors.base import judge
from upheld.promises.values import Fact, Seen

STRETCH: Final = 2_000
FURTHEST: Final = 20_000
"""Entries read for one page: about a second (measured: 48 µs an entry)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """One entry, and what it says of one control on the clause."""

    seen: Seen
    control: str
    kept: bool
    at_risk: bool
    why: str

    @property
    def at(self) -> datetime:
        """Return the entry's minute."""
        return datetime.fromisoformat(self.seen.at)

    @property
    def facts(self) -> list[tuple[str, Fact]]:
        """Return the entry's facts in order of their names."""
        return sorted(self.seen.facts.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some of the evidence; `before` is where to go on, None at the log's beginning."""

    found: tuple[Behind, ...]
    before: int | None


def evidence(policy: Policy, clause: str, *, before: int, limit: int = 25) -> Page:
    """Return entries that bear on a clause, the newest first, from below an index."""
    sheet = board.Sheet(policy)
    found: list[Behind] = []
    floor = max(0, before - FURTHEST)
    while before > floor and len(found) < limit:
        start = max(floor, before - STRETCH)
        for seen in reversed(list(islice(board.entries_from(start), before - start))):
            before = seen.index
            found += _judged(sheet, clause, seen)
            if len(found) >= limit:
                break
        else:
            before = start
    return Page(found=tuple(found), before=before if before > 0 else None)


def one(policy: Policy, clause: str, index: int) -> Behind | None:
    """Return what one entry says of a clause, broken before kept; None if nothing."""
    for seen in islice(board.entries_from(index), 1):
        found = _judged(board.Sheet(policy), clause, seen)
        return min(found, key=lambda behind: behind.kept, default=None)
    return None


def _judged(sheet: board.Sheet, clause: str, seen: Seen) -> list[Behind]:
    """Say what an entry says of a clause; two inspectors that find the same are one line."""
    judged = (
        (found.control, found.kept, found.at_risk, "" if found.kept and not found.at_risk else found.why)
        for found in judge(seen)
        if clause in sheet.bears_on(found)
    )
    return [
        Behind(seen=seen, control=control, kept=kept, at_risk=at_risk, why=why)
        for control, kept, at_risk, why in dict.fromkeys(judged)
    ]
