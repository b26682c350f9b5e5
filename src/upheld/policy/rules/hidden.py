# SPDX-License-Identifier: Apache-2.0
"""Rules on what an entry hides: persons in files, ages that differ."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.data import Identifies, Value
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import found

_BROUGHT: Final = (Value.FILE, Value.PICTURE, Value.VIDEO)


@rule(
    "W128",
    ("What people bring may be about a person.", "个人提供的内容可能涉及个人。"),
    remedy=("set 'identifies: when-combined'", "设为 identifies: when-combined"),
    source="PIPL art. 4",
)
def nobody_in_files(policy: Policy) -> Iterator[Fault]:
    """Find files, pictures and videos of people that are said to point to nobody."""
    for name, category in policy.categories.items():
        if category.value in _BROUGHT and category.identifies is Identifies.NEVER:
            message = (f"'{name}' can hold personal data", f"“{name}”可能含有个人信息")
            yield Fault(f"categories.{name}.identifies", message)


_AGE: Final = re.compile(
    r"\b(?:under|below|younger than) (?:the age of )?(\d{1,2})\b|(?:未满|不满)\s*(\d{1,2})", re.IGNORECASE
)


@rule(
    "W129",
    ("The child age is one figure.", "儿童年龄只有一个数值。"),
    remedy=("make the text and 'children.under' agree", "使文字与 children.under 一致"),
)
def two_child_ages(policy: Policy) -> Iterator[Fault]:
    """Find texts on children that speak of another age than the policy's own."""
    for path, what in found(policy, _AGE) if policy.children else ():
        figure = int(re.findall(r"\d+", what)[0])
        if policy.children and path.startswith("children.") and figure != policy.children.under:
            message = (
                f"'{what}', while a child is under {policy.children.under}",
                f"“{what}”，而儿童为不满 {policy.children.under} 岁",
            )
            yield Fault(path, message)


_PRESUMED: Final = re.compile(
    r"\b(?:take|consider|regard|treat|deem|presume)(?:s|ed)? (?:you|users?|everyone|them) (?:for|as|to be|to have|are)?"
    r" ?(?:an? )?(?:adults?|grown[- ]ups?|(?:person |persons |people )?(?:of|with) full (?:legal )?capacity|full (?:legal )?capacity)\b"
    r"|(?<![不非])(?<!不得)(?<!不会)(?<!不将您)(?<!不得将您)(?<!不把您)(?:视为|推定)(?:您|用户)?(?:为|是|具有|已)?(?:成年人|完全民事行为能力)",
    re.IGNORECASE,
)


@rule(
    "E130",
    ("Nobody is presumed to be an adult.", "不推定任何人为成年人。"),
    remedy=("ask the age, and say what happens while it is not known", "询问年龄，并写明年龄未知时如何处理"),
    source="PIPL art. 31",
)
def presumed_adult(policy: Policy) -> Iterator[Fault]:
    """Find sentences that presume full age instead of asking."""
    for path, what in found(policy, _PRESUMED):
        yield Fault(path, (f"it presumes: '{what}'", f"作了推定：“{what}”"))
