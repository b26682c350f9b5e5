# SPDX-License-Identifier: Apache-2.0
"""Rules on categories: nothing collected without need, nothing used that was never collected."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.data import About, Value
from upheld.policy.model.processing import ChildRule, UnknownAgeRule
from upheld.policy.rules.registry import Fault, rule


def collected(policy: Policy) -> set[str]:
    """Name every category that a function or tracker collects."""
    by_functions = {name for function in policy.functions.values() for name in function.collects}
    return by_functions | {name for tracker in policy.trackers.values() for name in tracker.collects}


@rule(
    "E301",
    ("A category is needed by some function.", "每类信息均有功能需要。"),
    remedy=("remove the category, or say which function collects it", "删除该类别，或写明由哪项功能收集"),
    source="PIPL art. 6; GB/T 35273-2020, 5.2",
)
def needed_by_nobody(policy: Policy) -> Iterator[Fault]:
    """Find categories that no function collects."""
    needed = collected(policy)
    for name in policy.categories:
        if name not in needed:
            yield Fault(f"categories.{name}", (f"no function collects '{name}'", f"没有功能收集“{name}”"))


@rule(
    "E302",
    ("What is used or received was collected by some function.", "所使用或接收的信息均由某项功能收集。"),
    remedy=("say which function collects it", "写明由哪项功能收集"),
)
def used_but_never_collected(policy: Policy) -> Iterator[Fault]:
    """Find uses of data that nobody collects."""
    known = collected(policy)
    uses = [
        *((f"functions.{name}.uses", one.uses) for name, one in policy.functions.items()),
        *((f"purposes.{name}.uses", one.uses) for name, one in policy.purposes.items()),
        *((f"recipients.{name}.receives", one.receives) for name, one in policy.recipients.items()),
    ]
    for path, names in uses:
        for name in names:
            if name in policy.categories and name not in known:
                yield Fault(path, (f"'{name}' is used, but no function collects it", f"使用“{name}”，但没有功能收集"))


@rule(
    "E303",
    ("A choice lists what there is to choose from.", "选择项列明可选内容。"),
    remedy=("add 'choices', or another 'value'", "补充 choices，或改用其他 value"),
)
def choice_of_nothing(policy: Policy) -> Iterator[Fault]:
    """Find choices without values, and values without a choice."""
    for name, category in policy.categories.items():
        if (category.value is Value.CHOICE) != bool(category.choices):
            yield Fault(
                f"categories.{name}",
                (
                    f"'{name}' needs both 'value: choice' and 'choices', or neither",
                    f"“{name}”须同时有 value: choice 与 choices，或都没有",
                ),
            )


@rule(
    "E304",
    ("Whoever is asked for sensitive data is told what follows from refusing.", "收集敏感个人信息时告知拒绝的后果。"),
    remedy=("add 'refused'", "补充 refused"),
    source="PIPL art. 29, 30",
)
def sensitive_without_way_out(policy: Policy) -> Iterator[Fault]:
    """Find sensitive data asked for without saying what a refusal means: no separate consent can be asked so."""
    for section, entries in (("functions", policy.functions), ("purposes", policy.purposes)):
        for name, processing in entries.items():
            sensitive = [one for one in processing.categories if _is_sensitive(policy, one)]
            if sensitive and processing.refused is None:
                which = ", ".join(sensitive)
                message = (
                    f"it uses sensitive data ({which}) without 'refused'",
                    f"使用敏感信息（{which}）而无 refused",
                )
                yield Fault(f"{section}.{name}", message)


@rule(
    "E305",
    ("Data about a child is used only with a guardian.", "儿童信息仅在监护人同意下使用。"),
    remedy=(
        "set 'child: guardian' and 'unknown-age: as-child' or 'never'",
        "设 child: guardian，unknown-age 为 as-child 或 never",
    ),
    source="PIPL art. 31",
)
def child_without_guardian(policy: Policy) -> Iterator[Fault]:
    """Find functions that would use a child's data without asking a guardian."""
    for name, processing in policy.processing.items():
        if not any(_is_about_child(policy, one) for one in processing.categories):
            continue
        if processing.child is ChildRule.ALLOWED or processing.unknown_age is UnknownAgeRule.ALLOWED:
            section = "functions" if name in policy.functions else "purposes"
            message = (f"'{name}' would use a child's data without a guardian", f"“{name}”未经监护人即使用儿童信息")
            yield Fault(f"{section}.{name}.child", message)


@rule(
    "W306",
    ("What points to a person by itself is not called a mere technical value.", "能指向个人的信息不称为纯技术数据。"),
    remedy=("check 'identifies'", "核对 identifies"),
)
def identifies_but_is_measured(policy: Policy) -> Iterator[Fault]:
    """Find sensitive categories said to identify nobody."""
    for name, category in policy.categories.items():
        if category.sensitive and category.identifies == "never":
            yield Fault(
                f"categories.{name}.identifies",
                (f"'{name}' is sensitive and yet said to identify nobody", f"“{name}”为敏感信息，却称不识别任何人"),
            )


def _is_sensitive(policy: Policy, name: str) -> bool:
    return name in policy.categories and policy.categories[name].sensitive


def _is_about_child(policy: Policy, name: str) -> bool:
    return name in policy.categories and policy.categories[name].about is About.CHILD
