# SPDX-License-Identifier: Apache-2.0
"""Reads of the facts, and the rulebooks that decisions are made by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from upheld.errors import NotFound
from upheld.facts import hot, rulebooks
from upheld.facts.models import PolicyVersion
from upheld.gate.rulebook import Rulebook
from upheld.gate.values import Facts, WorldFacts
from upheld.policy import Policy
from upheld.terms import DataSubjectId


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A published version, without its document."""

    seq: int
    sha256: str
    updated_on: date
    effective_at: datetime
    published_at: datetime
    withdrawn_at: datetime | None


def of(data_subject_id: DataSubjectId) -> Facts:
    """Return what a decision on a person rests on; of an id never seen, the facts of nobody."""
    return hot.read(data_subject_id).facts


def world() -> WorldFacts:
    """Return what holds for everyone."""
    return hot.world().facts


def rulebook(version: int) -> Rulebook:
    """Return the compiled policy of a version; of an unknown version, one that refuses everything."""
    return rulebooks.rulebook_in(hot.world(), version)


def policy(version: int) -> Policy:
    """Return a published version of the policy.

    Raises:
        NotFound: there is no such version.
    """
    digest = hot.world().documents.get(version)
    if digest is None:
        raise NotFound(f"no version {version} of the policy was published")
    return rulebooks.policy_of(version, digest)


def versions() -> Sequence[Version]:
    """Return every published version, the newest first."""
    return [
        Version(
            seq=row.seq,
            sha256=row.sha256,
            updated_on=row.updated_on,
            effective_at=row.effective_at,
            published_at=row.published_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in PolicyVersion.objects.defer("document").order_by("-seq")
    ]


def document(version: int) -> bytes:
    """Return a published version byte for byte.

    Raises:
        NotFound: there is no such version.
    """
    row = PolicyVersion.objects.filter(seq=version).first()
    if row is None:
        raise NotFound(f"no version {version} of the policy was published")
    return bytes(row.document)


def current_version(now: datetime) -> int:
    """Return the version in force for whoever comes now; 0 before the first."""
    instant = int(now.timestamp())
    dates = hot.world().facts.versions
    return max((seq for seq, (starts, ends) in dates.items() if starts <= instant < ends), default=0)


def topics() -> Mapping[str, int]:
    """Return every topic and the number of its bit."""
    return hot.world().topics


def consented(data_subject_id: DataSubjectId, topic: str, now: datetime) -> bool:
    """Say whether a person's own grant of a topic is in force."""
    found = hot.read(data_subject_id)
    bit = found.world.topics.get(topic)
    if bit is None or not found.facts.person.held >> bit & 1:
        return False
    instant = int(now.timestamp())
    return not any(mask >> bit & 1 and instant >= at for mask, at in found.facts.person.lapses)
