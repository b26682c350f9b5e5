# SPDX-License-Identifier: Apache-2.0
"""The promise board: every clause with its controls, scope, status and the evidence behind it.

1. Every entry of the log goes past the inspectors of its kind; each finding is tallied under the clauses it bears on.
2. The inspectors of the data as it stands are asked once.
3. A clause's status is the worst of its controls': broken, at risk, kept, not exercised, not observed. A control that
   no inspector can judge is not observed, and what was never seen is never called kept.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import orjson

from upheld import controls
from upheld import policy as policies
from upheld.controls import CONTROLS
from upheld.policy import Policy
from upheld.promises.inspectors import (
    acts,
    consent,
    devices,
    gathering,
    messages,
    notices,
    people,
    retention,
    rights,
    sharing,
    storage,
    vault,
)
from upheld.promises.inspectors.base import BY_STATE, JUDGED, Finding, Now, judge
from upheld.promises.values import Board, BoardLine, ControlLine, Seen, Tally, Verdict
from upheld.storage import stored_log
from upheld.terms import Kind, Status

INSPECTORS: Final = (
    acts,
    consent,
    devices,
    gathering,
    messages,
    notices,
    people,
    retention,
    rights,
    sharing,
    storage,
    vault,
)
"""Importing a module lists its inspectors; this is all of them."""

_WORST_FIRST: Final = (Status.BROKEN, Status.AT_RISK, Status.KEPT, Status.NOT_EXERCISED, Status.NOT_OBSERVED)
_GENERAL: Final = ("commitments",)
"""Clauses that speak of everything that is done, and so of each act."""
_DATA: Final = -1
"""Index of a finding that rests on the data as it stands and on no entry."""


class Sheet:
    """Tallies by clause and control, for one policy version."""

    def __init__(self, policy: Policy) -> None:
        """Bind the policy's clauses to their controls."""
        self.clauses = policies.bind(policy)
        self.tallies: dict[tuple[str, str], Tally] = {}
        self._by_control: dict[str, list[str]] = {}
        self._where: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for clause in self.clauses:
            for control in clause.controls:
                self.tallies[clause.id, control] = Tally()
                self._by_control.setdefault(control, []).append(clause.id)

    def add(self, finding: Finding, *, index: int, at: str) -> None:
        """Tally a finding under the clauses it bears on, or under all that its control upholds.

        What was kept for a clause that this policy does not bind to the control says nothing of other clauses; what
        was broken must not be lost, and counts for all of them. A monitored control is its inspector: taken out for a
        trial it sees nothing; an enforced one is judged all the more when it is out.
        """
        if not _is_watching(finding.control):
            return
        for clause in self.bears_on(finding):
            tally = self.tallies[clause, finding.control]
            if finding.at_risk:
                tally.at_risk = True
            else:
                tally.add(Verdict(clause, finding.control, finding.kept, finding.why), index=index, at=at)

    def bears_on(self, finding: Finding) -> list[str]:
        """Return the clauses that a finding counts for: those it is about, and what the policy commits to in general."""
        where = self._bound(finding.control, finding.about)
        if not where and (not finding.kept or finding.at_risk):
            return self._bound(finding.control, ())
        general = self._bound(finding.control, _GENERAL)
        return where if not general or not finding.about else list(dict.fromkeys((*where, *general)))

    def _bound(self, control: str, about: tuple[str, ...]) -> list[str]:
        """Return the clauses of a control that lie at or below one of these; all of them where none are named."""
        known = self._where.get((control, about))
        if known is None:
            clauses = self._by_control.get(control, [])
            known = [one for one in clauses if not about or any(_is_within(one, place) for place in about)]
            self._where[control, about] = known
        return known


def _is_watching(control: str) -> bool:
    return CONTROLS[control].kind is not Kind.MONITORED or controls.in_force(control)


def _is_within(clause: str, place: str) -> bool:
    return clause == place or clause.startswith(f"{place}.")


def recompute(policy: Policy, *, now: datetime, entries: Iterable[Seen] | None = None) -> Board:
    """Recompute the board from the log and the data.

    Args:
        policy: the version whose clauses are judged.
        now: the moment that is asked about.
        entries: the log's entries; the stored log if none are given.
    """
    sheet = Sheet(policy)
    size = 0
    for seen in stored_entries() if entries is None else entries:
        size = seen.index + 1
        for finding in judge(seen):
            sheet.add(finding, index=seen.index, at=seen.at)
    looking = Now(at=now, policy=policy)
    for inspector in BY_STATE:
        for finding in inspector(looking):
            sheet.add(finding, index=_DATA, at="")
    return Board(
        policy=policy.policy,
        version=policy.version,
        recomputed_at=now,
        tree_size=size,
        lines=tuple(_line(clause, sheet.tallies, policy) for clause in sheet.clauses),
        notes=tuple(looking.details),
    )


def stored_entries() -> Iterable[Seen]:
    """Read the stored log as inspectors do."""
    yield from entries_from(0)


def entries_from(start: int) -> Iterable[Seen]:
    """Read the stored log from an index on."""
    for stored in stored_log.entries_from(start):
        entry = orjson.loads(stored.leaf)
        yield Seen(
            index=stored.index,
            event=entry["kind"],
            at=entry["at"],
            clause=entry["clause"] or "",
            control=entry["control"] or "",
            facts=entry["facts"],
        )


def _line(clause: policies.Clause, tallies: Mapping[tuple[str, str], Tally], policy: Policy) -> BoardLine:
    lines = tuple(_control_line(name, tallies[clause.id, name]) for name in clause.controls)
    status = worst(line.status for line in lines)
    since = [line.since for line in lines if line.status is status and line.since]
    duty = policy.duties.get(clause.id.removeprefix("duties."))
    return BoardLine(
        clause=clause.id,
        text={language.value: text for language, text in clause.text.items()},
        status=status,
        scope="attested" if duty else "deployment",
        controls=lines,
        since=min(since, default=""),
        owner=duty.owner if duty else (policy.controller.officer or "" if policy.controller else ""),
        capability=clause.kind,
    )


def _control_line(name: str, tally: Tally) -> ControlLine:
    judged = name in JUDGED and CONTROLS[name].kind is not Kind.ATTESTED and _is_watching(name)
    return ControlLine(
        control=name,
        status=tally.status if judged else Status.NOT_OBSERVED,
        kept=tally.kept,
        broken=tally.broken,
        first_broken=tally.first_broken,
        since=tally.since,
        last_at=tally.last_at,
        whys=dict(tally.whys),
    )


def worst(statuses: Iterable[Status]) -> Status:
    """Return the worst status; a clause without any control is not observed."""
    found = set(statuses)
    return next((status for status in _WORST_FIRST if status in found), Status.NOT_OBSERVED)
