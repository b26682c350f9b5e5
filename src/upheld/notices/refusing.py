# SPDX-License-Identifier: Apache-2.0
"""Refuse a version that takes something away: once is enough, and nobody asks for that version again."""

from datetime import datetime

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import Conflict, Forbidden
from upheld.facts import queries as facts
from upheld.notices import queries
from upheld.notices.events import NoticeEvent
from upheld.notices.models import NoticeRefusal, NoticeSalt
from upheld.notices.values import Prompt
from upheld.storage.acts import act
from upheld.terms import Actor, DataSubjectId, Language


def decline(
    *, data_subject_id: DataSubjectId, version: int, language: Language, now: datetime, actor: Actor = Actor.SELF
) -> None:
    """Take a person's refusal of a version; the one that binds the person goes on. Refusing again changes nothing.

    Args:
        data_subject_id: who.
        version: the version refused, as the form names it.
        language: in which language it was shown.
        now: when.
        actor: the person, or a guardian in office.

    Raises:
        Forbidden: someone else than the person or a guardian spoke.
        Conflict: the version does not wait for this person, or takes nothing away and so binds without being asked.
    """
    if actor not in {Actor.SELF, Actor.GUARDIAN}:
        raise Forbidden("a version is refused by the person, or a verified guardian")
    pending = queries.pending_change(data_subject_id, now=now)
    if pending is None or pending.version != version:
        raise Conflict("this version does not wait for an answer")
    if not pending.must_agree:
        raise Conflict("this version takes nothing away; it binds without being asked, and nothing is there to refuse")
    if pending.declined:
        return
    with act() as acting:
        NoticeRefusal.objects.create(
            id=uuid7(now),
            data_subject_id=data_subject_id,
            version=version,
            language=language.value,
            actor=actor.value,
            at=now,
        )
        acting.record(
            NoticeEvent.DECLINED,
            now=now,
            subject=data_subject_id,
            clause="changes",
            control="consent.cut_rights_bind_by_consent",
            facts={
                "version": version,
                "bound": facts.of(data_subject_id).person.version,
                "language": language.value,
                "cuts": len(pending.change.cuts),
                "actor": actor.value,
            },
        )


def prompt(data_subject_id: DataSubjectId, *, now: datetime) -> Prompt | None:
    """Return what a person's pages show of a version that waits; nothing after a refusal, or where none waits."""
    pending = queries.pending_change(data_subject_id, now=now)
    if pending is None or (pending.declined and controls.in_force("consent.no_nagging")):
        return None
    shown = any(queries.was_shown(pending.version, one, viewers=[data_subject_id]) for one in Language)
    return Prompt(pending=pending, is_read=shown)


def forget(*, data_subject_id: DataSubjectId) -> None:
    """Remove, inside an erasure's act, what links an erased person's acceptances to the log."""
    NoticeSalt.objects.filter(data_subject_id=data_subject_id).delete()
