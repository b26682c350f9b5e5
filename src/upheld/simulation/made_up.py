# SPDX-License-Identifier: Apache-2.0
"""Values that simulated people give: of the right kind, and nobody's."""

import base64
from datetime import date, timedelta
from random import Random
from typing import Final

from upheld.policy.model.data import Category, Value

_WORDS: Final = (
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "haven",
    "iris",
    "juniper",
    "kelp",
    "lilac",
)
_PLACES: Final = ("Shanghai", "Hangzhou", "Chengdu", "Xiamen", "Harbin", "Kunming")
_BLANK_PIXEL: Final = base64.b64encode(b"\x89PNG\r\n\x1a\n simulated").decode()
_MOBILES: Final = ("130", "138", "150", "158", "177", "186", "199")
"""Prefixes of Chinese mobile numbers; what follows counts up, so no two people share a number."""


def phone(number: int) -> str:
    """Return the mobile number of the simulated person of that number, in E.164.

    Neighbours differ before their last four digits, as codes are limited by what comes before those.
    """
    prefix = _MOBILES[number // 10_000 % len(_MOBILES)]
    return f"+86{prefix}{number % 10_000:04d}{number // 70_000:04d}"


def peer(number: int) -> str:
    """Return the network address of a simulated person's phone (RFC 2544's test network)."""
    return f"198.{18 + (number >> 16) % 2}.{number >> 8 & 255}.{number & 255}"


def value(category: Category, name: str, chance: Random) -> str:
    """Return a value that a category takes."""
    match category.value:
        case Value.DATE:
            return (date(1960, 1, 1) + timedelta(days=chance.randrange(20_000))).isoformat()
        case Value.CHOICE:
            return chance.choice(list(category.choices)) if category.choices else "unsaid"
        case Value.NUMBER | Value.MEASUREMENT:
            return str(chance.randrange(1, 1_000))
        case Value.PICTURE | Value.VIDEO | Value.FILE:
            return _BLANK_PIXEL
        case Value.PLACE:
            return chance.choice(_PLACES)
        case _:
            return f"{name} {chance.choice(_WORDS)} {chance.randrange(10_000)}"


def words(chance: Random) -> str:
    """Return a few words of no meaning."""
    return " ".join(chance.choice(_WORDS) for _ in range(5))
