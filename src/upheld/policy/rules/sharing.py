# SPDX-License-Identifier: Apache-2.0
"""Rules on what recipients are, why they receive, and in which form: named parties, fitting purposes, safe sums."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import Words
from upheld.policy.model.data import About, Identifies, Value
from upheld.policy.model.processing import ChildRule, Function
from upheld.policy.model.recipients import Condition, Form, Recipient, RecipientKind
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import LawfulBasis


def _each(policy: Policy) -> Iterator[tuple[str, str, Recipient]]:
    for name, recipient in policy.recipients.items():
        yield f"recipients.{name}", name, recipient


_TRADES: Final = (
    (
        r"\bstatistics?\b|\banalytics\b|统计",
        r"\bcount|\bsums?\b|statist|analy|measur|research|how many|统计|分析|计数|汇总|研究",
    ),
    (r"\bpush\b|推送", r"push|deliver|notice|notif|message|推送|消息|通知"),
    (r"\bmaps?\b|地图", r"map|place|locat|position|navig|near|地图|地点|位置|定位|导航|附近"),
    (r"\blog-?in\b|\bsign-?in\b|登录", r"log in|login|sign|account|登录|账号"),
    (r"\bpay\b|\bpayments?\b|支付", r"pay|paid|bill|refund|支付|付款|收款|结算"),
    (r"\bshar(?:e|ing)\b|分享", r"shar|分享"),
)
"""What a name says that a party does, and how a purpose that fits it speaks."""


@rule(
    "W517",
    ("A recipient's purpose fits what its name says that it does.", "接收方的目的与其名称所示业务相符。"),
    remedy=("correct the purpose, or the name", "更正目的或名称"),
)
def purpose_of_another(policy: Policy) -> Iterator[Fault]:
    """Find rows whose purpose belongs to another row."""
    for path, name, recipient in _each(policy):
        called = " ".join(recipient.name.values())
        does = " ".join(_all_words(policy, recipient))
        for trade, fits in _TRADES:
            if re.search(trade, called, re.IGNORECASE) and not re.search(fits, does, re.IGNORECASE):
                yield Fault(
                    f"{path}.purpose",
                    (f"the purpose of '{name}' does not fit its name", f"“{name}”的目的与名称不符"),
                )


def _all_words(policy: Policy, recipient: Recipient) -> Iterator[str]:
    yield from recipient.purpose.values()
    for purpose in recipient.purposes:
        if purpose in policy.processing:
            yield from policy.processing[purpose].label.values()
            yield from policy.processing[purpose].purpose.values()


def _purposes(policy: Policy) -> Iterator[tuple[str, Words]]:
    for section in ("functions", "purposes", "trackers", "recipients"):
        for name, entry in getattr(policy, section).items():
            yield f"{section}.{name}.purpose", entry.purpose


@rule(
    "E518",
    (
        "A purpose says what something is done for; in English it starts with 'to'.",
        "目的须说明为何处理；英文以“to”开头。",
    ),
    remedy=(
        "write what it is for; a permission, a category or a label is no purpose",
        "写明用途；权限、类别或标签不是目的",
    ),
)
def no_purpose(policy: Policy) -> Iterator[Fault]:
    """Find cells that hold what belongs into another column."""
    for path, words in _purposes(policy):
        for language, text in words.items():
            if language == "en" and text.strip() and not text.strip().lower().startswith("to "):
                yield Fault(path, (f"'{_short(text)}' is no purpose", f"“{_short(text)}”不是目的"))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


@rule(
    "E522",
    ("An affiliate receives what identifies a person only by consent.", "关联公司仅可经同意取得可识别个人的信息。"),
    remedy=("set 'basis: consent', or another form", "改为“basis: consent”或采用其他形式"),
    source="PIPL art. 23",
)
def affiliate_without_consent(policy: Policy) -> Iterator[Fault]:
    """Find affiliates that receive data as if they were the controller."""
    for path, name, recipient in _each(policy):
        told = recipient.kind is RecipientKind.AFFILIATE and recipient.form is not Form.AGGREGATE
        if told and recipient.basis is not LawfulBasis.CONSENT and recipient.role != "processor":
            yield Fault(
                f"{path}.basis",
                (f"'{name}' would receive personal data without consent", f"“{name}”未经同意取得个人信息"),
            )


@rule(
    "E523",
    ("A component works in the background only for a function that does.", "组件仅为后台运行的功能在后台运行。"),
    remedy=(
        "set 'foreground-only: true', or declare the function's 'background'",
        "改为“foreground-only: true”，或声明功能的“background”",
    ),
)
def component_in_the_background(policy: Policy) -> Iterator[Fault]:
    """Find components that would wake without a function that people let work so."""
    for path, name, recipient in _each(policy):
        if recipient.kind is not RecipientKind.SDK or recipient.foreground_only:
            continue
        if not any(_works_in_background(policy, purpose) for purpose in recipient.purposes):
            yield Fault(
                f"{path}.foreground-only",
                (
                    f"'{name}' works in the background, and none of its purposes does",
                    f"“{name}”在后台运行，而其目的均不在后台",
                ),
            )


def _works_in_background(policy: Policy, purpose: str) -> bool:
    found = policy.processing.get(purpose)
    return isinstance(found, Function) and found.background


@rule(
    "E524",
    ("Sums are made of nothing that points to a person by itself.", "汇总信息不含可单独识别个人的内容。"),
    remedy=("take the identifier out of 'receives'", "从“receives”中去除该标识"),
    source="PIPL art. 73",
)
def sums_of_identifiers(policy: Policy) -> Iterator[Fault]:
    """Find recipients of mere counts that would receive identifiers."""
    for path, name, recipient in _each(policy):
        if recipient.form is Form.AGGREGATE:
            for category in _touched(policy, recipient):
                its = policy.categories[category]
                if its.value is Value.IDENTIFIER or its.identifies is Identifies.ALONE:
                    yield Fault(
                        f"{path}.receives",
                        (
                            f"'{name}' would receive '{category}', of which there is no sum",
                            f"“{name}”将取得“{category}”，其无法汇总",
                        ),
                    )


@rule(
    "E525",
    ("A recipient of sums is given groups of a stated least size.", "汇总信息接收方仅取得达到最小人数的群组。"),
    remedy=("add 'group-at-least' with a number", "以数字填写“group-at-least”"),
    source="PIPL art. 73",
)
def group_of_one(policy: Policy) -> Iterator[Fault]:
    """Find sums that could be about one person."""
    for path, name, recipient in _each(policy):
        if recipient.form is Form.AGGREGATE and recipient.group_at_least is None:
            yield Fault(
                path, (f"no figure says how small a group '{name}' may see", f"未写明“{name}”可见群组的最小人数")
            )


@rule(
    "E526",
    ("What is about a child goes to a recipient only after an assessment.", "儿童信息经影响评估后方可提供。"),
    remedy=("add 'assessment' to 'needs'", "在“needs”中加入“assessment”"),
    source="Children's rules art. 16, 17 (unconfirmed)",
)
def child_data_unassessed(policy: Policy) -> Iterator[Fault]:
    """Find recipients of children's data that nobody assessed."""
    for path, name, recipient in _each(policy):
        about = [one for one in _touched(policy, recipient) if policy.categories[one].about is About.CHILD]
        if about and Condition.ASSESSMENT not in recipient.needs:
            yield Fault(
                path, (f"'{name}' receives '{about[0]}' without an assessment", f"“{name}”未经评估取得“{about[0]}”")
            )


