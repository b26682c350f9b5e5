# SPDX-License-Identifier: Apache-2.0
"""What the machine forms share: JSON values, periods as ISO 8601 durations, who receives a category, and for how long."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.processing import Function
from upheld.policy.model.spans import Span, Unit

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_DURATIONS: Final = {
    Unit.HOUR: "PT{}H",
    Unit.DAY: "P{}D",
    Unit.WORKING_DAY: "P{}D",
    Unit.MONTH: "P{}M",
    Unit.YEAR: "P{}Y",
}


def duration(span: Span) -> str:
    """Write a span as an ISO 8601 duration; working days, for which it has no sign, count as days."""
    return _DURATIONS[span.unit].format(span.amount)


def storage_of(policy: Policy, purpose: str, categories: Iterable[str]) -> list[str]:
    """Name the storage periods of what a function collected, or of what a further purpose uses, without repetition.

    A further purpose has no period of its own: its data is kept by the functions that collected it.
    """
    found = (name for category in categories for name in _periods(policy, purpose, category))
    return list(dict.fromkeys(found))


def _periods(policy: Policy, purpose: str, category: str) -> Iterator[str]:
    function = policy.functions.get(purpose)
    collectors = [purpose] if isinstance(function, Function) and category in function.collects else []
    for name in collectors or [one for one, other in policy.functions.items() if category in other.collects]:
        period = policy.storage_of(category, name)
        if period is not None:
            yield period


def recipients_of(policy: Policy, purpose: str) -> list[str]:
    """Name the recipients that receive something for a function or further purpose."""
    return [name for name, recipient in policy.recipients.items() if purpose in recipient.purposes]


def is_abroad(policy: Policy, region: str) -> bool:
    """Say whether a region is another than the one the policy stores data in."""
    return policy.residency is not None and region != policy.residency.region
