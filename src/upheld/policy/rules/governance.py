# SPDX-License-Identifier: Apache-2.0
"""Rules on changes, incidents, successors, publication and cessation."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.governance import Trigger
from upheld.policy.rules.registry import Fault, rule


@rule(
    "E901",
    ("The list of major changes names every trigger.", "重大变更清单涵盖各类触发情形。"),
    remedy=("add it under 'changes.major'", "在 changes.major 中补充"),
)
def trigger_missing(policy: Policy) -> Iterator[Fault]:
    """Find kinds of change that would pass as minor."""
    if policy.changes is None:
        return
    named = {major.trigger for major in policy.changes.major.values()}
    for trigger in Trigger:
        if trigger not in named:
            kind = hyphened(trigger)
            yield Fault("changes", (f"'{kind}' is not listed as a major change", f"“{kind}”未列为重大变更"))


@rule(
    "E902",
    (
        "People are told of major changes, by stated ways and in stated time.",
        "重大变更以载明的方式、在载明的时间前告知。",
    ),
    remedy=("add 'tell' and 'lead'", "补充 tell 与 lead"),
)
def change_untold(policy: Policy) -> Iterator[Fault]:
    """Find major changes that people would only notice."""
    if policy.changes and not policy.changes.tell:
        yield Fault("changes", ("no way of telling a major change is named", "未写明重大变更的告知方式"))
    if policy.changes and policy.changes.lead is None:
        message = "no figure says how long before it applies a major change is told"
        yield Fault("changes", (message, "未写明重大变更提前多久告知"))


@rule(
    "E903",
    (
        "After an incident people and the regulator are told, within a stated time.",
        "安全事件后在载明时间内告知个人与监管机构。",
    ),
    remedy=("add both under 'incidents.tell', each with 'within'", "在 incidents.tell 中补充二者并写明 within"),
    source="PIPL art. 57",
)
def incident_untold(policy: Policy) -> Iterator[Fault]:
    """Find incidents that somebody would not hear of, or at no stated time."""
    if policy.incidents is None:
        return
    whom = {notice.whom for notice in policy.incidents.tell.values()}
    for one in ("people", "regulator"):
        if one not in whom:
            yield Fault("incidents.tell", (f"'{one}' is not told of an incident", f"发生事件时未告知 {one}"))
    for name, notice in policy.incidents.tell.items():
        if notice.within is None:
            message = f"no figure says how soon '{notice.whom}' is told"
            yield Fault(f"incidents.tell.{name}", (message, f"未写明多久内告知 {notice.whom}"))


@rule(
    "E904",
    ("A successor is announced, by stated ways and in stated time.", "承接方以载明的方式、在载明的时间前告知。"),
    remedy=("add 'tell' and 'lead'", "补充 tell 与 lead"),
    source="PIPL art. 22",
)
def successor_unannounced(policy: Policy) -> Iterator[Fault]:
    """Find successors that people would meet unannounced."""
    if policy.succession and not (policy.succession.tell and policy.succession.lead):
        yield Fault(
            "succession", ("no way and time of telling about a successor is named", "未写明承接方的告知方式与时间")
        )


@rule(
    "E905",
    ("Publication by law leaves its reference.", "依法公开须留存依据。"),
    remedy=("add 'evidence'", "补充 evidence"),
    source="PIPL art. 25",
)
def publication_without_reference(policy: Policy) -> Iterator[Fault]:
    """Find publications that cite nothing."""
    for name, case in policy.publication.items():
        if case.by == "law" and not case.evidence:
            yield Fault(f"publication.{name}", (f"'{name}' demands no reference", f"“{name}”未要求依据"))


@rule(
    "E906",
    ("The end of the product is announced in stated time.", "停止运营在载明的时间前公告。"),
    remedy=("add 'cessation.lead'", "补充 cessation.lead"),
)
def sudden_end(policy: Policy) -> Iterator[Fault]:
    """Find products that may stop overnight."""
    if policy.cessation and policy.cessation.lead is None:
        yield Fault(
            "cessation", ("no figure says how long before the stop people are told", "未写明停止运营提前多久告知")
        )
