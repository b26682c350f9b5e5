# SPDX-License-Identifier: Apache-2.0
"""Sentences that the renderer writes itself: marks, effects of a refusal, and the text for children. Texts only."""

from collections.abc import Mapping
from typing import Final

from upheld.terms import Language


def _both(en: str, zh: str) -> Mapping[Language, str]:
    return {Language.EN: en, Language.ZH_HANS: zh}


MARKS: Final[Mapping[str, Mapping[Language, str]]] = {
    "sensitive": _both("Sensitive", "敏感信息"),
    "right": _both("Your right", "您的权利"),
    "limit": _both("Limits a right", "权利限制"),
    "without_consent": _both("Without your consent", "无需您的同意"),
    "child": _both("Children", "儿童"),
    "abroad": _both("Goes abroad", "出境"),
    "public": _both("Made public", "公开"),
    "weighty": _both("Important", "重要"),
}

EFFECTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "stop": _both(".", "。"),
    "optional": _both("You can leave it out; {label} works without it.", "可不提供，不影响{label}。"),
    "function": _both("{label} cannot be used; everything else works.", "无法使用{label}，不影响其他功能。"),
    "service": _both(
        "Without {label} the product cannot serve you at all.", "缺少{label}时，产品无法为您提供任何服务。"
    ),
    "purpose": _both("{label} does not happen; everything else works.", "不进行{label}，不影响其他功能。"),
    "law": _both(
        "A law asks for it, so {label} has no switch; while you use the product it cannot be refused.",
        "此为法律要求，{label}不设开关，使用本产品期间不可拒绝。",
    ),
}

CHILDREN: Final[Mapping[str, Mapping[Language, str]]] = {
    "who": _both(
        "If you are not yet {age} years old, this part is for you.", "如果你还没满{age}岁，这一段是写给你的。"
    ),
    "fetch": _both(
        "Please stop here first, and fetch the grown-up who takes care of you. Read on together.",
        "请先停一停，请照顾你的大人过来，一起读。",
    ),
    "check": _both(
        "We make sure that this grown-up really is the one who takes care of you. We do it by {methods}.",
        "我们会确认这位大人真的是照顾你的人，方法是：{methods}。",
    ),
    "until": _both("Until then we only do this for you: {acts}.", "在这之前，我们只为你做这些：{acts}。"),
    "allowed.keeps": _both("You can use {label}. It keeps {things}.", "你可以用{label}。它会记下：{things}。"),
    "allowed.nothing": _both("You can use {label}. It keeps nothing about you.", "你可以用{label}。它不记下你的事。"),
    "guardian.keeps": _both(
        "You can use {label} when your grown-up says yes. It keeps {things}.",
        "大人同意后，你可以用{label}。它会记下：{things}。",
    ),
    "guardian.nothing": _both(
        "You can use {label} when your grown-up says yes. It keeps nothing new about you.",
        "大人同意后，你可以用{label}。它不会多记下你的事。",
    ),
    "never.nothing": _both("{label} is not for children.", "{label}不给小朋友用。"),
    "access": _both("You can ask us what we know about you.", "你可以问我们知道你的哪些事。"),
    "correction": _both("If something is wrong, you can have it put right.", "如果写错了，你可以让我们改正。"),
    "erasure": _both("You can ask us to erase what we know about you.", "你可以让我们把知道的事删掉。"),
    "complaint": _both("If we did something wrong, you can tell us.", "如果我们做得不对，你可以告诉我们。"),
    "ask": _both(
        "If you do not understand something, your grown-up can ask {contact}.", "有不明白的，可以请大人问：{contact}。"
    ),
}

RECORD: Final[Mapping[str, Mapping[Language, str]]] = {
    "title": _both("Record of processing, version {version}", "个人信息处理活动记录，第{version}版"),
    "article": _both("GDPR art. 30(1), items (a) to (g)", "GDPR第30条第1款（a）至（g）项"),
    "controller": _both("(a) Controller", "（a）个人信息处理者"),
    "name": _both("Name", "名称"),
    "address": _both("Address", "地址"),
    "region": _both("Region", "所在地区"),
    "officer": _both("In charge of protecting personal data", "个人信息保护负责方"),
    "contacts": _both("Contacts", "联系方式"),
    "joint": _both("Joint controllers", "共同处理者"),
    "activities": _both("Activities", "处理活动"),
    "clause": _both("Clause", "条款"),
    "label": _both("Activity", "活动"),
    "purpose": _both("(b) Purpose", "（b）目的"),
    "basis": _both("Lawful basis", "合法性基础"),
    "data_subjects": _both("(c) People", "（c）个人信息主体"),
    "categories": _both("(c) Personal data", "（c）个人信息类别"),
    "recipients": _both("(d) Recipients", "（d）接收方"),
    "transfers": _both("(e) Transfers abroad", "（e）出境"),
    "erasure": _both("(f) Time limits for erasure", "（f）删除期限"),
    "safeguards": _both("(e) Safeguards of transfers", "（e）出境保障"),
    "measures": _both("(g) Technical and organisational measures", "（g）技术与组织措施"),
    "unsaid": _both("The policy says nothing of this.", "政策未作说明。"),
    "sensitive": _both(" (sensitive)", "（敏感）"),
    "kind": _both(" ({kind})", "（{kind}）"),
    "self": _both("people who use the product", "产品用户"),
    "child": _both("children", "儿童"),
    "other": _both("other people", "其他个人"),
}
