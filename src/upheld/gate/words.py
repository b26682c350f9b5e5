# SPDX-License-Identifier: Apache-2.0
"""What every reason says in plain words, and what would lift it, in both languages."""

from typing import Final

from upheld.gate.rules import Gap

Pair = tuple[str, str]
"""English, Chinese."""

REASONS: Final[dict[Gap, Pair]] = {
    Gap.PERSON_UNKNOWN: ("Nobody is registered under this id.", "没有以此标识登记的个人。"),
    Gap.PERSON_RESTRICTED: (
        "The person's data may be stored and nothing else.",
        "该个人信息仅可存储，不得作其他处理。",
    ),
    Gap.PERSON_CANCELLED: ("The person closed the account.", "该账号已注销。"),
    Gap.PERSON_ERASED: ("The person's data was erased.", "该个人信息已删除。"),
    Gap.VERSION_OTHER: ("Another version of the policy binds this person.", "对该个人适用的是另一版本的政策。"),
    Gap.VERSION_NOT_IN_FORCE: ("This version of the policy is not in force.", "该版本的政策未生效或已失效。"),
    Gap.SERVICE_CEASED: ("The service has ended.", "该服务已停止运营。"),
    Gap.PURPOSE_UNDECLARED: ("The policy declares no such purpose.", "政策未声明此目的。"),
    Gap.ACT_UNDECLARED: ("The policy does not let this purpose do this.", "政策未允许为此目的作此处理。"),
    Gap.CATEGORY_UNDECLARED: (
        "The policy does not declare this data for this purpose.",
        "政策未就此目的声明该类信息。",
    ),
    Gap.NOT_TOLD: ("The notice was not accepted yet.", "尚未同意隐私政策。"),
    Gap.CONSENT_MISSING: ("It needs a consent, which is not given or was withdrawn.", "须经同意，而尚未同意或已撤回。"),
    Gap.SEPARATE_CONSENT_MISSING: ("Sensitive data needs a consent of its own.", "敏感个人信息须取得单独同意。"),
    Gap.OBJECTED: ("The person objected to this purpose.", "该个人已对此目的提出异议。"),
    Gap.CHILD_NOT_ALLOWED: ("Children cannot use this.", "儿童不可使用此项。"),
    Gap.AGE_UNKNOWN: ("The age is not known, and only adults can use this.", "年龄未知，而此项仅限成年人。"),
    Gap.GUARDIAN_MISSING: ("No verified guardian stands for this person.", "没有经核实的监护人。"),
    Gap.GUARDIAN_CONSENT_MISSING: ("The guardian did not agree to this.", "监护人未同意此项。"),
    Gap.GUARDIAN_MAY_NOT: ("A guardian may not use this right for the child.", "监护人不可代为行使此项权利。"),
    Gap.PERMISSION_MISSING: ("The device did not grant the permission.", "设备未授予相应权限。"),
    Gap.SCENE_UNDECLARED: ("The policy does not declare this permission here.", "政策未在此场景声明该权限。"),
    Gap.BACKGROUND_UNDECLARED: ("Nothing is gathered here in the background.", "此项不得在后台收集。"),
    Gap.RECIPIENT_UNDECLARED: ("The policy declares no such recipient.", "政策未声明此接收方。"),
    Gap.RECIPIENT_NOT_FOR_THIS: (
        "This recipient is not declared for this data and purpose.",
        "该接收方未就此类信息和目的声明。",
    ),
    Gap.FORM_TOO_OPEN: (
        "The recipient may receive this only in a less open form.",
        "该接收方仅可接收更低可识别程度的信息。",
    ),
    Gap.AGREEMENT_MISSING: ("No agreement with the recipient is in force.", "与接收方没有有效协议。"),
    Gap.ASSESSMENT_MISSING: ("No assessment of the recipient is in force.", "没有对接收方的有效评估。"),
    Gap.SECURITY_TEST_MISSING: ("No security test of the recipient is in force.", "没有对接收方的有效安全检测。"),
    Gap.RECIPIENT_STOPPED: ("The recipient was stopped.", "该接收方已被叫停。"),
    Gap.SHARE_CONSENT_MISSING: (
        "The person did not agree that this recipient receives it.",
        "该个人未同意向此接收方提供。",
    ),
    Gap.SHARE_MORE_CONSENT_MISSING: (
        "Some of this is off by default, and the person did not switch it on.",
        "其中部分信息默认不提供，该个人未开启。",
    ),
    Gap.PUBLICATION_CONSENT_MISSING: ("The person did not agree to make it public.", "该个人未同意公开。"),
    Gap.ABROAD: ("Data would leave its region, which no listed case allows.", "信息将出境，而不符合任何列明情形。"),
    Gap.GROUND_UNLISTED: ("The policy lists no such ground for this.", "政策未就此列明该情形。"),
    Gap.EVIDENCE_MISSING: ("The ground's evidence is not complete.", "该情形的依据不完整。"),
    Gap.SOURCE_UNDECLARED: (
        "The policy declares no such source of this data for this.",
        "政策未就此声明该信息来源。",
    ),
    Gap.SOURCE_PAPER_MISSING: ("No agreement with the source is in force.", "与该来源没有有效协议。"),
    Gap.SOURCE_UNLAWFUL: (
        "Nothing shows that the source may pass this on.",
        "无从证明该来源可合法提供此信息。",
    ),
    Gap.OTHERS_UNDECLARED: (
        "This is about another person, and nobody declared that this person agreed.",
        "此为他人信息，尚未声明已获该人同意。",
    ),
    Gap.SUBJECT_OTHER: (
        "This is about a child, and belongs under the child's own record.",
        "此为儿童信息，须归于该儿童本人名下。",
    ),
    Gap.TRACKER_UNDECLARED: ("The policy declares no such tracker.", "政策未声明此跟踪技术。"),
    Gap.TRACKER_CONSENT_MISSING: (
        "This tracker waits for a consent of its own.",
        "此跟踪技术须经单独同意。",
    ),
    Gap.SUCCESSOR_UNBOUND: (
        "The successor is not bound by this policy, and the person did not agree.",
        "承继方不受本政策约束，且未取得同意。",
    ),
    Gap.STAFF_REASON_MISSING: ("A look by staff needs a reason and a case.", "员工查看须说明理由和事项。"),
}

