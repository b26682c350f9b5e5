# SPDX-License-Identifier: Apache-2.0
"""What an unlinked device may send, what its values look like, when its reference turns over, what a group is."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_address
from typing import Final

from upheld.gate.identifiability import is_personal
from upheld.policy import Policy
from upheld.policy.model.data import Category, Value
from upheld.policy.model.processing import Function, Manner

GROUP_AT_LEAST: Final = 10
"""Fewest devices behind a count. No law gives a number; statistics offices publish no cell under three to ten, and we
take the upper end."""
VALUES_AT_ONCE: Final = 16
VALUE_CHARACTERS: Final = 40
LINKS_KEPT: Final = timedelta(days=180)
"""How long the person still sees that a device was linked once: as long as a refusal is respected."""

_CODED: Final = re.compile(r"[A-Za-z0-9]+(?:[.,/_+-][A-Za-z0-9]+){0,7}")
"""Words of letters and digits, joined and without spaces, as `search`, `iPhone15,2` or `1-5`: a code, no sentence."""
_LONG_NUMBER: Final = re.compile(r"[0-9](?:[.,/_+-]?[0-9]){6,}")
"""Seven digits, joined or not: the shortest telephone numbers have so many, a date has eight."""
_KEY: Final = re.compile(r"[0-9A-Fa-f]{8,}|(?=[A-Za-z]*[0-9])[0-9A-Za-z]{12,}")
"""Eight hexadecimal digits in a row, or twelve letters and digits: how keys and serial numbers look."""
_HARDWARE_ADDRESS: Final = re.compile(r"[0-9A-Fa-f]{2}(?:[._-][0-9A-Fa-f]{2}){5}")
_KINDS: Final = frozenset({Value.RECORD, Value.TEXT, Value.CHOICE})
_BY_ITSELF: Final = frozenset({Manner.DEVICE, Manner.GENERATED})


def end_of_day(now: datetime) -> datetime:
    """Return the midnight (UTC) that ends a day: references turn over there.

    >>> end_of_day(datetime(2026, 6, 1, 2, tzinfo=UTC)).isoformat()
    '2026-06-02T00:00:00+00:00'
    """
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def in_the_way(
    policy: Policy, purpose: str, values: Mapping[str, str], beside: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Say each thing that keeps an unlinked device from sending values, as a code and the clause in the way.

    Args:
        policy: the version in force.
        purpose: the function that they are for.
        values: text by category.
        beside: categories that the same installation sent before, under the same reference.
    """
    function = policy.functions.get(purpose)
    if function is None or function.manner not in _BY_ITSELF:
        yield "not_from_device", f"functions.{purpose}" if function else ""
        return
    for name, value in values.items():
        yield from _of_one(policy, purpose, function, name, value)
    if is_personal(policy, {*values, *beside}, joined=False):
        known = [name for name in values if name in policy.categories]
        yield "points_to_someone", f"categories.{known[0]}" if known else f"functions.{purpose}.collects"


def _of_one(policy: Policy, purpose: str, function: Function, name: str, value: str) -> Iterator[tuple[str, str]]:
    category = policy.categories.get(name)
    if category is None or name not in function.collects:
        yield "category_undeclared", f"functions.{purpose}.collects"
    elif category.value is Value.IDENTIFIER:
        yield "identifier_sent", f"categories.{name}"
    elif category.value not in _KINDS or category.sensitive:
        yield "not_for_counting", f"categories.{name}"
    elif not is_coded(value) or _is_other_choice(category, value):
        yield "free_text", f"categories.{name}"
    elif looks_like_identifier(value):
        yield "identifier_sent", f"categories.{name}"


def _is_other_choice(category: Category, value: str) -> bool:
    return bool(category.choices) and value not in category.choices


def is_coded(value: str) -> bool:
    """Say whether a value is a short code and no free text.

    >>> [is_coded(value) for value in ("iPhone15,2", "my name is Mimi", "")]
    [True, False, False]
    """
    return len(value) <= VALUE_CHARACTERS and _CODED.fullmatch(value) is not None


def looks_like_identifier(value: str) -> bool:
    """Say whether a value has the shape of a number, an address or a key, whatever its category is called.

    >>> [looks_like_identifier(value) for value in ("13800138000", "192.0.2.1", "9774d56d682e549c", "00-1B-44-11-3A-B7")]
    [True, True, True, True]
    >>> [looks_like_identifier(value) for value in ("Android-14", "iPhone15,2", "search", "1-5", "wifi")]
    [False, False, False, False, False]
    """
    patterns = (_LONG_NUMBER, _KEY, _HARDWARE_ADDRESS)
    return _is_network_address(value) or "@" in value or any(found.search(value) for found in patterns)


def _is_network_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True
