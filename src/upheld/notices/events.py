# SPDX-License-Identifier: Apache-2.0
"""What happens to notices, as the ledger names it."""

from enum import StrEnum


class NoticeEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    PROPOSED = "notices.version.proposed"
    """A version was proposed, and its check found no error."""
    PROPOSAL_REFUSED = "notices.version.proposal_refused"
    """A version was not taken, because its check found errors."""
    APPROVAL_REFUSED = "notices.version.approval_refused"
    """An approval was not taken, for example because the proposer gave it."""
    DROPPED = "notices.version.dropped"
    """A proposal was dropped."""
    PUBLISHED = "notices.version.published"
    """A version was published, by two people or by one who declared to be alone."""
    SHOWN = "notices.version.shown"
    """A version was shown."""
    ACKNOWLEDGED = "notices.version.acknowledged"
    """A person accepted a version, in the language it was shown in."""
    CHANGE_TOLD = "notices.change.told"
    """A person was told of a change, in one of the ways that the policy promises."""
    BOUND = "notices.version.bound"
    """A newer version binds a person from now on."""
    DECLINED = "notices.version.declined"
    """A person refused a version that takes something away, and stays under the one before."""
    WITHDRAWN = "notices.version.withdrawn"
    """A version published by mistake was taken back."""
    FELL_BACK = "notices.version.fell_back"
    """A person whom a withdrawn version bound is bound by another again."""
