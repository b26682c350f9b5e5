# SPDX-License-Identifier: Apache-2.0
"""Rules on who answers, how to reach them, dates, and chapters that may not be empty."""

from collections.abc import Iterator

from upheld import controls
from upheld.policy.model import Policy
from upheld.policy.model.identity import ContactKind
from upheld.policy.rules.registry import Fault, rule


@rule("E101", "A policy names its controller.", remedy="add 'controller' with its name", source="PIPL art. 17(1)")
def no_controller(policy: Policy) -> Iterator[Fault]:
    """Find a policy for which nobody answers."""
    if policy.controller is None or not any(words.strip() for words in policy.controller.name.values()):
        yield Fault("controller", "nobody is named who answers for the data")
    if policy.controller is not None and not policy.controller.address:
        yield Fault("controller", "the controller gives no 'address'")


@rule(
    "E102",
    "A person without an account can reach the controller.",
    remedy="mark one contact that strangers can use with 'outsiders: true'",
    source="PIPL art. 17(1)",
)
def no_way_in(policy: Policy) -> Iterator[Fault]:
    """Find a controller who can be reached from inside the product only."""
    if policy.controller and not any(contact.outsiders for contact in policy.controller.contacts.values()):
        yield Fault("controller.contacts", "no contact can be used by a person without an account")


@rule(
    "E103",
    "Somebody is in charge of protecting personal data.",
    remedy="name a contact as 'controller.officer'",
    source="PIPL art. 52",
)
def no_officer(policy: Policy) -> Iterator[Fault]:
    """Find a controller without an officer."""
    if policy.controller and policy.controller.officer is None:
        yield Fault("controller", "no contact is named as officer")


@rule("E104", "A contact outside the app has an address.", remedy="add its 'address'")
def contact_without_address(policy: Policy) -> Iterator[Fault]:
    """Find a contact that leads nowhere."""
    contacts = policy.controller.contacts if policy.controller else {}
    for name, contact in contacts.items():
        if contact.kind is not ContactKind.IN_APP and not contact.address:
            yield Fault(f"controller.contacts.{name}", f"the contact '{name}' has no address")


@rule("E105", "A version says when it was updated and from when it applies.", remedy="add 'updated' and 'effective'")
def no_dates(policy: Policy) -> Iterator[Fault]:
    """Find a version without its dates."""
    for name, day in (("updated", policy.updated), ("effective", policy.effective)):
        if day is None:
            yield Fault(name, f"the date '{name}' is missing")


@rule("E106", "A version takes effect no earlier than it was updated.", remedy="move 'effective' to a later day")
def binds_backwards(policy: Policy) -> Iterator[Fault]:
    """Find a version that would bind people before it existed."""
    if not controls.in_force("policy.dates_in_order"):
        return
    if policy.updated and policy.effective and policy.effective < policy.updated:
        yield Fault("effective", f"it takes effect on {policy.effective}, before its update on {policy.updated}")


@rule("E107", "Every chapter that a notice must have is filled.", remedy="write the section", source="PIPL art. 17")
def empty_chapter(policy: Policy) -> Iterator[Fault]:
    """Find sections without which a notice says too little; a policy that promises all of them leaves none empty."""
    whole = any("policy.checked_before_publish" in one.controls for one in policy.commitments.values())
    for name in (*_NEEDED, *(_PROMISED if whole else ())):
        if not getattr(policy, name):
            yield Fault(name, f"the section '{name}' is missing or empty")


_NEEDED = (
    "categories",
    "functions",
    "storage",
    "residency",
    "rights",
    "children",
    "changes",
    "incidents",
    "succession",
    "publication",
    "cessation",
    "scope",
)

_PROMISED = ("trackers", "recipients", "duties")
"""Sections that a policy may do without, unless a commitment says that every one of them is filled."""


@rule(
    "E108",
    "A person who is not satisfied can turn to an outside body.",
    remedy="name one under 'regulators'",
    source="PIPL art. 50, 65",
)
def no_regulator(policy: Policy) -> Iterator[Fault]:
    """Find a policy whose own desk has the last word."""
    if not policy.regulators:
        yield Fault("regulators", "no outside body is named")
