# SPDX-License-Identifier: Apache-2.0
"""Rules on what a policy speaks of without having it: other products, their functions, and protection long broken."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import every_text

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
    for spoken, _, en, zh in (product for product in _PRODUCTS if not product[1].search(covered)):
        for path, words in every_text(policy):
            if any(map(spoken.search, words.values())):
                yield Fault(
                    "scope.products",
                    (f"'{path}' speaks of a {en}, which is not covered", f"“{path}”提到{zh}，但不在适用范围内"),
                )
                break


_FUNCTIONS: Final = (
    (re.compile(r"\bgroup chats?\b|\bcircles\b|群聊|朋友圈|圈子", re.IGNORECASE), r"\bgroup chat|\bcircles?\b|群|圈"),
    (re.compile(r"\bdigital office\b|\bonline office\b|数字办公|在线办公", re.IGNORECASE), r"\boffice\b|办公"),
    (re.compile(r"\bpurchasing goods\b|购买商品", re.IGNORECASE), r"goods|order|\bbuy|shop|商品|订单|购"),
    (re.compile(r"\b(?:food|meal) delivery\b|外卖", re.IGNORECASE), r"food|meal|餐|外卖"),
    (re.compile(r"\bride[- ]hailing\b|\btaxis?\b|打车|网约车", re.IGNORECASE), r"ride|taxi|travel|车|出行"),
)
"""Functions that templates carry from one product to the next, and how a product that has one would call it."""
_ANY_FUNCTION: Final = re.compile("|".join(one.pattern for one, _ in _FUNCTIONS), re.IGNORECASE)


@rule(
    "W932",
    ("A function that a text speaks of is one that the product offers.", "文中提到的功能确为产品所提供。"),
    remedy=("declare the function, or correct the text", "声明该功能或更正文字"),
)
def function_of_another_product(policy: Policy) -> Iterator[Fault]:
    """Find functions that only another product has."""
    offered = " ".join(
        text for one in policy.processing.values() for words in (one.label, one.purpose) for text in words.values()
    )
    foreign = [spoken for spoken, offers in _FUNCTIONS if not re.search(offers, offered, re.IGNORECASE)]
    for path, words in every_text(policy):
        if not any(map(_ANY_FUNCTION.search, words.values())):
            continue
        for spoken in foreign:
            said = next((found[0] for text in words.values() if (found := spoken.search(text))), None)
            if said:
                yield Fault(path, (f"'{said}' is no function of this product", f"“{said}”不是本产品的功能"))


_WITHDRAWN: Final = {
    "SSL": (re.compile(r"\bSSL\b(?!/TLS)", re.IGNORECASE), "RFC 7568"),
    "TLS 1.0 or 1.1": (re.compile(r"\bTLS ?(?:v ?)?1\.[01]\b", re.IGNORECASE), "RFC 8996"),
    "MD5": (re.compile(r"\bMD5\b", re.IGNORECASE), "RFC 6151"),
    "SHA-1": (re.compile(r"\bSHA-?1\b", re.IGNORECASE), "RFC 9155"),
    "RC4": (re.compile(r"\bRC4\b", re.IGNORECASE), "RFC 7465"),
}
"""Protocols and ciphers that whoever made them took back, and where that stands."""
_ANY_WITHDRAWN: Final = re.compile("|".join(one.pattern for one, _ in _WITHDRAWN.values()), re.IGNORECASE)


@rule(
    "W536",
    ("Protection that a text names is not one that was withdrawn.", "文中提到的保护技术未被废止。"),
    remedy=("name what is used, or only what it achieves", "写明实际使用的技术，或仅写明效果"),
)
def withdrawn_protection(policy: Policy) -> Iterator[Fault]:
    """Find protocols and ciphers that protect nothing any more."""
    for path, words in every_text(policy):
        if not any(map(_ANY_WITHDRAWN.search, words.values())):
            continue
        for name, (spoken, where) in _WITHDRAWN.items():
            if any(map(spoken.search, words.values())):
                yield Fault(path, (f"{name} was withdrawn ({where})", f"{name} 已被废止（{where}）"))
