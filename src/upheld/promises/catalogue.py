# SPDX-License-Identifier: Apache-2.0
"""The catalogue of promises, and which of them are claimed by tests and pass.

A claim counts when the last full test run passed it and `make mutants` saw it fail without its control. Both reports
are read from `reports/`; what they do not say is not assumed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from upheld import places
from upheld.errors import BadInput

TESTS: Final = "claims.json"
MUTANTS: Final = "mutants.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One promise of the catalogue."""

    id: str
    policy: str
    capability: str
    obligation: str
    control: str
    clause: str
    """The clause of the policy that carries it; empty while none is named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How the claims stand, and on which reports that rests."""

    total: int
    claimed: tuple[str, ...]
    passing: tuple[str, ...]
    unclaimed: tuple[str, ...]
    not_passing: tuple[str, ...]
    reports: tuple[str, ...]


def promises(folder: Path = places.OBLIGATIONS) -> tuple[Promise, ...]:
    """Read the catalogue.

    Raises:
        BadInput: the folder holds none.
    """
    found = tuple(_promise(row) for file in sorted(folder.glob("*.jsonl")) for row in _rows(file))
    if not found:
        raise BadInput("no catalogue of promises was found", hint="run from a checkout or an installed package")
    return found


def _promise(row: Mapping[str, str | None]) -> Promise:
    given = {name: row.get(name) or "" for name in Promise.__slots__}
    return Promise(**given)


def _rows(file: Path) -> Iterator[Mapping[str, str | None]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def standing(reports: Path = places.REPORTS) -> Standing:
    """Say which promises are claimed, and which claims pass and survive no mutant."""
    known = [promise.id for promise in promises()]
    passed, killed = _claims(reports / TESTS), _claims(reports / MUTANTS)
    claimed = {promise for promise, _ in (*passed, *killed)} & set(known)
    passing = {promise for promise in claimed if _holds(promise, passed) and _holds(promise, killed)}
    return Standing(
        total=len(known),
        claimed=tuple(p for p in known if p in claimed),
        passing=tuple(p for p in known if p in passing),
        unclaimed=tuple(p for p in known if p not in claimed),
        not_passing=tuple(p for p in known if p in claimed - passing),
        reports=tuple(name for name in (TESTS, MUTANTS) if (reports / name).exists()),
    )


def _claims(file: Path) -> dict[tuple[str, str], bool]:
    if not file.exists():
        return {}
    rows = json.loads(file.read_text(encoding="utf-8"))["claims"]
    return {(row["promise"], row["control"]): row["passed"] for row in rows}


def _holds(promise: str, report: Mapping[tuple[str, str], bool]) -> bool:
    """Say whether every claim on a promise passed; none at all is not passing."""
    verdicts = [passed for (claimed, _), passed in report.items() if claimed == promise]
    return bool(verdicts) and all(verdicts)
