# SPDX-License-Identifier: Apache-2.0
"""Rules on what a template, a copy or another document left behind."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.identity import ContactKind
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import EN, ZH, found, texts

_HOST: Final = re.compile(
    r"\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|info|io|app|site|top|example)\b", re.IGNORECASE
)


@rule(
    "E055",
    ("A text names no site that the policy does not declare.", "文字中不出现政策未声明的网站。"),
    remedy=("remove it, or give its address where it belongs", "删除该网站，或在相应位置写明其地址"),
)
def foreign_site(policy: Policy) -> Iterator[Fault]:
    """Find sites that came with a text from elsewhere."""
    own = _own_sites(policy)
    for path, _, text in texts(policy):
        for host in dict.fromkeys(map(str.lower, _HOST.findall(text))):
            if _site(host) not in own:
                yield Fault(path, (f"'{host}' is no site of this policy", f"“{host}”不是本政策的网站"))


def _own_sites(policy: Policy) -> set[str]:
    """Name every site in a contact or link, by the last two parts of its host."""
    contacts = policy.controller.contacts.values() if policy.controller else ()
    links = [
        *(contact.address for contact in contacts),
        *(one.link for one in policy.regulators.values()),
        *(one.link for one in policy.recipients.values()),
        *(one.link for one in policy.sources.values()),
    ]
    return {_site(host.lower()) for link in links if link for host in _HOST.findall(link)}


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])


_FOREIGN: Final = {
    EN: re.compile(r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"),
    ZH: re.compile(
        r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u3040-\u30ff\uac00-\ud7af]+|[A-Za-z]+(?:[ ,]+[A-Za-z]+){4,}"
    ),
}
"""By language: the scripts that have no place in it, and in Chinese a run of five Latin words."""


@rule(
    "E056",
    ("A text is in its own language.", "文字使用其所标明的语言。"),
    remedy=("translate it, or remove what strayed in", "翻译，或删除混入的内容"),
)
def foreign_script(policy: Policy) -> Iterator[Fault]:
    """Find lines of another document, and texts left untranslated."""
    for path, language, text in texts(policy):
        strange = _FOREIGN[language].search(text)
        if strange:
            shown = strange[0][:40]
            yield Fault(path, (f"'{shown}' is not in {language}", f"“{shown}”不属于 {language}"))


_NUMBERED: Final = re.compile(
    r"^\s*(?:[(（](?:[IVX]{1,5}|\d{1,2}|[a-h]|[一二三四五六七八九十]{1,3})[)）]|(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.、)]\s"
    r"|\d{1,2}(?:\.\d{1,2})+\s|[一二三四五六七八九十]{1,3}、)"
    r"|\b(?:section|chapter|paragraph|item) (?:\d|[IVX]+\b)|第[一二三四五六七八九十\d]+[章节款项部]",
    re.IGNORECASE,
)


@rule(
    "W057",
    ("A text has no number of its own; the notice numbers its chapters.", "文字不自带编号，编号由隐私政策统一生成。"),
    remedy=("remove the number; name the clause instead", "删除编号，改为指明条款名称"),
)
def stray_number(policy: Policy) -> Iterator[Fault]:
    """Find numbers of headings, and references by number, that a copy brought along."""
    for path, what in found(policy, _NUMBERED, outside=("evidence", "storage")):
        yield Fault(path, (f"a number of another document is left: '{what}'", f"留有其他文件的编号：“{what}”"))


_ADDRESSES: Final = {
    ContactKind.EMAIL: re.compile(r"[^@\s]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE),
    ContactKind.WEB: re.compile(r"https://\S+"),
    ContactKind.PHONE: re.compile(r"[+\d][\d ()/-]{4,}(ext\.? ?\d+)?"),
    ContactKind.POST: re.compile(r"(?=.*\w{2}).{6,}", re.DOTALL),
}
_EMPTY: Final = re.compile(
    r"x{3,}|\bn/?a\b|\bnone\b|example\.com|user@|test@|待定|暂无|无$|1234567|_{2,}", re.IGNORECASE
)


@rule(
    "E058",
    ("A contact's address is one that can be used.", "联系方式的地址真实可用。"),
    remedy=("write the address itself", "填写实际地址"),
)
def useless_address(policy: Policy) -> Iterator[Fault]:
    """Find addresses that are no address of their kind."""
    for name, contact in (policy.controller.contacts if policy.controller else {}).items():
        fits = _ADDRESSES.get(contact.kind)
        if contact.address and fits and (not fits.fullmatch(contact.address.strip()) or _EMPTY.search(contact.address)):
            kind = contact.kind.value
            message = (f"'{name}' gives no usable {kind} address", f"“{name}”未给出可用的 {kind} 地址")
            yield Fault(f"controller.contacts.{name}.address", message)


@rule(
    "W059",
    ("A sentence is said once.", "同一句话只说一次。"),
    remedy=("say it in one place, or say what differs", "合并为一处，或写明差别"),
)
def said_twice(policy: Policy) -> Iterator[Fault]:
    """Find entries whose own sentence is another's."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, _, text in texts(policy):
        if path.endswith(".text"):
            places[" ".join(text.split()).casefold()].append(path.removesuffix(".text"))
    for first, *others in places.values():
        for path in dict.fromkeys(others):
            yield Fault(path, (f"it says the same as '{first}'", f"与“{first}”内容相同"))
