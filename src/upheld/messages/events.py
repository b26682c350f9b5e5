# SPDX-License-Identifier: Apache-2.0
"""What happens to messages, as the ledger names it."""

from enum import StrEnum


class MessageEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    QUEUED = "messages.outgoing.queued"
    DELIVERED = "messages.outgoing.delivered"
    FAILED = "messages.outgoing.failed"
    NOTE_LEFT = "messages.note.left"
    NOTE_READ = "messages.note.read"
    BODY_SHOWN = "messages.outgoing.shown"
    SENT = "messages.outgoing.sent"
    SWEPT = "messages.outgoing.swept"
    SUBJECT_ERASED = "messages.subject.erased"
