# SPDX-License-Identifier: Apache-2.0
"""How enumerated values, units of time, months and regions are worded in both languages. Texts only."""

from collections.abc import Mapping
from typing import Final

from upheld.policy.model.spans import Unit
from upheld.terms import Language


def _both(en: str, zh: str) -> Mapping[Language, str]:
    return {Language.EN: en, Language.ZH_HANS: zh}


MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""In English, whatever the locale of the process."""

SPAN_WORDS: Final[Mapping[Unit, str]] = {
    Unit.HOUR: "小时",
    Unit.DAY: "天",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}

VALUES: Final[Mapping[str, Mapping[Language, str]]] = {
    "Tier.BASIC": _both("basic", "基本功能"),
    "Tier.EXTENDED": _both("extended, your choice", "扩展功能，由您选择"),
    "LawfulBasis.CONSENT": _both("your consent", "您的同意"),
    "LawfulBasis.CONTRACT": _both("the contract with you", "与您的合同"),
    "LawfulBasis.LEGAL_DUTY": _both("a legal duty", "法定义务"),
    "LawfulBasis.VITAL_INTERESTS": _both("vital interests", "重大利益"),
    "LawfulBasis.PUBLIC_TASK": _both("a public task", "公共任务"),
    "LawfulBasis.LEGITIMATE_INTERESTS": _both("legitimate interests", "正当利益"),
    "Identifies.ALONE": _both("points to a person by itself", "可单独识别个人"),
    "Identifies.WHEN_COMBINED": _both("points to a person together with other data", "与其他信息结合可识别个人"),
    "Identifies.NEVER": _both("points to nobody unless it is joined with other data", "未与其他信息结合时不识别个人"),
    "About.SELF": _both("you", "您本人"),
    "About.CHILD": _both("the child", "儿童本人"),
    "About.OTHER": _both("another person", "他人"),
    "Manner.ENTERED": _both("as you enter it", "由您填写"),
    "Manner.DEVICE": _both("from your device", "由设备采集"),
    "Manner.GENERATED": _both("as your use produces it", "由使用过程产生"),
    "Manner.RECEIVED": _both("as you let others pass it to us", "经您授权由他方提供"),
    "SourceKind.AFFILIATE": _both("an affiliate", "关联公司"),
    "SourceKind.SIGN_IN_PROVIDER": _both("a provider of sign-in", "登录服务方"),
    "SourceKind.SELLER": _both("a seller", "卖家"),
    "SourceKind.PAYMENT": _both("a payment institution", "支付机构"),
    "SourceKind.CARRIER": _both("a carrier", "物流公司"),
    "SourceKind.PUBLIC": _both("a public source", "公开来源"),
    "SourceKind.PERSON": _both("another person", "其他个人"),
    "SourceKind.PARTNER": _both("a partner", "合作方"),
    "ChildRule.ALLOWED": _both("open", "可用"),
    "ChildRule.GUARDIAN": _both("open with the consent of a verified guardian", "须经核实的监护人同意"),
    "ChildRule.NEVER": _both("closed", "不可用"),
    "UnknownAgeRule.ALLOWED": _both("open", "可用"),
    "UnknownAgeRule.AS_CHILD": _both("treated as for a child", "按儿童处理"),
    "UnknownAgeRule.NEVER": _both("closed", "不可用"),
    "TrackerKind.COOKIE": _both("cookie", "Cookie"),
    "TrackerKind.LOCAL_STORAGE": _both("local storage", "本地存储"),
    "TrackerKind.BEACON": _both("beacon", "信标"),
    "TrackerKind.MAIL_PIXEL": _both("mail pixel", "邮件像素"),
    "TrackerKind.IDENTIFIER": _both("identifier", "标识符"),
    "RecipientKind.SDK": _both("SDK", "SDK"),
    "RecipientKind.PROCESSOR": _both("processor", "受托人"),
    "RecipientKind.AFFILIATE": _both("affiliate", "关联公司"),
    "RecipientKind.SUPPLIER": _both("supplier", "供应商"),
    "RecipientKind.PARTNER": _both("partner", "合作方"),
    "RecipientKind.ADVERTISING": _both("advertising and analysis", "广告与分析"),
    "RecipientKind.AUTHORITY": _both("authority", "国家机关"),
    "RecipientKind.PUBLIC": _both("the public", "公众"),
    "Form.IDENTIFIED": _both("identified", "可识别"),
    "Form.DE_IDENTIFIED": _both("de-identified", "去标识化"),
    "Form.AGGREGATE": _both("aggregate", "汇总统计"),
    "Condition.AGREEMENT": _both("an agreement in force", "有效协议"),
    "Condition.ASSESSMENT": _both("an impact assessment", "影响评估"),
    "Condition.SECURITY_TEST": _both("a security test", "安全检测"),
    "Start.COLLECTION": _both("collection", "收集"),
    "Start.LAST_USE": _both("the last use", "最后一次使用"),
    "Start.CASE_CLOSED": _both("the close of the case", "结案"),
    "Start.CANCELLATION": _both("the closing of your account", "账号注销"),
    "Start.ERASURE": _both("the erasure of your data", "您的数据被删除"),
    "Afterwards.ERASE": _both("erase", "删除"),
    "Afterwards.ANONYMISE": _both("anonymise", "匿名化"),
    "ClockStart.RECEIPT": _both("receipt", "收到请求"),
    "ClockStart.VERIFICATION": _both("verification", "核实身份"),
    "Copy.JSON": _both("JSON", "JSON"),
    "Copy.CSV": _both("CSV", "CSV"),
    "Copy.PAGE": _both("a readable page", "可读网页"),
    "Right.ACCESS": _both("access", "查阅"),
    "Right.COPY": _both("copy", "复制"),
    "Right.CORRECTION": _both("correction", "更正"),
    "Right.ERASURE": _both("erasure", "删除"),
    "Right.RESTRICTION": _both("restriction", "限制处理"),
    "Right.PORTABILITY": _both("portability", "转移"),
    "Right.WITHDRAWAL": _both("withdrawal", "撤回同意"),
    "Right.CANCELLATION": _both("cancellation", "注销"),
    "Right.EXPLANATION": _both("explanation", "说明"),
    "Right.COMPLAINT": _both("complaint", "投诉"),
    "BeforeGuardian.REACH_GUARDIAN": _both("reaching a guardian", "联系监护人"),
    "BeforeGuardian.OWN_RIGHTS": _both("the child's own rights", "儿童本人行使权利"),
    "BeforeGuardian.EMERGENCY": _both("an emergency", "紧急情况"),
    "BeforeGuardian.LEGAL_DUTY": _both("a legal duty", "法定义务"),
    "Telling.BADGE": _both("a badge", "红点提示"),
    "Telling.POPUP": _both("a pop-up", "弹窗"),
    "Telling.MAIL": _both("mail", "邮件"),
    "Telling.SMS": _both("SMS", "短信"),
    "Telling.MESSAGE": _both("a message in the app", "站内消息"),
    "Telling.PAGE": _both("a notice on the policy's page", "政策页面公示"),
    "Telling.BROADCAST": _both("public notice", "公告"),
}

REGIONS: Final[Mapping[str, Mapping[Language, str]]] = {
    "cn": _both("mainland China", "中国大陆"),
    "eu": _both("the European Union", "欧盟"),
    "gb": _both("the United Kingdom", "英国"),
    "hk": _both("Hong Kong, China", "中国香港"),
    "jp": _both("Japan", "日本"),
    "mo": _both("Macao, China", "中国澳门"),
    "sg": _both("Singapore", "新加坡"),
    "tw": _both("Taiwan, China", "中国台湾"),
    "us": _both("the United States", "美国"),
}
"""Regions with a name; any other shows its code."""
