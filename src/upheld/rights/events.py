# SPDX-License-Identifier: Apache-2.0
"""What happens to requests, as the evidence names it."""

from enum import StrEnum


class RequestEvent(StrEnum):
    """Events of `SubjectRequest`."""

    FILED = "rights.request.filed"
    """A request came in; its clock runs."""
    VERIFIED = "rights.request.verified"
    """It was verified that the requester is entitled."""
    ASSIGNED = "rights.request.assigned"
    """A request was given to a member of staff."""
    CARRIED_OUT = "rights.request.carried_out"
    """What was asked for was done."""
    ANSWERED = "rights.request.answered"
    """A request was answered."""
    REFUSED = "rights.request.refused"
    """A request was refused on a ground that the policy lists, and the remedies were told."""
    TAKEN_BACK = "rights.request.taken_back"
    """The requester took a request back."""
    OVERDUE = "rights.request.overdue"
    """A request was not answered by its date."""
    NOTES_OPENED = "rights.notes.opened"
    """A member of staff read what was written about a request."""
    FEE_ASKED = "rights.fee.asked"
    """A fee was asked for a repeated request."""
    RESTRICTION_LIFTED = "rights.restriction.lifted"
    """A person let their data be used again."""
