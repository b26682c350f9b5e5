# SPDX-License-Identifier: Apache-2.0
"""What templates and copies leave, garbled and vague sentences, unnamed parties, laws passed over: planted, and neighbours."""

from tests.policy.planting import Plant, add, both, cut, put, words

SENTENCE = "commitments/least-data/text"


def english(text: str) -> Plant:
    """Plant an English sentence."""
    return put(f"{SENTENCE}/en", text)


def chinese(text: str) -> Plant:
    """Plant a Chinese sentence."""
    return put(f"{SENTENCE}/zh-Hans", text)


def contacts_are(**more: object) -> Plant:
    """Leave one contact, of this shape."""

    def plant(data: dict) -> None:
        only = {"label": words("Hotline", "热线"), "kind": "phone", "address": "+86 10 0000 0000", "outsiders": True}
        data["controller"]["contacts"] = {"protection-office": {**only, **more}}

    return plant


def commitment(en: str, zh: str = "一句承诺。", **more: object) -> Plant:
    """Plant a commitment of its own."""
    fields = {"chapter": "protect", "text": words(en, zh), "controls": ["gate.purpose_declared"], **more}
    return put("commitments/planted", fields)


def answers(right: str) -> dict:
    return {"answers": {"rights": [right], "within": "15 days", "from": "receipt"}}


FAULTS = {
    "E055": [english("See www.other-shop.com for more."), chinese("详见 docs.foreign-site.cn 的说明。")],
    "E056": [english("We keep it safe. 文库下载站"), chinese("We keep all of your data safe."), english("Мы храним")],
    "W057": [english("(III) We keep it."), chinese("三、我们保存。"), english("See section 4 of this."), chinese("见第四章。")],
    "E058": [
        put("controller/contacts/protection-office/address", "none"),
        put("controller/contacts/protection-office/address", "xxx@xxx.com"),
        contacts_are(address="call us"),
    ],
    "W059": [
        both(put("storage/logs/text", words("Kept so.", "如此保存。")), put("storage/orders/text", words("Kept so.", "另行。")))
    ],
    "W060": [english("We we keep it."), english("Passwords, passwords and codes."), chinese("我们保存的的信息。"), chinese("密码、密码")],
    "E061": [english("We keep it (for a month."), english("We keep it for a month)."), chinese("保存（一个月。"), chinese("“保存”一个月”。")],
    "W062": [
        english("We ask the new holder to keep it, or we ask the new holder to leave."),
        chinese("我们要求承接方继续遵守，或者我们要求承接方继续遵守。"),
    ],
    "E063": [english("We keep it,"), english("We keep it and"), chinese("我们保存，"), chinese("我们保存和")],
    "E064": [english("Whoever is under 14 (inclusive) is a child."), chinese("未满十四周岁（含）为儿童。")],
    "W065": [put("categories/phone/label/en", "Mobile number; address"), put("recipients/glide/name/zh-Hans", "甲；乙")],
    "W066": [
        english("Certain information has to be public."), english("Some or all functions end."), chinese("按有关规定处理。"),
        english("Do not use ways that we do not recommend."), english("Our servers are around the world."),
    ],
    "E067": [put("categories/phone/label", words("Other information", "其他信息")), put("recipients/glide/name/en", "Any other party")],
    "W068": [english("We encrypt data such as payments."), chinese("我们加密数据，例如支付。"), english("It takes at least a number.")],
    "W069": [english("We bear no responsibility for it."), chinese("我们不承担任何责任。"), english("You use it at your own risk.")],
    "E110": [put("controller/name/en", "This platform (we)"), put("controller/name/zh-Hans", "本平台（我们）")],
    "E111": [put("recipients/glide/name/en", "our affiliates"), put("recipients/glide/name/zh-Hans", "授权合作伙伴")],
    "W112": [contacts_are(address="+86 138 0000 0000"), contacts_are(address="13800000000")],
    "E113": [contacts_are()],
    "E114": [put("laws", ["cybersecurity-law", "gb-t-35273-2020"])],
    "E115": [add("laws", "law-of-the-sea")],
    "W116": [both(add("laws", "gb-t-45574-2025"), put("updated", "2024-01-05"), put("effective", "2024-02-05"))],
    "W117": [put("trackers/forms/label/en", "Flash cookie")],
    "E119": [
        english("Your data is absolutely safe with us."), english("We guarantee the security of your data."),
        chinese("我们保证您的信息绝对安全。"), chinese("我们的措施万无一失。"),
    ],
    "E120": [cut("commitments/internet")],
    "E122": [english("By this statement we promise it."), chinese("本声明说明如下。")],
    "E123": [english("We read the IMSI of the card."), put("glossary", {})],
    "W125": [english("It goes out once they accepted the advertising guidelines."), chinese("接受广告规范后提供。")],
    "W126": [put("regulators", {"any": {"label": words("the competent authority", "主管部门")}})],
    "W128": [put("categories/post.picture/identifies", "never")],
    "W129": [put("children/age-asked", words("Children under 12 ask a parent.", "不满 12 周岁须父母同意。"))],
    "E130": [english("We take you for an adult."), chinese("我们将视为成年人处理。")],
    "E907": [cut("controller/officer"), cut("rights")],
    "E908": [
        both(cut("children"), commitment("A guardian is asked first.")),
        both(put("trackers", {}), commitment("Cookies wait for your choice.")),
    ],
    "E909": [cut("rights/requests/withdrawal")],
    "E910": [cut("rights/requests/erasure/backups")],
    "E912": [put("incidents/tell/regulator/within", "24 hours")],
    "E913": [commitment("Employees are trained in security."), commitment("We do it.", "我们开展安全培训。")],
    "E914": [put("publication/law/label", words("a court demands it", "法院要求"))],
    "E915": [put("grounds/share/self-published/label", words("collecting what is public", "收集公开信息"))],
    "E916": [both(cut("rights/requests/portability"), commitment("Ask us to move it.", means=answers("portability")))],
    "E917": [
        both(
            put("commitments/a", {"chapter": "collect", "text": words("One."), "controls": ["gate.purpose_declared"], "means": {"refusal-ends": "nothing"}}),
            put("commitments/b", {"chapter": "collect", "text": words("Two."), "controls": ["gate.purpose_declared"], "means": {"refusal-ends": "service"}}),
        )
    ],
    "E918": [cut("residency/abroad/own-act/evidence")],
    "E920": [put("duties/training/every", "2 years")],
}  # fmt: skip

LAWFUL = [
    english("Nothing is absolutely safe."),
    english("We cannot guarantee the security of a network."),
    english("A code works once, and that that happens is logged."),
    english("We keep it for at least 6 months."),
    english("Under this policy, whoever is under 14 is a child."),
    english("It is kept (for a month), and then it goes."),
    english("Rules at https://wechat.example/advertising-rules, the advertising rules."),
    chinese("任何措施均非绝对安全。"),
    chinese("目的的变更须重新告知。"),
    chinese("Cookie 与 SDK 的说明见下。"),
    chinese("不得将您视为成年人。"),
    put("controller/name/en", "The Website Company of Example City Ltd"),
    put("recipients/glide/name/en", "Affiliated Pictures Example Ltd"),
]
"""Neighbours of the faults that say what they mean."""
