# SPDX-License-Identifier: Apache-2.0
"""Faults planted into recipients, permissions, trackers, residency and repeated promises, by the code that finds them."""

from tests.policy.planting import both, cut, put, words

STAYS = {
    "chapter": "store",
    "text": words("All data stays.", "数据均留存境内。"),
    "controls": ["gate.residency"],
    "means": {"never": {"acts": ["send-abroad"]}},
}
COMMITMENT = {"chapter": "trackers", "controls": ["gate.purpose_declared"]}
BEACON = "trackers/page-beacon"

FAULTS = {
    "E456": [
        cut("functions/map/refused"),
        cut("functions/publish-video/refused"),
    ],
    "E457": [
        put("functions/bind-device/permissions", ["bluetooth"]),
        put("functions/statistics/permissions", []),
        put("functions/map/permissions", []),
    ],
    "E458": [
        put("permissions/location/gives", []),
        put("permissions/phone-state/gives", []),
        put("permissions/app-list/gives", []),
        both(
            put("permissions/location/gives", []),
            put("categories/location.precise/label", words("Where you are", "您所在的位置")),
        ),
        put("categories/address-book", {"label": words("Address book", "通讯录"), "identifies": "when-combined"}),
    ],
    "E459": [put("functions/human-check/tier", "basic"), put("functions/baby-record/tier", "basic")],
    "E460": [
        put("functions/push-messages/permissions", []),
        put("permissions/notifications/label", words("Alarm", "闹钟")),
    ],
    "E511": [
        put("recipients/wechat/package", "com.tencent.mm"),
        put("recipients/amap/package", "com.autonavi.minimap"),
    ],
    "E512": [
        put("recipients/facebook/package", "com.faceboo"),
        put("recipients/glide/package", "com.bumptech.glid."),
        put("recipients/bugly/package", "com.tencent.bugl"),
    ],
    "E513": [put("recipients/google-maps/package", "com.google"), put("recipients/umeng/package", "com")],
    "E514": [
        put("recipients/umeng/package", "com.uc.crashsdk/com.efscom.umeng"),
        put("recipients/umeng/package", "com.efscom.umeng"),
        put("recipients/amap/package", "com.amap.api:cn.loc"),
    ],
    "E515": [put("recipients/bugly/package", "com.umeng")],
    "W517": [
        both(
            put("recipients/umeng/purposes", ["share-out"]), put("recipients/umeng/purpose", words("to share", "分享"))
        ),
        both(put("recipients/amap/purposes", ["orders"]), put("recipients/amap/purpose", words("to pay", "支付"))),
    ],
    "E518": [
        put("recipients/bugly/purpose", words("Storage permission", "存储权限")),
        put("functions/search/purpose/en", "searching"),
        put("trackers/forms/purpose/en", "convenience"),
    ],
    "W519": [
        put("recipients/glide/link", "https://glide.example/glide/"),
        put("recipients/google-maps/link", "https://google.example/help/terms_maps/"),
        put("recipients/umeng/link", "https://umeng.example/policywe-have-strict-terms"),
        put("recipients/umeng/link", "https://umeng.example"),
        put("recipients/umeng/link", "https://[umeng.example/privacy"),
    ],
    "W520": [
        both(
            put("recipients/umeng/link", "https://umeng.example/page/policy"),
            put("recipients/wechat/link", "https://umeng.example/policy"),
        ),
    ],
    "W521": [
        put("functions/payouts/purpose", words("to pay out to your Alipay account", "付款至支付宝")),
        put("functions/third-party-login/scene", words("when you use your Apple account", "使用苹果账号时")),
    ],
    "E522": [put("recipients/affiliate/basis", "contract")],
    "E523": [put("recipients/jiguang-push/foreground-only", False)],
    "E524": [
        put("recipients/advertisers/receives", ["device.id"]),
        put("recipients/advertisers/receives", ["log.usage", "phone"]),
    ],
    "E525": [cut("recipients/advertisers/group-at-least")],
    "E526": [
        both(put("recipients/glide/receives", ["baby.nickname"]), put("recipients/glide/purposes", ["baby-record"])),
    ],
    "E527": [put("functions/map/child", "allowed"), put("functions/fault-reports/child", "allowed")],
    "E528": [
        put("recipients/advertisers/receives", ["location.precise"]),
        put("recipients/advertisers/receives", ["baby.birthday"]),
    ],
    "E550": [
        both(
            cut("trackers/session"),
            cut("trackers/trouble"),
            cut("trackers/forms"),
            put("commitments/cookies", {**COMMITMENT, "text": words("We set cookies.", "我们使用 cookie。")}),
        ),
        both(
            cut(BEACON),
            put("commitments/beacons", {**COMMITMENT, "text": words("Pages have beacons.", "页面含信标。")}),
        ),
        both(
            cut(BEACON),
            cut("trackers/mail-pixel"),
            put("commitments/pixels", {**COMMITMENT, "text": words("Mails have pixels.", "邮件含像素。")}),
        ),
    ],
    "E551": [put(f"{BEACON}/refuse", words("Leave the mailing list by its link.", "点击链接退订邮件。"))],
    "E552": [
        put(f"{BEACON}/essential", True),
        put("trackers/session/purpose", words("to show advertisements", "展示广告")),
        put("trackers/session/party", "advertisers"),
    ],
    "E553": [both(put("trackers/forms/collects", ["log.usage"]), put("trackers/forms/lasts", "7 months"))],
    "E554": [both(put("trackers/forms/party", "umeng"), put("trackers/forms/collects", ["log.usage"]))],
    "E555": [
        both(
            put(
                "trackers/mail-pixel/purpose",
                words("to follow links in mails and text messages", "追踪邮件与短信内链接"),
            ),
            put("trackers/mail-pixel/refuse", words("Leave the mailing list by its link.", "点击链接退订邮件。")),
        )
    ],
    "W556": [
        put("trackers/mail-pixel/refuse", words("Leave the mailing list.", "退订即可。")),
        put("trackers/forms/refuse", words("You can refuse it.", "您可以拒绝。")),
    ],
    "E620": [put("commitments/stays", STAYS)],
    "E621": [cut("residency/protected-equally")],
    "E622": [put("residency/abroad/law/evidence", []), cut("residency/abroad/law/evidence")],
    "W623": [put("residency/abroad/own-act/label", words("you broadcast live across borders", "您主动跨境直播"))],
    "W931": [
        both(
            cut("scope/products/site"),
            put(
                "commitments/least-data/text",
                words("Our website takes nothing more than it needs.", "我们的网站不收集多余信息。"),
            ),
        )
    ],
    "W932": [
        put("commitments/least-data/text", words("Think before you post in group chats.", "在群聊中发布前请三思。")),
        put("functions/identity-check/scene", words("in digital office", "数字办公时")),
    ],
    "W533": [
        put(
            "functions/push-messages/purpose",
            words("to send system, discount and delivery messages", "发送系统、优惠与物流消息"),
        ),
    ],
    "E534": [
        put(
            "commitments/other-end/means", {"allows": {"acts": ["use"], "categories": ["saves"], "without": "consent"}}
        ),
        put("commitments/other-end/means", {"allows": {"acts": ["use"], "purposes": ["search"], "without": "consent"}}),
    ],
    "W535": [
        put("commitments/nobody-else/text", words("Currently our partners are these.", "目前的合作方如下。")),
    ],
    "W536": [
        put("commitments/encrypted/text", words("Exchange is encrypted by SSL.", "通信以 SSL 加密。")),
        put("commitments/encrypted/text", words("Exchange is encrypted by TLS 1.0.", "通信以 TLS 1.0 加密。")),
    ],
}
