# SPDX-License-Identifier: Apache-2.0
"""What happens with recipients, as the ledger names it."""

from enum import StrEnum


class SharingEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    INTENDED = "sharing.disclosure.intended"
    """Data is about to be handed to a recipient; nothing has left yet."""
    DISCLOSED = "sharing.disclosure.made"
    """Data was handed to a recipient."""
    FAILED = "sharing.disclosure.failed"
    """Data could not be handed to a recipient."""
    UNCERTAIN = "sharing.disclosure.uncertain"
    """A process died while handing over; nobody knows whether the recipient has the data."""
    REFUSED = "sharing.disclosure.refused"
    """Data was not handed over, because something stood in the way."""
    PAPER_RECORDED = "sharing.paper.recorded"
    """An agreement, assessment or security test was put on file."""
    PAPER_REVIEWED = "sharing.paper.reviewed"
    """A paper on file was reviewed."""
    PAPER_ENDED = "sharing.paper.ended"
    """A paper was ended before its date."""
    SOURCE_PAPER_RECORDED = "sharing.source.recorded"
    """A source's agreement, or that it holds its data lawfully, was put on file."""
    SOURCE_PAPER_ENDED = "sharing.source.ended"
    """A source's paper was ended before its date."""
    SUCCESSOR_BOUND = "sharing.successor.bound"
    """It was put on file that a successor is bound by the policy."""
    SUCCESSOR_RELEASED = "sharing.successor.released"
    """That a successor is bound was taken off file before its date."""
    SUCCESSOR_TOLD = "sharing.successor.told"
    """A person was told who takes the product over, and from when."""
    STOPPED = "sharing.recipient.stopped"
    """A recipient was stopped; it receives nothing."""
    RESUMED = "sharing.recipient.resumed"
    """A stopped recipient may receive again."""
