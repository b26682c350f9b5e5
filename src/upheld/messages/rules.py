# SPDX-License-Identifier: Apache-2.0
"""The rules of messages: their states, how long they live, how often they are tried."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from upheld.crypto.hashing import token_digest
from upheld.errors import BadInput, Conflict
from upheld.messages.values import MessageState
from upheld.terms import DataSubjectId

LEGAL: Final[Mapping[MessageState, frozenset[MessageState]]] = {
    MessageState.QUEUED: frozenset({MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED}),
    MessageState.SENT: frozenset({MessageState.DELIVERED, MessageState.FAILED}),
    MessageState.DELIVERED: frozenset(),
    MessageState.FAILED: frozenset(),
}
"""The only transitions. `sent`: a gateway took it; `delivered`: a gateway that reports says so, or will never report."""

LIFE: Final = timedelta(days=3)
"""How long an SMS or e-mail may wait for its gateway; what a code says is worthless sooner, so it brings its own end."""
CODES: Final = "code."
"""How the names of the templates of one-time codes begin; they go to contacts, who leave no reference in the log."""
NOTE_LIFE: Final = timedelta(days=180)
"""How long a note waits in the portal."""
DEMO_WINDOW: Final = timedelta(minutes=10)
"""In a demo alone nobody has a telephone: a delivered message stays sealed and readable for so long after it left."""


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: doubling up to a quarter hour.

    >>> [wait_after(n).seconds for n in (0, 1, 2, 30)]
    [2, 4, 8, 900]
    """
    factor: int = 1 << min(attempts, 16)
    return min(timedelta(seconds=2) * factor, timedelta(minutes=15))


def step(now_in: MessageState, to: MessageState) -> MessageState:
    """Return the state to go to.

    Raises:
        Conflict: that transition is not legal.
    """
    if to not in LEGAL[now_in]:
        raise Conflict(f"a message that is {now_in.value} cannot become {to.value}")
    return to


def dedupe_digest(data_subject_id: DataSubjectId, dedupe: str) -> bytes:
    """Return what is stored of a dedupe key: one person is told one thing once.

    Raises:
        BadInput: the key is empty, so that unrelated messages would swallow one another.
    """
    if not dedupe:
        raise BadInput("a message needs a dedupe key, an empty one came")
    return token_digest(f"{data_subject_id}/{dedupe}")


def day_of(now: datetime) -> str:
    """Return the period of a message's key: its day in UTC, without separators."""
    return now.strftime("%Y%m%d")[2:]
