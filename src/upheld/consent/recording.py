# SPDX-License-Identifier: Apache-2.0
"""Write one choice down: the record, the facts, the journal, the evidence."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.consent import rules
from upheld.consent.events import ConsentEvent
from upheld.consent.models import ConsentRecord, ConsentSalt
from upheld.consent.values import Action, Method, Recorded, Said, TopicKind
from upheld.crypto.randomness import token_bytes, uuid7
from upheld.errors import BadInput, Forbidden
from upheld.facts import queries
from upheld.facts import service as facts
from upheld.gate.values import PersonFacts
from upheld.ledger import entries
from upheld.ledger.canonical import Json
from upheld.policy import Policy
from upheld.storage import journal
from upheld.storage.acts import Act as Acting
from upheld.storage.acts import Fact
from upheld.terms import Actor, DataSubjectId, Language

SALT_BYTES: Final = 16
"""128 bits, the least that the log takes for a commitment."""

_CONTROL: Final = {
    Action.GIVEN: "consent.no_deemed_consent",
    Action.WITHDRAWN: "consent.withdrawal_at_once",
    Action.REFUSED: "consent.no_nagging",
}
_SECTION: Final = {
    TopicKind.SHARE: "recipients",
    TopicKind.SHARE_MORE: "recipients",
    TopicKind.ABROAD: "recipients",
    TopicKind.PERMISSION: "permissions",
    TopicKind.TRACKER: "trackers",
    TopicKind.SOURCE: "sources",
}


class Narrowing(StrEnum):
    """Kinds of journal entries that this room writes and replays."""

    OBJECTED = "consent.objected"
    TAKEN_BACK = "consent.taken_back"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A choice about to be written down."""

    data_subject_id: DataSubjectId
    topic: str
    action: Action
    version: int
    wording_sha256: str
    said: Said
    lapses_at: datetime | None = None
    at_once: int = 1
    """How many topics were chosen with one act; more than one is a bundle."""


def record(acting: Acting, draft: Draft, policy: Policy, *, now: datetime) -> Recorded:
    """Write a choice down inside the caller's act.

    1. Who speaks may speak for this person.
    2. A narrowing choice reaches the restore journal first, so that no backup undoes it.
    3. The record is added; the facts that the gate reads change.
    4. The evidence says what was chosen, how, and whether the gate's facts now agree.
    """
    _check_standing(draft, now)
    if draft.action is not Action.GIVEN:
        _journal(draft, policy, now)
    recorded = _add(draft, now)
    _tell_gate(draft, policy, now)
    acting.record(
        _event(draft, policy),
        now=now,
        subject=draft.data_subject_id,
        clause=clause_of(policy, draft.topic),
        control=_CONTROL[draft.action],
        facts=_evidence(draft, recorded, policy, now),
    )
    return recorded


def _check_standing(draft: Draft, now: datetime) -> None:
    """Let the person speak, or a guardian in office; nobody else consents for anyone."""
    if draft.said.actor is Actor.SELF:
        return
    if draft.said.actor is not Actor.GUARDIAN:
        raise Forbidden("consent is the person's, or a verified guardian's, to give")
    until = queries.of(draft.data_subject_id).person.guardian_until
    if controls.in_force("children.guardian_needed") and until <= now.timestamp():
        raise Forbidden("no verified guardian stands for this person now")


def _journal(draft: Draft, policy: Policy, now: datetime) -> None:
    objection = rules.is_objection(policy, draft.topic)
    kind = Narrowing.OBJECTED if objection else Narrowing.TAKEN_BACK
    found = {"subject": str(draft.data_subject_id), "topic": draft.topic}
    journal.narrow(kind, facts=found, now=now)


@journal.replays(Narrowing.TAKEN_BACK)
def _take_back_again(found: journal.JournalFacts, at: datetime) -> None:
    with suppress(BadInput):  # a topic of a version younger than the backup: nothing of it is held
        facts.withdraw_consent(DataSubjectId(UUID(str(found["subject"]))), str(found["topic"]), at)


@journal.replays(Narrowing.OBJECTED)
def _object_again(found: journal.JournalFacts, at: datetime) -> None:
    with suppress(BadInput):
        facts.object_to(DataSubjectId(UUID(str(found["subject"]))), rules.name_of(str(found["topic"])), at)


def _add(draft: Draft, now: datetime) -> Recorded:
    said, record_id, salt = draft.said, uuid7(now), token_bytes(SALT_BYTES)
    row = ConsentRecord(
        id=record_id,
        data_subject_id=draft.data_subject_id,
        topic=draft.topic,
        action=draft.action.value,
        version=draft.version,
        language=said.language.value,
        wording_sha256=draft.wording_sha256,
        method=said.method.value,
        actor=said.actor.value,
        actor_id=said.actor_id,
        at=now,
    )
    row.save(force_insert=True)
    kept = ConsentSalt(id=record_id, data_subject_id=draft.data_subject_id, salt=salt.hex())
    kept.save(force_insert=True)
    return as_recorded(row, kept)


