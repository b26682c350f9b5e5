# SPDX-License-Identifier: Apache-2.0
"""Show a version, take its acceptance, tell of changes, and bind people to a version that may bind them.

A version binds a person who accepted it. A newer one binds without asking only where it takes nothing away and, if it
is major, only after the person was told in every way the policy promises. One that cuts a right binds by express
consent alone; until then the earlier version goes on for that person.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import token_bytes, uuid7
from upheld.errors import BadInput, Conflict, Forbidden, NotFound
from upheld.facts import queries as facts
from upheld.facts import service as fact_verbs
from upheld.notices import changes, queries, stale
from upheld.notices.events import NoticeEvent
from upheld.notices.models import ChangeTold, NoticeAcknowledgement, NoticeSalt, NoticeShown
from upheld.notices.values import Acknowledged, Change, Published
from upheld.policy.model.governance import Telling
from upheld.storage.acts import Fact, act
from upheld.terms import Actor, DataSubjectId, Language
from upheld.vault import service as vault
from upheld.vault.rules import minute

SALT_BYTES: Final = 16
"""128 bits, the least that the log takes for a commitment."""


def shown(*, viewer_id: UUID, version: int, language: Language, now: datetime) -> None:
    """Record that a version was shown to a person, or to a session without an account; once for each language.

    Args:
        viewer_id: the person's id, or the session's opaque one.
        version: the version shown.
        language: in which language.
        now: when.

    Raises:
        NotFound: no such version was published.
    """
    document_sha256 = queries.published(version, now=now).sha256
    if queries.was_shown(version, language, viewers=[viewer_id]):
        return
    with act() as acting:
        row = NoticeShown(id=uuid7(now), viewer_id=viewer_id, version=version, language=language.value, at=now)
        row.save(force_insert=True)
        acting.record(
            NoticeEvent.SHOWN,
            now=now,
            subject=None,
            clause="changes",
            control="notices.acknowledged_version",
            facts={"version": version, "language": language.value, "sha256": document_sha256},
        )


def acknowledge(
    *,
    data_subject_id: DataSubjectId,
    version: int,
    language: Language,
    now: datetime,
    actor: Actor = Actor.SELF,
    session_id: UUID | None = None,
    agrees_to_cuts: bool = False,
) -> Acknowledged:
    """Take a person's acceptance of a version, which from then on binds the person.

    Args:
        data_subject_id: who.
        version: the version that was shown, as the form names it.
        language: the language it was shown in.
        now: when.
        actor: the person, or a guardian in office.
        session_id: the session it was shown to, where the person had no account yet.
        agrees_to_cuts: the person expressly agreed to what this version takes away.

    Raises:
        NotFound: no such version was published.
        Conflict: another version was shown than the one named, it is not in force, or it takes rights away and the
            person did not expressly agree.
        Forbidden: someone else than the person or a guardian spoke.
    """
    if actor not in {Actor.SELF, Actor.GUARDIAN}:
        raise Forbidden("a notice is accepted by the person, or a verified guardian")
    published = queries.published(version, now=now)
    was_shown = queries.was_shown(version, language, viewers=[data_subject_id, *([session_id] if session_id else [])])
    if controls.in_force("notices.acknowledged_version") and not was_shown:
        raise Conflict("acceptance names the version and language that were shown; show this one first")
    if controls.in_force("gate.version_in_force") and not published.is_in_force:
        raise Conflict("this version does not apply now")
    change = _change_for(data_subject_id, version)
    _check_cuts(change, agrees_to_cuts)
    with act() as acting:
        fact_verbs.admit(data_subject_id, version, now)
        again = stale.drop(data_subject_id, change.ask_again, now=now)
        fact_verbs.tell(data_subject_id, now, by_guardian=actor is Actor.GUARDIAN)
        vault.shorten_periods(data_subject_id=data_subject_id, version=version, now=now)
        made = _keep(data_subject_id, version, language, published.sha256, actor, agrees_to_cuts, now)
        acting.record(
            NoticeEvent.ACKNOWLEDGED,
            now=now,
            subject=data_subject_id,
            clause="changes",
            control="notices.acknowledged_version",
            facts=_accepted(made, published, change)
            | {"actor": actor.value, "shown_before": was_shown, "cuts_agreed": agrees_to_cuts, "asked_again": again},
        )
    return made


def _accepted(made: Acknowledged, published: Published, change: Change) -> dict[str, Fact]:
    return {
        "version": made.version,
        "language": made.language.value,
        "sha256": made.document_sha256,
        "in_force": published.is_in_force,
        "cuts": len(change.cuts),
        "record": made.digest,
    }


def _change_for(data_subject_id: DataSubjectId, version: int) -> Change:
    """Compare a version with the one that binds the person now; the first changes nothing for a newcomer."""
    bound = facts.of(data_subject_id).person.version
    return queries.change_between(bound, version) if bound and bound != version else changes.NOTHING


def _check_cuts(change: Change, agrees_to_cuts: bool) -> None:
    if change.cuts and not agrees_to_cuts and controls.in_force("consent.cut_rights_bind_by_consent"):
        raise Conflict("this version takes rights away; it binds only who expressly agrees to that")


def _keep(
    data_subject_id: DataSubjectId,
    version: int,
    language: Language,
    document_sha256: str,
    actor: Actor,
    cuts_agreed: bool,
    now: datetime,
) -> Acknowledged:
    row = NoticeAcknowledgement(
        id=uuid7(now),
        data_subject_id=data_subject_id,
        version=version,
        language=language.value,
        document_sha256=document_sha256,
        actor=actor.value,
        cuts_agreed=cuts_agreed,
        at=now,
    )
    row.save(force_insert=True)
    salt = token_bytes(SALT_BYTES)
    NoticeSalt(id=row.id, data_subject_id=data_subject_id, salt=salt.hex()).save(force_insert=True)
    return queries.as_acknowledged(row, salt.hex())


def told(
    *, data_subject_id: DataSubjectId, version: int, way: Telling, now: datetime, message_id: UUID | None = None
) -> None:
    """Record that a person was told of a change in one way; telling the same way again changes nothing.

    Args:
        data_subject_id: whom.
        version: the newer version.
        way: how.
        now: when.
        message_id: the letter or note that carried it, where one did.

    Raises:
        NotFound: no such version was published.
    """
    published = queries.published(version, now=now)
    with act() as acting:
        ChangeTold.objects.get_or_create(
            data_subject_id=data_subject_id,
            version=version,
            way=way.value,
            defaults={"id": uuid7(now), "at": now, "message_id": message_id},
        )
        acting.record(
            NoticeEvent.CHANGE_TOLD,
            now=now,
            subject=data_subject_id,
            clause="changes",
            control="notices.major_changes_told",
            facts={
                "version": version,
                "way": way.value,
                "effective_at": minute(published.effective_at),
                "before_effective": now < published.effective_at,
            },
        )


def take_effect(*, data_subject_id: DataSubjectId, version: int, now: datetime) -> None:
    """Bind a person to a newer version that needs no consent.

    Raises:
        NotFound: no such version was published, or nobody was admitted under this id.
        Conflict: it does not apply yet, takes rights away, or the person has not been told of it.
        BadInput: it is not newer than the one that binds the person.
    """
    bound = facts.of(data_subject_id).person.version
    if not bound:
        raise NotFound("nobody was admitted under this id")
    if version <= bound:
        raise BadInput(f"version {bound} binds this person; expected a newer one, {version} came")
    published = queries.published(version, now=now)
    if controls.in_force("gate.version_in_force") and not published.is_in_force:
        raise Conflict("this version does not apply now")
    change = queries.change_between(bound, version)
    _check_cuts(change, agrees_to_cuts=False)
    left = queries.ways_left(data_subject_id, bound, version, now=now) if change.is_major else ()
    if left and controls.in_force("notices.major_changes_told"):
        raise Conflict(f"the change is major and the person has not been told by {', '.join(left)}")
    with act() as acting:
        fact_verbs.admit(data_subject_id, version, now)
        again = stale.drop(data_subject_id, change.ask_again, now=now)
        vault.shorten_periods(data_subject_id=data_subject_id, version=version, now=now)
        acting.record(
            NoticeEvent.BOUND,
            now=now,
            subject=data_subject_id,
            clause="changes",
            control="consent.cut_rights_bind_by_consent",
            facts={
                "version": version,
                "from_version": bound,
                "in_force": published.is_in_force,
                "major": change.is_major,
                "told": not left,
                "cuts": len(change.cuts),
                "cuts_agreed": False,
                "asked_again": again,
            },
        )
