# SPDX-License-Identifier: Apache-2.0
"""Rules on guardians and on the rules for children that a law asks for."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.processing import ChildRule
from upheld.policy.packs import Law
from upheld.policy.rules.registry import Fault, law_rule, rule


def _admits_children(policy: Policy) -> bool:
    return any(one.child is not ChildRule.NEVER for one in policy.processing.values())


@rule(
    "E804",
    ("A guardian has somebody to write to.", "监护人有联系对象。"),
    remedy=("name a contact as 'children.guardian.contact'", "在“children.guardian.contact”中指定联系方式"),
    source="Children's rules 2019 art. 8 (unconfirmed)",
)
def guardian_without_contact(policy: Policy) -> Iterator[Fault]:
    """Find guardians who have rights and no address to use them at."""
    guardian = policy.children.guardian if policy.children else None
    if guardian and guardian.contact is None:
        yield Fault("children.guardian", ("no contact is named for guardians", "未指定监护人的联系方式"))


@rule(
    "E805",
    ("A guardian is verified before speaking for a child.", "监护人须经核实方可代为同意。"),
    remedy=("add a way under 'children.guardian.verified-by'", "在“children.guardian.verified-by”中写明核实方式"),
    source="PIPL art. 31",
)
def anybody_is_guardian(policy: Policy) -> Iterator[Fault]:
    """Find guardians who are taken at their word, and children without any."""
    if policy.children is None or not _admits_children(policy):
        return
    if policy.children.guardian is None:
        yield Fault("children", ("children are admitted and no guardian is provided for", "允许儿童使用而未规定监护人"))
    elif not policy.children.guardian.verified_by:
        yield Fault("children.guardian", ("no way of verifying a guardian is named", "未写明监护人核实方式"))


@law_rule(
    "E806",
    ("After an incident guardians are told.", "发生安全事件时告知监护人。"),
    remedy=("add a notice with 'whom: guardians' under 'incidents.tell'", "在“incidents.tell”中增加“whom: guardians”"),
)
def guardians_not_told(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find incidents with children's data of which only the children would hear."""
    if policy.incidents is None or not _admits_children(policy):
        return
    for item in law.items("guardians-told"):
        if all(notice.whom != "guardians" for notice in policy.incidents.tell.values()):
            yield Fault("incidents.tell", ("guardians are not told of an incident", "未规定告知监护人"), item.source)


@rule(
    "E807",
    ("Rules for children fill their four topics.", "儿童规则的四个主题均有内容。"),
    remedy=("fill collection, sharing, storage and management", "补全收集、提供、存储与管理四个主题"),
    source="Children's rules 2019 art. 8-10 (unconfirmed); PIPL art. 31",
)
def empty_topic(policy: Policy) -> Iterator[Fault]:
    """Find rules for children that announce a topic and leave it empty: how data is collected, shared, stored, managed."""
    if policy.children is None or "childrens-rules" not in policy.laws:
        return
    guardian = policy.children.guardian
    topics = {
        "functions": any(one.child is ChildRule.GUARDIAN for one in policy.functions.values()),
        "children.grounds": bool(policy.children.grounds),
        "storage": bool(policy.storage),
        "children.guardian": guardian is not None and bool(guardian.may),
    }
    for path, filled in topics.items():
        if not filled:
            yield Fault(path, (f"the children's rules leave '{path}' empty", f"儿童规则中“{path}”没有内容"))
