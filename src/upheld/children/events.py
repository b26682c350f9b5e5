# SPDX-License-Identifier: Apache-2.0
"""What happens about age and guardians, as the evidence names it."""

from enum import StrEnum


class ChildrenEvent(StrEnum):
    """Events of age statements and guardians."""

    AGE_STATED = "children.age.stated"
    GUARDIAN_ASKED = "children.guardian.asked"
    GUARDIAN_VERIFIED = "children.guardian.verified"
    GUARDIAN_REFUSED = "children.guardian.refused"
    GUARDIAN_ENDED = "children.guardian.ended"
    REPRESENTED = "children.represented.added"
