# SPDX-License-Identifier: Apache-2.0
"""Rules about identifiers that come from a device: people are told how each differs from the others."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.data import Category, Value
from upheld.policy.model.processing import Manner
from upheld.policy.rules.registry import Fault, rule

_TYPED_IN = frozenset({Manner.ENTERED})
"""Whoever types an identifier in knows where it comes from and how to change it."""


@rule(
    "E315",
    (
        "An identifier that a device gives says how long it stays, whether it can be reset, and how it is obtained.",
        "由设备提供的标识符须说明有效时间、能否重置及获取方式。",
    ),
    remedy=("fill 'lasts', 'resettable' and 'obtained'", "填写“lasts”“resettable”与“obtained”"),
)
def identifier_unexplained(policy: Policy) -> Iterator[Fault]:
    """Find identifiers in use of which people cannot know how they differ."""
    used = {
        name for one in policy.functions.values() if one.manner not in _TYPED_IN for name in one.collects
    }  # fmt: skip
    for name, category in policy.categories.items():
        if name in used and category.value is Value.IDENTIFIER:
            for part in _missing(category):
                message = (f"'{name}' does not say '{part}'", f"“{name}”未说明“{part}”")
                yield Fault(f"categories.{name}", message)


def _missing(category: Category) -> Iterator[str]:
    if category.lasts is None:
        yield "lasts"
    if category.resettable is None:
        yield "resettable"
    if category.obtained is None:
        yield "obtained"
