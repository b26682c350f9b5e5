# SPDX-License-Identifier: Apache-2.0
"""What each fact that a decision looked at says in plain words, in both languages. Texts only."""

from typing import Final

from upheld.gate.words import Pair

FACTS: Final[dict[str, Pair]] = {
    "version": ("version of the policy", "政策版本"),
    "age": ("age", "年龄"),
    "known": ("the person is registered", "该个人已登记"),
    "restricted": ("the data is restricted", "信息已受限"),
    "cancelled": ("the account is closed", "账号已注销"),
    "erased": ("the data was erased", "信息已删除"),
    "version_binds": ("this version binds the person", "该版本对该个人适用"),
    "version_in_force": ("this version is in force", "该版本有效"),
    "ceased": ("the service has ended", "服务已停止"),
    "purpose_declared": ("the purpose is declared", "目的已声明"),
    "act_declared": ("the purpose does such acts", "该目的包含此类处理"),
    "category_declared": ("the data is declared for it", "信息类别已就此声明"),
    "told": ("the notice was accepted", "已同意隐私政策"),
    "consent_given": ("consent was given", "已同意"),
    "separate_given": ("separate consent was given", "已单独同意"),
    "sensitive": ("the data is sensitive", "属于敏感个人信息"),
    "objected": ("the person objected", "该个人已提出异议"),
    "age_allowed": ("it is open at this age", "该年龄可用"),
    "guardian": ("a verified guardian stands", "有经核实的监护人"),
    "guardian_consent_given": ("the guardian agreed", "监护人已同意"),
    "guardian_may": ("a guardian may use this right", "监护人可行使此项权利"),
    "permission_granted": ("the device granted the permission", "设备已授权"),
    "scene_declared": ("the permission is declared here", "权限已就此场景声明"),
    "background_declared": (
        "the product is in front, or gathering behind it was declared and chosen",
        "在前台，或已声明并选择后台收集",
    ),
    "recipient_declared": ("the recipient is declared", "接收方已声明"),
    "recipient_listed": ("the recipient is listed for this", "接收方已就此列明"),
    "form_declared": ("the form is no more open than declared", "形式未超出声明的可识别程度"),
    "form": ("form", "形式"),
    "agreement": ("the agreement is in force", "协议有效"),
    "assessment": ("the assessment is in force", "评估有效"),
    "security_test": ("the security test is in force", "安全检测有效"),
    "stopped": ("the recipient was stopped", "接收方已被叫停"),
    "share_consent_given": ("consent to this recipient was given", "已同意向其提供"),
    "share_more_consent_given": ("what is off by default was switched on", "默认不提供的部分已开启"),
    "publication_consent_given": ("consent to publication was given", "已同意公开"),
    "region_allowed": ("it stays in its region, or a listed case applies", "未出境，或符合列明情形"),
    "passage": ("case of leaving the region", "出境情形"),
    "ground": ("ground", "所引情形"),
    "ground_listed": ("the ground is listed", "情形已列明"),
    "evidence_complete": ("the evidence is complete", "依据完整"),
    "reason_given": ("reason and case were given", "已说明理由和事项"),
    "source_declared": ("the source is declared for this", "来源已就此声明"),
    "source_agreement": ("the agreement with the source is in force", "与来源的协议有效"),
    "source_lawful": ("the lawful origin is shown", "合法来源已证明"),
    "others_declared": ("the other person's agreement was declared", "已声明他人同意"),
    "subject_fits": ("it is kept under the person it is about", "归于其所关乎之人名下"),
    "tracker_declared": ("the tracker is declared", "跟踪技术已声明"),
    "tracker_consent_given": ("consent to the tracker was given", "已同意该跟踪技术"),
    "successor_bound": ("the successor is bound, or the person agreed", "承继方受约束，或已同意"),
}
"""By the name it has in `observed`."""

VALUES: Final[dict[str, Pair]] = {
    "True": ("yes", "是"),
    "False": ("no", "否"),
    "adult": ("of age", "成年"),
    "child": ("a child", "儿童"),
    "unknown": ("not known", "未知"),
    "unlisted": ("not on the list", "未列明"),
    "law": ("a rule of law", "法律规定"),
    "own_act": ("the person's own act", "本人行为"),
    "identified": ("identified", "可识别"),
    "de_identified": ("de-identified", "去标识化"),
    "aggregate": ("aggregate", "汇总统计"),
}
"""Values by how they are written; an id of the policy stands for itself."""
