# SPDX-License-Identifier: Apache-2.0
"""Where a simulation's letters go: nowhere. The last code sent to an address is remembered for whoever has that phone."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from upheld.messages import transports
from upheld.messages.values import Channel, Letter

_CODE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")


@dataclass(slots=True)
class Outbox:
    """A transport that hands every letter to the simulated phone it is for."""

    reports: bool = False
    keeps: timedelta = timedelta(0)
    letters: int = 0
    _codes: dict[str, str] = field(default_factory=dict, repr=False)

    def send(self, letter: Letter) -> None:
        """Take a letter, and remember its code."""
        self.letters += 1
        found = _CODE.search(letter.body)
        if found is not None:
            self._codes[letter.address] = found.group()

    def code(self, address: str) -> str:
        """Return the code that a phone received, and forget it; empty if none came."""
        return self._codes.pop(address, "")


def wired() -> Outbox:
    """Make an outbox, and let it carry every message of this process."""
    outbox = Outbox()
    transports.wire({Channel.SMS: outbox, Channel.EMAIL: outbox})
    return outbox
