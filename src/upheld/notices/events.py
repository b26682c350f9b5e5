# SPDX-License-Identifier: Apache-2.0
"""What happens to notices, as the ledger names it."""

from enum import StrEnum


class NoticeEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    PROPOSED = "notices.version.proposed"
    PROPOSAL_REFUSED = "notices.version.proposal_refused"
    APPROVAL_REFUSED = "notices.version.approval_refused"
    DROPPED = "notices.version.dropped"
    PUBLISHED = "notices.version.published"
    SHOWN = "notices.version.shown"
    ACKNOWLEDGED = "notices.version.acknowledged"
    CHANGE_TOLD = "notices.change.told"
    BOUND = "notices.version.bound"
