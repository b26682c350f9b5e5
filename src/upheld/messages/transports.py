# SPDX-License-Identifier: Apache-2.0
"""What carries messages out of the process, chosen at its start.

A transport gets the message's id as idempotency key: a gateway that honours it sends a repeated call once. Address and
words travel in the body of a call, never in a URL, and no transport logs, stores or quotes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Protocol

from upheld.errors import Unavailable
from upheld.messages.rules import DEMO_WINDOW
from upheld.messages.values import Channel, Letter


class Transport(Protocol):
    """Something that takes a letter to its address."""

    @property
    def reports(self) -> bool:
        """Whether it will say later that the letter arrived; if not, taken is the last that is known."""
        ...

    @property
    def keeps(self) -> timedelta:
        """How long the letter stays here, sealed, after it was taken; zero everywhere but in a demo."""
        ...

    def send(self, letter: Letter) -> None:
        """Hand a letter over.

        Raises:
            Unavailable: it was not taken; the same letter may be handed over again.
            BadInput: it will never be taken: the gateway refuses this address or text.
        """
        ...


@dataclass(slots=True)
class NullTransport:
    """Keeps what it is given, for tests."""

    letters: list[Letter] = field(default_factory=list, repr=False)
    faults: list[Exception] = field(default_factory=list)
    reports: bool = False
    keeps: timedelta = timedelta(0)

    def send(self, letter: Letter) -> None:
        """Keep the letter, or raise the next fault that the test planned."""
        if self.faults:
            raise self.faults.pop(0)
        self.letters.append(letter)


class DemoOutbox:
    """Sends nothing: in a demo the letter stays here, sealed, for the console's page of outgoing messages."""

    reports: bool = False
    keeps: ClassVar[timedelta] = DEMO_WINDOW

    def send(self, letter: Letter) -> None:
        """Take the letter nowhere."""


_wired: dict[Channel, Transport] = {}


def wire(transports: Mapping[Channel, Transport]) -> None:
    """Settle which transport carries which channel in this process."""
    _wired.clear()
    _wired.update(transports)


def carrier_of(channel: Channel) -> Transport:
    """Return the transport of a channel.

    Raises:
        Unavailable: none is wired; messages wait until they expire.
    """
    if channel not in _wired:
        raise Unavailable(f"no transport carries {channel.value}", hint="set UPHELD_SMS_URL or UPHELD_SMTP_URL")
    return _wired[channel]


def demo() -> Mapping[Channel, Transport]:
    """Return what a demo is wired with: nothing leaves it."""
    outbox = DemoOutbox()
    return {Channel.SMS: outbox, Channel.EMAIL: outbox}
