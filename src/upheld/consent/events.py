# SPDX-License-Identifier: Apache-2.0
"""What happens to choices, as the ledger names it."""

from enum import StrEnum


class ConsentEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    GIVEN = "consent.record.given"
    """A consent was given, on one topic, with the wording that was shown."""
    WITHDRAWN = "consent.record.withdrawn"
    """A consent was withdrawn; the next act that rests on it is refused."""
    REFUSED = "consent.record.refused"
    """A person was asked for a consent and said no."""
    PERMISSION_GRANTED = "consent.permission.granted"
    """The device was told to let the product use one permission."""
    PERMISSION_REVOKED = "consent.permission.revoked"
    """The device was told to let the product use one permission no longer."""
    OBJECTED = "consent.objection.made"
    """A person objected to a purpose that rests on no consent."""
    OBJECTION_LIFTED = "consent.objection.lifted"
    """A person took an objection back."""
    ASKED = "consent.prompt.shown"
    """The product asked for one choice of its own accord."""
    NOT_ASKED = "consent.prompt.withheld"
    """The product would have asked and did not, because a refusal is too recent."""
