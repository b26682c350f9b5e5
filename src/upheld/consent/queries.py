# SPDX-License-Identifier: Apache-2.0
"""How choices stand, and how they came to."""

from datetime import datetime
from typing import Final

from upheld.consent import recording, rules
from upheld.consent.models import ConsentPrompt, ConsentRecord, ConsentSalt
from upheld.consent.values import Action, Choice, Recorded, State
from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.gate.values import PersonFacts
from upheld.policy import Policy
from upheld.terms import DataSubjectId, Language

PAGE: Final = 200
"""Records of a list that is shown whole."""


def state_of(data_subject_id: DataSubjectId, *, language: Language, now: datetime) -> list[Choice]:
    """List every choice of the settings page as it stands, in the policy's order.

    Raises:
        NotFound: nobody was admitted under this id.
    """
    person = facts.of(data_subject_id).person
    policy = facts.rulebook(person.version).policy
    if policy is None:
        raise NotFound("nobody was admitted under this id")
    last, asked, bits = _last_records(data_subject_id), _last_prompts(data_subject_id), facts.topics()
    return [
        _choice(policy, topic, last.get(topic), person, bits.get(topic), asked.get(topic), language=language, now=now)
        for topic in rules.choices(policy)
    ]


def _last_records(data_subject_id: DataSubjectId) -> dict[str, ConsentRecord]:
    rows = ConsentRecord.objects.filter(data_subject_id=data_subject_id).order_by("at", "id")
    return {row.topic: row for row in rows}


def _last_prompts(data_subject_id: DataSubjectId) -> dict[str, datetime]:
    rows = ConsentPrompt.objects.filter(data_subject_id=data_subject_id).order_by("at")
    return dict(rows.values_list("topic", "at"))


def _choice(
    policy: Policy,
    topic: str,
    last: ConsentRecord | None,
    person: PersonFacts,
    bit: int | None,
    asked_at: datetime | None,
    *,
    language: Language,
    now: datetime,
) -> Choice:
    shown = rules.wording(policy, topic, language)
    can_change = rules.can_change(policy, topic)
    said_no = last.at if last is not None and last.action != Action.GIVEN else None
    return Choice(
        topic=topic,
        kind=rules.kind_of(topic),
        label=shown.label,
        tier=rules.tier_of(policy, topic),
        why=shown.why,
        categories=shown.categories,
        refusal_effect=shown.refusal_effect,
        wording_sha256=shown.sha256,
        state=_state(policy, topic, last, person, bit, now),
        since=None if last is None else last.at,
        can_change=can_change,
        may_ask=can_change and rules.may_ask(said_no, asked_at, now=now),
    )


def _state(
    policy: Policy, topic: str, last: ConsentRecord | None, person: PersonFacts, bit: int | None, now: datetime
) -> State:
    if not rules.rests_on_choice(policy, topic):
        objected = bit is not None and bool(person.objected >> bit & 1)
        return State.REFUSED if objected else State.ALWAYS_ON
    if recording.is_held(person, bit, now):
        return State.GIVEN
    if last is None:
        return State.NOT_ASKED
    return State.REFUSED if last.action == Action.REFUSED else State.WITHDRAWN


def history(data_subject_id: DataSubjectId, *, topic: str | None = None, limit: int = PAGE) -> list[Recorded]:
    """List what a person said, newest first, each as its receipt."""
    rows = ConsentRecord.objects.filter(data_subject_id=data_subject_id)
    if topic is not None:
        rows = rows.filter(topic=topic)
    found = list(rows.order_by("-at", "-id")[:limit])
    salts = {one.id: one for one in ConsentSalt.objects.filter(data_subject_id=data_subject_id)}
    return [recording.as_recorded(row, salts[row.id]) for row in found if row.id in salts]
