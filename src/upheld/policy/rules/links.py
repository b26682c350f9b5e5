# SPDX-License-Identifier: Apache-2.0
"""Rules on a recipient's link: it leads to one privacy policy, and whoever a text names has a row in the directory."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import every_text

_OF_A_POLICY: Final = frozenset(
    {"privacy", "policy", "policies", "personal", "gdpr", "datenschutz", "yinsi", "privacidad", "confidentialite"}
)
"""Words of an address, one of which the address of a privacy policy has."""
_CHINESE: Final = re.compile(r"隐私|个人信息")


def _parts(link: str) -> tuple[str, list[str]]:
    """Split an address into its host and the parts of its path, query and fragment.

    An address that cannot be split (an unclosed bracket in its host) counts as one that leads nowhere.
    """
    try:
        split = urlsplit(link)
    except ValueError:
        return "", []
    return split.netloc.lower(), [
        one for one in re.split(r"[/?&#=]", f"{split.path}?{split.query}#{split.fragment}") if one
    ]


def _is_of_a_policy(link: str) -> bool:
    host, parts = _parts(link)
    shown = unquote(" ".join((host, *parts)))
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])(?=[A-Z])", r"\1 ", shown).lower())
    return bool(_CHINESE.search(shown)) or any(
        word in _OF_A_POLICY or word.removesuffix("policy") in _OF_A_POLICY for word in words
    )


@rule(
    "W519",
    ("A recipient's link leads to its privacy policy.", "接收方链接指向其隐私政策。"),
    remedy=(
        "link the privacy policy: not the project, not the terms of use, and nothing run into the address",
        "链接其隐私政策，而非项目主页或使用条款，地址后不得连带其他文字",
    ),
)
def link_to_something_else(policy: Policy) -> Iterator[Fault]:
    """Find links to a project, to terms of use, or run into the words after them."""
    for name, recipient in policy.recipients.items():
        if recipient.link and not _is_of_a_policy(recipient.link):
            yield Fault(
                f"recipients.{name}.link",
                (f"'{recipient.link}' does not look like a privacy policy", f"“{recipient.link}”不像隐私政策"),
            )


@rule(
    "W520",
    ("A provider's policy has one address.", "同一提供方的政策只有一个地址。"),
    remedy=("find out which address holds, and write it in both rows", "核实有效地址并在两行统一"),
)
def two_addresses(policy: Policy) -> Iterator[Fault]:
    """Find rows whose links differ only by a part that one of them leaves out."""
    links = [(name, *_parts(one.link)) for name, one in policy.recipients.items() if one.link]
    for number, (name, host, parts) in enumerate(links):
        for other, its_host, its_parts in links[:number]:
            if (
                host
                and host == its_host
                and parts != its_parts
                and (_within(parts, its_parts) or _within(its_parts, parts))
            ):
                yield Fault(
                    f"recipients.{name}.link",
                    (f"'{other}' links the same policy at another address", f"“{other}”以另一地址链接同一政策"),
                )


def _within(few: list[str], many: list[str]) -> bool:
    left = iter(many)
    return bool(few) and all(part in left for part in few)


_KNOWN: Final = {
    "Alipay": re.compile(r"\bAlipay\b|支付宝"),
    "Amap": re.compile(r"\bAmap\b|高德"),
    "Apple": re.compile(r"\bApple (?:ID|account|login)\b|\bSign in with Apple\b|\bor Apple\b|苹果(?:账号|登录)"),
    "Facebook": re.compile(r"\bFacebook\b|脸书"),
    "Google": re.compile(r"\bGoogle\b|谷歌"),
    "QQ": re.compile(r"\bQQ\b"),
    "TikTok": re.compile(r"\bTikTok\b|\bDouyin\b|抖音"),
    "Umeng": re.compile(r"\bUmeng\b|友盟"),
    "WeChat": re.compile(r"\bWeChat\b|微信"),
    "Weibo": re.compile(r"\bWeibo\b|微博"),
}
"""Well-known providers that apps of every kind build in, by the names that texts give them."""
_ANY_KNOWN: Final = re.compile("|".join(one.pattern for one in _KNOWN.values()))
"""Any of them: most texts name none, and one search says so."""


@rule(
    "W521",
    ("A provider that a text names has a row in the directory.", "文中提到的提供方均列入名单。"),
    remedy=(
        "add it under 'recipients' or 'sources', or take it out of the text",
        "在“recipients”或“sources”中列明，或从文中删去",
    ),
    source="Network Data Security Regulations art. 21",
)
def named_but_not_listed(policy: Policy) -> Iterator[Fault]:
    """Find providers that receive something by a sentence, and by no row."""
    names = [*(one.name for one in policy.recipients.values()), *(one.name for one in policy.sources.values())]
    listed = " ".join(text for words in names for text in words.values())
    unlisted = [(name, one) for name, one in _KNOWN.items() if name not in listed and not one.search(listed)]
    for path, words in every_text(policy):
        if path.startswith(("recipients.", "sources.")) or not any(map(_ANY_KNOWN.search, words.values())):
            continue
        for name, known in unlisted:
            if any(map(known.search, words.values())):
                yield Fault(path, (f"'{name}' is named here and has no row", f"此处提到“{name}”，但名单中没有"))
