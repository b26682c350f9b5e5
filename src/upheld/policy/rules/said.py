# SPDX-License-Identifier: Apache-2.0
"""Rules on what a policy says twice, and on what it covers."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import every_text

_SHORTEST: Final = 24
"""Letters of a sentence that no two clauses share by chance."""


@rule(
    "W930",
    ("A promise is made once.", "同一承诺只写一次。"),
    remedy=("keep one of the two, or say what is different", "保留其一，或写明区别"),
)
def said_twice(policy: Policy) -> Iterator[Fault]:
    """Find commitments and duties that say the same words as another."""
    first: dict[str, str] = {}
    for section in ("commitments", "duties"):
        for name, entry in getattr(policy, section).items():
            for text in entry.text.values():
                plain = " ".join(re.findall(r"\w+", text.lower()))
                path = f"{section}.{name}"
                before = first.setdefault(plain, path)
                if len(plain) >= _SHORTEST and before != path:
                    yield Fault(path, (f"'{before}' says the same", f"“{before}”已有相同内容"))


_PRODUCTS: Final = (
    (
        re.compile(r"\b(?:our|the|this) website\b|本网站|我们的网站", re.IGNORECASE),
        re.compile(r"site|\bweb\b|platform|网站|网页|平台", re.IGNORECASE),
        "website",
        "网站",
    ),
    (
        re.compile(r"\bmini[- ]program\b|小程序", re.IGNORECASE),
        re.compile(r"mini[- ]program|小程序", re.IGNORECASE),
        "mini program",
        "小程序",
    ),
)
"""Products that texts speak of, how a scope names them, and their names."""


@rule(
    "W931",
    ("A product that a text speaks of is one that the policy covers.", "文中提到的产品均在适用范围内。"),
    remedy=("add it under 'scope.products', or correct the text", "在“scope.products”中列明或更正文字"),
)
def not_covered(policy: Policy) -> Iterator[Fault]:
    """Find websites and mini programs that the scope leaves out."""
    if policy.scope is None:
        return
    covered = " ".join(text for words in policy.scope.products.values() for text in words.values())
    for spoken, names, en, zh in _PRODUCTS:
        for path, words in every_text(policy):
            if not names.search(covered) and any(spoken.search(text) for text in words.values()):
                yield Fault(
                    "scope.products",
                    (f"'{path}' speaks of a {en}, which is not covered", f"“{path}”提到{zh}，但不在适用范围内"),
                )
                break
