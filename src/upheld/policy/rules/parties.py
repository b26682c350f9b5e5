# SPDX-License-Identifier: Apache-2.0
"""Rules on names of parties and on contacts: somebody in particular, reached by a line of the house."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import Words
from upheld.policy.model.identity import ContactKind
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Language

_NOBODY: Final = re.compile(
    r"^(?:the |this |our )?(?:platform|product|app(?:lication)?|website|site|company|operator|provider|service|we|us|developer)"
    r"(?: \((?:we|us|the company)\))?$"
    r"|^(?:本|该)?(?:平台|产品|应用|软件|网站|公司|运营者|开发者|服务)(?:[（(]我们[)）])?$|^我们$",
    re.IGNORECASE,
)


@rule(
    "E110",
    ("The controller's name is a name.", "处理者的名称是真实名称。"),
    remedy=("write the registered name", "填写登记的名称"),
    source="PIPL art. 17(1)",
)
def nobody_in_particular(policy: Policy) -> Iterator[Fault]:
    """Find policies in which 'this platform' answers for the data."""
    if policy.controller:
        said = _stand_in(policy.controller.name, _NOBODY)
        if said:
            yield Fault("controller.name", (f"'{said}' names nobody", f"“{said}”未指明任何主体"))


_ANYBODY: Final = re.compile(
    r"^(?:(?:the|our|its|this|any|some|all|other|certain|authori[sz]ed|third[- ]party|cooperating|related|relevant) )*"
    r"(?:(?:service|business|technical|third[- ]party|delivery|analytics|advertising|payment|logistics) )*"
    r"(?:third part(?:y|ies)|partners?|affiliates?|affiliated compan(?:y|ies)|suppliers?|vendors?|providers?|advertisers?"
    r"|sdks?|services?|compan(?:y|ies))"
    r"(?: (?:of|to|for|with|and|that|which|whom)\b.*)?$"
    r"|^(?:我们的|授权的?|其他|相关|有关|部分)?(?:第三方|合作伙伴|合作方|关联公司|关联方|供应商|服务商|服务提供商|广告主)$",
    re.IGNORECASE,
)


@rule(
    "E111",
    ("A recipient or source is somebody in particular.", "接收方与来源方均为特定主体。"),
    remedy=("name each of them in an entry of its own", "逐一列为单独条目并写明名称"),
    source="PIPL art. 23; Network Data Security Regulations art. 21",
)
def anybody(policy: Policy) -> Iterator[Fault]:
    """Find entries that stand for any third party, affiliate or partner; an aggregate may go to a class of them."""
    for section, entries in (("recipients", policy.recipients), ("sources", policy.sources)):
        for name, entry in entries.items():
            said = _stand_in(entry.name, _ANYBODY)
            if said:
                yield Fault(f"{section}.{name}.name", (f"'{said}' could be anybody", f"“{said}”可指任何主体"))


def _stand_in(name: Words, pattern: re.Pattern[str]) -> str:
    """Give a name in any language that is none; empty where every one is."""
    return next((said for said in name.values() if pattern.match(said.strip())), "")


_MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}")


@rule(
    "W112",
    ("A contact is a line of the house, not a person's own number.", "联系电话为单位电话，而非个人手机号。"),
    remedy=("give the number of an office or a hotline", "填写办公电话或热线"),
)
def private_number(policy: Policy) -> Iterator[Fault]:
    """Find mobile numbers, which may be a private person's."""
    for name, contact in (policy.controller.contacts if policy.controller else {}).items():
        if contact.kind is ContactKind.PHONE and _MOBILE.fullmatch(re.sub(r"[\s()-]", "", contact.address or "")):
            message = (f"'{name}' is a mobile number", f"“{name}”为手机号码")
            yield Fault(f"controller.contacts.{name}.address", message)


_WRITTEN: Final = (ContactKind.EMAIL, ContactKind.POST, ContactKind.WEB)


@rule(
    "E113",
    ("A person can write to the controller from outside.", "外部人员可书面联系处理者。"),
    remedy=("add an e-mail, postal or web address", "补充电子邮箱、邮寄地址或网页"),
    source="PIPL art. 50",
)
def no_way_to_write(policy: Policy) -> Iterator[Fault]:
    """Find controllers who take no letter; who cannot telephone, or wants proof of asking, has no way."""
    contacts = policy.controller.contacts.values() if policy.controller else ()
    if policy.controller and not any(contact.kind in _WRITTEN and contact.outsiders for contact in contacts):
        yield Fault("controller.contacts", ("nobody outside can write", "外部人员无法书面联系"))


_RESERVED: Final = {Language.EN: re.compile(r"\b(?:the )?(?:relevant|competent|supervising|regulatory) authorit(?:y|ies)\b", re.IGNORECASE),
                    Language.ZH_HANS: re.compile(r"^(?:有关|相关|主管|监管)(?:部门|机关|机构)$")}  # fmt: skip


@rule(
    "W126",
    ("An outside body is named so that it can be found.", "外部机构写明名称以便查找。"),
    remedy=("name it, and link it where it has a page", "写明名称，并附其网页链接"),
)
def body_without_name(policy: Policy) -> Iterator[Fault]:
    """Find bodies that are called 'the relevant authority'."""
    for name, one in policy.regulators.items():
        for language, said in one.label.items():
            if _RESERVED[language].search(said):
                yield Fault(f"regulators.{name}", (f"'{said}' names no body", f"“{said}”未指明机构"))
                break
