# SPDX-License-Identifier: Apache-2.0
"""What happens with recipients, as the ledger names it."""

from enum import StrEnum


class SharingEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    INTENDED = "sharing.disclosure.intended"
    DISCLOSED = "sharing.disclosure.made"
    FAILED = "sharing.disclosure.failed"
    UNCERTAIN = "sharing.disclosure.uncertain"
    REFUSED = "sharing.disclosure.refused"
    PAPER_RECORDED = "sharing.paper.recorded"
    PAPER_REVIEWED = "sharing.paper.reviewed"
    PAPER_ENDED = "sharing.paper.ended"
    STOPPED = "sharing.recipient.stopped"
    RESUMED = "sharing.recipient.resumed"