def as_recorded(row: ConsentRecord, kept: ConsentSalt) -> Recorded:
    """Return a record as its person's receipt, with the digest that its entry in the log carries."""
    return Recorded(
        record_id=row.id,
        data_subject_id=DataSubjectId(row.data_subject_id),
        topic=row.topic,
        action=Action(row.action),
        version=row.version,
        language=Language(row.language),
        wording_sha256=row.wording_sha256,
        method=Method(row.method),
        actor=Actor(row.actor),
        at=row.at,
        salt=kept.salt,
        digest=entries.commit(bytes.fromhex(kept.salt), as_json(row)),
    )


def as_json(row: ConsentRecord) -> dict[str, Json]:
    """Return what the digest of a record is over; a receipt discloses it."""
    return {
        "record": str(row.id),
        "subject": str(row.data_subject_id),
        "topic": row.topic,
        "action": row.action,
        "version": row.version,
        "language": row.language,
        "wording_sha256": row.wording_sha256,
        "method": row.method,
        "actor": row.actor,
        "at": row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _tell_gate(draft: Draft, policy: Policy, now: datetime) -> None:
    """Change the facts that the gate reads; without the control (in a trial) a withdrawal stops nothing."""
    subject, name = draft.data_subject_id, rules.name_of(draft.topic)
    objection = rules.is_objection(policy, draft.topic)
    guardian = draft.said.actor is Actor.GUARDIAN
    match draft.action:
        case Action.GIVEN if objection:
            facts.lift_objection(subject, name, now)
        case Action.GIVEN:
            facts.give_consent(subject, draft.topic, now, lapses_at=draft.lapses_at, by_guardian=guardian)
        case Action.WITHDRAWN | Action.REFUSED if not controls.in_force("consent.withdrawal_at_once"):
            return
        case Action.WITHDRAWN | Action.REFUSED if objection:
            facts.object_to(subject, name, now)
        case Action.WITHDRAWN:
            facts.withdraw_consent(subject, draft.topic, now)
        case Action.REFUSED:
            facts.refuse_consent(subject, draft.topic, now)


def _event(draft: Draft, policy: Policy) -> ConsentEvent:
    if rules.is_objection(policy, draft.topic):
        return ConsentEvent.OBJECTION_LIFTED if draft.action is Action.GIVEN else ConsentEvent.OBJECTED
    if rules.kind_of(draft.topic) is TopicKind.PERMISSION:
        given = draft.action is Action.GIVEN
        return ConsentEvent.PERMISSION_GRANTED if given else ConsentEvent.PERMISSION_REVOKED
    return {
        Action.GIVEN: ConsentEvent.GIVEN,
        Action.WITHDRAWN: ConsentEvent.WITHDRAWN,
        Action.REFUSED: ConsentEvent.REFUSED,
    }[draft.action]


def clause_of(policy: Policy, topic: str) -> str:
    """Name the clause that a topic is about."""
    name = rules.name_of(topic)
    kind = rules.kind_of(topic)
    if kind is TopicKind.TRANSFER:
        return "succession"
    section = _SECTION.get(kind)
    if section is None:
        section = "functions" if name in policy.functions else "purposes"
    return f"{section}.{name}"


def _evidence(draft: Draft, recorded: Recorded, policy: Policy, now: datetime) -> dict[str, Fact]:
    """Say what an inspector needs: that it was an own act, alone, and what the gate's facts say afterwards."""
    said = draft.said
    found: dict[str, Fact] = {
        "topic": draft.topic,
        "action": draft.action.value,
        "version": draft.version,
        "language": said.language.value,
        "wording": draft.wording_sha256,
        "method": said.method.value,
        "own_act": said.method.is_own_act,
        "actor": said.actor.value,
        "topics_at_once": draft.at_once,
        "record": recorded.digest,
    }
    if not rules.is_objection(policy, draft.topic):
        found["held_afterwards"] = held(draft.data_subject_id, draft.topic, now)
    return found


def held(data_subject_id: DataSubjectId, topic: str, now: datetime) -> bool:
    """Say whether the gate's facts, read now, hold a topic, from the person or from a guardian."""
    return is_held(queries.of(data_subject_id).person, queries.topics().get(topic), now)


def is_held(person: PersonFacts, bit: int | None, now: datetime) -> bool:
    """Say whether facts hold the topic of a bit, from the person or from a guardian."""
    if bit is None:
        return False
    instant = int(now.timestamp())
    own = person.held >> bit & 1 and not _lapsed(person.lapses, bit, instant)
    guardians = person.guardian_held >> bit & 1 and not _lapsed(person.guardian_lapses, bit, instant)
    return bool(own) or bool(guardians and instant < person.guardian_until)


def _lapsed(lapses: tuple[tuple[int, int], ...], bit: int, instant: int) -> bool:
    return any(mask >> bit & 1 and instant >= at for mask, at in lapses)
