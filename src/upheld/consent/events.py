# SPDX-License-Identifier: Apache-2.0
"""What happens to choices, as the ledger names it."""

from enum import StrEnum


class ConsentEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    GIVEN = "consent.record.given"
    WITHDRAWN = "consent.record.withdrawn"
    REFUSED = "consent.record.refused"
    PERMISSION_GRANTED = "consent.permission.granted"
    PERMISSION_REVOKED = "consent.permission.revoked"
    OBJECTED = "consent.objection.made"
    OBJECTION_LIFTED = "consent.objection.lifted"
    ASKED = "consent.prompt.shown"
    NOT_ASKED = "consent.prompt.withheld"
    TURNED_AWAY = "consent.record.turned_away"
