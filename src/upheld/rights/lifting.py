# SPDX-License-Identifier: Apache-2.0
"""End a restriction that the person asked for; what a legal hold restricts is not the person's to free."""

from datetime import datetime

from upheld.errors import Conflict
from upheld.facts import queries as facts
from upheld.facts import service as facts_service
from upheld.gate.values import Stop
from upheld.people import subjects
from upheld.rights import queries
from upheld.rights.events import RequestEvent
from upheld.rights.rules import RequestState
from upheld.storage.acts import act
from upheld.terms import Actor, DataSubjectId, Right


def is_own_restriction(data_subject_id: DataSubjectId) -> bool:
    """Say whether a person's data is restricted because that person asked for it."""
    if not facts.of(data_subject_id).person.stops & Stop.RESTRICTED or not subjects.has_open_account(data_subject_id):
        return False
    return any(
        one.right is Right.RESTRICTION and one.state is RequestState.ANSWERED for one in queries.of(data_subject_id)
    )


def lift_restriction(*, data_subject_id: DataSubjectId, actor: Actor, now: datetime) -> None:
    """Let a person's data be used again, on that person's word.

    Raises:
        Conflict: nothing is restricted at the person's own request.
    """
    if not is_own_restriction(data_subject_id):
        raise Conflict("there is no restriction of your own that could be lifted")
    with act() as acting:
        facts_service.unrestrict(data_subject_id, now)
        acting.record(
            RequestEvent.RESTRICTION_LIFTED,
            now=now,
            subject=data_subject_id,
            clause="rights.requests.restriction",
            control="gate.restricted_stops_use",
            facts={"actor": actor.value, "asked_by_person": True},
        )
