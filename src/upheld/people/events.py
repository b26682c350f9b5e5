# SPDX-License-Identifier: Apache-2.0
"""What happens to accounts, sign-ins, staff and program keys, as the ledger names it."""

from enum import StrEnum


class PeopleEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    ACCOUNT_CANCELLED = "people.account.cancelled"
    ACCOUNT_OPENED = "people.account.opened"
    API_BUDGET_EXHAUSTED = "people.api_key.budget_exhausted"
    API_KEY_ENDED = "people.api_key.ended"
    API_KEY_ISSUED = "people.api_key.issued"
    API_KEY_ROTATED = "people.api_key.rotated"
    CODE_PROVEN = "people.code.proven"
    CODE_SENT = "people.code.sent"
    CODES_SWEPT = "people.code.swept"
    IDENTIFIER_CHANGED = "people.identifier.changed"
    RECOVERY_CODES_RENEWED = "people.staff.recovery_codes_renewed"
    REPRESENTED_ADDED = "people.represented.added"
    SESSION_ENDED = "people.session.ended"
    SESSION_STARTED = "people.session.started"
    STAFF_ENDED = "people.staff.ended"
    STAFF_ENROLLED = "people.staff.enrolled"
    STAFF_INVITED = "people.staff.invited"
    STAFF_ROLE_CHANGED = "people.staff.role_changed"
    STAFF_SIGNED_IN = "people.staff.signed_in"
    SUBJECT_ERASED = "people.subject.erased"
