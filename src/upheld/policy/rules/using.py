# SPDX-License-Identifier: Apache-2.0
"""Rules on how rights are used: by switch where one was pressed, to the last backup, and with somebody else to turn to."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.packs import Law
from upheld.policy.rules.registry import Fault, law_rule, rule
from upheld.terms import Act, Right


@rule(
    "E709",
    ("A decision by machine can be explained.", "自动化决策可要求说明。"),
    remedy=("add 'explanation' under 'rights.requests'", "在“rights.requests”中增加“explanation”"),
    source="PIPL art. 24; GDPR art. 22",
)
def decided_without_reason(policy: Policy) -> Iterator[Fault]:
    """Find automated decisions that nobody need explain."""
    if policy.rights and Right.EXPLANATION in policy.rights.requests:
        return
    for name, purpose in policy.purposes.items():
        if Act.AUTOMATED_DECISION in purpose.acts:
            yield Fault(f"purposes.{name}", (f"nobody explains what '{name}' decides", f"“{name}”的决定无人说明"))


_AT_REFRESH: Final = re.compile(r"\b(refresh|renew|updat|overwrit)|刷新|更新|覆盖", re.IGNORECASE)


@rule(
    "E710",
    ("What waits in backups has an end with a figure.", "备份中的信息何时清除须有数字。"),
    remedy=("say within how many days backups are refreshed", "写明备份在多少天内刷新"),
    source="PIPL art. 47",
)
def backups_some_day(policy: Policy) -> Iterator[Fault]:
    """Find erasures that wait for a refresh at no stated time."""
    for right, entry in policy.rights.requests.items() if policy.rights else ():
        for text in (entry.backups or {}).values():
            if _AT_REFRESH.search(text) and not re.search(r"\d", text):
                path = f"rights.requests.{right}.backups"
                yield Fault(path, ("no figure says when backups are refreshed", "未写明备份刷新的期限"))
                break


_UNUSED: Final = re.compile(
    r"\bunused\b|\bunprocessed\b|\bnot (be |been )?(used|processed|touched|restored)\b|不(再|予|作)?(使用|处理)|停用",
    re.IGNORECASE,
)


@rule(
    "E716",
    ("What waits in backups is not used meanwhile.", "备份中待清除的信息在此期间不予使用。"),
    remedy=("say under 'backups' that it is not used until it is gone", "在“backups”中写明清除前不予使用"),
    source="PIPL art. 47",
)
def backups_in_use(policy: Policy) -> Iterator[Fault]:
    """Find erasures whose leavings in backups might be used as before."""
    erasure = policy.rights.requests.get(Right.ERASURE) if policy.rights else None
    for text in (erasure.backups or {}).values() if erasure else ():
        if not _UNUSED.search(text):
            path = "rights.requests.erasure.backups"
            yield Fault(path, ("nothing says that the backup is not used meanwhile", "未写明期间不使用备份"))
            break


def _by_letter_only(policy: Policy, right: Right) -> Iterator[Fault]:
    entry = policy.rights.requests.get(right) if policy.rights else None
    if entry and not entry.self_service:
        yield Fault(
            f"rights.requests.{right}", (f"'{right}' has no switch in the product", f"“{right}”在产品内没有开关")
        )


@rule(
    "E711",
    ("To take a consent back is as easy as to give it.", "撤回同意与给予同意同样便捷。"),
    remedy=("set 'self-service: true'", "填写“self-service: true”"),
    source="PIPL art. 15; GDPR art. 7(3)",
)
def withdrawn_by_letter(policy: Policy) -> Iterator[Fault]:
    """Find consents given by a click and withdrawn by a letter."""
    yield from _by_letter_only(policy, Right.WITHDRAWAL)


@rule(
    "E712",
    ("To close an account is as easy as to open it.", "注销账号与注册同样便捷。"),
    remedy=("set 'self-service: true'", "填写“self-service: true”"),
    source="GB/T 35273-2020, 8.5; App violation method 2019, part 6 (unconfirmed)",
)
def closed_by_letter(policy: Policy) -> Iterator[Fault]:
    """Find accounts opened by a click and closed by a letter."""
    yield from _by_letter_only(policy, Right.CANCELLATION)


@rule(
    "E713",
    ("Some remedy lies outside the house.", "至少一种救济在本机构之外。"),
    remedy=("name a regulator or a court under 'rights.remedies'", "在“rights.remedies”中列明主管机关或法院"),
    source="PIPL art. 50; GDPR art. 77, 79",
)
def judge_in_its_own_case(policy: Policy) -> Iterator[Fault]:
    """Find remedies that all end at a desk of the controller's own."""
    remedies = policy.rights.remedies if policy.rights else {}
    if remedies and all(remedy.channel for remedy in remedies.values()):
        yield Fault("rights.remedies", ("every remedy ends at the controller's own desk", "所有救济均止于本机构"))


_WITHDRAWN: Final = re.compile(r"\bwithdr|\btake[ns]? back|\btook back|撤回", re.IGNORECASE)


@rule(
    "E714",
    ("Whoever withdraws a consent can have the data erased.", "撤回同意者可要求删除。"),
    remedy=("add the case under 'rights.requests.erasure.cases'", "在“rights.requests.erasure.cases”中增加该情形"),
    source="PIPL art. 47(3); GDPR art. 17(1)(b)",
)
def erasure_without_withdrawal(policy: Policy) -> Iterator[Fault]:
    """Find closed lists of cases that leave out a withdrawn consent."""
    entry = policy.rights.requests.get(Right.ERASURE) if policy.rights else None
    if entry is None or not entry.cases:
        return
    texts = [
        text for case in entry.cases.values() for words in (case.label, case.text) if words for text in words.values()
    ]
    if not any(_WITHDRAWN.search(text) for text in texts):
        path = "rights.requests.erasure.cases"
        yield Fault(path, ("a withdrawn consent is not among the cases", "情形中没有撤回同意"))


_REPRESENTATIVE: Final = re.compile(r"\brepresentative\b|代表", re.IGNORECASE)


@law_rule(
    "E715",
    ("Who is far away has a representative in the Union.", "境外处理者在欧盟设有代表。"),
    remedy=("name one under 'controller.contacts'", "在“controller.contacts”中列明代表"),
    source="GDPR art. 27",
)
def nobody_in_the_union(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find controllers outside the Union under its law whom nobody there could reach."""
    controller = policy.controller
    if controller is None or not law.binds("gdpr") or controller.region.partition("-")[0] in _UNION:
        return
    labels = [text for contact in controller.contacts.values() for text in contact.label.values()]
    if not any(_REPRESENTATIVE.search(text) for text in labels):
        yield Fault("controller.contacts", ("no representative in the Union is named", "未列明欧盟代表"))


_UNION: Final = "at be bg cy cz de dk ee es fi fr gr hr hu ie is it li lt lu lv mt nl no pl pt ro se si sk"
"""ISO 3166 codes of the European Economic Area."""
