# SPDX-License-Identifier: Apache-2.0
"""Rules on how rights are used: by switch where one was pressed, to the last backup, and with somebody else to turn to."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule
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
