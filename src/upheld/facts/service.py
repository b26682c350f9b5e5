# SPDX-License-Identifier: Apache-2.0
"""Change a person's facts: each verb appends a cause and folds it into the packed row, in the caller's transaction.

The room that calls a verb holds the reason and the evidence; a verb called outside a transaction is refused, since
facts and evidence must commit together. The row is locked before it is read, so that two changes at once both count.
`now` is when it happened; instants (`lapses_at`, `until`, `adult_at`) are aware moments from which something holds
no more, or does. What holds for everyone is in `upheld.facts.world_service`.

    admit, cancel, erase, restrict, unrestrict
    give_consent, withdraw_consent, refuse_consent, tell, object_to, lift_objection
    grant_permission, revoke_permission
    state_age, verify_guardian, extend_guardian, lose_guardian
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.facts import hot, packing
from upheld.facts.events import PersonVerb as Verb
from upheld.facts.models import FactCause, PersonFactsRow
from upheld.facts.rules import Cause, end_of, fold
from upheld.gate import topics
from upheld.gate.values import NEVER, NOBODY, PersonFacts, Stop
from upheld.storage import journal
from upheld.terms import AgeBand, DataSubjectId

_WIDENING: Final = frozenset(
    {Verb.ADMIT, Verb.GIVE, Verb.LIFT_OBJECTION, Verb.VERIFY_GUARDIAN, Verb.EXTEND_GUARDIAN, Verb.STATE_ADULT}
)
"""What is refused once an account is cancelled or a person erased; what narrows is always taken."""
_JOURNALLED: Final = frozenset({Verb.CANCEL, Verb.ERASE, Verb.RESTRICT, Verb.UNRESTRICT, Verb.LOSE_GUARDIAN})
"""What a restored backup must not undo; `UNRESTRICT` widens, but has to follow the restriction that it lifts."""
STOPPED: Final = "facts.person_stopped"
"""Kind of their entries in the restore journal."""


def admit(data_subject_id: DataSubjectId, version: int, now: datetime) -> PersonFacts:
    """Make a person known, or bind a known one, to a policy version.

    Raises:
        NotFound: no such version was published.
        Conflict: the person was erased or has cancelled.
    """
    if version not in hot.world().facts.versions:
        raise NotFound(f"no version {version} of the policy was published")
    return _change(data_subject_id, Verb.ADMIT, now, number=version)


def give_consent(
    data_subject_id: DataSubjectId,
    topic: str,
    now: datetime,
    *,
    lapses_at: datetime | None = None,
    by_guardian: bool = False,
) -> PersonFacts:
    """Grant a topic (`upheld.gate.topics` names them), for good or until it lapses.

    Raises:
        BadInput: no published policy has that topic.
        Conflict: no guardian stands for the person; or the person was erased or has cancelled.
    """
    until = 0 if lapses_at is None else int(lapses_at.timestamp())
    return _change(data_subject_id, Verb.GIVE, now, topic=topic, number=until, by_guardian=by_guardian)


def withdraw_consent(data_subject_id: DataSubjectId, topic: str, now: datetime) -> PersonFacts:
    """Take a topic back, whoever granted it: the next decision refuses."""
    return _change(data_subject_id, Verb.WITHDRAW, now, topic=topic)


def refuse_consent(data_subject_id: DataSubjectId, topic: str, now: datetime) -> PersonFacts:
    """Record that a topic was asked for and refused."""
    return _change(data_subject_id, Verb.REFUSE, now, topic=topic)


def tell(
    data_subject_id: DataSubjectId, now: datetime, *, topic: str = topics.NOTICE, by_guardian: bool = False
) -> PersonFacts:
    """Record that the person, or the guardian, read and accepted the notice."""
    return _change(data_subject_id, Verb.GIVE, now, topic=topic, by_guardian=by_guardian)


def object_to(data_subject_id: DataSubjectId, purpose: str, now: datetime) -> PersonFacts:
    """Record an objection to a purpose."""
    return _change(data_subject_id, Verb.OBJECT, now, topic=topics.purpose(purpose))


def lift_objection(data_subject_id: DataSubjectId, purpose: str, now: datetime) -> PersonFacts:
    """Record that the person objects to a purpose no more."""
    return _change(data_subject_id, Verb.LIFT_OBJECTION, now, topic=topics.purpose(purpose))


def grant_permission(data_subject_id: DataSubjectId, permission: str, now: datetime) -> PersonFacts:
    """Record that the device granted a permission."""
    return _change(data_subject_id, Verb.GIVE, now, topic=topics.permission(permission))


def revoke_permission(data_subject_id: DataSubjectId, permission: str, now: datetime) -> PersonFacts:
    """Record that the device grants a permission no more."""
    return _change(data_subject_id, Verb.WITHDRAW, now, topic=topics.permission(permission))


def state_age(
    data_subject_id: DataSubjectId, band: AgeBand, now: datetime, *, adult_at: datetime | None = None
) -> PersonFacts:
    """Record what is known of the age; only for a child is a moment kept, that of coming of age.

    Raises:
        BadInput: a moment came for someone who is no child, or none for a child.
    """
    if (band is AgeBand.CHILD) != (adult_at is not None):
        raise BadInput("a child, and nobody else, has the moment of coming of age")
    if adult_at is not None:
        return _change(data_subject_id, Verb.STATE_CHILD, now, number=int(adult_at.timestamp()))
    return _change(data_subject_id, Verb.STATE_ADULT if band is AgeBand.ADULT else Verb.STATE_AGE_UNKNOWN, now)


def verify_guardian(data_subject_id: DataSubjectId, until: datetime | None, now: datetime) -> PersonFacts:
    """Record that a guardian was verified; what an earlier guardian granted is gone."""
    return _change(data_subject_id, Verb.VERIFY_GUARDIAN, now, number=end_of(_seconds(until)))


def extend_guardian(data_subject_id: DataSubjectId, until: datetime | None, now: datetime) -> PersonFacts:
    """Record that the same guardian stands for longer.

    Raises:
        Conflict: none stands now.
    """
    return _change(data_subject_id, Verb.EXTEND_GUARDIAN, now, number=end_of(_seconds(until)))


def lose_guardian(data_subject_id: DataSubjectId, now: datetime) -> PersonFacts:
    """Record that no guardian stands for the person; what the guardian granted is gone."""
    return _change(data_subject_id, Verb.LOSE_GUARDIAN, now, number=NEVER)


def restrict(data_subject_id: DataSubjectId, now: datetime) -> PersonFacts:
    """Stop every use of a person's data but storage."""
    return _change(data_subject_id, Verb.RESTRICT, now)


