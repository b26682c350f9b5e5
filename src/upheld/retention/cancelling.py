# SPDX-License-Identifier: Apache-2.0
"""What follows a cancelled account.

The service ends at once. What the policy keeps from the cancellation on begins its period; what a law named in the
policy keeps stays for its period and serves nothing else; everything else is erased without delay, save what a hold
names (Network Data Security Management Regulations art. 24; PIPL art. 47).
"""

from datetime import datetime
from uuid import UUID

from upheld import controls
from upheld.facts import queries as facts
from upheld.people import accounts
from upheld.policy.model.storage import Start, StoragePeriod
from upheld.retention import erasing
from upheld.retention.events import RetentionEvent
from upheld.retention.values import Because
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault


def cancel(*, data_subject_id: DataSubjectId, now: datetime, request_id: UUID | None = None) -> UUID | None:
    """End the service for a person; return the erasure that was begun, if anything is to go at once."""
    policy = facts.policy(facts.of(data_subject_id).person.version)
    with act() as acting:
        accounts.cancel_account(data_subject_id=data_subject_id, now=now)
        begun = vault.begin_period(data_subject_id=data_subject_id, start=Start.CANCELLATION, now=now)
        staying = {name for name, period in policy.storage.items() if _stays(period)}
        going = sorted(
            {
                item.category
                for item in vault_queries.metadata(data_subject_id, now=now)
                if item.clause.removeprefix("storage.") not in staying
            }
        )
        erased = controls.in_force("retention.cancellation_erases")
        acting.record(
            RetentionEvent.CANCELLED,
            now=now,
            subject=data_subject_id,
            clause="rights.requests.cancellation",
            control="retention.cancellation_erases",
            facts={"kept_for_a_period": begun, "to_erase": len(going), "erasure_begun": bool(going) and erased},
        )
        if not going or not erased:
            return None
        return erasing.begin(
            data_subject_id=data_subject_id,
            because=Because.CANCELLATION,
            now=now,
            categories=going,
            request_id=request_id,
        )


def _stays(period: StoragePeriod) -> bool:
    """Say whether a period goes on after the cancellation: it runs from then, or a law demands it."""
    demanded = period.law is not None and period.law.at_least is not None
    return demanded or period.from_ is Start.CANCELLATION
