# SPDX-License-Identifier: Apache-2.0
"""The comparison of two versions, section by section, in the order of the file."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from upheld.policy.comparing import people, processing
from upheld.policy.comparing.change import Change, Direction
from upheld.policy.model import Policy
from upheld.policy.model.base import Part
from upheld.policy.model.governance import Trigger


def all_changes(old: Policy, new: Policy) -> Iterator[Change]:
    """List every change."""
    yield from _controller(old, new)
    for section, trigger in _TRIGGERS.items():
        yield from _entries(old, new, section, trigger)
    for section in ("residency", "incidents", "changes", "succession", "cessation", "scope"):
        yield from _single(section, getattr(old, section), getattr(new, section))
    yield from people.rights(old, new)
    yield from people.children(old, new)
    yield from people.grounds(old, new)


_TRIGGERS: Final[Mapping[str, Trigger | None]] = {
    "regulators": None,
    "categories": Trigger.BUSINESS_MODEL,
    "functions": Trigger.BUSINESS_MODEL,
    "purposes": Trigger.BUSINESS_MODEL,
    "permissions": Trigger.BUSINESS_MODEL,
    "trackers": Trigger.BUSINESS_MODEL,
    "recipients": Trigger.RECIPIENTS,
    "storage": Trigger.BUSINESS_MODEL,
    "publication": Trigger.RECIPIENTS,
    "duties": None,
    "commitments": None,
}

Detail = Callable[[str, Part, Part], Iterator[Change]]
_DETAILS: Final[Mapping[str, Detail]] = {
    "functions": processing.function,
    "purposes": processing.purpose,
    "recipients": processing.recipient,
    "storage": processing.period,
}


def _entries(old: Policy, new: Policy, section: str, trigger: Trigger | None) -> Iterator[Change]:
    before: Mapping[str, Part] = getattr(old, section)
    after: Mapping[str, Part] = getattr(new, section)
    for name in dict.fromkeys((*before, *after)):
        path = f"{section}.{name}"
        if name not in before:
            yield Change(path=path, direction=Direction.ADDED, what=f"{path} is new", trigger=trigger)
        elif name not in after:
            yield _removed(path, section, trigger)
        elif before[name] != after[name]:
            yield from _changed(path, section, before[name], after[name])


def _removed(path: str, section: str, trigger: Trigger | None) -> Change:
    """A promise taken back cuts what people have; a function, recipient or category that goes does not."""
    cuts = section in {"commitments", "storage", "duties"}
    found = Trigger.RIGHTS if cuts else trigger
    return Change(path=path, direction=Direction.REMOVED, what=f"{path} is gone", trigger=found, cuts_rights=cuts)


def _changed(path: str, section: str, before: Part, after: Part) -> Iterator[Change]:
    detail = _DETAILS.get(section)
    found = list(detail(path, before, after)) if detail else []
    yield from found
    if not found or getattr(before, "text", None) != getattr(after, "text", None):
        yield Change(path=path, direction=Direction.CHANGED, what=f"{path} is worded otherwise")


def _single(section: str, before: Part | None, after: Part | None) -> Iterator[Change]:
    if before == after:
        return
    direction = Direction.ADDED if before is None else Direction.REMOVED if after is None else Direction.CHANGED
    cuts = direction is Direction.REMOVED
    trigger = Trigger.RIGHTS if cuts or section == "changes" else _SINGLE.get(section)
    yield Change(path=section, direction=direction, what=f"{section} is {direction}", trigger=trigger, cuts_rights=cuts)


_SINGLE: Final = {"residency": Trigger.BUSINESS_MODEL, "scope": Trigger.BUSINESS_MODEL}


def _controller(old: Policy, new: Policy) -> Iterator[Change]:
    before, after = old.controller, new.controller
    if before is None or after is None:
        yield from _single("controller", before, after)
        return
    if (before.name, before.registration, before.region) != (after.name, after.registration, after.region):
        what = "the controller is another"
        yield Change(path="controller", direction=Direction.CHANGED, what=what, trigger=Trigger.OWNERSHIP)
    if before.officer != after.officer:
        what = "another contact is in charge"
        yield Change(path="controller.officer", direction=Direction.CHANGED, what=what, trigger=Trigger.CONTACT)
    for name in dict.fromkeys((*before.contacts, *after.contacts)):
        if before.contacts.get(name) != after.contacts.get(name):
            path = f"controller.contacts.{name}"
            direction = _direction(name in before.contacts, name in after.contacts)
            yield Change(path=path, direction=direction, what=f"{path} is {direction}", trigger=Trigger.CONTACT)


def _direction(before: bool, after: bool) -> Direction:
    if not before:
        return Direction.ADDED
    return Direction.CHANGED if after else Direction.REMOVED
