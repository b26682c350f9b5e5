# SPDX-License-Identifier: Apache-2.0
"""The sentences that clauses are written with, in both languages. Texts only: no promise is made here."""

from collections.abc import Mapping
from typing import Final

from upheld.terms import Language


def _both(en: str, zh: str) -> Mapping[Language, str]:
    return {Language.EN: en, Language.ZH_HANS: zh}


PHRASES: Final[Mapping[str, Mapping[Language, str]]] = {
    "part.unstated": _both("a time not stated", "未说明的时间"),
    "part.required": _both("{things} (needed)", "{things}（必需）"),
    "part.optional": _both("{things} (if you like)", "{things}（自愿）"),
    "part.backups": _both(" {backups}.", "{backups}。"),
    "part.tell": _both(" We tell everyone who received the data from us.", "我们将通知从我们获得信息的各方。"),
    "part.cases": _both(" It is open when {cases}.", "适用情形：{cases}。"),
    "part.forms": _both(" You receive it as {forms}.", "提供形式：{forms}。"),
    "part.self_service": _both(" You can do it yourself at once.", "您可自行即时操作。"),
    "part.address": _both(": {address}", "：{address}"),
    "part.law": _both(" {source} asks for {bounds}.", "依据{source}，{bounds}。"),
    "part.law_least": _both("at least {span}", "至少{span}"),
    "part.law_most": _both("at most {span}", "至多{span}"),
    "part.needs": _both(" Before that there must be {needs}.", "提供前须具备：{needs}。"),
    "part.off": _both(" {things} only if you switch it on.", "其中{things}仅在您开启后提供。"),
    "part.foreground": _both(" Only while the app is in front.", "仅限应用在前台时。"),
    "part.group": _both(" It sees no group of fewer than {number} people.", "其所见群组均不少于{number}人。"),
    "part.supervised": _both(" We review it every {span}.", "我们每{span}审查一次。"),
    "part.contains": _both(" ({contains})", "（{contains}）"),
    "part.uses": _both(" It uses {things}.", "并使用{things}。"),
    "part.lasts": _both(" It stays the same {lasts}.", "有效时间：{lasts}。"),
    "part.resettable.yes": _both(" You can reset it.", "您可重置。"),
    "part.resettable.no": _both(" You cannot reset it.", "您无法重置。"),
    "part.links_devices": _both(
        " It links your device to you; you see each link with its date and can undo it.",
        "该目的会将您的设备与您关联；您可查看每次关联及其日期，并可解除。",
    ),
    "part.without_account": _both(" It works without an account.", "无需账号即可使用。"),
    "part.obtained": _both(" We obtain it {obtained}.", "获取方式：{obtained}。"),
    "part.sensitive": _both(" It is sensitive and needs a consent of its own.", "属于敏感个人信息，须单独同意。"),
    "part.channel": _both(" through {channel}", "（通过{channel}）"),
    "part.within": _both(", answered within {span}", "，{span}内答复"),
    "part.told": _both(" We tell you {span} before, by {ways}.", "我们提前{span}通过{ways}告知。"),
    "part.evidence": _both(" This must be on record: {evidence}.", "须留存依据：{evidence}。"),
    "version.dates": _both(
        "This is version {version}, updated on {updated}; it applies from {effective}.",
        "本政策为第{version}版，于{updated}更新，自{effective}起生效。",
    ),
    "controller.name": _both("{name}{address} answers for your personal data.", "{name}{address}对您的个人信息负责。"),
    "controller.officer": _both("In charge of protecting personal data: {contact}.", "个人信息保护负责方：{contact}。"),
    "controller.contact": _both("You can reach us through: {label}{address}.", "您可通过{label}{address}联系我们。"),
    "regulator": _both("You can complain to {label}.", "您可向{label}投诉。"),
    "scope.product": _both("This policy covers {product}.", "本政策适用于{product}。"),
    "scope.exclude": _both("This policy does not cover {product}.", "本政策不适用于{product}。"),
    "category": _both(
        "{label}{contains}: personal data that {identifies}, about {about}.{identifier}{sensitive}",
        "{label}{contains}：个人信息，{identifies}，主体为{about}。{identifier}{sensitive}",
    ),
    "function": _both(
        "{label} ({tier}) is there {purpose}; it rests on {basis}.{links}",
        "{label}（{tier}）：{purpose}；合法性基础为{basis}。{links}",
    ),
    "function.collects": _both(
        "{label} collects {things}, {manner}, and nothing else.{uses}",
        "{label}仅收集{things}（{manner}），不收集其他信息。{uses}",
    ),
    "function.uses": _both("{label} collects nothing; it uses {things}.", "{label}不收集信息，仅使用{things}。"),
    "function.nothing": _both("{label} collects nothing.", "{label}不收集信息。"),
    "function.permissions": _both(
        "{label} asks for these permissions at the moment of use: {permissions}.",
        "{label}在使用时申请以下权限：{permissions}。",
    ),
    "function.refused": _both("If you refuse {label}: {refused}.", "拒绝{label}的影响：{refused}。"),
    "function.refusal_ends": _both(
        "Without {label} the product cannot serve you at all.", "缺少{label}时，产品无法为您提供任何服务。"
    ),
    "function.basis_under": _both(
        "Under {law}, {label} rests on {basis}.", "依据{law}，{label}的合法性基础为{basis}。"
    ),
    "function.background.no": _both(
        "{label} gathers nothing while the app is in the background.", "{label}在应用处于后台时不收集信息。"
    ),
    "function.background.yes": _both(
        "{label} gathers in the background only if you chose it.", "{label}仅在您选择后于后台收集。"
    ),
    "function.child": _both("For a child, {label} is {rule}.", "对儿童，{label}{rule}。"),
    "function.unknown_age": _both("While your age is not known, {label} is {rule}.", "年龄未知时，{label}{rule}。"),
    "purpose": _both(
        "{label}: we use {things} {purpose}; it rests on {basis}.{links}",
        "{label}：使用{things}，{purpose}；合法性基础为{basis}。{links}",
    ),
    "purpose.refusable.yes": _both("You can refuse {label} at any time.", "您可随时拒绝{label}。"),
    "purpose.refusable.no": _both(
        "{label} is part of the service and has no switch.", "{label}是服务的一部分，不设开关。"
    ),
    "purpose.weighty": _both(
        "If a decision of {label} weighs heavily on you, you can have a human look at it.",
        "{label}作出的决定对您有重大影响的，您可要求人工复核。",
    ),
    "permission": _both(
        "The permission {label} is asked at the moment of use, for {scenes} alone, and gives {things}. Its manner: {background}.",
        "权限{label}在使用时申请，仅用于{scenes}，可获得{things}；方式：{background}。",
    ),
    "permission.background.no": _both("never in the background", "不在后台使用"),
    "permission.background.yes": _both("in the background only if you chose it", "仅在您选择后于后台使用"),
    "tracker": _both(
        "{label} ({kind}, {lasts}, by {party}) is there {purpose}. {essential}{collects}{functions} {refuse}. For a child it is {child}; while your age is not known, {unknown_age}.",
        "{label}（{kind}，{lasts}，由{party}设置）：{purpose}。{essential}{collects}{functions}{refuse}。对儿童{child}；年龄未知时{unknown_age}。",
    ),
    "tracker.essential.yes": _both("The service needs it.", "为服务所必需。"),
    "tracker.essential.no": _both("It waits for your consent.", "经您同意后启用。"),
    "tracker.collects": _both(" It learns {things}.", "可获知{things}。"),
    "tracker.functions": _both(
        " Without it {functions} may not work, and nothing else stops.", "缺少时仅{functions}可能不可用。"
    ),
    "tracker.session": _both("until the end of the session", "会话期间"),
    "glossary": _both("{label}: {means}.", "{label}：{means}。"),
    "source": _both(
        "{name} ({kind}, in {region}) passes on to us {things}, only for {purposes}.{agreement}{lawful}",
        "我们从{name}（{kind}，位于{region}）获取{things}，仅用于{purposes}。{agreement}{lawful}",
    ),
    "source.agreement": _both(" An agreement with it must be in force.", "须与其有有效协议。"),
    "source.lawful.confirmed": _both(
        " We take nothing before we confirmed that it holds the data lawfully.", "在确认其信息来源合法之前不予获取。"
    ),
    "source.lawful.authorised": _both(" We take nothing before you authorised it.", "在您授权之前不予获取。"),
    "source.lawful.either": _both(
        " We take nothing before you authorised it or we confirmed that it holds the data lawfully.",
        "在您授权或我们确认其信息来源合法之前不予获取。",
    ),
    "source.lawful.never": _both(" Nothing shows that it may, so we take nothing.", "其合法来源无从证明，故不予获取。"),
    "recipient": _both(
        "We give {name} {things}, in {form} form, {purpose} ({scene}), for {purposes}. It is in {region}.{group}{off}{needs}{foreground}{supervised}",
        "{name}以{form}形式接收{things}，{purpose}（{scene}），对应{purposes}，所在地区为{region}。{group}{off}{needs}{foreground}{supervised}",
    ),
    "ground.collect": _both(
        "We may collect without consent: {label}.{evidence}", "无需同意即可收集的情形：{label}。{evidence}"
    ),
    "ground.use": _both(
        "We may use without consent: {label}.{evidence}", "无需同意即可使用的情形：{label}。{evidence}"
    ),
    "ground.share": _both(
        "We may share without consent: {label}.{evidence}", "无需同意即可提供的情形：{label}。{evidence}"
    ),
    "ground.transfer": _both(
        "We may transfer without consent: {label}.{evidence}", "无需同意即可转让的情形：{label}。{evidence}"
    ),
    "ground.publish": _both(
        "We may publish without consent: {label}.{evidence}", "无需同意即可公开的情形：{label}。{evidence}"
    ),
    "storage": _both(
        "{label}: we keep {things}{functions} for {span} from {start}, then {then} it.{law}",
        "{label}：{things}{functions}自{start}起保存{span}，期满后{then}。{law}",
    ),
    "storage.functions": _both(" (as collected by {functions})", "（由{functions}收集）"),
    "residency.region": _both(
        "Your data is stored in {region} and stays there unless this policy says otherwise.",
        "您的数据存放于{region}，除本政策列明的情形外不离开该地区。",
    ),
    "residency.abroad": _both(
        "Data may leave its region if {label}.{evidence}", "数据可出境的情形：{label}。{evidence}"
    ),
    "residency.protected": _both("{text}.", "{text}。"),
    "right": _both(
        "{label}: ask through {channels}; we answer within {span} from {start}.{self_service}{cases}{forms}{tell}{backups}",
        "{label}：通过{channels}提出，我们自{start}起{span}内答复。{self_service}{cases}{forms}{tell}{backups}",
    ),
    "right.case": _both("You can ask for it when {label}.", "您可在下列情形提出：{label}。"),
    "rights.verification": _both(
        "Before acting on a request we verify you by {methods}.", "处理请求前，我们通过{methods}核实您的身份。"
    ),
    "rights.fees": _both(
        "Requests are free; only past {free} of a kind in {span} may a fee be asked.",
        "请求免费；同类请求在{span}内超过{free}次的，可收取费用。",
    ),
    "rights.refusal.may_refuse": _both(
        "We may refuse a request, and then tell you why, if {label}.{evidence}",
        "下列情形可拒绝请求并说明理由：{label}。{evidence}",
    ),
    "rights.refusal.need_not_answer": _both(
        "We need not answer a request if {label}.{evidence}", "下列情形可不予答复：{label}。{evidence}"
    ),
    "rights.remedy": _both(
        "If you are not satisfied you can {label}{channel}{within}.", "如不满意，您可{label}{channel}{within}。"
    ),
    "children.under": _both("A person under {age} is a child.", "未满{age}周岁的为儿童。"),
    "children.age_asked": _both("{text}.", "{text}。"),
    "children.guardian": _both(
        "A guardian is verified by {methods}, and may then use these rights for the child: {rights}.",
        "监护人通过{methods}核实后，可代儿童行使：{rights}。",
    ),
    "children.contact": _both("Guardians can ask {contact}.", "监护人可联系{contact}。"),
    "children.before_guardian": _both(
        "Before a guardian is verified only this passes for a child: {acts}.", "监护人核实前，仅允许：{acts}。"
    ),
    "children.ground": _both(
        "A child's data is used, shared, transferred or published if {label}.{evidence}",
        "使用、提供、转让、公开儿童信息的情形：{label}。{evidence}",
    ),
    "changes.major": _both("A change is major when {label}.", "下列变化属于重大变更：{label}。"),
    "changes.tell": _both("We tell a major change by {ways}.", "重大变更通过{ways}告知。"),
    "changes.lead": _both("We tell it {span} before it applies.", "重大变更提前{span}告知。"),
    "changes.cut_rights": _both(
        "A version that takes a right away does not bind you unless you expressly agree.",
        "未经您明示同意，削减权利的版本对您不生效。",
    ),
    "changes.archive": _both("Every old version stays readable.", "所有历史版本均可查阅。"),
    "incidents.tell": _both(
        "After an incident we tell {whom} within {span}{ways}.", "发生安全事件后，我们在{span}内告知{whom}{ways}。"
    ),
    "incidents.people": _both("the people affected", "受影响的个人"),
    "incidents.guardians": _both("their guardians", "其监护人"),
    "incidents.regulator": _both("the authority in charge", "主管部门"),
    "incidents.ways": _both(", by {ways}", "（{ways}）"),
    "incidents.says": _both("The notice of an incident says {says}.", "事件告知内容包括：{says}。"),
    "incidents.detects": _both("We look out for {dangers}.", "我们防范：{dangers}。"),
    "succession": _both(
        "In a merger, purchase or winding-up the successor is bound by this policy or asks you again.{tell}",
        "发生合并、收购或清算时，承继方受本政策约束，否则须重新征得您的同意。{tell}",
    ),
    "publication": _both(
        "Personal data is made public only if {label}.{evidence}", "仅在下列情形公开个人信息：{label}。{evidence}"
    ),
    "cessation.stop": _both("When the product stops, we collect nothing more.", "停止运营时，我们停止收集。"),
    "cessation.tell": _both("We tell you of it {span} before, by {ways}.", "停止运营前{span}，通过{ways}告知。"),
    "cessation.erase": _both(
        "Within {span} after the stop we erase or anonymise the data we hold.",
        "停止运营后{span}内，删除或匿名化所持信息。",
    ),
    "duty": _both("{text}, every {span}; {owner} answers for it.", "{text}，每{span}一次，由{owner}负责。"),
    "commitment": _both("{text}.", "{text}。"),
}
