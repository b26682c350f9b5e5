# SPDX-License-Identifier: Apache-2.0
"""Rules on device permissions: the table is whole, each row has its functions, and refusing one costs no more than it must."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.data import Category, Value
from upheld.policy.model.processing import Function, Manner, Permission
from upheld.policy.rules.data import collected
from upheld.policy.rules.kinds import may_be_precise
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Tier


@rule(
    "E451",
    ("A permission in the table is asked for by some function.", "权限表中的每项权限均有功能申请。"),
    remedy=("remove it, or name its function", "删除，或写明申请它的功能"),
)
def asked_by_nobody(policy: Policy) -> Iterator[Fault]:
    """Find permissions that no function needs."""
    asked = {name for function in policy.functions.values() for name in function.permissions}
    for name in policy.permissions:
        if name not in asked:
            yield Fault(f"permissions.{name}", (f"no function asks for '{name}'", f"没有功能申请“{name}”"))


@rule(
    "E452",
    ("A permission's scenes are the functions that ask for it.", "权限的使用场景即申请它的功能。"),
    remedy=("make the two lists agree", "使两处列表一致"),
)
def scenes_differ(policy: Policy) -> Iterator[Fault]:
    """Find functions that ask outside the scenes, and scenes that never ask."""
    for name, permission in policy.permissions.items():
        for scene in permission.scenes:
            function = policy.functions.get(scene)
            if function is None or name not in function.permissions:
                said = (
                    f"'{scene}' is a scene of '{name}' but does not ask for it",
                    f"“{scene}”列为“{name}”的场景，却未申请它",
                )
                yield Fault(f"permissions.{name}.scenes", said)
    for scene, function in policy.functions.items():
        for name in function.permissions:
            if name in policy.permissions and scene not in policy.permissions[name].scenes:
                said = f"'{scene}' asks for '{name}' but is no scene of it", f"“{scene}”申请“{name}”，却未列为其场景"
                yield Fault(f"functions.{scene}.permissions", said)


def _scenes(policy: Policy, permission: Permission) -> list[Function]:
    return [policy.functions[scene] for scene in permission.scenes if scene in policy.functions]


@rule(
    "E453",
    ("Data behind a permission is collected in its scenes.", "权限项下的信息在其场景中收集。"),
    remedy=("correct 'gives' or 'collects'", "更正“gives”或“collects”"),
)
def gives_what_nobody_takes(policy: Policy) -> Iterator[Fault]:
    """Find permissions that give more than their scenes collect."""
    for name, permission in policy.permissions.items():
        taken = {category for scene in _scenes(policy, permission) for category in scene.collects}
        for category in permission.gives:
            if category not in taken:
                said = f"no scene of '{name}' collects '{category}'", f"“{name}”的场景均不收集“{category}”"
                yield Fault(f"permissions.{name}.gives", said)


@rule(
    "E454",
    ("A permission works in the background only for a function that does.", "权限仅为后台运行的功能在后台使用。"),
    remedy=("correct 'background'", "更正“background”"),
)
def background_without_function(policy: Policy) -> Iterator[Fault]:
    """Find permissions that reach into the background on their own."""
    for name, permission in policy.permissions.items():
        if permission.background and not any(scene.background for scene in _scenes(policy, permission)):
            said = f"no scene of '{name}' works in the background", f"“{name}”的场景均不在后台运行"
            yield Fault(f"permissions.{name}.background", said)


@rule(
    "E455",
    (
        "A function that gathers in the background is an extended one that people choose.",
        "后台收集的功能须为用户选择的扩展功能。",
    ),
    remedy=("make it extended, or set 'background: false'", "改为扩展功能，或“background: false”"),
)
def background_without_choice(policy: Policy) -> Iterator[Fault]:
    """Find silent gathering that nobody chose."""
    for name, function in policy.functions.items():
        if function.background and function.tier is not Tier.EXTENDED:
            said = f"'{name}' gathers in the background without being chosen", f"“{name}”未经选择即在后台收集"
            yield Fault(f"functions.{name}.background", said)


@rule(
    "E456",
    ("Whoever is asked for a permission is told what refusing it means.", "申请权限时告知拒绝的后果。"),
    remedy=("add 'refused' to each function of the permission", "为该权限的每个功能填写“refused”"),
    source="App violation method 2019, part 1",
)
def refusal_untold(policy: Policy) -> Iterator[Fault]:
    """Find rows of the table without the effect of a refusal."""
    for name, permission in policy.permissions.items():
        for scene in permission.scenes:
            if scene in policy.functions and policy.functions[scene].refused is None:
                said = f"'{scene}' does not say what refusing '{name}' means", f"“{scene}”未说明拒绝“{name}”的后果"
                yield Fault(f"permissions.{name}", said)


_GUARDED: Final = (
    (re.compile(r"precise location|whereabouts|精确位置|行踪", re.IGNORECASE), "location", "位置"),
    (re.compile(r"bluetooth|蓝牙", re.IGNORECASE), "Bluetooth", "蓝牙"),
    (re.compile(r"installed apps|已安装应用|应用列表", re.IGNORECASE), "the list of apps", "应用列表"),
    (
        re.compile(r"phone state|\bIMEI\b|\bIMSI\b|subscriber number|电话状态", re.IGNORECASE),
        "the phone's state",
        "电话状态",
    ),
    (re.compile(r"address book|contact list|通讯录", re.IGNORECASE), "contacts", "通讯录"),
    (re.compile(r"calendar|日历", re.IGNORECASE), "the calendar", "日历"),
)
"""Data that phones give only behind a permission, by the words of its label."""


def guard(category: Category) -> tuple[str, str] | None:
    """Name what a phone guards a category by, in English and Chinese, judging by its label; a place is guarded unless coarse."""
    if may_be_precise(category):
        return "location", "位置"
    for pattern, en, zh in _GUARDED:
        if any(pattern.search(text) for text in category.label.values()):
            return en, zh
    return None


@rule(
    "E457",
    ("What the device reads behind a permission is read only with it.", "权限项下的信息仅在申请该权限后由设备读取。"),
    remedy=("let the function ask for the permission, and list it among the scenes", "由该功能申请该权限并列入场景"),
    source="App violation method 2019, part 2",
)
def read_without_asking(policy: Policy) -> Iterator[Fault]:
    """Find functions that read past a permission of the table."""
    behind = {one: name for name, permission in policy.permissions.items() for one in permission.gives}
    for path, function, category in _read_by_device(policy):
        asks = any(
            category in policy.permissions[one].gives for one in function.permissions if one in policy.permissions
        )
        if category in behind and not asks:
            said = (
                f"it reads what lies behind '{behind[category]}' without asking for it",
                f"未申请“{behind[category]}”即读取其项下信息",
            )
            yield Fault(path, said)


@rule(
    "E458",
    ("What phones guard is behind a permission of the table.", "系统保护的信息须列于权限表。"),
    remedy=(
        "add the permission under 'permissions', or remove the category",
        "在“permissions”中列明该权限，或删除该类别",
    ),
    source="App violation method 2019, part 2",
)
def guarded_without_row(policy: Policy) -> Iterator[Fault]:
    """Find guarded data that no row of the table gives, where the device reads it, or where it is declared for nobody."""
    given = {one for permission in policy.permissions.values() for one in permission.gives}
    for path, _, category in _read_by_device(policy):
        behind = guard(policy.categories[category])
        if behind and category not in given:
            yield Fault(
                path,
                (f"it reads {behind[0]}, and no permission in the table gives it", f"读取{behind[1]}，而权限表未列明"),
            )
    for name in policy.categories.keys() - given - collected(policy):
        behind = guard(policy.categories[name])
        if behind:
            message = (f"no permission for {behind[0]} is listed", f"未列明“{behind[1]}”权限")
            yield Fault(f"categories.{name}", message)


def _read_by_device(policy: Policy) -> Iterator[tuple[str, Function, str]]:
    for name, function in policy.functions.items():
        if function.manner is Manner.DEVICE:
            for category in function.collects:
                if category in policy.categories:
                    yield f"functions.{name}.collects.{category}", function, category


@rule(
    "E459",
    ("Reading a sensor is a person's choice.", "读取传感器由用户选择。"),
    remedy=("collect it under an extended function that can be refused", "改由可拒绝的扩展功能收集"),
    source="PIPL art. 16",
)
def sensors_without_choice(policy: Policy) -> Iterator[Fault]:
    """Find readings that whoever uses the product cannot refuse."""
    for path, function, category in _read_by_device(policy):
        if policy.categories[category].value is Value.MEASUREMENT and function.tier is Tier.BASIC:
            yield Fault(
                path, (f"'{category}' is read from everybody, chosen or not", f"“{category}”未经选择即向所有人读取")
            )


_PUSH: Final = re.compile(r"\bpush\b|推送", re.IGNORECASE)
_NOTICE: Final = re.compile(r"\bnotices?\b|\bnotifications?\b|通知", re.IGNORECASE)


@rule(
    "E460",
    ("A function that sends notices to a phone asks leave to notify.", "向手机发送通知的功能须申请通知权限。"),
    remedy=("add the permission to notify, with this function as its scene", "增加通知权限并将该功能列为场景"),
)
def notifies_unasked(policy: Policy) -> Iterator[Fault]:
    """Find push messages that nobody allowed."""
    for name, function in policy.functions.items():
        pushes = any(_PUSH.search(text) for text in function.label.values())
        asked = [policy.permissions[one] for one in function.permissions if one in policy.permissions]
        if pushes and function.manner is Manner.DEVICE and not function.collects and not any(map(_is_notice, asked)):
            yield Fault(
                f"functions.{name}", (f"'{name}' sends notices without asking leave", f"“{name}”未申请权限即发送通知")
            )


def _is_notice(permission: Permission) -> bool:
    return any(_NOTICE.search(text) for text in permission.label.values())
