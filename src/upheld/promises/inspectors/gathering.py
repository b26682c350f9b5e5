# SPDX-License-Identifier: Apache-2.0
"""What is gathered by itself: read for the end that it was gathered for, or gathered in vain."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from upheld.policy.model.processing import Manner
from upheld.promises.inspectors.base import Finding, Now, looks
from upheld.vault import queries

IN_VAIN_AFTER: Final = timedelta(days=90)
"""How long something may be gathered for an end before somebody has to have read it for that end."""


@looks("vault.gathered_is_read")
def gathered(now: Now) -> Iterator[Finding]:
    """Each kind of data that the device gives to a function was read for that function within the last ninety days."""
    since = now.at - IN_VAIN_AFTER
    for name, function in now.policy.functions.items():
        if function.manner is not Manner.DEVICE:
            continue
        old = queries.gathered_before(name, moment=since)
        read = queries.read_since(name, moment=since)
        for category in function.collects:
            if category in read or category in old:
                kept = category in read
                where = (f"functions.{name}",)
                yield Finding(control="vault.gathered_is_read", kept=kept, why="gathered_in_vain", about=where)