def unrestrict(data_subject_id: DataSubjectId, now: datetime) -> PersonFacts:
    """End a restriction."""
    return _change(data_subject_id, Verb.UNRESTRICT, now)


def cancel(data_subject_id: DataSubjectId, now: datetime) -> PersonFacts:
    """Close the account: no more service."""
    return _change(data_subject_id, Verb.CANCEL, now)


def erase(data_subject_id: DataSubjectId, now: datetime) -> PersonFacts:
    """Forget all facts but that the person was erased; for good, and also for an id never seen."""
    person = _change(data_subject_id, Verb.ERASE, now)
    FactCause.objects.filter(data_subject_id=data_subject_id, verb=Verb.STATE_CHILD).update(number=0)
    return person


@journal.replays(STOPPED)
def _stop_again(facts: journal.JournalFacts, at: datetime) -> None:
    subject, verb = DataSubjectId(UUID(str(facts["subject"]))), Verb(str(facts["verb"]))
    _change(subject, verb, at, number=NEVER if verb is Verb.LOSE_GUARDIAN else 0, replayed=True)


def _change(
    data_subject_id: DataSubjectId,
    verb: Verb,
    now: datetime,
    *,
    topic: str = "",
    number: int = 0,
    by_guardian: bool = False,
    replayed: bool = False,
) -> PersonFacts:
    person = _locked(data_subject_id, may_be_new=verb in {Verb.ADMIT, Verb.ERASE})
    if verb in _WIDENING and person.stops & (Stop.ERASED | Stop.CANCELLED):
        raise Conflict("the person was erased or has cancelled; nothing can be granted any more")
    if (by_guardian or verb is Verb.EXTEND_GUARDIAN) and now.timestamp() >= person.guardian_until:
        raise Conflict("no verified guardian stands for the person now")
    revision = person.revision + 1
    cause = Cause(revision=revision, verb=verb, mask=_mask(topic), number=number, by_guardian=by_guardian)
    changed = fold(person, cause)
    FactCause.objects.create(
        id=uuid7(now),
        data_subject_id=data_subject_id,
        revision=revision,
        verb=verb,
        topic=topic,
        number=number,
        by_guardian=by_guardian,
        at=now,
    )
    PersonFactsRow.objects.filter(data_subject_id=data_subject_id).update(
        revision=revision, packed=packing.pack(changed)
    )
    if verb in _JOURNALLED and not replayed:
        journal.narrow(STOPPED, facts={"subject": str(data_subject_id), "verb": verb.value}, now=now)
    return changed


def _locked(data_subject_id: DataSubjectId, *, may_be_new: bool) -> PersonFacts:
    if not transaction.get_connection().in_atomic_block:
        raise Conflict("facts change only inside an act, with its evidence")
    rows = PersonFactsRow.objects.select_for_update().filter(data_subject_id=data_subject_id)
    row = rows.first()
    if row is None and may_be_new:
        fresh = PersonFactsRow(data_subject_id=data_subject_id, revision=0, packed=packing.pack(NOBODY))
        PersonFactsRow.objects.bulk_create([fresh], ignore_conflicts=True)
        row = rows.get()
    if row is None:
        raise NotFound("nobody was admitted under this id")
    return packing.unpack(bytes(row.packed), revision=row.revision)


def _mask(topic: str) -> int:
    if not topic:
        return 0
    bit = hot.world().topics.get(topic)
    if bit is None:
        raise BadInput("no published policy has this topic", hint="see upheld.gate.topics for the names")
    return 1 << bit


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
