# SPDX-License-Identifier: Apache-2.0
"""`upheld promises`: the promise board of this deployment, recomputed from its log and data."""

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from upheld.clock import SystemClock
from upheld.errors import NotFound
from upheld.terms import Status

if TYPE_CHECKING:
    from upheld.promises.values import Board, BoardLine

WORDS = {
    Status.KEPT: "kept",
    Status.AT_RISK: "at risk",
    Status.BROKEN: "broken",
    Status.NOT_EXERCISED: "not exercised",
    Status.NOT_OBSERVED: "not observed",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON: {policy, version, counts, clauses: [...]}.")
def promises(*, as_json: bool) -> None:
    """Print the promise board of the version in force. Exit code 1: a clause is broken."""
    from upheld.cli import house  # noqa: PLC0415 - Django loads only once it is needed

    house.open_house()
    from upheld.facts import queries as facts  # noqa: PLC0415
    from upheld.promises import board  # noqa: PLC0415

    now = SystemClock().now()
    version = facts.current_version(now)
    if not version:
        raise NotFound("no version of a policy is in force here", hint="run: upheld publish FILE")
    made = board.recompute(facts.policy(version), now=now)
    click.echo(json.dumps(as_document(made), ensure_ascii=False) if as_json else as_text(made))
    sys.exit(1 if made.counts[Status.BROKEN.value] else 0)


def as_document(board: "Board") -> dict[str, Any]:
    """Return a board in the JSON shape that `promises` and `simulate` share."""
    return {
        "policy": board.policy,
        "version": board.version,
        "counts": board.counts,
        "clauses": [_clause(line) for line in board.lines],
        "recomputed_at": board.recomputed_at.isoformat(),
        "tree_size": board.tree_size,
        "notes": list(board.notes),
    }


def _clause(line: "BoardLine") -> dict[str, Any]:
    return {
        "id": line.clause,
        "controls": [one.control for one in line.controls],
        "status": line.status.value,
        "scope": line.scope,
        "since": line.since or None,
        "evidence": {
            one.control: {
                "status": one.status.value,
                "kept": one.kept,
                "broken": one.broken,
                "first_broken": one.first_broken if one.first_broken >= 0 else None,
                "last_at": one.last_at or None,
                "whys": dict(one.whys),
            }
            for one in line.controls
        },
        "owner": line.owner,
    }


def as_text(board: "Board") -> str:
    """Return a board as lines: counts by section, then every clause that is broken or at risk, and why."""
    sections = list(dict.fromkeys(line.clause.partition(".")[0] for line in board.lines))
    counted = Counter((line.clause.partition(".")[0], line.status) for line in board.lines)
    width = max(map(len, [*sections, "all clauses"]))
    lines = [f"{board.policy}, version {board.version}; {board.tree_size} entries of evidence", ""]
    lines.append("".join((" " * width, *(f"{word:>15}" for word in WORDS.values()))))
    lines += [_row(name, [counted[name, status] for status in Status], width) for name in sections]
    lines.append(_row("all clauses", [board.counts[status.value] for status in Status], width))
    for line in board.lines:
        if line.status in {Status.BROKEN, Status.AT_RISK}:
            lines += ["", *_explained(line)]
    return "\n".join([*lines, *(f"note: {note}" for note in board.notes)])


def _row(name: str, counts: list[int], width: int) -> str:
    return f"{name:<{width}}" + "".join(f"{count or '·':>15}" for count in counts)


def _explained(line: "BoardLine") -> list[str]:
    said = [f"{WORDS[line.status]}: {line.clause}", f"    {line.text.get('en', '')}"]
    for one in line.controls:
        if one.status in {Status.BROKEN, Status.AT_RISK}:
            whys = ", ".join(f"{why} ({count})" for why, count in sorted(one.whys.items())) or "see the board"
            first = f"; first in entry {one.first_broken}" if one.first_broken >= 0 else ""
            said.append(f"    {one.control}: {whys}{first}")
    return said
