# SPDX-License-Identifier: Apache-2.0
"""Topics: what a person can grant, each by a name that a table numbers.

| name | what it grants |
|---|---|
| `told:notice` | nothing; the notice was read and accepted |
| `purpose:<id>` | a function, or a further purpose |
| `sensitive:<id>` | that purpose, for its sensitive categories: separate consent |
| `share:<recipient>` | that the recipient receives |
| `share-more:<recipient>` | that it receives what is off by default |
| `publish:<purpose>` | that data is made public for that purpose |
| `abroad:<recipient or region>` | that data leaves its region |
| `permission:<id>` | a permission of the device |
| `tracker:<id>` | a cookie or tracker that the product can do without |
| `source:<id>` | that a source passes data on |
| `transfer:successor` | that data goes to a successor who is not bound by the policy |
"""

from collections.abc import Iterator
from typing import Final

from upheld.policy import Policy
from upheld.policy.model.processing import Function, Purpose

NOTICE: Final = "told:notice"
SUCCESSOR: Final = "transfer:successor"


def purpose(name: str) -> str:
    """Name the topic that grants a function or purpose."""
    return f"purpose:{name}"


def sensitive(name: str) -> str:
    """Name the topic that grants a purpose its sensitive categories."""
    return f"sensitive:{name}"


def share(recipient: str) -> str:
    """Name the topic that lets a recipient receive."""
    return f"share:{recipient}"


def share_more(recipient: str) -> str:
    """Name the topic that lets a recipient receive what is off by default."""
    return f"share-more:{recipient}"


def publish(name: str) -> str:
    """Name the topic that lets a purpose make data public."""
    return f"publish:{name}"


def abroad(place: str) -> str:
    """Name the topic that lets data go to a recipient, or a region, abroad."""
    return f"abroad:{place}"


def permission(name: str) -> str:
    """Name the topic of a device permission."""
    return f"permission:{name}"


def tracker(name: str) -> str:
    """Name the topic that lets a tracker be set."""
    return f"tracker:{name}"


def source(name: str) -> str:
    """Name the topic that lets a source pass data on."""
    return f"source:{name}"


def needed(policy: Policy) -> tuple[str, ...]:
    """Name every topic that decisions under a policy may ask for, in the file's order."""
    return tuple(dict.fromkeys(_needed(policy)))


def has_sensitive(policy: Policy, processing: Function | Purpose) -> bool:
    """Say whether a purpose touches a sensitive category."""
    return any(name in policy.categories and policy.categories[name].sensitive for name in processing.categories)


def _needed(policy: Policy) -> Iterator[str]:
    yield NOTICE
    for name, processing in policy.processing.items():
        yield purpose(name)
        if has_sensitive(policy, processing):
            yield sensitive(name)
        if policy.publication:
            yield publish(name)
    for name in policy.permissions:
        yield permission(name)
    for name, recipient in policy.recipients.items():
        yield share(name)
        if recipient.off_by_default:
            yield share_more(name)
        yield abroad(name)
    yield from (tracker(name) for name, its in policy.trackers.items() if not its.essential)
    yield from (source(name) for name, its in policy.sources.items() if its.authorised_by_person)
    if policy.succession is not None:
        yield SUCCESSOR
