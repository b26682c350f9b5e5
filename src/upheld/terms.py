# SPDX-License-Identifier: Apache-2.0
"""The words of the house: one term for one thing, in code, tables, API and screens.

`docs/reference/glossary.md` is generated from `GLOSSARY`; the enumerations are the values that tables and JSON carry.
"""

from enum import StrEnum
from typing import Final, NamedTuple, NewType
from uuid import UUID

DataSubjectId = NewType("DataSubjectId", UUID)
"""Opaque id of a person whose data is held (GDPR art. 4(1); PIPL: 个人)."""

StaffId = NewType("StaffId", UUID)
"""Opaque id of a member of staff."""


class Language(StrEnum):
    """A language that every screen and notice exists in (BCP 47)."""

    ZH_HANS = "zh-Hans"
    EN = "en"


class Act(StrEnum):
    """What may be done with personal data; every one is decided by the gate."""

    COLLECT = "collect"
    USE = "use"
    INFER = "infer"
    AUTOMATED_DECISION = "automated_decision"
    PERMISSION = "permission"
    SET_TRACKER = "set_tracker"
    SHARE = "share"
    ENTRUST = "entrust"
    PUBLISH = "publish"
    TRANSFER = "transfer"
    SEND_ABROAD = "send_abroad"
    MESSAGE = "message"
    KEEP = "keep"
    STAFF_OPEN = "staff_open"


class Actor(StrEnum):
    """Who acts."""

    SELF = "self"
    GUARDIAN = "guardian"
    STAFF = "staff"
    SERVICE = "service"


class Tier(StrEnum):
    """Whether the product needs a function to be the product (GB/T 35273 appendix C)."""

    BASIC = "basic"
    EXTENDED = "extended"


class LawfulBasis(StrEnum):
    """Why a purpose is lawful (GDPR art. 6(1); PIPL art. 13, which knows no legitimate interests)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal_duty"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"


class Right(StrEnum):
    """A right that a request asks for (PIPL art. 44-48; GDPR art. 15-22)."""

    ACCESS = "access"
    COPY = "copy"
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    WITHDRAWAL = "withdrawal"
    CANCELLATION = "cancellation"
    EXPLANATION = "explanation"
    COMPLAINT = "complaint"


class AgeBand(StrEnum):
    """What is known of a person's age; `unknown` never counts as adult."""

    CHILD = "child"
    ADULT = "adult"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Status of a clause; what was never seen is never called kept."""

    KEPT = "kept"
    AT_RISK = "at_risk"
    BROKEN = "broken"
    NOT_EXERCISED = "not_exercised"
    NOT_OBSERVED = "not_observed"


class Kind(StrEnum):
    """How a control upholds a clause."""

    ENFORCED = "enforced"
    MONITORED = "monitored"
    ATTESTED = "attested"


class Word(NamedTuple):
    """One entry of the glossary."""

    en: str
    zh_hans: str
    meaning: str
    never: str = ""


GLOSSARY: Final[tuple[Word, ...]] = (
    Word("act", "处理行为", "Anything done with personal data; each kind is a member of `Act`."),
    Word("anonymise", "匿名化", "Make it impossible for anyone to find the person again.", "scrub"),
    Word("ask", "询问", "What the gate is given: act, purpose, categories, who acts and on whom."),
    Word("category", "类别", "A kind of personal data that the policy file declares."),
    Word("checkpoint", "检查点", "A signed statement of the evidence log's size and root hash."),
    Word("child", "儿童", "A person under the policy's child age."),
    Word("clause", "条款", "One promise in the policy file, with an id, a text and structured terms."),
    Word("consent", "同意", "A freely given agreement; it is given and withdrawn.", "accepted, revoked"),
    Word("control", "控制措施", "What upholds a clause: enforced, monitored or attested."),
    Word("controller", "个人信息处理者", "Who decides why and how personal data is processed.", "company"),
    Word("data subject", "个人信息主体", "The person whom the data is about.", "user, customer"),
    Word("de-identify", "去标识化", "Make the person findable only with information held apart."),
    Word("denial", "拒绝", "The gate's no: every clause in the way and what would lift it."),
    Word("disclosure", "提供", "Handing personal data to a recipient.", "sharing event"),
    Word("epoch", "密钥周期", "A span of time whose data keys are wrapped under one provider key."),
    Word("erase", "删除", "Make personal data gone for good; never said of anything else.", "delete, purge"),
    Word("evidence", "证据", "What shows a clause kept or broken."),
    Word("facts", "事实", "What the gate knows of a person and of the world when it decides."),
    Word("function", "业务功能", "What the product does with data: basic or extended."),
    Word("ground", "无需同意的情形", "A reason to act without consent, with the evidence it demands."),
    Word("guardian", "监护人", "The adult responsible for a child.", "parent"),
    Word("incident", "安全事件", "A possible or confirmed harm to personal data.", "leak, hack"),
    Word("lawful basis", "合法性基础", "Why a purpose is lawful.", "reason"),
    Word("legal hold", "依法留存", "A named duty to keep that suspends one erasure.", "freeze"),
    Word("notice", "隐私政策", "What people read; rendered from the policy file."),
    Word("permit", "准许", "The gate's yes: bound to subject, purpose and categories."),
    Word("processor", "受托人", "Who acts on the controller's instruction."),
    Word("promise", "承诺", "What the policy says will be so."),
    Word("publication", "公开", "Making personal data known to the public."),
    Word("purpose", "目的", "Why data is used."),
    Word("receipt", "回执", "A person's own proof of an act, checkable offline."),
    Word("recipient", "接收方", "Who receives personal data.", "vendor, partner"),
    Word("request", "个人权利请求", "A person's use of a right.", "ticket, DSAR"),
    Word("restrict", "停止除存储外的处理", "Stop every use but storage."),
    Word("seal, open", "密封, 开启", "Encrypt and decrypt personal data under a person's key."),
    Word("sensitive", "敏感个人信息", "Data whose misuse easily harms a person (PIPL art. 28)."),
    Word("separate consent", "单独同意", "A consent asked for one thing alone (PIPL art. 23, 25, 29, 39)."),
    Word("storage period", "存储期限", "How long a category is kept, from which moment, and what follows.", "TTL"),
    Word("transfer", "转让", "Handing data over for good to a successor."),
    Word("version", "版本", "One published state of the policy, with its own dates."),
    Word("withdrawn", "撤回", "A consent taken back; what was done before stays lawful."),
    Word("witness", "见证方", "A second process that signs checkpoints it found consistent."),
)
