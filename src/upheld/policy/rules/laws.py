# SPDX-License-Identifier: Apache-2.0
"""Rules that hold a policy against the law of its day: which laws it names, and where it is weaker than they are."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.processing import ChildRule
from upheld.policy.model.spans import Span
from upheld.policy.packs import Item, Law, packs
from upheld.policy.rules.data import collected
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
    "E118",
    ("What the law counts as sensitive is marked so.", "法律认定的敏感个人信息已标明。"),
    remedy=("set 'sensitive: true'", "设为 sensitive: true"),
)
def sensitive_by_law(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find categories of a kind that a law lists as sensitive, treated as any other."""
    for name, category in policy.categories.items():
        said = " ".join(category.label.values()).lower()
        item = next((one for one in law.items("sensitive") if any(word in said for word in one.words)), None)
        if item and not category.sensitive:
            message = (f"'{name}' is of a kind that the law counts as sensitive", f"“{name}”属法律认定的敏感个人信息")
            yield Fault(f"categories.{name}", message, item.source)


@law_rule(
    "E121",
    ("What the law has kept is kept as long as it demands.", "法律要求留存的信息按其期限留存。"),
    remedy=(
        "lengthen 'keep', or keep what the law demands under an entry of its own",
        "延长 keep，或为法定留存另设条目",
    ),
)
def kept_too_short(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find records that a law has kept, of which no part is kept so long."""
    for item in law.items("keep-at-least"):
        least = Span.parse(item.text)
        periods = dict(_periods(policy, item))
        if periods and all(span.days_at_most < least.days_at_most for span in periods.values()):
            name, span = max(periods.items(), key=lambda one: one[1].days_at_most)
            message = (f"{span} is shorter than the {least} that the law demands", f"{span} 短于法律要求的 {least}")
            yield Fault(f"storage.{name}.keep", message, item.source)


def _periods(policy: Policy, item: Item) -> Iterator[tuple[str, Span]]:
    """List the periods that cover what an item is about, by the words of the categories and of the period itself."""
    known = collected(policy)
    for name, period in policy.storage.items():
        labels = [policy.categories[one].label for one in period.of if one in policy.categories and one in known]
        said = " ".join(text for words in (*labels, period.label) for text in words.values()).lower()
        if any(word in said for word in item.about):
            yield name, period.keep


@law_rule(
    "E911",
    ("Guardians are told of an incident with children's data.", "涉及儿童信息的安全事件告知监护人。"),
    remedy=("add 'guardians' under 'incidents.tell'", "在 incidents.tell 中补充 guardians"),
)
def guardians_untold(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find incidents that a child's guardian would not hear of."""
    served = any(one.child is ChildRule.GUARDIAN for one in policy.processing.values())
    told = policy.incidents and any(one.whom == "guardians" for one in policy.incidents.tell.values())
    for item in law.items("guardians-told") if served and policy.incidents and not told else ():
        yield Fault("incidents.tell", ("guardians are not told of an incident", "发生事件时未告知监护人"), item.source)


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
