# SPDX-License-Identifier: Apache-2.0
"""Rules on words that leave open what is meant: catch-alls, examples for lists, 'certain', 'some or all'."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import found

_THINGS: Final = (
    r"(?:personal )?(?:information|data|products?|services?|functions?|features?|third part(?:y|ies)|partners?|compan(?:y|ies)"
    r"|purposes?|circumstances|cases|laws?|regulations?|authorit(?:y|ies)|standards?)"
)
_WHICH: Final = re.compile(
    rf"\b(?:(?:certain|some|relevant|particular|specific) {_THINGS}\b|some or all\b|all or (?:some|part)\b"
    r"|(?:all )?(?:around|over|across) the world\b|worldwide\b|globally\b|inevitably\b"
    r"|(?:do not|don't|not) recommend(?:ed)?\b|unrecommended\b"
    r")|某些|部分(?:或全部|信息|功能|产品|服务|情形)|(?:有关|相关)(?:部门|法律|法规|规定|第三方|合作方|产品)"
    r"|世界各地|全球(?:各地|范围)|不可避免|(?:未|非|不)推荐",
    re.IGNORECASE,
)


@rule(
    "W066",
    ("A text says which.", "文字写明具体所指。"),
    remedy=("name them, or point to the section that lists them", "逐一写明，或指明列明它们的章节"),
)
def which_ones(policy: Policy) -> Iterator[Fault]:
    """Find words that speak of some and do not say which."""
    for path, what in found(policy, _WHICH, outside=("evidence",)):
        yield Fault(path, (f"'{what}' does not say which", f"“{what}”未写明具体所指"))


_CATCH_ALL: Final = re.compile(
    r"^(?:any |all )?(?:others?|miscellaneous|further|additional)\b|^any(?:thing| information) else\b|^(?:任何)?其[他它]",
    re.IGNORECASE,
)
_ENTRIES: Final = (
    "categories",
    "recipients",
    "sources",
    "grounds",
    "permissions",
    "functions",
    "purposes",
    "publication",
)


@rule(
    "E067",
    ("No entry takes in whatever is not listed.", "不设兜底条目。"),
    remedy=("remove it; what is new comes with a new version", "删除；新增内容随新版本加入"),
    source="PIPL art. 6, 17",
)
def catch_all(policy: Policy) -> Iterator[Fault]:
    """Find categories, recipients, grounds and cases that stand for any other."""
    for path, what in found(policy, _CATCH_ALL):
        if path.startswith(_ENTRIES) and path.endswith((".label", ".name")) and ".choices." not in path:
            yield Fault(path, (f"it takes in anything: '{what}'", f"兜底条目：“{what}”"))


_EXAMPLES: Final = re.compile(
    r"\bsuch as\b|\bfor (?:example|instance)\b|\be\.g\.|\bat least (?!\d|one\b|two\b|three\b|every\b|\w+ (?:hours?|days?|months?|years?))"
    r"|例如|比如|诸如|譬如",
    re.IGNORECASE,
)


@rule(
    "W068",
    ("A promise rests on no examples.", "承诺不以举例代替。"),
    remedy=("list all of them, or say it without examples", "全部列明，或不举例"),
)
def examples(policy: Policy) -> Iterator[Fault]:
    """Find examples and lower bounds where a closed list belongs."""
    for path, what in found(policy, _EXAMPLES, outside=("glossary", "evidence")):
        yield Fault(path, (f"'{what}' leaves open what else", f"“{what}”未排除其他情形"))


_DISCLAIMED: Final = re.compile(
    r"\b(?:bear|accept|assume|take|have)s? no (?:\w+ )?(?:responsibility|liability)\b|\bno (?:responsibility|liability) whatsoever\b"
    r"|\b(?:not|never) (?:be )?(?:held )?(?:responsible|liable)\b|\bat (?:your|the user's) own risk\b"
    r"|不承担(?:任何|一切)?(?:法律|连带)?责任|不负(?:任何|一切)?(?:法律)?责任|概不负责|后果自负|风险自担|免责",
    re.IGNORECASE,
)


@rule(
    "W069",
    ("A duty of the law is not declined.", "不声明免除法定义务。"),
    remedy=("say who answers for what", "写明各方责任"),
    source="PIPL art. 20, 21, 69",
)
def disclaimed(policy: Policy) -> Iterator[Fault]:
    """Find sentences that decline all responsibility, which a controller keeps by law."""
    for path, what in found(policy, _DISCLAIMED):
        yield Fault(path, (f"it declines what the law demands: '{what}'", f"免除了法定责任：“{what}”"))


_DOCUMENT: Final = re.compile(
    r"\b(?:advertising|community|content|platform|publishing|service|user|security|confidentiality)"
    r" (?:guidelines?|rules|agreement|commitment|terms|charter|standards?)\b|\bterms of (?:use|service)\b"
    r"|(?:广告|社区|平台|发布|内容)(?:规范|规则|指南)|(?:用户|服务)(?:协议|条款)|安全承诺",
    re.IGNORECASE,
)


@rule(
    "W125",
    ("A document that a promise leans on can be read.", "承诺所依据的文件可供查阅。"),
    remedy=("give its address in the text, or say what it demands", "在文中写明其地址，或写明其要求"),
)
def unread_document(policy: Policy) -> Iterator[Fault]:
    """Find documents of the house that are named and nowhere to be found."""
    for path, words in _leaning(policy):
        yield Fault(path, (f"'{words}' is named, but not where to read it", f"提到“{words}”，但未写明何处可查阅"))


def _leaning(policy: Policy) -> Iterator[tuple[str, str]]:
    linked = {path for path, _ in found(policy, re.compile(r"https://"))}
    for path, what in found(policy, _DOCUMENT, outside=("evidence", "duties", "glossary")):
        if path not in linked:
            yield path, what
