# SPDX-License-Identifier: Apache-2.0
"""Special words that the house's own sentences use, in plain ones; apart from the notice, since a rule reads them too."""

from collections.abc import Mapping
from typing import Final

from upheld.terms import Language

_EN, _ZH = Language.EN, Language.ZH_HANS


def _term(en: str, en_meaning: str, zh: str, zh_meaning: str) -> Mapping[Language, tuple[str, str]]:
    return {_EN: (en, en_meaning), _ZH: (zh, zh_meaning)}


HOUSE: Final[Mapping[str, Mapping[Language, tuple[str, str]]]] = {
    "personal-data": _term(
        "personal data", "Anything that is about you, or that leads to you.",
        "个人信息", "与您有关、或能找到您的任何信息。",
    ),
    "sensitive": _term(
        "sensitive", "Data whose misuse easily harms a person: health, where you are, accounts of money, all of a child's.",
        "敏感个人信息", "一旦被滥用容易伤害个人的信息，如健康、行踪、金融账户，以及儿童的全部信息。",
    ),
    "anonymise": _term(
        "anonymise", "Change data so that nobody can find the person again.",
        "匿名化", "处理后任何人都无法再找到本人。",
    ),
    "de-identified": _term(
        "de-identified", "Without what points to you; whoever holds the missing part could still find you.",
        "去标识化", "去掉能指向您的部分；持有该部分的人仍可能找到您。",
    ),
    "aggregate": _term(
        "aggregate", "Only counts and sums over many people.",
        "汇总统计", "仅为许多人的数目与合计。",
    ),
    "guardian": _term(
        "guardian", "The adult who is responsible for a child.",
        "监护人", "对儿童负责的成年人。",
    ),
    "sdk": _term(
        "SDK", "A part of the app that another company made.",
        "SDK", "应用内由其他公司提供的组件。",
    ),
    "processor": _term(
        "processor", "A company that works for us with the data, and may do nothing else with it.",
        "受托人", "受我们委托处理信息、且不得另作他用的一方。",
    ),
    "affiliate": _term(
        "affiliate", "A company of the same group.",
        "关联公司", "同一集团内的公司。",
    ),
    "impact-assessment": _term(
        "impact assessment", "A written check of what could go wrong for people, made beforehand.",
        "影响评估", "事前对个人可能受到的影响所作的书面评估。",
    ),
    "cookie": _term(
        "cookie", "A small file that a site keeps in your browser.",
        "Cookie", "网站保存在您浏览器中的小文件。",
    ),
    "legal-duty": _term(
        "legal duty", "Something that a law makes us do.",
        "法定义务", "法律要求我们必须做的事。",
    ),
    "legitimate-interests": _term(
        "legitimate interests", "A good reason of ours that does not outweigh your own interests.",
        "正当利益", "我们的合理需要，且不超过您的权益。",
    ),
}  # fmt: skip
"""Words that the house's own sentences use."""
