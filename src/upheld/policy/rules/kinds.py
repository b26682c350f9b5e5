# SPDX-License-Identifier: Apache-2.0
"""Rules on what a category really is: closed, sensitive, precise, pointing to a person, and protected as that."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.data import About, Category, Identifies, Value
from upheld.policy.model.processing import Need
from upheld.policy.packs import Law
from upheld.policy.rules.registry import Fault, law_rule, rule
from upheld.terms import Tier

_NOTHING: Final = re.compile(r"(?!)")


def names(category: Category) -> str:
    """Give what a category is called and holds, in every language, in small letters."""
    return "\n".join((*category.label.values(), *(category.contains or {}).values())).lower()


def speaks_of(text: str, words: tuple[str, ...]) -> bool:
    """Say whether a text in small letters has one of the words, or a word that begins so."""
    return bool(_one_of(words).search(text))


@cache
def _one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile words that code and packs name; there are a few dozen lists of them."""
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, words))})") if words else _NOTHING


_OPEN: Final = re.compile(
    r"\b(necessary|relevant|related|certain|other) (personal )?(information|data)\b|(必要|相关|有关|其他|其它)的?(个人)?(信息|数据)",
    re.IGNORECASE,
)


@rule(
    "E307",
    ("What is collected is named, not called necessary or related.", "所收集的信息逐项写明，不以“必要”“相关”概括。"),
    remedy=("name each kind of data", "逐项写明信息种类"),
    source="PIPL art. 6, 17(1)",
)
def named_by_nothing(policy: Policy) -> Iterator[Fault]:
    """Find categories and purposes whose extent only their author knows."""
    texts = [(f"categories.{name}", one.label, one.contains) for name, one in policy.categories.items()]
    texts += [(f"functions.{name}.purpose", one.purpose, None) for name, one in policy.functions.items()]
    texts += [(f"purposes.{name}.purpose", one.purpose, None) for name, one in policy.purposes.items()]
    for path, *words in texts:
        found = next((_OPEN.search(text) for one in words if one for text in one.values() if _OPEN.search(text)), None)
        if found:
            yield Fault(path, (f"'{found[0]}' names nothing", f"“{found[0]}”未指明任何信息"))


@rule(
    "E308",
    ("A basic function finds a person by one thing, not by two.", "基本功能以一项信息识别个人即可。"),
    remedy=("make all but one optional, or collect them elsewhere", "其余改为可选或另行收集"),
    source="PIPL art. 6; GB/T 35273-2020, 5.2",
)
def demands_too_much(policy: Policy) -> Iterator[Fault]:
    """Find basic functions that demand a number and an address and a name."""
    for name, function in policy.functions.items():
        required = [
            one
            for one, need in function.collects.items()
            if need is Need.REQUIRED and one in policy.categories and _finds_self(policy.categories[one])
        ]
        if function.tier is Tier.BASIC and len(required) > 1:
            what = f"'{name}' demands {', '.join(required)}, where one would do"
            yield Fault(f"functions.{name}.collects", (what, f"“{name}”要求 {'、'.join(required)}，一项即可"))


def _finds_self(category: Category) -> bool:
    return category.identifies is Identifies.ALONE and category.about is About.SELF


