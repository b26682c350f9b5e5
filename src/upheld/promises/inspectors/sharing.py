# SPDX-License-Identifier: Apache-2.0
"""Disclosures: declared recipients with complete rows and papers in force, each shown to the person."""

from collections.abc import Iterator

from upheld.promises.inspectors.base import Finding, about, inspects
from upheld.promises.values import Seen
from upheld.sharing.events import SharingEvent


@inspects(
    "gate.recipient_declared",
    "sharing.agreement_in_force",
    "sharing.directory_complete",
    "sharing.disclosure_recorded",
    events=(SharingEvent.DISCLOSED,),
)
def disclosed(seen: Seen) -> Iterator[Finding]:
    """Judge a disclosure by the papers on file, the row and what the person is shown."""
    facts, clauses = seen.facts, about(seen)
    declared = facts.get("declared") is True
    yield Finding(control="gate.recipient_declared", kept=declared, why="recipient_undeclared", about=clauses)
    lacking = facts.get("papers_lacking") or []
    agreement = "agreement" not in lacking if isinstance(lacking, list) else False
    yield Finding(control="sharing.agreement_in_force", kept=agreement, why="agreement_missing", about=clauses)
    complete = not facts.get("row_missing")
    yield Finding(control="sharing.directory_complete", kept=complete, why="row_incomplete", about=clauses)
    shown = facts.get("shown_to_person") is True
    yield Finding(control="sharing.disclosure_recorded", kept=shown, why="not_shown", about=clauses)


@inspects("sharing.directory_complete", events=(SharingEvent.REFUSED,))
def refused(seen: Seen) -> Iterator[Finding]:
    """A recipient without a complete row received nothing."""
    yield Finding(control="sharing.directory_complete", about=about(seen))
