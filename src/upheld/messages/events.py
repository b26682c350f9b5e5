# SPDX-License-Identifier: Apache-2.0
"""What happens to messages, as the ledger names it."""

from enum import StrEnum


class MessageEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    QUEUED = "messages.outgoing.queued"
    """A letter was sealed and put in line."""
    DELIVERED = "messages.outgoing.delivered"
    """A letter was delivered; address and words are gone."""
    FAILED = "messages.outgoing.failed"
    """A letter was given up; address and words are gone."""
    NOTE_LEFT = "messages.note.left"
    """A note was left in a portal."""
    NOTE_READ = "messages.note.read"
    """A person read a note."""
    BODY_SHOWN = "messages.outgoing.shown"
    """A member of staff read a letter that waits."""
    SENT = "messages.outgoing.sent"
    """A gateway took a letter."""
    SWEPT = "messages.outgoing.swept"
    """Letters and notes whose time was over were emptied."""
    SUBJECT_ERASED = "messages.subject.erased"
    """The letters and notes of an erased person were emptied."""
