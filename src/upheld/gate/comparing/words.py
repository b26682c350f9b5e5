# SPDX-License-Identifier: Apache-2.0
"""The sentences on decisions that change, and how what an ask needs is called in them. Texts only."""

from collections.abc import Mapping
from typing import Final

from upheld.gate.comparing.decisions import Kind
from upheld.terms import AgeBand

Pair = tuple[str, str]
"""English, Chinese."""

HEADS: Final[Mapping[Kind, Pair]] = {
    Kind.NEWLY_ALLOWED: ("Newly allowed: to {doing}.{takes}", "新允许：{doing}。{takes}"),
    Kind.NEWLY_REFUSED: ("No longer allowed: to {doing}.", "不再允许：{doing}。"),
    Kind.UNDER_LESS: ("No longer needed to {doing}: {lost}.", "{doing}：不再需要{lost}。"),
    Kind.UNDER_MORE: ("Newly needed to {doing}: {gained}.", "{doing}：新需要{gained}。"),
    Kind.UNDER_OTHER: ("To {doing}: {gained} is needed instead of {lost}.", "{doing}：须{gained}，取代{lost}。"),
}
TAKES: Final[Pair] = (" It takes {needs}.", "须具备{needs}。")
DOING: Final[Pair] = ("{acts} {things} for {purposes}{how}", "为{purposes}{how}{acts}{things}")
RIGHTS: Final[Pair] = ("answer {purposes} for {things}{how}", "{how}就{things}答复{purposes}")
TRACKERS: Final[Pair] = ("set {purposes}{how}", "{how}设置{purposes}")

ANYTHING: Final[Pair] = ("any data", "信息")
EVERY_PURPOSE: Final[Pair] = ("every purpose", "各项目的")
RIGHT: Final[Pair] = ("the right “{name}”", "权利“{name}”")
TRACKER: Final[Pair] = ("the tracker “{name}”", "追踪技术“{name}”")
TO: Final[Pair] = (", to {recipients}", "，向{recipients}")
IN_FORM: Final[Pair] = (", in {form} form", "，以{form}形式")
ON_GROUND: Final[Pair] = (", on the ground “{ground}”", "，依据情形“{ground}”")
IN_CASE: Final[Pair] = (", in the case “{ground}”", "，属于情形“{ground}”")
THROUGH: Final[Pair] = (", through the permission {permission}", "，通过权限{permission}")
FROM_SOURCE: Final[Pair] = (", from {source}", "，来自{source}")
DESTINED: Final[Pair] = (", taken to {place}", "，送往{place}")
ABROAD: Final[Pair] = ("another region", "境外")
UNSEEN: Final[Pair] = (", while the app is not in front", "，在应用不处于前台时")
BY_GUARDIAN: Final[Pair] = (", by a guardian", "，由监护人操作")
BY_SERVICE: Final[Pair] = (", by the service itself", "，由服务方操作")
OF: Final[Pair] = (" ({who})", "（{who}）")
BANDS: Final[Mapping[AgeBand, Pair]] = {
    AgeBand.ADULT: ("adults", "成年人"),
    AgeBand.CHILD: ("children", "儿童"),
    AgeBand.UNKNOWN: ("people whose age is not known", "年龄未知者"),
}

NEEDS: Final[Mapping[str, Pair]] = {
    "person_unknown": ("that the person is registered", "该个人已登记"),
    "person_restricted": ("that the data is not restricted", "信息未被限制处理"),
    "person_cancelled": ("an open account", "账号未注销"),
    "person_erased": ("that the person was not erased", "该个人信息未被删除"),
    "version_other": ("that this version binds the person", "该版本对个人适用"),
    "version_not_in_force": ("that this version is in force", "该版本已生效"),
    "service_ceased": ("that the service goes on", "服务仍在运营"),
    "not_told": ("acceptance of the notice", "对隐私政策的同意"),
    "consent_missing": ("consent to {about}", "对{about}的同意"),
    "separate_consent_missing": ("separate consent to sensitive data for {about}", "就{about}对敏感信息的单独同意"),
    "objected": ("that the person did not object", "个人未提出异议"),
    "guardian_missing": ("a verified guardian", "经核实的监护人"),
    "guardian_consent_missing": ("the guardian's consent to {about}", "监护人对{about}的同意"),
    "own_word": ("the person's own agreement, which a guardian cannot give", "个人本人的同意，监护人不可代为同意"),
    "permission_missing": ("the device permission {about}", "设备权限{about}"),
    "background_undeclared": ("a choice of {about} for the background", "就后台使用选择{about}"),
    "agreement_missing": ("an agreement in force with the recipient", "与接收方的有效协议"),
    "assessment_missing": ("an impact assessment of the recipient", "对接收方的影响评估"),
    "security_test_missing": ("a security test of the recipient", "对接收方的安全检测"),
    "recipient_stopped": ("that the recipient is not stopped", "接收方未被叫停"),
    "share_consent_missing": ("consent that {about} receives it", "对{about}接收的同意"),
    "share_more_consent_missing": (
        "a choice of its own for what {about} receives only if switched on",
        "就{about}默认不接收的信息另行选择",
    ),
    "publication_consent_missing": ("consent to make it public", "对公开的同意"),
    "abroad": ("separate consent to take it abroad", "对出境的单独同意"),
    "evidence_missing": ("this on record: {about}", "留存依据：{about}"),
    "staff_reason_missing": ("a reason and a case", "理由和事项"),
    "source_paper_missing": ("an agreement in force with the source", "与来源的有效协议"),
    "source_unlawful": ("proof that the source may pass it on", "来源可合法提供的证明"),
    "others_undeclared": ("a declaration that the other person agreed", "已获他人同意的声明"),
    "tracker_consent_missing": ("consent to {about}", "对{about}的同意"),
    "successor_unbound": ("a successor bound by this policy, or consent", "承继方受本政策约束，或取得同意"),
}
"""By the code of the reason that is given where it is missing."""

AND: Final[Pair] = ("and", "和")
OR: Final[Pair] = ("or", "或")
SUCCESSOR: Final[Pair] = ("a successor", "承继方")
IT: Final[Pair] = ("it", "该项")
