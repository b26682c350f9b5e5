# SPDX-License-Identifier: Apache-2.0
"""The sections of a first policy that hardly depend on the answers, each with a comment, in the file's own notation."""

from typing import Final

Sections = tuple[tuple[tuple[str, str], str], ...]

ABROAD: Final[dict[str, Sections]] = {
    "recipients": (
        (
            ("Who else gets data: here who stores it abroad. Write the true name, link and purpose.",
             "还有谁接收信息：此处为境外存储方。请填写真实名称、链接与目的。"),
            """
recipients:
  storage-abroad:
    name: {en: "Storage Example Inc", zh-Hans: "存储示例公司"}
    kind: partner
    role: processor
    purposes: [account]
    purpose: {en: to store accounts, zh-Hans: 存储账号}
    receives: [email]
    scene: {en: when you register, zh-Hans: 注册时}
    form: identified
    region: @region@
    needs: [agreement, assessment]
    supervised: 1 year
    link: https://storage.example/privacy
""",
        ),
    ),
    "residency": (
        (
            ("Where data is kept, and on what ground it may leave.", "信息存于何处，依何条件出境。"),
            """
residency:
  region: @region@
  abroad:
    separate-consent:
      label: {en: "you separately agreed, and the legal route for sending abroad is complete", zh-Hans: "取得您的单独同意，且已完成出境合规手续"}
      by: separate-consent
      evidence: [export-route]
  protected-equally: {en: "Data abroad is protected as it is at home: by agreement, and checked once a year.", zh-Hans: "境外信息按协议受到与境内同等的保护，并每年检查一次。"}
""",
        ),
    ),
    "at_home": ((("Where data is kept; nothing leaves.", "信息存于何处；不出境。"), "residency:\n  region: @region@"),),
}  # fmt: skip

REGULATORS: Final[Sections] = (
    (
        ("Where people can complain outside your house.", "个人可向哪些外部机构投诉。"),
        """
regulators:
  authority:
    label: {en: "The data protection authority where you live", zh-Hans: "您所在地的个人信息保护部门"}
""",
    ),
    (
        ("The fields of proof that other sections demand.", "其他章节所要求的证据字段。"),
        """
evidence:
  export-route: {en: "the legal route for sending abroad, as filed", zh-Hans: "已办理的出境合规路径"}
  earlier-cases: {en: "the earlier cases", zh-Hans: "此前的个案编号"}
  provision: {en: "the provision of law", zh-Hans: "法律条文"}
""",
    ),
)

_ERASURE: Final = (
    "self-service: true; tell-recipients: true; backups: "
    '{en: "Erased data in backups is not used, does not come back, and goes when the backup dies.", '
    'zh-Hans: "备份中已删除的数据不再使用、不会恢复，并随备份到期清除。"}; cases: {purpose-met: {label: '
    '{en: "the purpose is met, cannot be met, or no longer needs it", zh-Hans: "处理目的已实现、无法实现或不再必要"}}, '
    'service-ended: {label: {en: "the service ended or the period ran out", zh-Hans: "服务终止或保存期限届满"}}, '
    'withdrawn: {label: {en: "consent was withdrawn", zh-Hans: "已撤回同意"}}, '
    'unlawful: {label: {en: "law or agreement was broken", zh-Hans: "违反法律或约定"}}}'
)
_RIGHTS: Final = (
    ("access", "See your information", "查阅个人信息", "self-service: true; forms: [page]"),
    ("copy", "Receive a copy", "复制个人信息", "self-service: true; forms: [json, csv, page]"),
    ("correction", "Correct and complete", "更正、补充", "self-service: true; tell-recipients: true"),
    ("erasure", "Have information erased", "删除个人信息", _ERASURE),
    ("restriction", "Limit or refuse processing", "限制或拒绝处理", "self-service: true"),
    ("portability", "Have it moved to another controller", "转移至其他处理者", "forms: [json, csv]"),
    ("withdrawal", "Withdraw a consent or a permission", "撤回同意或权限", "self-service: true"),
    ("cancellation", "Cancel the account", "注销账号", "self-service: true; tell-recipients: true"),
    ("explanation", "Have the rules explained", "要求解释处理规则", ""),
    ("complaint", "Complain", "投诉", ""),
)  # fmt: skip


def _request(name: str, en: str, zh: str, terms: str) -> str:
    more = "".join(f"      {term}\n" for term in terms.split("; ") if term)
    return (
        f'    {name}:\n      label: {{en: "{en}", zh-Hans: "{zh}"}}\n      channels: [officer]\n'
        f"      within: 15 working days\n      from: receipt\n{more}"
    )


