# SPDX-License-Identifier: Apache-2.0
"""Letters: once delivered, nothing of them is held."""

from collections.abc import Iterator

from upheld.messages.events import MessageEvent
from upheld.promises.inspectors.base import Finding, inspects
from upheld.promises.values import Seen


@inspects("messages.body_erased_on_delivery", events=(MessageEvent.DELIVERED,))
def delivered(seen: Seen) -> Iterator[Finding]:
    """Address and body were gone when the delivery was recorded."""
    kept = seen.facts.get("body_held") is False
    yield Finding(control="messages.body_erased_on_delivery", kept=kept, why="letter_still_held")
