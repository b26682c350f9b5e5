# SPDX-License-Identifier: Apache-2.0
"""A small world to try the middle rooms in: the baby-device policy published, a grown person who uses a profile."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from upheld.crypto.randomness import uuid7
from upheld.facts import service as facts
from upheld.facts import world_service as world
from upheld.gate import Ask
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import Act, AgeBand, DataSubjectId
from upheld.vault.events import VaultEvent
from upheld.vault.values import Reader, ReaderKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
POLICY = Path(__file__).parents[2] / "policies" / "baby-device.yaml"
EFFECTIVE = datetime(2026, 2, 5, tzinfo=UTC)
STAFF = UUID("018f0000-0000-7000-8000-000000000001")
ALL = ["default", "keys", "journal"]


def quietly():
    """An act whose evidence says nothing; for setting facts up."""
    return act()


def changed(acting):
    acting.record(VaultEvent.RESEALED, now=NOW, subject=None, clause=None, control=None, facts={})


def publish(document: bytes | None = None, *, effective_at: datetime = EFFECTIVE) -> int:
    journal.look_again()
    with act() as acting:
        seq = world.publish_version(document or POLICY.read_bytes(), effective_at=effective_at, now=EFFECTIVE)
        changed(acting)
    return seq


def grown(*topics: str, version: int = 1, told: bool = True) -> DataSubjectId:
    """A person of age, bound to a version, told, with these consents."""
    subject = DataSubjectId(uuid7(NOW))
    with act() as acting:
        facts.admit(subject, version, NOW)
        facts.state_age(subject, AgeBand.ADULT, NOW)
        if told:
            facts.tell(subject, NOW)
        for topic in topics:
            facts.give_consent(subject, topic, NOW)
        changed(acting)
    return subject


def collecting(purpose: str, *categories: str, **more) -> Ask:
    return Ask(act=Act.COLLECT, purpose=purpose, categories=categories, **more)


def using(purpose: str, *categories: str, **more) -> Ask:
    return Ask(act=Act.USE, purpose=purpose, categories=categories, **more)


def staff(**more) -> Reader:
    return Reader(
        kind=ReaderKind.STAFF,
        id=STAFF,
        **{"reason_code": "support", "case": "ticket-1", "reason": "asked for help", **more},
    )
