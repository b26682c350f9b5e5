# SPDX-License-Identifier: Apache-2.0
"""What a check finds: where in the file, what is wrong, and what to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from upheld.errors import BadInput
from upheld.terms import Language


class Severity(StrEnum):
    """How bad a finding is; an error keeps a policy from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Pair = tuple[str, str]
"""One thing said in English and in Chinese."""


class Place(NamedTuple):
    """Where in a file something stands, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing found, at its place.

    Args:
        message: what is wrong, in English.
        remedy: what to do, in English.
        source: the law or standard behind it, if any; one that was not confirmed says so.
        chinese: message and remedy in Chinese.
    """

    code: str
    severity: Severity
    clause: str
    file: str
    line: int
    column: int
    message: str
    remedy: str
    source: str = ""
    chinese: Pair = ("", "")

    def __str__(self) -> str:
        return self.line_in(Language.EN)

    def said(self, language: Language) -> Pair:
        """Give message and remedy in a language."""
        if language is Language.ZH_HANS:
            return self.chinese[0] or self.message, self.chinese[1] or self.remedy
        return self.message, self.remedy

    def line_in(self, language: Language) -> str:
        """Write it on one line: where, how bad, code, clause, what is wrong."""
        where = f"{self.file}:{self.line}:{self.column}"
        about = f" [{self.clause}]" if self.clause else ""
        severity = _CHINESE_SEVERITY[self.severity] if language is Language.ZH_HANS else self.severity
        return f"{where}: {severity} {self.code}{about} {self.said(language)[0]}"


_CHINESE_SEVERITY: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


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
