# SPDX-License-Identifier: Apache-2.0
"""Rules on recipients and SDKs: the directory is complete and gives no more than its purposes need."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.recipients import Condition, Form, Recipient, RecipientKind
from upheld.policy.model.storage import AllowedBy
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import LawfulBasis


def _each(policy: Policy) -> Iterator[tuple[str, str, Recipient]]:
    for name, recipient in policy.recipients.items():
        yield f"recipients.{name}", name, recipient


@rule(
    "E501",
    ("A recipient says for which purposes, what data, and when.", "接收方写明目的、信息与时机。"),
    remedy=("fill 'purposes', 'receives' and 'scene'", "填写“purposes”“receives”和“scene”"),
    source="PIPL art. 23; Network Data Security Regulations art. 21",
)
def incomplete(policy: Policy) -> Iterator[Fault]:
    """Find holes in the directory."""
    for path, name, recipient in _each(policy):
        for field in ("purposes", "receives", "scene"):
            if not getattr(recipient, field):
                yield Fault(path, (f"the recipient '{name}' has no '{field}'", f"接收方“{name}”未填写“{field}”"))


@rule(
    "E502",
    ("An SDK names its package.", "SDK 写明包名。"),
    remedy=("add 'package'", "填写“package”"),
    source="MIIT 2021 No. 292",
)
def sdk_without_package(policy: Policy) -> Iterator[Fault]:
    """Find SDKs that nobody could find in the build."""
    for path, name, recipient in _each(policy):
        if recipient.kind is RecipientKind.SDK and not recipient.package:
            yield Fault(path, (f"the SDK '{name}' has no package", f"SDK“{name}”未写包名"))


@rule("E503", ("A recipient links its own policy.", "接收方附其自身政策的链接。"), remedy=("add 'link'", "填写“link”"))
def without_link(policy: Policy) -> Iterator[Fault]:
    """Find recipients whose own policy a person cannot read."""
    for path, name, recipient in _each(policy):
        if recipient.link is None and recipient.kind not in _NEED_NO_LINK:
            yield Fault(
                path, (f"the recipient '{name}' has no link to its own policy", f"接收方“{name}”未附其政策链接")
            )


_NEED_NO_LINK = {RecipientKind.AUTHORITY, RecipientKind.PUBLIC}


@rule(
    "E504",
    ("What is off by default is among what is received.", "默认关闭的信息属于所接收的信息。"),
    remedy=("correct 'off-by-default'", "更正“off-by-default”"),
)
def off_but_not_received(policy: Policy) -> Iterator[Fault]:
    """Find switches for nothing."""
    for path, name, recipient in _each(policy):
        received = set(recipient.receives)
        for category in recipient.off_by_default:
            if category not in received:
                yield Fault(
                    f"{path}.off-by-default",
                    (f"'{name}' does not receive '{category}' at all", f"“{name}”并不接收“{category}”"),
                )


@rule(
    "E505",
    ("A recipient receives only what its purposes touch.", "接收方仅取得其目的所涉信息。"),
    remedy=("remove the category, or add it to the function", "删除该类别，或加入相应功能"),
    source="PIPL art. 6",
)
def more_than_its_purposes(policy: Policy) -> Iterator[Fault]:
    """Find recipients that receive more than they are for."""
    for path, name, recipient in _each(policy):
        if recipient.form is Form.AGGREGATE:
            continue
        touched = {one for purpose in recipient.purposes for one in _touched(policy, purpose)}
        for category in recipient.receives:
            if category not in touched:
                yield Fault(
                    f"{path}.receives",
                    (
                        f"'{name}' receives '{category}', which none of its purposes touches",
                        f"“{name}”接收“{category}”，而其目的均不涉及",
                    ),
                )


def _touched(policy: Policy, purpose: str) -> tuple[str, ...]:
    found = policy.processing.get(purpose)
    return found.categories if found else ()


@rule(
    "E506",
    ("A recipient abroad is covered by a case in which data may leave.", "境外接收方须有相应出境情形。"),
    remedy=("add a case under 'residency.abroad'", "在“residency.abroad”中增加情形"),
    source="PIPL art. 38, 39",
)
def abroad_without_passage(policy: Policy) -> Iterator[Fault]:
    """Find recipients abroad that no case lets data go to."""
    if policy.residency is None:
        return
    ways = {passage.by for passage in policy.residency.abroad.values()}
    if ways & {AllowedBy.LAW, AllowedBy.SEPARATE_CONSENT}:
        return
    for path, name, recipient in _each(policy):
        if recipient.region != policy.residency.region:
            yield Fault(
                f"{path}.region",
                (f"'{name}' is abroad, and no case lets data leave", f"“{name}”在境外，而没有可出境的情形"),
            )


@rule(
    "E507",
    ("A recipient is bound by an agreement.", "接收方受协议约束。"),
    remedy=("add 'agreement' to 'needs'", "在“needs”中加入“agreement”"),
    source="PIPL art. 21; GB/T 35273-2020, 9.1, 9.7",
)
def without_agreement(policy: Policy) -> Iterator[Fault]:
    """Find recipients that nothing binds."""
    for path, name, recipient in _each(policy):
        if recipient.kind not in _NEED_NO_LINK and Condition.AGREEMENT not in recipient.needs:
            yield Fault(path, (f"the recipient '{name}' needs no agreement", f"接收方“{name}”未要求协议"))


@rule(
    "E508",
    ("An impact assessment comes before personal data is provided or sent abroad.", "提供或出境前须进行影响评估。"),
    remedy=("add 'assessment' to 'needs'", "在“needs”中加入“assessment”"),
    source="PIPL art. 55(3), 55(4)",
)
def without_assessment(policy: Policy) -> Iterator[Fault]:
    """Find disclosures that nobody assessed: sensitive data, or data that goes abroad."""
    home = policy.residency.region if policy.residency else None
    for path, name, recipient in _each(policy):
        sensitive = any(one in policy.categories and policy.categories[one].sensitive for one in recipient.receives)
        abroad = home is not None and recipient.region != home
        if (sensitive or abroad) and Condition.ASSESSMENT not in recipient.needs:
            en, zh = ("sensitive data", "敏感信息") if sensitive else ("data abroad", "出境信息")
            yield Fault(path, (f"'{name}' receives {en} without an assessment", f"“{name}”未经评估取得{zh}"))


@rule(
    "E509",
    ("Advertising receives what identifies a person only by consent.", "广告方仅可经同意取得可识别个人的信息。"),
    remedy=("set 'basis: consent', or another form", "改为“basis: consent”或采用其他形式"),
)
def advertising_without_consent(policy: Policy) -> Iterator[Fault]:
    """Find advertising partners that would learn who people are without asking them."""
    for path, name, recipient in _each(policy):
        told = recipient.kind is RecipientKind.ADVERTISING and recipient.form is not Form.AGGREGATE
        if told and recipient.basis is not LawfulBasis.CONSENT:
            yield Fault(
                f"{path}.basis",
                (
                    f"'{name}' would receive personal data for advertising without consent",
                    f"“{name}”将未经同意取得个人信息用于广告",
                ),
            )


@rule(
    "W510",
    ("A recipient is reviewed at a stated interval.", "按写明的间隔复查接收方。"),
    remedy=("add 'supervised'", "填写“supervised”"),
)
def never_reviewed(policy: Policy) -> Iterator[Fault]:
    """Find recipients that are admitted once and never looked at again."""
    for path, name, recipient in _each(policy):
        if recipient.kind not in _NEED_NO_LINK and recipient.supervised is None:
            yield Fault(path, (f"the recipient '{name}' is never reviewed", f"接收方“{name}”从不复查"))
