# SPDX-License-Identifier: Apache-2.0
"""When a recipient's row in the public directory is complete."""

from collections.abc import Iterator

from upheld.policy import Policy
from upheld.policy.model.recipients import Recipient, RecipientKind


def missing_columns(policy: Policy, recipient: str) -> tuple[str, ...]:
    """Name what a recipient's row lacks: people must learn its name, purpose, data, and where its own policy is.

    An SDK's row also names its package (the form of the public list: kind, purpose, scene, method). An authority or
    the public has no list of its own; what it receives is named by the ground of each disclosure.
    """
    declared = policy.recipients.get(recipient)
    if declared is None:
        return ("recipient",)
    return tuple(_missing(policy, declared))


def _missing(policy: Policy, recipient: Recipient) -> Iterator[str]:
    if any(language not in recipient.name for language in policy.languages):
        yield "name"
    if any(language not in recipient.purpose for language in policy.languages):
        yield "purpose"
    if recipient.kind in {RecipientKind.AUTHORITY, RecipientKind.PUBLIC}:
        return
    if not recipient.receives:
        yield "receives"
    if recipient.link is None:
        yield "link"
    if recipient.kind is RecipientKind.SDK and recipient.package is None:
        yield "package"
