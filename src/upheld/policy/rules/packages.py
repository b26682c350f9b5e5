# SPDX-License-Identifier: Apache-2.0
"""Rules on packages: a component's package is whole, its own, and no wider than the component.

A package is what somebody finds in the build of an app. One that is cut off, run together with another, too wide, or
that of the provider's own app finds nothing, or finds the wrong thing.
"""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.recipients import Recipient
from upheld.policy.rules.registry import Fault, rule

_APPS: Final = frozenset(
    {
        "cn.com.10jqka.android",
        "com.android.chrome",
        "com.autonavi.minimap",
        "com.baidu.BaiduMap",
        "com.eg.android.AlipayGphone",
        "com.facebook.katana",
        "com.facebook.orca",
        "com.google.android.apps.maps",
        "com.google.android.youtube",
        "com.instagram.android",
        "com.jingdong.app.mall",
        "com.linkedin.android",
        "com.sina.weibo",
        "com.smile.gifmaker",
        "com.ss.android.ugc.aweme",
        "com.taobao.taobao",
        "com.tencent.mm",
        "com.tencent.mobileqq",
        "com.tencent.qqmusic",
        "com.twitter.android",
        "com.unionpay",
        "com.whatsapp",
        "com.xingin.xhs",
    }
)
"""Packages under which well-known apps are installed; their components have others."""
_HOUSES: Final = frozenset(
    {
        "com.alibaba",
        "com.alipay",
        "com.amazon",
        "com.apple",
        "com.baidu",
        "com.bytedance",
        "com.facebook",
        "com.google",
        "com.google.android",
        "com.huawei",
        "com.jd",
        "com.meituan",
        "com.microsoft",
        "com.netease",
        "com.tencent",
        "com.xiaomi",
    }
)
"""Packages under which large providers keep all of their many components."""
_TOPS: Final = frozenset({"cn", "com", "io", "net", "org"})
_SECOND: Final = re.compile(r"[/:](?=(?:com|cn|org|net|io)\.)|(?<=[a-z0-9])(?<!tele)(?<!uni)(?<!qual)(?<!broad)com\.")
"""Where a second package begins: after a separator, or glued to the label before."""
_SHORTEST: Final = 4
_LETTERS_LOST: Final = 2


def _packages(policy: Policy) -> Iterator[tuple[str, str, Recipient]]:
    for name, recipient in policy.recipients.items():
        if recipient.package:
            yield f"recipients.{name}.package", recipient.package, recipient


@rule(
    "E511",
    ("A component's package is not that of the provider's own app.", "组件包名不是提供方自身应用的包名。"),
    remedy=("name the component's own package", "填写该组件自己的包名"),
    source="MIIT 2021 No. 292",
)
def package_of_an_app(policy: Policy) -> Iterator[Fault]:
    """Find packages of apps that people install, where a component is meant."""
    for path, package, _ in _packages(policy):
        if package in _APPS:
            yield Fault(path, (f"'{package}' is an app's own package", f"“{package}”是应用自身的包名"))


@rule(
    "E512",
    ("A component's package is whole.", "组件包名完整。"),
    remedy=("write the whole package", "填写完整的包名"),
    source="MIIT 2021 No. 292",
)
def package_cut_off(policy: Policy) -> Iterator[Fault]:
    """Find packages that end in a separator, or a letter or two before the end of a word of the recipient's name."""
    for path, package, recipient in _packages(policy):
        last = re.split(r"[./:-]", package)[-1].lower()
        words = {word for text in recipient.name.values() for word in re.findall(r"[a-z]+", text.lower())}
        if not last or any(_is_start(last, word) for word in words):
            yield Fault(path, (f"'{package}' is cut off", f"“{package}”不完整"))


def _is_start(label: str, word: str) -> bool:
    lost = len(word) - len(label)
    return len(label) >= _SHORTEST and 1 <= lost <= _LETTERS_LOST and word.startswith(label) and word != f"{label}s"


@rule(
    "E513",
    ("A component's package is no wider than the component.", "组件包名不宽于该组件。"),
    remedy=("name the component's own package under it", "填写其下该组件自己的包名"),
    source="MIIT 2021 No. 292",
)
def package_too_wide(policy: Policy) -> Iterator[Fault]:
    """Find packages that cover everything that a provider makes."""
    for path, package, _ in _packages(policy):
        if package in _HOUSES or package in _TOPS:
            yield Fault(path, (f"'{package}' covers far more than one component", f"“{package}”涵盖远不止一个组件"))


@rule(
    "E514",
    ("A row names one package.", "每行只写一个包名。"),
    remedy=("give each package a row of its own", "每个包名单列一行"),
    source="MIIT 2021 No. 292",
)
def packages_run_together(policy: Policy) -> Iterator[Fault]:
    """Find two packages in one cell."""
    for path, package, _ in _packages(policy):
        if _SECOND.search(package):
            yield Fault(path, (f"'{package}' is more than one package", f"“{package}”含有多个包名"))


@rule(
    "E515",
    ("Two rows do not share a package.", "两行不使用同一包名。"),
    remedy=("join the rows, or correct one package", "合并两行或更正其中一个包名"),
)
def package_twice(policy: Policy) -> Iterator[Fault]:
    """Find packages that two rows claim."""
    first: dict[str, str] = {}
    for path, package, _ in _packages(policy):
        before = first.setdefault(package, path)
        if before != path:
            yield Fault(path, (f"'{package}' stands at '{before}' already", f"“{package}”已见于“{before}”"))
