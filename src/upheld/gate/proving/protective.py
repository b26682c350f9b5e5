# SPDX-License-Identifier: Apache-2.0
"""The written lists: what may pass although a property says no, each with its reason.

A list is closed. What a policy declares beyond it is a counterexample.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from upheld.gate.proving.values import Pair, Property
from upheld.gate.reference_names import HANDING_OVER, LAW
from upheld.gate.reference_policy import Asked
from upheld.policy.model.data import About
from upheld.policy.model.processing import ChildRule, Function, UnknownAgeRule
from upheld.policy.model.recipients import Form, Role
from upheld.terms import Act, Actor, Tier


@dataclass(frozen=True, slots=True)
class Protective:
    """One kind of act that is excepted.

    Args:
        id: names it in a proof.
        reason: why it protects, in both languages.
        applies: whether an ask is of this kind, by the policy alone.
    """

    id: str
    reason: Pair
    applies: Callable[[Asked], bool]


def _about(asked: Asked) -> set[About]:
    known = asked.policy.categories
    return {known[name].about for name in asked.ask.categories if name in known}


GROWING_YOUNGER: Final = (
    Protective(
        "childs-ground",
        (
            "It rests on a ground that the policy lists for the protection of children; an adult has no use of it.",
            "依据政策为保护儿童列明的情形；成年人不适用。",
        ),
        lambda asked: asked.childs is not None,
    ),
    Protective(
        "childs-record",
        (
            "It gathers what is about a child, which is kept under the child's own record and under no adult's.",
            "收集的是儿童信息，归于该儿童本人名下，不归于成年人。",
        ),
        lambda asked: asked.act == Act.COLLECT and About.CHILD in _about(asked),
    ),
    Protective(
        "guardian-acts",
        (
            "A guardian acts, who stands for a child and for nobody of full age.",
            "由监护人行事；监护人代表儿童，不代表成年人。",
        ),
        lambda asked: asked.ask.actor is Actor.GUARDIAN,
    ),
)
"""Acts that pass for a child, or for someone whose age is not known, and not for an adult with the same consents."""

FORGETTING_AGE: Final = (
    Protective(
        "open-to-unknown-age",
        (
            "The policy lets this pass while nobody stated an age: to ask everyone would collect more.",
            "政策允许在年龄未声明时处理此项：向所有人询问年龄会收集更多信息。",
        ),
        lambda asked: asked.pr is not None and asked.pr.unknown_age is UnknownAgeRule.ALLOWED,
    ),
)
"""Acts that pass where the age is not known, and not for one known to be a child."""


def _own_right(asked: Asked) -> bool:
    children = asked.policy.children
    return asked.right is not None and (
        children is None or "own_rights" in {one.value for one in children.before_guardian}
    )


def _rests_on_law(asked: Asked) -> bool:
    chosen = isinstance(asked.pr, Function) and asked.pr.tier is Tier.EXTENDED
    return asked.pr is not None and asked.pr.basis.value in LAW and not chosen


def _open_to_children(asked: Asked) -> bool:
    """What is open to children touches nothing sensitive and nothing that a guardian keeps of a child."""
    known = asked.pr or (asked.tracker if asked.tracker is not None and asked.tracker.essential else None)
    if known is None or known.child is not ChildRule.ALLOWED:
        return False
    declared = [asked.policy.categories[name] for name in asked.ask.categories if name in asked.policy.categories]
    return not any(category.sensitive or category.about is About.CHILD for category in declared)


WITHOUT_GUARDIAN: Final = (
    Protective(
        "own-right",
        (
            "It answers a right that the child uses for itself, which the policy lets pass before a guardian stands.",
            "答复儿童本人行使的权利，政策允许在监护人核实前进行。",
        ),
        _own_right,
    ),
    Protective(
        "keep",
        ("It stores what is already held and does nothing else with it.", "仅存储已持有的信息，不作其他处理。"),
        lambda asked: asked.act == Act.KEEP,
    ),
    Protective(
        "open-to-children",
        (
            "The policy declares it open to children (a tracker, only if needed), and the data is no sensitive or child's record.",
            "政策声明其对儿童开放：某一目的，或产品必需的跟踪技术；且信息既非敏感信息，也非儿童记录。",
        ),
        _open_to_children,
    ),
    Protective(
        "law",
        (
            "The policy declares the purpose open to children, and a law, life and health or a public task demands it.",
            "政策声明该目的对儿童开放，且为法律、生命健康或公共任务所要求。",
        ),
        lambda asked: asked.pr is not None and asked.pr.child is ChildRule.ALLOWED and _rests_on_law(asked),
    ),
    Protective(
        "before-guardian",
        (
            "It rests on a ground that the policy lets pass before a guardian is verified: an emergency, a duty of law.",
            "依据政策允许在监护人核实前适用的情形：紧急情况或法定义务。",
        ),
        lambda asked: asked.listed is not None and asked.passes_before_guardian(),
    ),
    Protective(
        "childs-ground",
        (
            "It rests on a ground that the policy lists for the protection of children.",
            "依据政策为保护儿童列明的情形。",
        ),
        lambda asked: asked.childs is not None,
    ),
)
"""Acts on a child's data that pass while no guardian stands for the child."""


def _on_a_ground(asked: Asked) -> bool:
    ground = asked.listed or asked.childs
    return ground is not None and asked.filled(ground.evidence)


def _entrusted(asked: Asked) -> bool:
    to = asked.recipient
    return to is not None and asked.act in HANDING_OVER and asked.act != Act.TRANSFER and to.role is Role.PROCESSOR


SENSITIVE: Final = (
    Protective(
        "ground",
        (
            "It rests on a ground that the policy lists, with the evidence that the ground demands.",
            "依据政策列明的情形，并附该情形要求的依据。",
        ),
        _on_a_ground,
    ),
    Protective(
        "right",
        ("It answers a right of the person.", "答复该个人行使的权利。"),
        lambda asked: asked.right is not None,
    ),
    Protective(
        "keep",
        ("It stores what is already held and does nothing else with it.", "仅存储已持有的信息，不作其他处理。"),
        lambda asked: asked.act == Act.KEEP,
    ),
    Protective(
        "law",
        (
            "The purpose rests on a duty of law, on life and health, or on a public task, and is nobody's choice.",
            "该目的基于法定义务、生命健康或公共任务，且不属可选功能。",
        ),
        _rests_on_law,
    ),
    Protective(
        "entrusted",
        (
            "A processor receives it, who acts on instruction alone for the purpose it was collected for.",
            "由受托人接收，仅按指示为收集目的处理。",
        ),
        _entrusted,
    ),
    Protective(
        "successor",
        (
            "Whoever takes the product over receives it, bound by the same policy or by the person's consent.",
            "由产品的承继方接收，其受同一政策约束或已经本人同意。",
        ),
        lambda asked: asked.to_successor,
    ),
    Protective(
        "aggregate",
        ("What is handed over singles out nobody.", "所提供的信息不指向任何个人。"),
        lambda asked: (
            asked.act in HANDING_OVER and asked.recipient is not None and asked.recipient.form is Form.AGGREGATE
        ),
    ),
)
"""Acts on sensitive data that pass without a consent to just that."""

LISTS: Final[Mapping[Property, tuple[Protective, ...]]] = {
    Property.NARROWING: (*GROWING_YOUNGER, *FORGETTING_AGE),
    Property.CHILD: WITHOUT_GUARDIAN,
    Property.SENSITIVE: SENSITIVE,
}
"""Every written list, by the property that it excepts from."""
