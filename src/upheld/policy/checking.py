# SPDX-License-Identifier: Apache-2.0
"""Checking a policy that could be read: every rule looks at it, every fault becomes a finding at its place."""

from datetime import datetime

from upheld.policy.findings import Finding, Severity
from upheld.policy.parsing import Parsed
from upheld.policy.rules import RULES, Fault, Rule


def check(parsed: Parsed, *, now: datetime | None = None) -> list[Finding]:
    """Check a policy.

    Args:
        parsed: the policy with its places.
        now: the moment of checking; with it, a date that has not come yet is found too.

    Returns:
        What was found, in the order of the file; nothing if the policy is clean.
    """
    findings = [_finding(parsed, rule, fault) for rule in RULES.values() for fault in rule.look(parsed.policy)]
    updated = parsed.policy.updated
    if now is not None and updated and updated > now.date():
        line, column = parsed.place("updated")
        findings.append(
            Finding(
                code="W109",
                severity=Severity.WARNING,
                clause="updated",
                file=parsed.name,
                line=line,
                column=column,
                message=f"it says it was updated on {updated}, a day that has not come yet",
                remedy="write the day on which it was last changed",
            )
        )
    return sorted(findings, key=lambda one: (one.line, one.column, one.code))


def _finding(parsed: Parsed, rule: Rule, fault: Fault) -> Finding:
    line, column = parsed.place(fault.path)
    return Finding(
        code=rule.code,
        severity=rule.severity,
        clause=fault.path,
        file=parsed.name,
        line=line,
        column=column,
        message=fault.message,
        remedy=rule.remedy,
        source=rule.source,
    )
