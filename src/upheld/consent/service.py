# SPDX-License-Identifier: Apache-2.0
"""Give, refuse and withdraw, one choice at a time; ask again only when it is fair to ask.

Every verb is one act: the record, the facts that the gate reads, and the evidence commit together, so the next ask of
any process sees the choice. What narrows also goes to the restore journal.
"""

from collections.abc import Sequence
from datetime import datetime

from upheld import controls
from upheld.consent import recording, rules
from upheld.consent.events import ConsentEvent
from upheld.consent.models import ConsentPrompt, ConsentRecord, ConsentSalt
from upheld.consent.recording import held
from upheld.consent.values import Action, Recorded, Said, Wording
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound, TooMany
from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, Language


def give(
    *,
    data_subject_id: DataSubjectId,
    topic: str | Sequence[str],
    said: Said,
    now: datetime,
    wording_sha256: str = "",
    lapses_at: datetime | None = None,
) -> Recorded:
    """Record that a person said yes to one topic.

    Args:
        data_subject_id: who; a guardian speaks in `said`.
        topic: one topic; a bundle of several is refused.
        said: who said it, how, in which language.
        now: when.
        wording_sha256: digest of the wording that was shown; empty where the caller shows `wording()` as it is.
        lapses_at: when the consent ends by itself, where it was given for a time.

    Raises:
        BadInput: several topics, an unknown one, or no act of the person's own.
        Conflict: the wording shown is not the one in force.
        Forbidden: a guardian spoke who does not stand for this person.
    """
    _check_own_act(said)
    with act() as acting:
        policy, asked = _topics(data_subject_id, topic)
        recorded = [
            recording.record(
                acting,
                recording.Draft(
                    data_subject_id=data_subject_id,
                    topic=one,
                    action=Action.GIVEN,
                    version=policy.version,
                    wording_sha256=_checked_wording(policy, one, said.language, wording_sha256),
                    said=said,
                    lapses_at=lapses_at,
                    at_once=len(asked),
                ),
                policy,
                now=now,
            )
            for one in asked
        ]
    return recorded[0]


def withdraw(*, data_subject_id: DataSubjectId, topic: str, said: Said, now: datetime) -> Recorded:
    """Record that a person took a consent back; the next act is refused, what was done before stays lawful.

    Raises:
        BadInput: the topic is unknown.
        Conflict: nothing is given that could be taken back, or basic functions or law need it.
        Forbidden: a guardian spoke who does not stand for this person.
    """
    return _say_no(data_subject_id, topic, Action.WITHDRAWN, said, now)


def refuse(*, data_subject_id: DataSubjectId, topic: str, said: Said, now: datetime) -> Recorded:
    """Record that a person was asked and said no; the product does not ask again before the interval.

    Raises:
        BadInput: the topic is unknown.
        Conflict: basic functions or law need it, so there was nothing to ask.
        Forbidden: a guardian spoke who does not stand for this person.
    """
    return _say_no(data_subject_id, topic, Action.REFUSED, said, now)


def _say_no(data_subject_id: DataSubjectId, topic: str, action: Action, said: Said, now: datetime) -> Recorded:
    with act() as acting:
        policy, [only] = _topics(data_subject_id, topic)
        if not rules.can_change(policy, only):
            raise Conflict("basic functions or law need this; it ends when the account is cancelled")
        objection = rules.is_objection(policy, only)
        if action is Action.WITHDRAWN and not objection and not held(data_subject_id, only, now):
            raise Conflict("there is no consent in force that could be withdrawn")
        draft = recording.Draft(
            data_subject_id=data_subject_id,
            topic=only,
            action=action,
            version=policy.version,
            wording_sha256=rules.wording(policy, only, said.language).sha256,
            said=said,
        )
        return recording.record(acting, draft, policy, now=now)


def grant_permission(
    *, data_subject_id: DataSubjectId, permission: str, said: Said, now: datetime, lapses_at: datetime | None = None
) -> Recorded:
    """Record that the device lets the product use one permission, at the scenes the policy declares."""
    return give(
        data_subject_id=data_subject_id, topic=f"permission:{permission}", said=said, now=now, lapses_at=lapses_at
    )


