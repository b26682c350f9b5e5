# SPDX-License-Identifier: Apache-2.0
"""Disclosures: to recipients with a complete row in the directory, and each shown to the person."""

from collections.abc import Iterator

from upheld.promises.inspectors.base import Finding, about, inspects
from upheld.promises.values import Seen
from upheld.sharing.events import SharingEvent


@inspects("sharing.directory_complete", "sharing.disclosure_recorded", events=(SharingEvent.DISCLOSED,))
def disclosed(seen: Seen) -> Iterator[Finding]:
    """Judge a disclosure by its recipient's row and by what the person is shown; consent and papers are acts' affair."""
    where = about(seen)
    complete = seen.facts.get("directory_complete") is True
    yield Finding(control="sharing.directory_complete", kept=complete, why="row_incomplete", about=where)
    shown = seen.facts.get("recorded") is True
    yield Finding(control="sharing.disclosure_recorded", kept=shown, why="not_shown", about=where)


@inspects("sharing.directory_complete", events=(SharingEvent.REFUSED,))
def refused(seen: Seen) -> Iterator[Finding]:
    """A recipient without a complete row received nothing."""
    if seen.facts.get("directory_complete") is False:
        yield Finding(control="sharing.directory_complete", about=about(seen))


@inspects("sharing.disclosure_recorded", events=(SharingEvent.UNCERTAIN,))
def uncertain(_: Seen) -> Iterator[Finding]:
    """Nobody knows whether it was handed over: the person reads that, and someone has to look."""
    yield Finding(control="sharing.disclosure_recorded", at_risk=True, why="handing_over_uncertain")
