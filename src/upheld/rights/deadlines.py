# SPDX-License-Identifier: Apache-2.0
"""Notice requests that became late, once each, so that the evidence says when."""

from datetime import timedelta
from typing import Final

from upheld.rights.events import RequestEvent
from upheld.rights.models import SubjectRequest
from upheld.rights.rules import OPEN
from upheld.storage.acts import act
from upheld.storage.jobs import Next, Step, done, every, job, then
from upheld.terms import DataSubjectId
from upheld.vault.rules import minute

JOB: Final = "rights.deadlines"
A_STEP: Final = 100


@job(JOB)
def _notice(step: Step) -> Next:
    late = SubjectRequest.objects.filter(
        state__in=[state.value for state in OPEN], due_at__lte=step.now, overdue_noted_at=None
    ).order_by("due_at")[:A_STEP]
    rows = list(late)
    for row in rows:
        with act() as acting:
            row.overdue_noted_at = step.now
            row.save(update_fields=["overdue_noted_at"])
            acting.record(
                RequestEvent.OVERDUE,
                now=step.now,
                subject=DataSubjectId(row.data_subject_id),
                clause=row.clause,
                control="rights.answered_in_time",
                facts={"right": row.right, "due_at": minute(row.due_at)},
            )
    return then() if len(rows) == A_STEP else done()


every(JOB, timedelta(hours=1))