@law_rule(
    "E309",
    ("What a law calls sensitive is marked so.", "法律规定为敏感的信息须予标明。"),
    remedy=("add 'sensitive: true'", "填写“sensitive: true”"),
)
def not_called_sensitive(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find data that would be touched without the separate consent that the law asks for."""
    for item in law.items("sensitive"):
        for name, category in policy.categories.items():
            if not category.sensitive and speaks_of(names(category), item.words):
                message = (f"'{name}' is sensitive under {item.short}", f"依 {item.short}，“{name}”为敏感信息")
                yield Fault(f"categories.{name}", message, item.source)


@law_rule(
    "E310",
    ("An identifier identifies somebody.", "标识符可以识别个人。"),
    remedy=("set 'identifies: when-combined' or 'alone'", "填写“identifies: when-combined”或“alone”"),
    source="GDPR art. 4(1), recital 30; PIPL art. 4",
)
def identifier_of_nobody(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find identifiers said to identify nobody, under the laws that say they do."""
    if not law.binds("gdpr") and not law.binds("pipl"):
        return
    for name, category in policy.categories.items():
        if category.value is Value.IDENTIFIER and category.identifies is Identifies.NEVER:
            what = f"'{name}' is an identifier and said to identify nobody"
            yield Fault(f"categories.{name}", (what, f"“{name}”为标识符，却称不能识别任何人"))


_COARSE: Final = ("city", "coarse", "rough", "approximate", "region", "district", "county", "province", "country")
_COARSE_ZH: Final = ("城市", "市县", "粗略", "大致", "地区", "区县", "省")
_WHERE: Final = ("access point", "cell station", "base station", "cell tower", "基站", "接入点", "无线热点")
_BODY: Final = ("face", "facial", "fingerprint", "voiceprint", "iris", "人脸", "面部", "指纹", "声纹", "虹膜")


def may_be_precise(category: Category) -> bool:
    """Say whether a place may lead to a door; it does unless its name says how coarse it is."""
    return category.value is Value.PLACE and not speaks_of(names(category), _COARSE + _COARSE_ZH)


@rule(
    "E312",
    ("Nobody has to give the measures of the body.", "不得强制提供生物识别信息。"),
    remedy=("make it optional and offer another way", "改为可选并提供其他方式"),
    source="GB/T 35273-2020, 5.4 (unconfirmed)",
)
def body_required(policy: Policy) -> Iterator[Fault]:
    """Find faces, fingerprints and voices without another way."""
    for name, function in policy.functions.items():
        for one, need in function.collects.items():
            known = policy.categories.get(one)
            if need is Need.REQUIRED and known and speaks_of(names(known), _BODY):
                path = f"functions.{name}.collects.{one}"
                yield Fault(path, (f"'{name}' has no other way than '{one}'", f"“{name}”除“{one}”外别无他法"))


@rule(
    "E313",
    ("A place is coarse or is sensitive.", "位置信息或为粗略，或为敏感。"),
    remedy=("say how coarse it is, or add 'sensitive: true'", "写明粗略程度，或填写“sensitive: true”"),
    source="PIPL art. 28",
)
def place_of_unsaid_precision(policy: Policy) -> Iterator[Fault]:
    """Find places whose precision is not said and which are not guarded as precise, and signals that give them away."""
    for name, category in policy.categories.items():
        if category.sensitive:
            continue
        if may_be_precise(category):
            what = f"'{name}' says neither how coarse it is nor that it is sensitive"
            yield Fault(f"categories.{name}", (what, f"“{name}”既未写明粗略程度，也未标为敏感"))
        elif speaks_of(names(category), _WHERE):
            what = f"'{name}' gives away where a person is"
            yield Fault(f"categories.{name}", (what, f"“{name}”可推知个人所在位置"))


_PASSWORD: Final = re.compile(r"^(passwords?|密码)$", re.IGNORECASE)


@rule(
    "E314",
    ("Who keeps passwords promises that nobody can read them.", "保存密码者承诺无人可读。"),
    remedy=("add a commitment bound to 'people.password_digest'", "增加绑定“people.password_digest”的承诺"),
    source="PIPL art. 51",
)
def readable_password(policy: Policy) -> Iterator[Fault]:
    """Find passwords that no clause protects."""
    if any("people.password_digest" in one.controls for one in policy.commitments.values()):
        return
    for name, category in policy.categories.items():
        if any(_PASSWORD.match(text.strip()) for text in category.label.values()):
            yield Fault(
                f"categories.{name}", (f"nothing promises that '{name}' cannot be read", f"未承诺“{name}”不可读")
            )
