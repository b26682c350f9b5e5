# SPDX-License-Identifier: Apache-2.0
"""Rules on rights: each has a channel, a deadline within the law, and an end that a person can contest."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.spans import Span, Unit
from upheld.policy.packs import Law
from upheld.policy.rules.registry import Fault, law_rule, rule
from upheld.terms import Right


@rule(
    "E701",
    ("Every right has a deadline with a figure.", "每项权利的答复期限有数字。"),
    remedy=("add 'within', as '15 days'", "补充 within，如 15 days"),
)
def no_deadline(policy: Policy) -> Iterator[Fault]:
    """Find answers that may take for ever."""
    for right, entry in policy.rights.requests.items() if policy.rights else ():
        if entry.within is None:
            yield Fault(
                f"rights.requests.{hyphened(right)}",
                (f"no figure says how soon '{hyphened(right)}' is answered", f"未写明“{hyphened(right)}”多久答复"),
            )


@law_rule(
    "E702",
    ("A deadline is no longer than the law allows.", "答复期限不超过法律允许的期限。"),
    remedy=("shorten 'within'", "缩短 within"),
)
def too_long(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find deadlines past the law's, working days against working days and calendar days against calendar days."""
    bounds = [(Span.parse(item.text), item) for item in law.items("answer-within")]
    for right, entry in policy.rights.requests.items() if policy.rights else ():
        span = entry.within
        if span is None:
            continue
        for bound, item in bounds:
            alike = (span.unit is Unit.WORKING_DAY) == (bound.unit is Unit.WORKING_DAY)
            if alike and span.days_at_most > bound.days_at_most:
                message = (f"{span} is longer than {bound}", f"{span} 超过 {bound}")
                yield Fault(f"rights.requests.{hyphened(right)}.within", message, item.source)


@law_rule(
    "E703",
    ("Every right that the law gives can be used.", "法律赋予的各项权利均可行使。"),
    remedy=("add it under 'rights.requests'", "在 rights.requests 中补充"),
)
def missing_right(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find rights that the law gives and the policy does not mention."""
    if policy.rights is None:
        return
    for item in law.items("rights"):
        for right in item.words:
            if right not in policy.rights.requests:
                message = (f"the right '{right}' is missing", f"缺少权利“{right}”")
                yield Fault("rights.requests", message, item.source)


@rule(
    "E704",
    ("A refusal leaves a person remedies.", "拒绝时给予个人救济途径。"),
    remedy=("add 'rights.remedies'", "补充 rights.remedies"),
    source="PIPL art. 50",
)
def no_remedy(policy: Policy) -> Iterator[Fault]:
    """Find refusals that a person could only accept."""
    if policy.rights and not policy.rights.remedies:
        yield Fault("rights", ("no remedy is named", "未写明救济途径"))


@rule(
    "E705",
    ("The requester is verified before a request is carried out.", "执行请求前核实请求人身份。"),
    remedy=("add 'rights.verification'", "补充 rights.verification"),
)
def nobody_verified(policy: Policy) -> Iterator[Fault]:
    """Find rights that anyone could use in another's name."""
    if policy.rights and (policy.rights.verification is None or not policy.rights.verification.methods):
        yield Fault("rights", ("no way of verifying a requester is named", "未写明核实请求人的方式"))


@rule(
    "E706",
    ("A person without an account can use each right.", "无账号者可行使每项权利。"),
    remedy=("add a contact with 'outsiders: true'", "补充 outsiders: true 的联系方式"),
)
def members_only(policy: Policy) -> Iterator[Fault]:
    """Find rights whose every channel needs an account."""
    if policy.rights is None or policy.controller is None:
        return
    contacts = policy.controller.contacts
    for right, entry in policy.rights.requests.items():
        if not any(name in contacts and contacts[name].outsiders for name in entry.channels):
            path = f"rights.requests.{hyphened(right)}.channels"
            yield Fault(
                path,
                (
                    f"'{hyphened(right)}' has no channel for a person without an account",
                    f"“{hyphened(right)}”没有无账号者可用的途径",
                ),
            )


@rule(
    "W707",
    ("Who received the data is told of its erasure.", "删除时通知接收方。"),
    remedy=("set 'tell-recipients: true'", "设 tell-recipients: true"),
)
def recipients_not_told(policy: Policy) -> Iterator[Fault]:
    """Find erasures that end at the controller's door."""
    erasure = policy.rights.requests.get(Right.ERASURE) if policy.rights else None
    if erasure and policy.recipients and not erasure.tell_recipients:
        yield Fault("rights.requests.erasure", ("recipients are not told of an erasure", "删除时未通知接收方"))


@rule("E708", ("A copy says in which form it comes.", "副本写明提供的形式。"), remedy=("add 'forms'", "补充 forms"))
def formless_copy(policy: Policy) -> Iterator[Fault]:
    """Find copies in no form."""
    for right in (Right.COPY, Right.PORTABILITY):
        entry = policy.rights.requests.get(right) if policy.rights else None
        if entry and not entry.forms:
            yield Fault(f"rights.requests.{right}", (f"'{right}' names no form", f"“{right}”未写明形式"))
