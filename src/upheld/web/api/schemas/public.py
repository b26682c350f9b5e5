# SPDX-License-Identifier: Apache-2.0
"""The board, the versions and the log."""

from datetime import date, datetime

from upheld.terms import Status
from upheld.web.api.schemas.base import Answer


class ControlAnswer(Answer):
    """One control of a clause."""

    control: str
    status: Status
    kept: int
    broken: int
    first_broken: int
    since: str
    last_at: str
    whys: dict[str, int]


class LineAnswer(Answer):
    """One clause on the board."""

    clause: str
    text: dict[str, str]
    status: Status
    scope: str
    capability: str
    owner: str
    since: str
    controls: list[ControlAnswer]


class BoardAnswer(Answer):
    """The promise board of the version in force, as it was last recomputed."""

    policy: str
    version: int
    recomputed_at: datetime
    tree_size: int
    counts: dict[str, int]
    clauses: list[LineAnswer]
    notes: list[str]


class EvidenceAnswer(Answer):
    """One entry of the evidence log, and what it says of the clause."""

    index: int
    event: str
    at: str
    control: str
    kept: bool
    at_risk: bool
    why: str


class ClauseAnswer(Answer):
    """One clause, and the newest evidence behind it; `before` is where to go on."""

    line: LineAnswer
    evidence: list[EvidenceAnswer]
    before: int | None


class AskedAnswer(Answer):
    """The board will be recomputed by the worker."""

    asked_at: datetime


class VersionAnswer(Answer):
    """One version of the archive."""

    version: int
    sha256: str
    updated_on: date
    effective_at: datetime
    published_at: datetime
    withdrawn_at: datetime | None
    is_in_force: bool


class VersionsAnswer(Answer):
    """Every version there ever was, newest first."""

    versions: list[VersionAnswer]
