# SPDX-License-Identifier: Apache-2.0
"""Versions: checked before they were published, every clause with a control, by two people or by one who said so.

A revision says why it came, and its page marks what changed. None that was published is missing from the public
archive, or another there than it was, and the one in force is open to all.
"""

import hashlib
from collections.abc import Iterator

from upheld import policy as policies
from upheld.errors import NotFound, Unauthenticated
from upheld.facts import queries as facts
from upheld.notices import queries, wording
from upheld.notices.events import NoticeEvent
from upheld.policy.rendering.changed import changed
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


@inspects("notices.reason_given", events=(NoticeEvent.PUBLISHED,))
def reasoned(seen: Seen) -> Iterator[Finding]:
    """A revision says which change in service or law it answers to; the first version revises nothing."""
    if seen.facts.get("first") is False:
        given = seen.facts.get("because") in {"service", "law"}
        yield Finding(control="notices.reason_given", kept=given, why="no_reason_given")


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


@looks("notices.change_shown")
def changes_marked(_: Now) -> Iterator[Finding]:
    """Every clause of the newest version that reads otherwise than before is among those its page marks."""
    known = facts.versions()
    earlier = wording.before(known[0].seq) if known else 0
    if not earlier:
        return
    old, new = facts.policy(earlier), facts.policy(known[0].seq)
    had = {clause.id: clause.text for clause in policies.bind(old)}
    now_says = {clause.id: clause.text for clause in policies.bind(new)}
    differ = {clause for clause in had.keys() | now_says.keys() if had.get(clause) != now_says.get(clause)}
    marked = {line.clause for language in new.languages for line in changed(old, new, language)}
    kept = differ - {"effective"} <= marked  # the dates differ in every version
    yield Finding(control="notices.change_shown", kept=kept, why="change_not_marked")


@looks("notices.rules_open")
def rules_open(now: Now) -> Iterator[Finding]:
    """Who comes without an account is offered the version in force."""
    current = facts.current_version(now.at)
    if not current:
        return
    try:
        kept = queries.offered(now=now.at, signed_in=False).version == current
    except (NotFound, Unauthenticated):
        kept = False
    yield Finding(control="notices.rules_open", kept=kept, why="not_open_to_all")


@looks("notices.archive_public")
def archive(now: Now) -> Iterator[Finding]:
    """Every version ever published is in the archive, under the digest of the bytes that are kept."""
    published = {version.seq: hashlib.sha256(facts.document(version.seq)).hexdigest() for version in facts.versions()}
    shown = {version.version: version.sha256 for version in queries.archive(now=now.at)}
    if published:
        yield Finding(control="notices.archive_public", kept=published == shown, why="version_missing")
