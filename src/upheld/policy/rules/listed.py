# SPDX-License-Identifier: Apache-2.0
"""The fourteen kinds of data that are personal whatever a policy calls them, and the rule that no policy says otherwise."""

from collections.abc import Iterator, Mapping
from typing import Final

from upheld import controls
from upheld.policy.findings import Pair
from upheld.policy.model import Policy
from upheld.policy.model.data import Category, Identifies
from upheld.policy.rules.kinds import names, speaks_of
from upheld.policy.rules.registry import Fault, rule

LISTED: Final[Mapping[Pair, tuple[str, ...]]] = {
    ("a name", "姓名"): ("real name", "full name", "first name", "family name", "surname", "your name", "姓名", "真名"),
    ("a birth date", "出生日期"): ("birth", "date of birth", "出生日期", "生日"),
    ("an identity number", "身份证件号码"): ("identity number", "identity card", "identity document", "id number", "id card", "passport", "身份证", "证件号", "护照"),
    ("biometrics", "个人生物识别信息"): ("biometric", "face", "facial", "fingerprint", "voiceprint", "iris", "gene", "人脸", "面部", "指纹", "声纹", "虹膜", "生物识别", "基因"),
    ("an address", "住址"): ("home address", "postal address", "delivery address", "street address", "住址", "地址簿", "收货地址", "联系地址", "家庭地址"),
    ("contact details", "通信通讯联系方式"): ("phone number", "mobile number", "e-mail address", "email address", "contact detail", "手机号", "电话号码", "邮箱", "联系方式"),
    ("communications", "通信记录和内容"): ("message", "communication", "call record", "calls and chats", "通信记录", "通信内容", "通话", "聊天"),
    ("credentials", "账号密码"): ("password", "credential", "passcode", "密码", "口令", "凭证"),
    ("property", "财产信息"): ("property", "bank account", "bank card", "payment account", "savings", "income", "财产", "银行账号", "银行账户", "银行卡", "收入"),
    ("credit", "征信信息"): ("credit record", "credit report", "credit score", "credit rating", "loan", "征信", "信用记录", "贷款"),
    ("whereabouts", "行踪轨迹"): ("whereabouts", "track of", "movements", "precise location", "行踪", "轨迹", "精确位置", "精准定位"),
    ("lodging", "住宿信息"): ("lodging", "hotel", "accommodation", "住宿", "酒店", "入住"),
    ("health", "健康生理信息"): ("health", "medical", "illness", "physiological", "健康", "医疗", "病", "生理"),
    ("transactions", "交易信息"): ("transaction", "purchase", "payment record", "orders", "deals", "交易", "购买", "支付记录", "订单"),
}  # fmt: skip
"""Each kind, and the words by which a category of it gives itself away; in small letters."""


def kind_of(category: Category) -> Pair | None:
    """Name the listed kind that a category is of, by what it is called and holds; None if it is of none."""
    text = names(category)
    return next((kind for kind, words in LISTED.items() if speaks_of(text, words)), None)


@rule(
    "E316",
    ("What a standard lists as personal identifies somebody.", "标准列明为个人信息的，可以识别个人。"),
    remedy=("set 'identifies: alone' or 'when-combined'", "填写“identifies: alone”或“when-combined”"),
    source="GB/T 35273-2020, 3.1 and annex A (unconfirmed); Civil Code art. 1034",
)
def listed_and_said_to_be_nobodys(policy: Policy) -> Iterator[Fault]:
    """Find names, numbers, health, deals and their like that a policy says lead to nobody."""
    if not controls.in_force("policy.listed_kinds_personal"):
        return
    for name, category in policy.categories.items():
        kind = kind_of(category)
        if kind and category.identifies is Identifies.NEVER:
            what = f"'{name}' is {kind[0]}, and is said to identify nobody"
            yield Fault(f"categories.{name}.identifies", (what, f"“{name}”属{kind[1]}，却称不能识别任何人"))
