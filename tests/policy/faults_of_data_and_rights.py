# SPDX-License-Identifier: Apache-2.0
"""Faults in what data is, what ends it, on which grounds it is used, how rights are used and who guards children."""

from tests.policy.planting import add, both, cut, put, words

PLACE = {"label": words("Where you are", "您在哪里"), "value": "place", "identifies": "when-combined"}


def category(label: str, zh: str, **more: object) -> dict:
    return {"label": words(label, zh), "identifies": "when-combined", **more}


FAULTS = {
    "E307": [
        put("categories/new", category("Necessary information", "必要信息")),
        put("categories/orders/contains", words("orders and other data", "订单及其他信息")),
        put("functions/support/purpose/zh-Hans", "收集相关个人信息以便答复"),
        put("purposes/product-fit/purpose/en", "to use related information"),
    ],
    "E308": [
        both(
            put("functions/account/collects/id-card", "required"),
            put("categories/id-card/identifies", "alone"),
        ),
        put("functions/account/collects/email", "required"),
    ],
    "E309": [
        put("categories/new", category("Your health", "您的身体状况")),
        put("categories/new", category("Kept for you", "为您保存", contains=words("a voiceprint", "声纹"))),
        put("categories/location.precise/sensitive", False),
    ],
    "E310": [put("categories/device.id/identifies", "never")],
    "E312": [
        both(
            put("categories/face", category("Face", "人脸", sensitive=True)),
            put("functions/identity-check/collects/face", "required"),
        )
    ],
    "E313": [
        put("categories/new", PLACE),
        put("categories/new", category("Cell stations nearby", "附近的基站")),
    ],
    "E314": [put("categories/new", category("Password", "密码"))],
    "E412": [put("functions/account/basis-under", {"unheard": "contract"})],
    "E413": [cut("functions/account/refused")],
    "E414": [
        both(put("functions/browse/without-account", True), put(f"functions/browse/{where}", what))
        for where, what in (("collects", {"phone": "required"}), ("uses", ["phone"]))
    ],
    "E605": [
        put("storage/logs/keep", "1 month"),
        put("storage/orders/keep", "1 year"),
    ],
    "E709": [cut("rights/requests/explanation")],
    "E710": [put("rights/requests/erasure/backups", words("It goes when backups are refreshed.", "随备份刷新清除。"))],
    "E711": [put("rights/requests/withdrawal/self-service", False)],
    "E712": [cut("rights/requests/cancellation/self-service")],
    "E713": [
        put("rights/remedies", {"desk": {"label": words("write again", "再次来信"), "channel": "support-chat"}}),
    ],
    "E714": [cut("rights/requests/erasure/cases/withdrawn")],
    "E715": [put("laws", ["pipl", "gdpr", "gb-t-35273-2020"])],
    "E716": [put("rights/requests/erasure/backups/en", "It is cleared within 90 days.")],
    "E804": [cut("children/guardian/contact")],
    "E805": [put("children/guardian/verified-by", {}), cut("children/guardian")],
    "E806": [cut("incidents/tell/guardians")],
    "E807": [cut("children/grounds"), put("children/guardian/may", []), cut("children/guardian")],
}

LAWFUL = {
    "a coarse place": both(
        put("categories/new", {**PLACE, "label": words("City", "城市")}),
        put("functions/profile/collects/new", "optional"),
        add("storage/account/of", "new"),
    ),
    "a password that nobody can read": both(
        put("categories/new", category("Password", "密码")),
        put("functions/profile/collects/new", "optional"),
        add("storage/account/of", "new"),
        put(
            "commitments/password",
            {"chapter": "protect", "text": words(), "controls": ["people.password_digest"]},
        ),
    ),
    "a face that is optional": both(
        put("categories/new", category("Face", "人脸", sensitive=True)),
        put("functions/profile/collects/new", "optional"),
        put("functions/profile/refused", words("Nothing else changes.", "其他不变。")),
        add("storage/account/of", "new"),
    ),
    "one thing that finds a person, and more if they like": put("functions/account/collects/email", "optional"),
    "backups with a figure": put(
        "rights/requests/erasure/backups",
        words("Refreshed within 90 days and not used before.", "在 90 天内刷新，其间不予使用。"),
    ),
    "a basis of its own under a law that is named": put("functions/account/basis-under", {"pipl": "contract"}),
    "a short log beside the one that law demands": both(
        put("categories/new", category("Record of browsing this week", "本周浏览记录")),
        put("functions/search/collects/new", "optional"),
        put(
            "storage/short",
            {
                "label": words("Short log", "短期日志"),
                "of": ["new"],
                "keep": "7 days",
                "from": "collection",
                "then": "erase",
            },
        ),
    ),
    "no closed list of cases": put("rights/requests/erasure/cases", {}),
}
