# SPDX-License-Identifier: Apache-2.0
"""What a check finds: where in the file, what is wrong, and what to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from upheld.errors import BadInput


class Severity(StrEnum):
    """How bad a finding is; an error keeps a policy from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Place(NamedTuple):
    """Where in a file something stands, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing found, at its place."""

    code: str
    severity: Severity
    clause: str
    file: str
    line: int
    column: int
    message: str
    remedy: str
    source: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        about = f" [{self.clause}]" if self.clause else ""
        return f"{where}: {self.severity} {self.code}{about} {self.message}"


class PolicyUnreadable(BadInput):
    """The file is no policy; its findings say where and why."""

    code = "policy_unreadable"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep what was found."""
        super().__init__(
            "\n".join(map(str, findings)),
            hint=findings[0].remedy if findings else "see docs/reference/policy-format.md",
        )
        self.findings = findings
