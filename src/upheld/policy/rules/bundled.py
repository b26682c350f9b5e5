# SPDX-License-Identifier: Apache-2.0
"""Rules on what is slipped in: marketing with what is needed, use without asking, and partners 'at present'."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.assertions import Without
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import every_text
from upheld.terms import Act, LawfulBasis

_MARKETING: Final = re.compile(r"discount|promotion|marketing|advertis|优惠|促销|营销|广告", re.IGNORECASE)
_NEEDED: Final = re.compile(
    r"deliver(?!ed)|\bsystem\b|security|\bcodes?\b|order|物流|系统|验证码|订单|安全", re.IGNORECASE
)
_APART: Final = re.compile(r"apart|separate|each kind|one by one|分类|分别|单独|逐项", re.IGNORECASE)


@rule(
    "W533",
    ("Marketing is a choice apart from messages that people need.", "营销消息与必要消息分开选择。"),
    remedy=(
        "make marketing a function of its own, or say that each kind is chosen apart",
        "将营销单列为功能，或写明分类选择",
    ),
    source="PIPL art. 24",
)
def bundled_marketing(policy: Policy) -> Iterator[Fault]:
    """Find functions that nobody could refuse the one half of."""
    for section in ("functions", "purposes"):
        for name, entry in getattr(policy, section).items():
            for text in entry.purpose.values():
                if _MARKETING.search(text) and _NEEDED.search(text) and not _APART.search(text):
                    yield Fault(
                        f"{section}.{name}.purpose",
                        (f"'{name}' sends marketing with what people need", f"“{name}”将营销与必要消息捆绑"),
                    )


_TOUCHING: Final = frozenset({Act.COLLECT, Act.USE, Act.SHARE, Act.TRANSFER, Act.PUBLISH})


@rule(
    "E534",
    ("Nothing is done without consent but on a listed ground.", "未经同意仅可依列明的情形处理。"),
    remedy=("list the ground under 'grounds' with its evidence, or ask", "在“grounds”中列明情形及证据，或征得同意"),
    source="PIPL art. 13, 14",
)
def allowed_without_asking(policy: Policy) -> Iterator[Fault]:
    """Find sentences that allow an act without consent, for purposes that rest on it or for none that is named."""
    for name, commitment in policy.commitments.items():
        allows = commitment.means.allows if commitment.means else None
        if allows is None or allows.without is not Without.CONSENT or not _TOUCHING & set(allows.acts):
            continue
        bases = {policy.processing[one].basis for one in allows.purposes if one in policy.processing}
        if not bases or LawfulBasis.CONSENT in bases:
            yield Fault(f"commitments.{name}", ("it allows what nobody was asked for", "允许未经询问的处理"))


_FOR_NOW: Final = re.compile(r"\b(?:at present|currently|for now)\b|目前|现阶段", re.IGNORECASE)
_PARTNERS: Final = re.compile(
    r"partner|recipient|supplier|affiliate|third part|合作|接收方|供应商|关联公司|第三方", re.IGNORECASE
)


@rule(
    "W535",
    ("A list of recipients holds until a new version.", "接收方名单在新版本发布前保持不变。"),
    remedy=("leave 'at present' out; a new recipient is a new version", "删去“目前”；新增接收方须发布新版本"),
    source="PIPL art. 23",
)
def partners_for_now(policy: Policy) -> Iterator[Fault]:
    """Find lists of partners that would grow unannounced."""
    for path, words in every_text(policy):
        if any(_FOR_NOW.search(text) and _PARTNERS.search(text) for text in words.values()):
            yield Fault(path, ("who receives is said for the present only", "接收方仅就目前而言"))