@rule(
    "E527",
    ("A child's data reaches a recipient by consent only with a guardian.", "以同意为依据提供儿童信息须有监护人。"),
    remedy=("set 'child: guardian' or 'never' at the function", "在功能中改为“child: guardian”或“never”"),
    source="PIPL art. 31",
)
def child_consents_alone(policy: Policy) -> Iterator[Fault]:
    """Find recipients to whom a child's own consent would be enough."""
    for path, name, recipient in _each(policy):
        if recipient.basis is not LawfulBasis.CONSENT or recipient.form is Form.AGGREGATE:
            continue
        for purpose in recipient.purposes:
            found = policy.processing.get(purpose)
            if found and found.child is ChildRule.ALLOWED:
                yield Fault(
                    f"{path}.purposes",
                    (
                        f"'{name}' would receive a child's data for '{purpose}' without a guardian",
                        f"“{name}”将在无监护人时因“{purpose}”取得儿童信息",
                    ),
                )


@rule(
    "E528",
    ("Advertising receives nothing that is sensitive and nothing about a child.", "广告方不得取得敏感信息或儿童信息。"),
    remedy=("take the category out of 'receives'", "从“receives”中去除该类别"),
    source="PIPL art. 28, 31",
)
def advertising_of_the_sensitive(policy: Policy) -> Iterator[Fault]:
    """Find advertising that feeds on what could harm people."""
    for path, name, recipient in _each(policy):
        if recipient.kind is RecipientKind.ADVERTISING:
            for category in _touched(policy, recipient):
                its = policy.categories[category]
                if its.sensitive or its.about is About.CHILD:
                    yield Fault(
                        f"{path}.receives", (f"'{name}' would receive '{category}'", f"“{name}”将取得“{category}”")
                    )


def _touched(policy: Policy, recipient: Recipient) -> Iterable[str]:
    return (category for category in recipient.receives if category in policy.categories)
