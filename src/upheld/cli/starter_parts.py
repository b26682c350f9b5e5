# SPDX-License-Identifier: Apache-2.0
"""The parts that a first policy is put together from, in the file's own notation.

Part.function_text belongs to the function that collects the category; categories that share a function share its text.
"""

from typing import Final, NamedTuple


class Part(NamedTuple):
    """One kind of data with what collects it.

    Args:
        label: in English and Chinese, for the question.
        category: its entry.
        function: the id of the function that collects it.
        function_text: that function's entry, without what it collects and its rules on age.
        need: whether the function needs it.
        permission: the entry of the device's permission that guards it, or empty.
    """

    label: tuple[str, str]
    category: str
    function: str
    function_text: str
    need: str = "optional"
    permission: str = ""


_ACCOUNT: Final = """
account:
  label: {en: "Account", zh-Hans: "账号"}
  tier: basic
  purpose: {en: to register and sign in, zh-Hans: 注册与登录}
  basis: contract
  scene: {en: when you register, zh-Hans: 注册时}
  refused: {en: "Without an e-mail address there is no account.", zh-Hans: "不提供电子邮箱则无法开通账号。"}
"""
_PROFILE: Final = """
profile:
  label: {en: "Profile", zh-Hans: "个人资料"}
  tier: extended
  purpose: {en: to show others what you choose to say of yourself, zh-Hans: 向他人展示您选择公开的资料}
  basis: consent
  scene: {en: when you fill in your profile, zh-Hans: 填写资料时}
  refused: {en: "Your profile stays empty.", zh-Hans: "您的资料为空。"}
"""
_ORDERS: Final = """
orders:
  label: {en: "Orders", zh-Hans: "订单"}
  tier: extended
  purpose: {en: to deliver what you order, zh-Hans: 交付您订购的商品}
  basis: consent
  scene: {en: when you order, zh-Hans: 下单时}
  refused: {en: "You can look around, and order nothing.", zh-Hans: "可以浏览，但无法下单。"}
"""
_CONTENT: Final = """
content:
  label: {en: "Writing and uploading", zh-Hans: "撰写与上传"}
  tier: extended
  purpose: {en: to keep and show what you write and upload, zh-Hans: 保存并展示您撰写和上传的内容}
  basis: consent
  scene: {en: when you write or upload, zh-Hans: 撰写或上传时}
  refused: {en: "What you do not upload is not kept.", zh-Hans: "未上传的内容不予保存。"}
"""
_NEARBY: Final = """
nearby:
  label: {en: "Places near you", zh-Hans: "附近地点"}
  tier: extended
  purpose: {en: to show places near you, zh-Hans: 展示您附近的地点}
  basis: consent
  manner: device
  permissions: [location]
  scene: {en: when you open the map, zh-Hans: 打开地图时}
  refused: {en: "The map starts at a place that you type.", zh-Hans: "地图从您输入的地点开始。"}
"""
_GUARDIANS: Final = """
guardians:
  label: {en: "Consent of a guardian", zh-Hans: "监护人同意"}
  tier: basic
  purpose: {en: to ask the guardian of a child, zh-Hans: 征得儿童监护人的同意}
  basis: legal-duty
  scene: {en: when a child registers, zh-Hans: 儿童注册时}
  refused: {en: "Without a guardian there is no account for a child.", zh-Hans: "没有监护人则无法为儿童开通账号。"}
"""


def _category(name: str, en: str, zh: str, terms: str) -> str:
    more = "".join(f"  {term}\n" for term in terms.split("; "))
    return f'{name}:\n  label: {{en: "{en}", zh-Hans: "{zh}"}}\n{more}'


def _part(name: str, label: tuple[str, str], terms: str, function: str, **more: str) -> Part:
    return Part(label, _category(name, *label, terms), function.strip().partition(":")[0], function, **more)


CATEGORIES: Final = {
    "email": _part("email", ("E-mail address", "电子邮箱"), "value: identifier; identifies: alone", _ACCOUNT,
                   need="required"),
    "phone": _part("phone", ("Mobile number", "手机号码"), "value: identifier; identifies: alone", _ACCOUNT),
    "nickname": _part("nickname", ("Nickname", "昵称"), "identifies: when-combined", _PROFILE),
    "avatar": _part("avatar", ("Profile picture", "头像"), "value: picture; identifies: when-combined", _PROFILE),
    "address": _part("address", ("Delivery address", "收货地址"), "identifies: when-combined", _ORDERS),
    "order": _part("order", ("Goods ordered", "所购商品"), "value: record; identifies: when-combined", _ORDERS),
    "text": _part("text", ("Text you write", "您撰写的文字"), "identifies: when-combined", _CONTENT),
    "picture": _part("picture", ("Pictures you upload", "您上传的图片"), "value: picture; identifies: when-combined",
                     _CONTENT),
    "location": _part("location", ("Precise location", "精确位置"), "value: place; identifies: when-combined; sensitive: true",
                      _NEARBY, permission=(
                          'location:\n  label: {en: "Location", zh-Hans: "位置"}\n  scenes: [nearby]\n  gives: [location]\n')),
    "guardian.contact": _part("guardian.contact", ("Guardian's e-mail address", "监护人的电子邮箱"),
                              "value: identifier; identifies: alone; about: other", _GUARDIANS),
}  # fmt: skip
"""What a product may collect, by id; the e-mail address and the guardian's are there where they are needed."""
OFFERED: Final = tuple(name for name in CATEGORIES if name not in {"email", "guardian.contact"})
