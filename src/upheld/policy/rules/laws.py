# SPDX-License-Identifier: Apache-2.0
"""Rules that hold a policy against the law of its day: which laws it names, and where it is weaker than they are."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.spans import Span
from upheld.policy.packs import Law, packs
from upheld.policy.rules.registry import Fault, law_rule, rule
from upheld.policy.rules.texts import found


@law_rule(
    "E114",
    ("A policy names the data law of the place where its controller sits.", "政策列明处理者所在地的个人信息保护法律。"),
    remedy=("add it under 'laws'", "在 laws 中补充"),
)
def law_not_named(_policy: Policy, law: Law) -> Iterator[Fault]:
    """Find policies that follow older laws alone."""
    for pack in law.unnamed:
        if pack.must_be_named:
            yield Fault(
                "laws", (f"'{pack.id}' binds it and is not named", f"受 {pack.title[1]} 约束而未列明"), pack.title[0]
            )


@rule(
    "E115",
    ("A law that is named is one that a pack knows.", "所列法律须为规则包所收录。"),
    remedy=("correct the name; docs/reference/rule-packs.md lists them", "更正名称；见 docs/reference/rule-packs.md"),
)
def unknown_law(policy: Policy) -> Iterator[Fault]:
    """Find names of laws that would be judged by nothing."""
    for name in policy.laws:
        if name not in packs():
            yield Fault("laws", (f"no pack knows the law '{name}'", f"未收录法律“{name}”"))


@law_rule(
    "W116",
    ("A law that is named is in force.", "所列法律处于施行期间。"),
    remedy=("name the one in force on that day", "改列当日施行的法律"),
)
def law_of_another_day(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find laws that are named and not in force on the day."""
    for name in policy.laws:
        pack = packs().get(name)
        if pack and not pack.is_in_force(law.on):
            yield Fault("laws", (f"'{name}' is not in force on {law.on}", f"“{name}”在 {law.on} 未施行"), pack.title[0])


_ENDED: Final = ((re.compile(r"\bflash\b", re.IGNORECASE), "Flash", date(2020, 12, 31)),)
"""Technologies that nobody runs any more, and their last day."""


@law_rule(
    "W117",
    ("What a policy declares still exists.", "政策所列技术仍然存在。"),
    remedy=("remove it", "删除"),
)
def ended_technology(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find technologies that ended before the policy applies."""
    for pattern, name, last in _ENDED:
        if law.on is None or law.on > last:
            for path, _ in found(policy, pattern):
                yield Fault(path, (f"{name} ended on {last}", f"{name} 已于 {last} 停用"))


@law_rule(
    "E912",
    ("An authority hears of an incident as soon as the law demands.", "在法定时间内向监管机构报告安全事件。"),
    remedy=("shorten 'within'", "缩短 within"),
)
def told_too_late(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find reports to an authority that come later than the law allows."""
    for item in law.items("incident-within") if policy.incidents else ():
        longest = Span.parse(item.text)
        for name, notice in policy.incidents.tell.items() if policy.incidents else ():
            late = notice.within and notice.within.days_at_most > longest.days_at_most
            if notice.whom == "regulator" and late:
                message = (f"{notice.within} is longer than {longest}", f"{notice.within} 超过 {longest}")
                yield Fault(f"incidents.tell.{name}.within", message, item.source)


_TRAINING: Final = re.compile(r"\btrain(?:ed|ing|s)?\b|\bdrills?\b|培训|演练", re.IGNORECASE)


@law_rule(
    "E920",
    ("Training and drills come as often as is demanded.", "培训与演练达到要求的频次。"),
    remedy=("shorten 'every'", "缩短 every"),
)
def trained_too_seldom(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find training that comes less often than the standard demands."""
    for item in law.items("training-every"):
        longest = Span.parse(item.text)
        for name, duty in policy.duties.items():
            if any(map(_TRAINING.search, duty.text.values())) and duty.every.days_at_most > longest.days_at_most:
                message = (
                    f"every {duty.every} is less often than every {longest}",
                    f"每 {duty.every} 少于每 {longest}",
                )
                yield Fault(f"duties.{name}.every", message, item.source)
