# SPDX-License-Identifier: Apache-2.0
"""What a recipient's row in the directory must say. Pure."""

from upheld.policy.model.recipients import Recipient, RecipientKind


def missing_fields(recipient: Recipient) -> tuple[str, ...]:
    """Name what a directory row lacks: name, purpose, data, and for a component its package and its own policy."""
    needed = {
        "name": bool(recipient.name),
        "purpose": bool(recipient.purpose),
        "purposes": bool(recipient.purposes) or recipient.kind is RecipientKind.AUTHORITY,
        "receives": bool(recipient.receives) or recipient.kind is RecipientKind.AUTHORITY,
    }
    if recipient.kind is RecipientKind.SDK:
        needed |= {"package": bool(recipient.package), "link": bool(recipient.link)}
    return tuple(name for name, there in needed.items() if not there)