def revoke_permission(*, data_subject_id: DataSubjectId, permission: str, said: Said, now: datetime) -> Recorded:
    """Record that the device no longer lets the product use one permission."""
    return withdraw(data_subject_id=data_subject_id, topic=f"permission:{permission}", said=said, now=now)


def prompt(*, data_subject_id: DataSubjectId, topic: str, language: Language, now: datetime) -> Wording:
    """Ask a person for one choice by the product's own doing; returns what to show.

    A person who goes to the settings is not prompted and may choose at any time.

    Raises:
        BadInput: the topic is unknown.
        TooMany: the person refused, or withdrew, within the interval.
    """
    withheld = None
    with act() as acting:
        policy, [only] = _topics(data_subject_id, topic)
        shown = rules.wording(policy, only, language)
        refused_at, asked_at = last_no(data_subject_id, only), last_asked(data_subject_id, only)
        due = rules.may_ask(refused_at, asked_at, now=now)
        event = ConsentEvent.ASKED
        if not due and controls.in_force("consent.no_nagging"):
            withheld = refused_at
            event = ConsentEvent.NOT_ASKED
        else:
            ConsentPrompt(id=uuid7(now), data_subject_id=data_subject_id, topic=only, at=now).save(force_insert=True)
        acting.record(
            event,
            now=now,
            subject=data_subject_id,
            clause=recording.clause_of(policy, only),
            control="consent.no_nagging",
            facts={
                "topic": only,
                "days_since_refusal": (now - refused_at).days if refused_at else None,
                "interval_days": rules.ASK_AGAIN_AFTER_DAYS,
                "interval_over": due,
            },
        )
    if withheld is not None:
        waits = rules.ASK_AGAIN_AFTER_DAYS * 86_400 - int((now - withheld).total_seconds())
        raise TooMany(
            "this choice was refused lately; it is not asked for again yet", retry_after_seconds=max(waits, 1)
        )
    return shown


def last_no(data_subject_id: DataSubjectId, topic: str) -> datetime | None:
    """Return when a person last refused or withdrew a topic, if that is how it stands."""
    last = ConsentRecord.objects.filter(data_subject_id=data_subject_id, topic=topic).order_by("-at", "-id").first()
    return last.at if last is not None and last.action != Action.GIVEN else None


def last_asked(data_subject_id: DataSubjectId, topic: str) -> datetime | None:
    """Return when the product last asked a person for a topic."""
    asked = ConsentPrompt.objects.filter(data_subject_id=data_subject_id, topic=topic).order_by("-at")
    return asked.values_list("at", flat=True).first()


def _check_own_act(said: Said) -> None:
    if controls.in_force("consent.no_deemed_consent") and not said.method.is_own_act:
        raise BadInput("consent needs an act of the person's own; a ticked box, use or silence is none")


def _topics(data_subject_id: DataSubjectId, topic: str | Sequence[str]) -> tuple[Policy, tuple[str, ...]]:
    """Return the policy that binds a person and the topic asked for; more than one only where a trial allows it."""
    policy = facts.rulebook(facts.of(data_subject_id).person.version).policy
    if policy is None:
        raise NotFound("nobody was admitted under this id")
    asked = rules.single(topic)
    if not asked:
        raise BadInput("expected one topic, none came")
    for one in asked:
        rules.check_topic(policy, one)
    if len(asked) > 1 and controls.in_force("consent.one_by_one"):
        raise BadInput(f"expected one topic at a time, {len(asked)} came bundled")
    return policy, asked


def _checked_wording(policy: Policy, topic: str, language: Language, shown_sha256: str) -> str:
    """Return the digest of the wording in force, which must be the one that was shown."""
    digest = rules.wording(policy, topic, language).sha256
    if shown_sha256 and shown_sha256 != digest:
        raise Conflict("the wording shown is not the one in force; show it again and ask again")
    return digest


def forget(*, data_subject_id: DataSubjectId) -> None:
    """Remove, inside an erasure's act, what links an erased person's records to the log, and when they were asked."""
    ConsentSalt.objects.filter(data_subject_id=data_subject_id).delete()
    ConsentPrompt.objects.filter(data_subject_id=data_subject_id).delete()
