# SPDX-License-Identifier: Apache-2.0
"""What happens about age and guardians, as the evidence names it."""

from enum import StrEnum


class ChildrenEvent(StrEnum):
    """Events of age statements and guardians."""

    AGE_STATED = "children.age.stated"
    """A person, or the guardian, stated an age; the evidence says the band and no date."""
    GUARDIAN_ASKED = "children.guardian.asked"
    """A person named a guardian, to whom a code went."""
    GUARDIAN_VERIFIED = "children.guardian.verified"
    """A guardian was verified, by a code or on documents that staff saw."""
    GUARDIAN_ENDED = "children.guardian.ended"
    """A guardian stands for the person no longer; what the guardian granted is gone."""
    REPRESENTED = "children.represented.added"
    """A guardian added a person without an account, such as a baby."""
