# SPDX-License-Identifier: Apache-2.0
"""Which clause a rule is about: ids as the policy file spells its paths. No text of a caller ever becomes a clause."""

from collections.abc import Mapping
from typing import Final

from upheld.policy import Policy
from upheld.policy.model.storage import Ground
from upheld.terms import Act, Right

VERSIONS: Final = "changes"
PURPOSES: Final = "functions"
CATEGORIES: Final = "categories"
RECIPIENTS: Final = "recipients"
PERMISSIONS: Final = "permissions"
SOURCES: Final = "sources"
TRACKERS: Final = "trackers"
SUCCESSION: Final = "succession"
PUBLICATION: Final = "publication"
RESIDENCY: Final = "residency"
GUARDIAN: Final = "children.guardian"
CESSATION: Final = "cessation.stop"
RESTRICTION: Final = "rights.requests.restriction"
CANCELLATION: Final = "rights.requests.cancellation"
ERASURE: Final = "rights.requests.erasure"

RIGHT_PREFIX: Final = "right."
"""Begins the purposes that the gate knows by itself; no id of a policy file can hold a dot there."""

TRACKER_PREFIX: Final = "tracker."
"""Begins the purposes of setting trackers, which the gate knows by itself too."""

SUCCESSOR: Final = "successor"
"""The recipient of a transfer to whoever takes the product over, unless the policy declares one of that name."""

_OPERATION: Final[dict[Act, str]] = {
    Act.COLLECT: "collect",
    Act.PERMISSION: "collect",
    Act.SHARE: "share",
    Act.ENTRUST: "share",
    Act.SEND_ABROAD: "share",
    Act.TRANSFER: "transfer",
    Act.PUBLISH: "publish",
}
"""Under which operation a policy lists the grounds of an act; every other act is a use."""


def purpose(name: str, policy: Policy | None) -> str:
    """Name the clause of a purpose; the section where the policy does not declare it."""
    if policy is not None and name in policy.functions:
        return f"functions.{name}"
    if policy is not None and name in policy.purposes:
        return f"purposes.{name}"
    return PURPOSES


def permission(name: str | None, policy: Policy) -> str:
    """Name the clause of a device permission."""
    return f"permissions.{name}" if name in policy.permissions else PERMISSIONS


def recipient(name: str | None, policy: Policy) -> str:
    """Name the clause of a recipient."""
    return f"recipients.{name}" if name in policy.recipients else RECIPIENTS


def category(name: str, policy: Policy) -> str:
    """Name the clause of a category."""
    return f"categories.{name}" if name in policy.categories else CATEGORIES


def source(name: str | None, policy: Policy) -> str:
    """Name the clause of a source."""
    return f"sources.{name}" if name in policy.sources else SOURCES


def tracker(name: str | None) -> str:
    """Name the clause of a tracker of the policy; the section where there is none."""
    return TRACKERS if name is None else f"trackers.{name}"


def tracker_of(policy: Policy, name: str) -> str | None:
    """Return the tracker that a purpose such as `tracker.session` sets, if the policy declares it."""
    found = name.removeprefix(TRACKER_PREFIX)
    return found if name.startswith(TRACKER_PREFIX) and found in policy.trackers else None


def ground(act: Act, listed: str | None) -> str:
    """Name the clause of a ground of an operation; the list where the ground is not on it."""
    section = f"grounds.{_OPERATION.get(act, 'use')}"
    return section if listed is None else f"{section}.{listed}"


def grounds_for(policy: Policy, act: Act) -> Mapping[str, Ground]:
    """Return the grounds that a policy lists for an act."""
    match _OPERATION.get(act, "use"):
        case "collect":
            return policy.grounds.collect
        case "share":
            return policy.grounds.share
        case "transfer":
            return policy.grounds.transfer
        case "publish":
            return policy.grounds.publish
        case _:
            return policy.grounds.use


def right_of(policy: Policy, name: str) -> Right | None:
    """Return the right that a purpose such as `right.access` serves, if the policy grants it."""
    if not name.startswith(RIGHT_PREFIX) or policy.rights is None:
        return None
    return next((right for right in policy.rights.requests if name == RIGHT_PREFIX + right.value), None)


def right(which: Right) -> str:
    """Name the clause of a right."""
    return f"rights.requests.{which.value}"
