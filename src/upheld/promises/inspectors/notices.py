# SPDX-License-Identifier: Apache-2.0
"""Versions: checked before they were published, every clause with a control, by two people or by one who said so.

And none that was published is missing from the public archive, or another there than it was.
"""

import hashlib
from collections.abc import Iterator

from upheld.facts import queries as facts
from upheld.notices import queries
from upheld.notices.events import NoticeEvent
from upheld.promises.inspectors.base import Finding, Now, inspects, looks
from upheld.promises.values import Seen


@inspects("policy.checked_before_publish", "notices.clause_has_control", events=(NoticeEvent.PROPOSED,))
def proposed(seen: Seen) -> Iterator[Finding]:
    """A proposal that went ahead had no finding of severity error, and no clause without a control."""
    clean = seen.facts.get("errors") == 0
    yield Finding(control="policy.checked_before_publish", kept=clean, why="published_with_errors")
    covered = seen.facts.get("clauses_without_control") == 0
    yield Finding(control="notices.clause_has_control", kept=covered, why="clause_without_control")


@inspects(
    "policy.checked_before_publish",
    "notices.clause_has_control",
    "policy.dates_in_order",
    events=(NoticeEvent.PROPOSAL_REFUSED,),
)
def refused(_: Seen) -> Iterator[Finding]:
    """A proposal with errors went nowhere."""
    yield Finding(control="policy.checked_before_publish")


@inspects("notices.two_people_publish", events=(NoticeEvent.PUBLISHED,))
def published(seen: Seen) -> Iterator[Finding]:
    """Two people published, or one who knowingly did so alone: that keeps the rule and is shown as at risk."""
    people, declared = seen.facts.get("people"), seen.facts.get("alone_declared") is True
    if people == 1 and declared:
        yield Finding(control="notices.two_people_publish", at_risk=True, why="published_alone")
        return
    yield Finding(control="notices.two_people_publish", kept=people == 2, why="published_by_one")


@inspects("notices.acknowledged_version", events=(NoticeEvent.ACKNOWLEDGED,))
def acknowledged(seen: Seen) -> Iterator[Finding]:
    """A person accepted a version that had been shown in the same language."""
    shown = seen.facts.get("shown_before") is True
    yield Finding(control="notices.acknowledged_version", kept=shown, why="not_shown_before")


@inspects(
    "consent.cut_rights_bind_by_consent",
    "notices.major_changes_told",
    events=(NoticeEvent.ACKNOWLEDGED, NoticeEvent.BOUND),
)
def bound(seen: Seen) -> Iterator[Finding]:
    """A version bound a person: told first where the change is major, agreed to where it takes rights away."""
    if seen.facts.get("cuts"):
        agreed = seen.facts.get("cuts_agreed") is True
        yield Finding(control="consent.cut_rights_bind_by_consent", kept=agreed, why="cut_not_agreed")
    if seen.facts.get("major") is True:
        told = seen.facts.get("told") is True
        yield Finding(control="notices.major_changes_told", kept=told, why="change_not_told")


@looks("notices.archive_public")
def archive(now: Now) -> Iterator[Finding]:
    """Every version ever published is in the archive, under the digest of the bytes that are kept."""
    published = {version.seq: hashlib.sha256(facts.document(version.seq)).hexdigest() for version in facts.versions()}
    shown = {version.version: version.sha256 for version in queries.archive(now=now.at)}
    if published:
        yield Finding(control="notices.archive_public", kept=published == shown, why="version_missing")