REMEDIES: Final[dict[str, Pair]] = {
    "admit": ("register the person, or bind them to this version", "登记该个人或使其适用此版本"),
    "unrestrict": ("end the restriction", "解除限制"),
    "wait_until_effective": ("wait until the version applies", "待该版本生效"),
    "tell": ("show the notice and have it accepted", "展示隐私政策并取得同意"),
    "give_consent": ("ask the person for this consent", "征得该个人同意"),
    "lift_objection": ("the person lifts the objection", "由该个人撤回异议"),
    "come_of_age": ("the person comes of age", "待该个人成年"),
    "state_age": ("ask for the age", "询问年龄"),
    "verify_guardian": ("verify a guardian", "核实监护人"),
    "guardian_give_consent": ("ask the guardian for this consent", "征得监护人同意"),
    "grant": ("ask for the permission at use", "在使用时申请权限"),
    "resume": ("lift the stop on the recipient", "恢复该接收方"),
    "paper": ("put the paper in force", "使相应文件生效"),
    "source_paper": ("put the source's paper in force", "使来源的相应文件生效"),
    "declare": ("declare that the other person agreed", "声明已获该人同意"),
    "add_represented": ("add the child as a person whom a guardian represents", "将儿童登记为由监护人代理的主体"),
    "bind_successor": (
        "bind the successor to this policy, or ask the person",
        "使承继方受本政策约束，或征得该个人同意",
    ),
    "evidence": ("fill in the evidence", "补全依据"),
}
