# SPDX-License-Identifier: Apache-2.0
"""Rules on who answers, how to reach them, dates, and chapters that may not be empty."""

from collections.abc import Iterator

from upheld import controls
from upheld.policy.model import Policy
from upheld.policy.model.identity import ContactKind
from upheld.policy.rules.registry import Fault, rule


@rule(
    "E101",
    ("A policy names its controller, with an address.", "政策写明个人信息处理者的名称与地址。"),
    remedy=("add 'controller' with its name and address", "补充 controller 及其名称、地址"),
    source="PIPL art. 17(1)",
)
def no_controller(policy: Policy) -> Iterator[Fault]:
    """Find a policy for which nobody answers."""
    if policy.controller is None or not any(words.strip() for words in policy.controller.name.values()):
        yield Fault("controller", ("nobody is named who answers for the data", "未写明由谁负责"))
    if policy.controller is not None and not policy.controller.address:
        yield Fault("controller", ("the controller gives no 'address'", "处理者未写明地址"))


@rule(
    "E102",
    ("A person without an account can reach the controller.", "无账号的个人也能联系处理者。"),
    remedy=(
        "mark one contact that strangers can use with 'outsiders: true'",
        "将一个外部人员可用的联系方式标为 outsiders: true",
    ),
    source="PIPL art. 17(1)",
)
def no_way_in(policy: Policy) -> Iterator[Fault]:
    """Find a controller who can be reached from inside the product only."""
    if policy.controller and not any(contact.outsiders for contact in policy.controller.contacts.values()):
        yield Fault(
            "controller.contacts",
            ("no contact can be used by a person without an account", "没有无账号者可用的联系方式"),
        )


@rule(
    "E103",
    ("Somebody is in charge of protecting personal data.", "指定个人信息保护负责人。"),
    remedy=("name a contact as 'controller.officer'", "在 controller.officer 中指定联系方式"),
    source="PIPL art. 52",
)
def no_officer(policy: Policy) -> Iterator[Fault]:
    """Find a controller without an officer."""
    if policy.controller and policy.controller.officer is None:
        yield Fault("controller", ("no contact is named as officer", "未指定负责人的联系方式"))


@rule(
    "E104",
    ("A contact outside the app has an address.", "应用之外的联系方式写明地址。"),
    remedy=("add its 'address'", "补充 address"),
)
def contact_without_address(policy: Policy) -> Iterator[Fault]:
    """Find a contact that leads nowhere."""
    contacts = policy.controller.contacts if policy.controller else {}
    for name, contact in contacts.items():
        if contact.kind is not ContactKind.IN_APP and not contact.address:
            yield Fault(
                f"controller.contacts.{name}", (f"the contact '{name}' has no address", f"联系方式“{name}”没有地址")
            )


@rule(
    "E105",
    ("A version says when it was updated and from when it applies.", "每个版本写明更新日期与生效日期。"),
    remedy=("add 'updated' and 'effective'", "补充 updated 与 effective"),
)
def no_dates(policy: Policy) -> Iterator[Fault]:
    """Find a version without its dates."""
    for name, day in (("updated", policy.updated), ("effective", policy.effective)):
        if day is None:
            yield Fault(name, (f"the date '{name}' is missing", f"缺少日期 {name}"))


@rule(
    "E106",
    ("A version takes effect no earlier than it was updated.", "生效日期不早于更新日期。"),
    remedy=("move 'effective' to a later day", "将 effective 改为较晚的日期"),
)
def binds_backwards(policy: Policy) -> Iterator[Fault]:
    """Find a version that would bind people before it existed."""
    if not controls.in_force("policy.dates_in_order"):
        return
    if policy.updated and policy.effective and policy.effective < policy.updated:
        message = f"it takes effect on {policy.effective}, before its update on {policy.updated}"
        yield Fault("effective", (message, f"生效日期 {policy.effective} 早于更新日期 {policy.updated}"))


@rule(
    "E107",
    ("Every chapter that a notice must have is filled.", "隐私政策应有的章节均有内容。"),
    remedy=("write the section", "补写该章节"),
    source="PIPL art. 17",
)
def empty_chapter(policy: Policy) -> Iterator[Fault]:
    """Find sections without which a notice says too little; a policy that promises all of them leaves none empty."""
    whole = any("policy.checked_before_publish" in one.controls for one in policy.commitments.values())
    for name in (*_NEEDED, *(_PROMISED if whole else ())):
        if not getattr(policy, name) and not (name == "children" and _is_for_adults(policy)):
            yield Fault(name, (f"the section '{name}' is missing or empty", f"章节 {name} 缺失或为空"))


def _is_for_adults(policy: Policy) -> bool:
    """Say whether everything is closed to children and to whoever's age is not known."""
    every = policy.processing.values()
    return bool(every) and all(one.child == "never" and one.unknown_age == "never" for one in every)


_NEEDED = (
    "categories",
    "functions",
    "storage",
    "residency",
    "rights",
    "children",
    "changes",
    "incidents",
    "succession",
    "publication",
    "cessation",
    "scope",
)

_PROMISED = ("trackers", "recipients", "duties")
"""Sections that a policy may do without, unless a commitment says that every one of them is filled."""


@rule(
    "E108",
    ("A person who is not satisfied can turn to an outside body.", "个人不满意时可向外部机构求助。"),
    remedy=("name one under 'regulators'", "在 regulators 中写明"),
    source="PIPL art. 50, 65",
)
def no_regulator(policy: Policy) -> Iterator[Fault]:
    """Find a policy whose own desk has the last word."""
    if not policy.regulators:
        yield Fault("regulators", ("no outside body is named", "未写明外部机构"))
