# SPDX-License-Identifier: Apache-2.0
"""Headings and column names of the notice, in both languages."""

from collections.abc import Mapping
from typing import Final

from upheld.policy.model.identity import Chapter
from upheld.terms import Language

_EN, _ZH = Language.EN, Language.ZH_HANS


def _both(en: str, zh: str) -> Mapping[Language, str]:
    return {_EN: en, _ZH: zh}


CHAPTERS: Final[Mapping[Chapter, Mapping[Language, str]]] = {
    Chapter.WHO: _both("Who we are and what this covers", "我们是谁及适用范围"),
    Chapter.COLLECT: _both("What we collect and why", "我们收集什么、为何收集"),
    Chapter.USE: _both("How we use it", "我们如何使用"),
    Chapter.TRACKERS: _both("Cookies and other trackers", "Cookie 与同类技术"),
    Chapter.SHARE: _both("Whom we share it with", "我们向谁提供"),
    Chapter.STORE: _both("Where and how long we keep it", "存放地点与期限"),
    Chapter.PROTECT: _both("How we protect it", "我们如何保护"),
    Chapter.RIGHTS: _both("Your rights", "您的权利"),
    Chapter.CHILDREN: _both("Children", "儿童"),
    Chapter.CHANGES: _both("Changes to this policy", "本政策的变更"),
    Chapter.CONTACT: _both("How to reach us", "如何联系我们"),
}

GROUPS: Final[Mapping[str, Mapping[Language, str]]] = {
    "effective": _both("Version", "版本"),
    "controller": _both("Controller", "个人信息处理者"),
    "regulators": _both("Outside bodies", "外部机构"),
    "scope": _both("Scope", "适用范围"),
    "glossary": _both("Words of this policy", "本政策用语"),
    "sources": _both("Where data comes from", "信息来源"),
    "categories": _both("Kinds of personal data", "个人信息的种类"),
    "permissions": _both("Permissions of your device", "设备权限"),
    "trackers": _both("Trackers", "追踪技术"),
    "recipients": _both("Recipients and SDKs", "接收方与SDK"),
    "grounds.collect": _both("Collection without consent", "无需同意的收集"),
    "grounds.use": _both("Use without consent", "无需同意的使用"),
    "grounds.share": _both("Sharing without consent", "无需同意的提供"),
    "grounds.transfer": _both("Transfer without consent", "无需同意的转让"),
    "grounds.publish": _both("Publication without consent", "无需同意的公开"),
    "storage": _both("How long", "保存期限"),
    "residency": _both("Where", "存放地点"),
    "rights": _both("Requests", "权利请求"),
    "children": _both("Children and guardians", "儿童与监护人"),
    "changes": _both("Changes", "变更"),
    "incidents": _both("Incidents", "安全事件"),
    "succession": _both("Successors", "承继"),
    "publication": _both("Publication", "公开"),
    "cessation": _both("The end of the product", "停止运营"),
    "duties": _both("What our people do regularly", "定期履行的职责"),
    "commitments": _both("We promise", "我们承诺"),
}

LABELS: Final[Mapping[str, Mapping[Language, str]]] = {
    "summary": _both("In one minute", "一分钟摘要"),
    "contents": _both("Contents", "目录"),
    "anchor": _both("Link to this clause", "本条款链接"),
    "collected": _both("Personal information we collect", "已收集个人信息清单"),
    "recipients": _both("Recipients and SDKs", "第三方信息共享清单"),
    "category": _both("Kind", "种类"),
    "function": _both("Function", "业务功能"),
    "purpose": _both("Purpose", "目的"),
    "scene": _both("When", "场景"),
    "need": _both("Needed?", "是否必需"),
    "manner": _both("How", "方式"),
    "required": _both("Needed", "必需"),
    "optional": _both("If you like", "自愿"),
    "sensitive": _both("sensitive", "敏感"),
    "name": _both("Name", "名称"),
    "kind": _both("What it is", "类型"),
    "package": _both("Package", "包名"),
    "receives": _both("Receives", "接收的信息"),
    "form": _both("Form", "形式"),
    "region": _both("Region", "所在地区"),
    "link": _both("Its own policy", "其隐私政策"),
    "none": _both("–", "–"),
    "refused": _both("If you do not give it", "不提供的影响"),
    "changed": _both("What changed since version {version}", "与第{version}版相比的变化"),
    "nothing-changed": _both("No promise reads differently.", "各项承诺均无变化。"),
    "added": _both("New", "新增"),
    "removed": _both("Gone", "删除"),
    "changed-one": _both("Changed", "变更"),
    "before": _both("Before", "变更前"),
    "after": _both("Now", "变更后"),
    "children": _both("For children", "写给小朋友"),
    "clause": _both("The clause", "对应条款"),
    "mine": _both("What this means for me", "对我意味着什么"),
    "terms": _both("Words explained", "用语说明"),
}

COLLECTED_COLUMNS: Final = ("category", "function", "purpose", "scene", "manner", "need", "refused")
RECIPIENT_COLUMNS: Final = ("name", "kind", "package", "purpose", "receives", "scene", "form", "region", "link")
