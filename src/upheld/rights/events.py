# SPDX-License-Identifier: Apache-2.0
"""What happens to requests, as the evidence names it."""

from enum import StrEnum


class RequestEvent(StrEnum):
    """Events of `SubjectRequest`."""

    FILED = "rights.request.filed"
    VERIFIED = "rights.request.verified"
    ASSIGNED = "rights.request.assigned"
    CARRIED_OUT = "rights.request.carried_out"
    ANSWERED = "rights.request.answered"
    REFUSED = "rights.request.refused"
    TAKEN_BACK = "rights.request.taken_back"
    OVERDUE = "rights.request.overdue"
    NOTES_OPENED = "rights.notes.opened"
    FEE_ASKED = "rights.fee.asked"
