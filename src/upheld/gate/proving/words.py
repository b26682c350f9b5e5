# SPDX-License-Identifier: Apache-2.0
"""A counterexample in words, in both languages: the ask, the facts before and after, the clauses."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from upheld.gate.explaining import explain
from upheld.gate.proving.situations import NOW
from upheld.gate.proving.values import Pair, Property
from upheld.gate.values import Ask, Denial, Facts, Permit, Stop
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.terms import Act, Actor, Language


class Narrowing(StrEnum):
    """What makes less lawful than before."""

    WITHDRAWING = "withdrawing"
    GUARDIAN_WITHDRAWING = "guardian-withdrawing"
    LOSING_GUARDIAN = "losing-guardian"
    YOUNGER = "growing-younger"
    AGE_UNKNOWN = "age-unknown"
    AGE_FORGOTTEN = "age-forgotten"
    OBJECTING = "objecting"
    STOPPING = "stopping"
    LOSING_PAPERS = "losing-papers"


NARROWINGS: Final[dict[Narrowing, Pair]] = {
    Narrowing.WITHDRAWING: ("the person withdrew a consent", "该个人撤回一项同意"),
    Narrowing.GUARDIAN_WITHDRAWING: ("the guardian withdrew a consent", "监护人撤回一项同意"),
    Narrowing.LOSING_GUARDIAN: ("no guardian stands any more", "不再有经核实的监护人"),
    Narrowing.YOUNGER: ("the person turned out to be a child", "该个人实为儿童"),
    Narrowing.AGE_UNKNOWN: ("the age turned out not to be known", "该个人年龄实为未知"),
    Narrowing.AGE_FORGOTTEN: ("the age of a child is not known any more", "该儿童的年龄不再为人所知"),
    Narrowing.OBJECTING: ("the person objected", "该个人提出异议"),
    Narrowing.STOPPING: (
        "the person was restricted, cancelled or erased, or the version or the service ended",
        "该个人的处理被限制、账号注销或信息删除，或版本、服务终止",
    ),
    Narrowing.LOSING_PAPERS: (
        "a paper of the recipient, source or successor ended, or the recipient was stopped",
        "接收方、来源或承继方的文件失效，或接收方被叫停",
    ),
}

PROPERTIES: Final[dict[Property, Pair]] = {
    Property.TOTAL: (
        "Every ask has an answer: a permit with its clauses, or a denial with its reasons.",
        "任何询问均有答复：准许并载明条款，或拒绝并载明理由。",
    ),
    Property.UNKNOWN_REFUSED: (
        "What the policy does not declare, and whom nobody admitted, is refused.",
        "政策未声明的事项及未登记的个人一律拒绝。",
    ),
    Property.NARROWING: (
        "Withdrawing, objecting, restricting, growing younger, losing a guardian or a paper never permits what was denied.",
        "撤回、异议、限制、年龄更小、失去监护人或文件，均不会使已拒绝的事项变为准许。",
    ),
    Property.CHILD: (
        "Nothing of a child's passes without a guardian, but for the listed acts.",
        "除列明行为外，未经监护人不处理儿童信息。",
    ),
    Property.SENSITIVE: (
        "Nothing sensitive passes without a consent to just that or a listed ground with its evidence, but for the listed acts.",
        "除列明行为外，未经单独同意或列明情形及其依据，不处理敏感个人信息。",
    ),
    Property.REFERENCE: (
        "The compiled rulebook answers as the plain reading of policy and facts does.",
        "编译后的规则与对政策和事实的直接解读一致。",
    ),
}

ACTS: Final[dict[Act, Pair]] = {
    Act.COLLECT: ("collect", "收集"),
    Act.USE: ("use", "使用"),
    Act.INFER: ("infer", "推断"),
    Act.AUTOMATED_DECISION: ("decide automatically on", "自动化决策"),
    Act.PERMISSION: ("ask the device for", "申请设备权限"),
    Act.SHARE: ("share", "提供"),
    Act.ENTRUST: ("entrust", "委托处理"),
    Act.PUBLISH: ("publish", "公开"),
    Act.TRANSFER: ("transfer for good", "转让"),
    Act.SEND_ABROAD: ("send abroad", "出境"),
    Act.MESSAGE: ("send messages with", "发送消息"),
    Act.KEEP: ("keep", "存储"),
    Act.STAFF_OPEN: ("let staff open", "员工查看"),
    Act.SET_TRACKER: ("set a tracker that learns", "设置跟踪技术以获取"),
}
_ACTORS: Final[dict[Actor, Pair]] = {
    Actor.SELF: ("the person", "本人"),
    Actor.GUARDIAN: ("the guardian", "监护人"),
    Actor.STAFF: ("staff", "员工"),
    Actor.SERVICE: ("the service", "服务"),
}
_STOPS: Final[dict[Stop, Pair]] = {
    Stop.UNKNOWN_PERSON: ("nobody admitted the person", "该个人未登记"),
    Stop.RESTRICTED: ("the data is restricted", "已停止除存储外的处理"),
    Stop.CANCELLED: ("the account is cancelled", "账号已注销"),
    Stop.ERASED: ("the person was erased", "信息已删除"),
}
_NO_DATA: Final[Pair] = ("no data", "无数据")


def ask_in_words(policy: Policy, ask: Ask) -> Pair:
    """Say an ask."""
    label = policy.processing[ask.purpose].label if ask.purpose in policy.processing else None
    en, zh = (f" ({say(label, language)})" if label else "" for language in (Language.EN, Language.ZH_HANS))
    data = ", ".join(ask.categories)
    act, actor = ACTS[ask.act], _ACTORS[ask.actor]
    details = [pair for name, value in _details(ask) if value for pair in ((name[0] + value, name[1] + value),)]
    return (
        f"Ask: {act[0]} {data or _NO_DATA[0]} for {ask.purpose}{en}; who acts: "
        + "; ".join([actor[0], *(pair[0] for pair in details)]),
        f"询问：为 {ask.purpose}{zh} {act[1]} {data or _NO_DATA[1]}；行为人："
        + "；".join([actor[1], *(pair[1] for pair in details)]),
    )


def _details(ask: Ask) -> Iterator[tuple[Pair, str]]:
    yield ("recipient: ", "接收方："), ask.recipient or ""
    yield ("ground: ", "情形："), ask.ground or ""
    yield ("source: ", "来源："), ask.source or ""
    yield ("device permission: ", "设备权限："), ask.permission or ""
    yield ("to region: ", "目的地："), ask.destination or ""
    yield ("form: ", "形式："), ask.form or ""
    yield ("in the background", "后台"), "" if ask.foreground else " "
    yield ("without evidence", "无依据"), "" if ask.evidence or not ask.ground else " "


def facts_in_words(facts: Facts, bits: Mapping[str, int], topics: frozenset[str], ask: Ask) -> Pair:
    """Say the facts that bear on an ask; what is not said is in order."""
    said = list(_of_person(facts, bits, topics)) + list(_of_world(facts, ask))
    return "Facts: " + "; ".join(one[0] for one in said) + ".", "事实：" + "；".join(one[1] for one in said) + "。"


def _of_person(facts: Facts, bits: Mapping[str, int], topics: frozenset[str]) -> Iterator[Pair]:
    person = facts.person
    if person.adult or (person.adult_at is not None and person.adult_at <= NOW):
        yield "an adult", "成年人"
    elif person.adult_at is None:
        yield "of unknown age", "年龄未知"
    else:
        yield "a child", "儿童"
    if not person.adult and person.guardian_until > NOW:
        yield "a verified guardian stands", "有经核实的监护人"
        yield _granted(("the guardian granted", "监护人已同意"), person.guardian_held, bits, topics)
    yield _granted(("the person granted", "本人已同意"), person.held, bits, topics)
    yield from (words for stop, words in _STOPS.items() if person.stops & stop)
    if person.objected:
        yield "the person objected to the purpose", "本人对该目的提出异议"


def _granted(who: Pair, held: int, bits: Mapping[str, int], topics: frozenset[str]) -> Pair:
    named = sorted(topic for topic in topics if held & bits.get(topic, 0))
    return f"{who[0]}: {', '.join(named) or 'nothing'}", f"{who[1]}：{'、'.join(named) or '无'}"


def _of_world(facts: Facts, ask: Ask) -> Iterator[Pair]:
    version, world = facts.person.version, facts.world
    start, end = world.versions.get(version, (1, 0))
    if not start <= NOW < end:
        yield "the version that binds the person is not in force", "对该个人适用的版本未生效或已失效"
    if world.ceased_at <= NOW:
        yield "the service ended", "服务已终止"
    known = world.recipients.get(ask.recipient or "")
    if ask.recipient is not None:
        papers = [name for name, (begin, until) in known.papers.items() if begin <= NOW < until] if known else []
        yield f"papers in force: {', '.join(papers) or 'none'}", f"有效文件：{'、'.join(papers) or '无'}"
    if known is not None and known.stopped:
        yield "the recipient is stopped", "接收方已被叫停"
    if ask.source is not None:
        having = [name for name, (begin, until) in world.sources.get(ask.source, {}).items() if begin <= NOW < until]
        yield (
            f"papers of the source in force: {', '.join(having) or 'none'}",
            f"来源的有效文件：{'、'.join(having) or '无'}",
        )
    if ask.recipient == "successor" and not world.successor[0] <= NOW < world.successor[1]:
        yield "the successor is not bound", "承继方不受本政策约束"


def answer_in_words(answer: Permit | Denial, policy: Policy) -> Pair:
    """Say an answer."""
    return " ".join(explain(answer, policy, Language.EN)), "".join(explain(answer, policy, Language.ZH_HANS))
