# SPDX-License-Identifier: Apache-2.0
"""The general platform's promise that fourteen kinds of data count as personal whatever they are called."""

import pytest

from tests.promises import versions
from tests.promises.versions import put, words
from upheld.policy.model.data import Category, Identifies
from upheld.policy.rules.listed import LISTED, kind_of
from upheld.terms import Language

SAID = {
    "a name": ("Full name", "姓名"),
    "a birth date": ("Date of birth", "出生日期"),
    "an identity number": ("Identity number", "身份证号"),
    "biometrics": ("Fingerprint", "指纹"),
    "an address": ("Home address", "家庭地址"),
    "contact details": ("Phone number", "电话号码"),
    "communications": ("Call records", "通话记录"),
    "credentials": ("Password", "密码"),
    "property": ("Bank account", "银行账户"),
    "credit": ("Credit report", "征信报告"),
    "whereabouts": ("Track of where you were", "行踪轨迹"),
    "lodging": ("Hotel stays", "住宿信息"),
    "health": ("Health record", "健康记录"),
    "transactions": ("Transactions", "交易记录"),
}


def test_the_catalogue_knows_fourteen_kinds():
    """Each kind of the promise is listed, and nothing else."""
    assert len(LISTED) == 14
    assert {kind for kind, _ in LISTED} == set(SAID)


@pytest.mark.upholds("S0-018", control="policy.listed_kinds_personal")
@pytest.mark.parametrize("kind", SAID)
def test_a_listed_kind_is_personal_whatever_a_version_says(house, kind):
    """A category called so in either language resolves to its kind; said to identify nobody, it is refused."""
    english, chinese = SAID[kind]
    for label in ((english, "资料"), ("Some data", chinese)):
        said = dict(zip((Language.EN, Language.ZH_HANS), label, strict=True))
        assert kind_of(Category.model_validate({"label": said, "identifies": "alone"}, strict=False))[0] == kind
    nobodys = put("categories/new", {"label": words(english, chinese), "identifies": "never"})
    assert "E316" in versions.refused_for(house, nobodys)
    known = [one for one in house.policy.categories.values() if (kind_of(one) or ("",))[0] == kind]
    assert all(one.identifies is not Identifies.NEVER for one in known)
