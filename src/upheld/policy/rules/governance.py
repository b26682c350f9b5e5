# SPDX-License-Identifier: Apache-2.0
"""Rules on changes, incidents, successors, publication and cessation."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.governance import Trigger
from upheld.policy.rules.registry import Fault, rule


@rule("E901", "The list of major changes names every trigger.", remedy="add it under 'changes.major'")
def trigger_missing(policy: Policy) -> Iterator[Fault]:
    """Find kinds of change that would pass as minor."""
    if policy.changes is None:
        return
    named = {major.trigger for major in policy.changes.major.values()}
    for trigger in Trigger:
        if trigger not in named:
            yield Fault("changes", f"'{trigger.replace('_', '-')}' is not listed as a major change")


@rule("E902", "People are told of major changes, by stated ways and in stated time.", remedy="add 'tell' and 'lead'")
def change_untold(policy: Policy) -> Iterator[Fault]:
    """Find major changes that people would only notice."""
    if policy.changes and not policy.changes.tell:
        yield Fault("changes", "no way of telling a major change is named")
    if policy.changes and policy.changes.lead is None:
        yield Fault("changes", "no figure says how long before it applies a major change is told")


@rule(
    "E903",
    "After an incident people and the regulator are told, within a stated time.",
    remedy="add both under 'incidents.tell', each with 'within'",
    source="PIPL art. 57",
)
def incident_untold(policy: Policy) -> Iterator[Fault]:
    """Find incidents that somebody would not hear of, or at no stated time."""
    if policy.incidents is None:
        return
    whom = {notice.whom for notice in policy.incidents.tell.values()}
    for one in ("people", "regulator"):
        if one not in whom:
            yield Fault("incidents.tell", f"'{one}' is not told of an incident")
    for name, notice in policy.incidents.tell.items():
        if notice.within is None:
            yield Fault(f"incidents.tell.{name}", f"no figure says how soon '{notice.whom}' is told")


@rule("E904", "A successor is announced, by stated ways and in stated time.", remedy="add 'tell' and 'lead'")
def successor_unannounced(policy: Policy) -> Iterator[Fault]:
    """Find successors that people would meet unannounced."""
    if policy.succession and not (policy.succession.tell and policy.succession.lead):
        yield Fault("succession", "no way and time of telling about a successor is named")


@rule("E905", "Publication by law leaves its reference.", remedy="add 'evidence'")
def publication_without_reference(policy: Policy) -> Iterator[Fault]:
    """Find publications that cite nothing."""
    for name, case in policy.publication.items():
        if case.by == "law" and not case.evidence:
            yield Fault(f"publication.{name}", f"'{name}' demands no reference")


@rule("E906", "The end of the product is announced in stated time.", remedy="add 'cessation.lead'")
def sudden_end(policy: Policy) -> Iterator[Fault]:
    """Find products that may stop overnight."""
    if policy.cessation and policy.cessation.lead is None:
        yield Fault("cessation", "no figure says how long before the stop people are told")