_CHILDREN: Final = """
children:
  under: @under@
  age-asked: {en: "At registration you say whether you are @under@ or older; while we do not know, you are treated as a child.", zh-Hans: "注册时请您说明是否已满 @under@ 周岁；未知时按儿童对待。"}
"""
_GUARDIAN: Final = """
  guardian:
    verified-by:
      code: {en: "a code sent to the guardian's own e-mail", zh-Hans: "发送至监护人本人邮箱的验证码"}
    may: [access, correction, erasure, withdrawal, cancellation]
    contact: officer
  before-guardian: [reach-guardian, own-rights, emergency, legal-duty]
"""


def tail(*, children: bool) -> Sections:
    """Give the sections at the end of the file."""
    of_children = _CHILDREN + (_GUARDIAN.strip("\n") if children else "")
    return (
        (
            ("What people can ask for, how, and how soon you answer.", "个人可以提出的请求、途径与答复期限。"),
            "rights:\n  requests:\n" + "".join(_request(*right) for right in _RIGHTS) + _OTHER_RIGHTS,
        ),
        (
            ("Children: how old, how you know, and who consents for them.", "儿童：年龄、如何得知、由谁同意。"),
            of_children,
        ),
        *_ENDS,
    )


_OTHER_RIGHTS: Final = """\
  verification:
    methods:
      session: {en: "your signed-in session", zh-Hans: "登录状态"}
      letter: {en: "a written request with proof of who you are", zh-Hans: "附身份证明的书面请求"}
  fees: {free: 3, per: 1 year}
  refusals:
    repeated:
      kind: may-refuse
      label: {en: "the same thing is asked again without cause", zh-Hans: "无正当理由重复提出"}
      evidence: [earlier-cases]
  remedies:
    regulator:
      label: {en: "complain to the data protection authority", zh-Hans: "向个人信息保护部门投诉"}
    court:
      label: {en: "go to court", zh-Hans: "向人民法院起诉"}
    officer:
      label: {en: "ask the protection officer to look again", zh-Hans: "请个人信息保护负责人复核"}
      channel: officer
      within: 15 working days
"""
_ENDS: Final[Sections] = (
    (
        (
            "Which changes are major, how people hear of them, and how long before.",
            "哪些属于重大变更、如何告知、提前多久。",
        ),
        """
changes:
  major:
    processing:
      label: {en: "why or how data is processed changes at its root", zh-Hans: "处理目的或方式发生根本变化"}
      trigger: business-model
    ownership:
      label: {en: "ownership or control changes", zh-Hans: "所有权或控制权变更"}
      trigger: ownership
    rights:
      label: {en: "the way to use your rights changes", zh-Hans: "权利行使方式变化"}
      trigger: rights
    recipients:
      label: {en: "who receives data changes widely", zh-Hans: "对外提供规则重大变化"}
      trigger: recipients
    contact:
      label: {en: "the contact or the complaint channel changes", zh-Hans: "联系方式或投诉渠道变化"}
      trigger: contact
    high-risk:
      label: {en: "an impact assessment shows a high risk", zh-Hans: "影响评估显示高风险"}
      trigger: high-risk
  tell: [popup, page]
  lead: 30 days
""",
    ),
    (
        (
            "When data was lost or stolen: who hears of it, how soon, and what you tell them.",
            "发生安全事件时：告知谁、多久内、告知什么。",
        ),
        """
incidents:
  tell:
    people:
      whom: people
      within: 72 hours
      by: [message, mail]
    guardians:
      whom: guardians
      within: 72 hours
      by: [mail]
    regulator:
      whom: regulator
      within: 4 hours
  says:
    what: {en: "what happened and which kinds of data", zh-Hans: "事件情况及所涉信息种类"}
    effect: {en: "what it may lead to", zh-Hans: "可能造成的危害"}
    measures: {en: "what we did and do", zh-Hans: "已采取和将采取的措施"}
    advice: {en: "what you can do yourself", zh-Hans: "您可采取的防范措施"}
    contact: {en: "how to reach us", zh-Hans: "联系方式"}
""",
    ),
    (
        ("When another company takes the product over.", "产品由他人接手时。"),
        """
succession:
  successor: bound-or-asks-again
  tell: [popup, mail]
  lead: 30 days
""",
    ),
    (
        ("When data of a person may be made public.", "何时可以公开个人信息。"),
        """
publication:
  consent:
    label: {en: "you explicitly agreed for that item", zh-Hans: "您就该项信息明示同意"}
    by: explicit-consent
""",
    ),
    (
        ("When the product ends.", "产品终止时。"),
        """
cessation:
  stop:
    text: {en: "When the product stops, collection stops the same day.", zh-Hans: "产品停止运营当日停止收集。"}
  tell: [message, mail]
  erase-within: 15 days
  lead: 30 days
""",
    ),
)
