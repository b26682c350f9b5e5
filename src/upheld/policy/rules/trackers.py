# SPDX-License-Identifier: Apache-2.0
"""Rules on cookies and other trackers: each is listed, can be refused where it works, and ends."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import Words
from upheld.policy.model.processing import Tracker, TrackerKind
from upheld.policy.model.recipients import RecipientKind
from upheld.policy.model.spans import Span
from upheld.policy.model.storage import Start
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import every_text

_SPOKEN_OF: Final = (
    (re.compile(r"\bcookies?\b", re.IGNORECASE), "cookie", {TrackerKind.COOKIE, TrackerKind.LOCAL_STORAGE}),
    (re.compile(r"\bbeacons?\b|信标", re.IGNORECASE), "beacon", {TrackerKind.BEACON}),
    (re.compile(r"\bpixels?\b|像素", re.IGNORECASE), "pixel", {TrackerKind.MAIL_PIXEL, TrackerKind.BEACON}),
)
"""How texts speak of trackers, and which kinds of the list they can mean."""


def _said(pattern: re.Pattern[str], *words: Words) -> bool:
    return any(pattern.search(text) for one in words for text in one.values())


@rule(
    "E550",
    ("Trackers that a text speaks of are listed.", "文中提到的追踪技术均已列明。"),
    remedy=(
        "list each under 'trackers' with purpose, party, lifetime and how to refuse it",
        "在“trackers”中逐项列明目的、主体、期限与拒绝方式",
    ),
)
def spoken_of_but_not_listed(policy: Policy) -> Iterator[Fault]:
    """Find cookies, beacons and pixels in sentences that no list knows."""
    kinds = {tracker.kind for tracker in policy.trackers.values()}
    for path, words in every_text(policy):
        if path.startswith(("trackers.", "glossary.")):
            continue
        for pattern, name, meant in _SPOKEN_OF:
            if not kinds & meant and _said(pattern, words):
                yield Fault(path, (f"it speaks of a {name}, and none is listed", f"提到 {name}，但未列明"))


_BY_MAIL: Final = re.compile(r"\bmail|\bunsubscribe|邮件|退订", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"setting|browser|switch|clear|block|delete|leave it off|leave the embedded|sign out|设置|浏览器|关闭|清除|阻止|删除|不启用|退出",
    re.IGNORECASE,
)


@rule(
    "E551",
    (
        "A tracker outside mail is refused by other means than leaving a mailing list.",
        "邮件以外的追踪技术不以退订邮件作为拒绝方式。",
    ),
    remedy=("say in 'refuse' how it is switched off where it works", "在“refuse”中写明如何在其所在处关闭"),
)
def refused_by_mail_only(policy: Policy) -> Iterator[Fault]:
    """Find beacons on pages that only whoever leaves the mailing list would escape, which they would not."""
    for name, tracker in policy.trackers.items():
        if (
            tracker.kind is not TrackerKind.MAIL_PIXEL
            and _said(_BY_MAIL, tracker.refuse)
            and not _said(_ELSEWHERE, tracker.refuse)
        ):
            yield Fault(
                f"trackers.{name}.refuse",
                (f"leaving a mailing list does not stop '{name}'", f"退订邮件并不能停止“{name}”"),
            )


_NOT_ESSENTIAL: Final = re.compile(
    r"advert|market|statist|analy[sz]|measur|\bcount|recommend|personali[sz]|prefer|like\b|广告|营销|统计|分析|推荐|个性化|偏好|计数",
    re.IGNORECASE,
)


@rule(
    "E552",
    ("A tracker that is called essential is one.", "称为必要的追踪技术确属必要。"),
    remedy=("set 'essential: false', so that it waits for consent", "改为“essential: false”，取得同意后方可使用"),
)
def essential_for_whom(policy: Policy) -> Iterator[Fault]:
    """Find counting, advertising, beacons and trackers of others that pass for needed ones."""
    for name, tracker in policy.trackers.items():
        if tracker.essential and (_said(_NOT_ESSENTIAL, tracker.purpose) or _serves_others(policy, tracker)):
            yield Fault(
                f"trackers.{name}.essential", (f"the product works without '{name}'", f"没有“{name}”产品仍可运行")
            )


def _serves_others(policy: Policy, tracker: Tracker) -> bool:
    party = policy.recipients.get(tracker.party)
    if party is not None and party.kind in {RecipientKind.ADVERTISING, RecipientKind.PARTNER, RecipientKind.AFFILIATE}:
        return True
    return tracker.kind in {TrackerKind.BEACON, TrackerKind.MAIL_PIXEL}


@rule(
    "E553",
    ("A tracker lasts no longer than what it learns is kept.", "追踪技术的期限不长于其所获信息的保存期限。"),
    remedy=("shorten 'lasts', or correct the storage period", "缩短“lasts”或更正保存期限"),
    source="PIPL art. 19",
)
def outlives_its_data(policy: Policy) -> Iterator[Fault]:
    """Find trackers that stay when what they brought is long erased."""
    for name, tracker in policy.trackers.items():
        for category in tracker.collects:
            for period in policy.storage.values():
                counted = category in period.of and not period.functions and period.from_ is Start.COLLECTION
                if (
                    counted
                    and isinstance(tracker.lasts, Span)
                    and tracker.lasts.days_at_most > period.keep.days_at_most
                ):
                    yield Fault(
                        f"trackers.{name}.lasts",
                        (
                            f"it lasts {tracker.lasts}, and '{category}' is kept {period.keep}",
                            f"期限为 {tracker.lasts}，而“{category}”仅保存 {period.keep}",
                        ),
                    )


@rule(
    "E554",
    ("Whose tracker it is receives what it learns.", "追踪技术所属方在名单中列明其所获信息。"),
    remedy=(
        "add the category to the recipient's 'receives', or correct 'party'",
        "在该接收方的“receives”中列明，或更正“party”",
    ),
)
def learns_in_silence(policy: Policy) -> Iterator[Fault]:
    """Find trackers of others that learn what their row in the directory does not say."""
    for name, tracker in policy.trackers.items():
        party = policy.recipients.get(tracker.party)
        for category in tracker.collects if party else ():
            if party and category not in party.receives:
                yield Fault(
                    f"trackers.{name}.collects",
                    (
                        f"'{tracker.party}' learns '{category}', and its row does not say so",
                        f"“{tracker.party}”获知“{category}”，但名单未写",
                    ),
                )


_BY_TEXT: Final = re.compile(r"text messages?\b|\bSMS\b|短信", re.IGNORECASE)
_OUT_OF_TEXT: Final = re.compile(rf"{_BY_TEXT.pattern}|setting|reply|设置|回复", re.IGNORECASE)


@rule(
    "E555",
    ("What is tracked in text messages can be refused there too.", "短信中的追踪同样可以拒绝。"),
    remedy=("say in 'refuse' how tracking in text messages stops", "在“refuse”中写明如何停止短信追踪"),
)
def text_messages_without_way_out(policy: Policy) -> Iterator[Fault]:
    """Find links in text messages that are followed, with a way out of mail alone."""
    for name, tracker in policy.trackers.items():
        if _said(_BY_TEXT, tracker.purpose, tracker.label) and not _said(_OUT_OF_TEXT, tracker.refuse):
            yield Fault(
                f"trackers.{name}", (f"'{name}' follows text messages without a way out", f"“{name}”追踪短信却无法拒绝")
            )


_WHERE: Final = re.compile(
    r"setting|browser|link|button|switch|clear|block|delete|sign out|leave it off|leave the embedded|reply|@|https://"
    r"|设置|浏览器|链接|按钮|一键|关闭|清除|阻止|删除|回复|不启用|退出",
    re.IGNORECASE,
)


@rule(
    "W556",
    ("How a tracker is refused says where.", "拒绝追踪的方式写明在何处操作。"),
    remedy=("name the place: a setting, a link in each mail, the browser", "写明位置：设置、邮件内链接或浏览器"),
)
def refused_nowhere(policy: Policy) -> Iterator[Fault]:
    """Find ways out that name no place, link or address."""
    for name, tracker in policy.trackers.items():
        for text in tracker.refuse.values():
            if text.strip() and not _WHERE.search(text):
                yield Fault(
                    f"trackers.{name}.refuse",
                    (f"'{name}' can be refused, and nobody learns where", f"“{name}”可拒绝，但未写明位置"),
                )
