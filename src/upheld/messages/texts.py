# SPDX-License-Identifier: Apache-2.0
"""Every message that the product sends, in both languages, on one page.

A text names its fields in braces; `render` refuses a field too many or too few, so no message leaves half filled.
No text carries more than the person must know: what a request found is read in the portal, not in an SMS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from upheld.errors import BadInput
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """One message in both languages; subjects serve e-mail and notes."""

    name: str
    subject_en: str
    subject_zh_hans: str
    en: str
    zh_hans: str

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that the texts need."""
        texts = (self.subject_en, self.subject_zh_hans, self.en, self.zh_hans)
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A rendered message."""

    subject: str
    body: str


def _page(*rows: tuple[str, str, str, str, str]) -> dict[str, Template]:
    return {
        name: Template(name=name, subject_en=subject_en, subject_zh_hans=subject_zh, en=en, zh_hans=zh)
        for name, subject_en, subject_zh, en, zh in rows
    }


TEMPLATES: Final[dict[str, Template]] = _page(
    ("account.cancelled", "Your account is cancelled", "您的账号已注销",
     "Your account was cancelled. What is kept by law, and until when, stands on your receipt {reference}.",
     "您的账号已注销。依法留存的内容及期限见回执 {reference}。"),
    ("code.change_number", "Your code", "您的验证码",
     "{code} is your code to change your number. It works once, for {minutes} minutes. If this was not you, ignore it.",
     "验证码 {code}，用于更换号码，{minutes} 分钟内一次有效。如非本人操作请忽略。"),
    ("code.confirm_request", "Your code", "您的验证码",
     "{code} confirms your request about your personal data. It works once, for {minutes} minutes. Never pass it on.",
     "验证码 {code}，用于确认您的个人信息请求，{minutes} 分钟内一次有效。请勿告知他人。"),
    ("code.prove_guardian", "Your code", "您的验证码",
     "{code} confirms that you are a guardian. It works once, for {minutes} minutes. If this was not you, ignore it.",
     "验证码 {code}，用于核实监护人，{minutes} 分钟内一次有效。如非本人操作请忽略。"),
    ("code.sign_in", "Your code", "您的验证码",
     "{code} is your sign-in code. It works once, for {minutes} minutes. Never pass it on.",
     "登录验证码 {code}，{minutes} 分钟内一次有效。请勿告知他人。"),
    ("identifier.changed", "Your sign-in changed", "您的登录方式已变更",
     "The number or address you sign in with was changed. If this was not you, contact us at once.",
     "您的登录号码或地址已变更。如非本人操作请立即联系我们。"),
    ("incident.told", "A security incident that concerns you", "涉及您的安全事件",
     "A security incident concerns your data: {what} Our measures: {measures} What you can do: {advice}",
     "发生涉及您信息的安全事件：{what} 我们的措施：{measures} 您可以：{advice}"),
    ("notice.changed", "Our privacy policy changes", "隐私政策更新",
     "Version {version} of our privacy policy takes effect on {date}. What changes is shown in the portal.",
     "隐私政策第 {version} 版将于 {date} 生效，变更内容请在门户查看。"),
    ("notice.changed_major", "Our privacy policy changes: what exactly", "隐私政策重大变更说明",
     ("Version {version} of our privacy policy takes effect on {date}. It is a major change. This is what changes:\n\n"
     "{changes}\n\nYou can read and compare every version in the portal, without signing in."),
     ("隐私政策第 {version} 版将于 {date} 生效，属重大变更。变更内容如下：\n\n"
     "{changes}\n\n所有版本均可在门户阅读和比较，无需登录。")),
    ("notice.withdrawn", "A version of our privacy policy was withdrawn", "隐私政策版本撤回",
     ("We published version {version} of our privacy policy by mistake and withdrew it. Version {back} holds for you "
     "again. Why, you can read in the portal under All versions."),
     "隐私政策第 {version} 版系误发，现已撤回，您重新适用第 {back} 版。原因请在门户“全部版本”中查看。"),
    ("request.answered", "Your request is answered", "您的请求已答复",
     "Your request {reference} is answered. Sign in to read the answer.",
     "您的请求 {reference} 已答复，请登录查看。"),
    ("request.overdue", "Your request is late", "您的请求已逾期",
     "We have not answered your request {reference} in time. You may complain to the regulator or go to court.",
     "您的请求 {reference} 未按期答复。您可向监管部门投诉或向法院起诉。"),
    ("request.received", "We received your request", "已收到您的请求",
     "We received your request {reference} and answer it by {due}.",
     "已收到您的请求 {reference}，将于 {due} 前答复。"),
    ("request.refused", "Your request is refused", "您的请求未获支持",
     "Your request {reference} is refused. Sign in to read the ground and what you can do about it.",
     "您的请求 {reference} 未获支持，请登录查看理由及救济途径。"),
    ("service.ceasing", "The service ends", "停止运营",
     "Our service ends on {date}. From then on nothing is collected; your data is erased or anonymised.",
     "我们将于 {date} 停止运营，届时停止收集并删除或匿名化您的信息。"),
    ("staff.looked", "Staff looked at your data", "工作人员查看了您的信息",
     "A member of staff looked at your data on {date}. The purpose and the reason stand in the portal.",
     "工作人员于 {date} 查看了您的信息，目的与理由请在门户查看。"),
    ("successor.bound", "Another company takes this product over", "本产品将由其他公司承接",
     ("{name} takes this product over on {date} and is bound by the same privacy policy. You can reach it at: {contact} "
     "Until then you can copy or erase your data and close your account in the portal, and afterwards as well."),
     ("本产品将于 {date} 由 {name} 承接，该公司受同一隐私政策约束。联系方式：{contact} "
     "在此之前及之后，您均可在门户复制、删除个人信息或注销账号。")),
)  # fmt: skip


def render(template: str, values: Mapping[str, str], *, language: Language) -> Words:
    """Fill a template.

    Raises:
        BadInput: there is no such template, or its fields and the values given differ.
    """
    if template not in TEMPLATES:
        raise BadInput("a message template of messages/texts.py was expected, another name came")
    found = TEMPLATES[template]
    if found.fields != set(values):
        raise BadInput(f"template {template} takes {sorted(found.fields)}, {sorted(values)} came")
    if language is Language.ZH_HANS:
        subject, body = found.subject_zh_hans, found.zh_hans
    else:
        subject, body = found.subject_en, found.en
    return Words(subject=subject.format_map(values), body=body.format_map(values))
