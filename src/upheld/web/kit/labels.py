# SPDX-License-Identifier: Apache-2.0
"""What the values of the house are called on screens: `{{ request.right|word }}`.

Keyed by the enumeration's class name, so that the kit imports no room; a test holds these tables against the rooms.
"""

from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS: Final[dict[str, dict[str, Promise]]] = {
    "Right": {
        "access": pgettext_lazy("right", "Access"),
        "copy": pgettext_lazy("right", "Copy"),
        "correction": pgettext_lazy("right", "Correction"),
        "erasure": pgettext_lazy("right", "Erasure"),
        "restriction": pgettext_lazy("right", "Restriction"),
        "portability": pgettext_lazy("right", "Portability"),
        "withdrawal": pgettext_lazy("right", "Withdrawal of consent"),
        "cancellation": pgettext_lazy("right", "Cancellation of the account"),
        "explanation": pgettext_lazy("right", "Explanation"),
        "complaint": pgettext_lazy("right", "Complaint"),
    },
    "Act": {
        "collect": pgettext_lazy("act", "Collected"),
        "use": pgettext_lazy("act", "Used"),
        "infer": pgettext_lazy("act", "Inferred"),
        "automated_decision": pgettext_lazy("act", "Decided automatically"),
        "permission": pgettext_lazy("act", "Device permission used"),
        "set_tracker": pgettext_lazy("act", "Tracker set"),
        "share": pgettext_lazy("act", "Disclosed to a recipient"),
        "entrust": pgettext_lazy("act", "Given to a processor"),
        "publish": pgettext_lazy("act", "Made public"),
        "transfer": pgettext_lazy("act", "Transferred to a successor"),
        "send_abroad": pgettext_lazy("act", "Sent abroad"),
        "message": pgettext_lazy("act", "Message sent"),
        "keep": pgettext_lazy("act", "Kept"),
        "staff_open": pgettext_lazy("act", "Opened by staff"),
    },
    "Actor": {
        "self": pgettext_lazy("actor", "You"),
        "guardian": pgettext_lazy("actor", "Guardian"),
        "staff": pgettext_lazy("actor", "Staff"),
        "service": pgettext_lazy("actor", "The service"),
    },
    "ReaderKind": {
        "self": pgettext_lazy("actor", "You"),
        "guardian": pgettext_lazy("actor", "Guardian"),
        "staff": pgettext_lazy("actor", "Staff"),
        "service": pgettext_lazy("actor", "The service"),
        "recipient": pgettext_lazy("actor", "Recipient"),
    },
    "Source": {
        "self": pgettext_lazy("source", "From you"),
        "guardian": pgettext_lazy("source", "From the guardian"),
        "device": pgettext_lazy("source", "From the device"),
        "third-party": pgettext_lazy("source", "From a third party"),
    },
    "DeviceKind": {
        "phone": pgettext_lazy("device", "Phone"),
        "tablet": pgettext_lazy("device", "Tablet"),
        "computer": pgettext_lazy("device", "Computer"),
        "other": pgettext_lazy("device", "Another device"),
    },
    "EndedBy": {
        "person": pgettext_lazy("link", "You undid it"),
        "program": pgettext_lazy("link", "Signed out on the device"),
        "another": pgettext_lazy("link", "Somebody else signed in on the device"),
        "policy": pgettext_lazy("link", "Not allowed any longer"),
        "restore": pgettext_lazy("link", "Undone before a backup was brought back"),
    },
    "StaffReason": {
        "request": pgettext_lazy("reason", "To answer a request"),
        "support": pgettext_lazy("reason", "To help with a question"),
        "complaint": pgettext_lazy("reason", "To look into a complaint"),
        "incident": pgettext_lazy("reason", "To handle an incident"),
        "legal_duty": pgettext_lazy("reason", "To meet a legal duty"),
        "verification": pgettext_lazy("reason", "To verify identity"),
    },
    "LawfulBasis": {
        "consent": pgettext_lazy("basis", "Your consent"),
        "contract": pgettext_lazy("basis", "Needed for the contract with you"),
        "legal_duty": pgettext_lazy("basis", "Legal duty"),
        "vital_interests": pgettext_lazy("basis", "Protection of life and health"),
        "public_task": pgettext_lazy("basis", "Public task"),
        "legitimate_interests": pgettext_lazy("basis", "Legitimate interests"),
    },
    "AgeBand": {
        "child": pgettext_lazy("age", "Child"),
        "adult": pgettext_lazy("age", "Not a child"),
        "unknown": pgettext_lazy("age", "Age not known"),
    },
    "Role": {
        "auditor": pgettext_lazy("role", "Auditor"),
        "engineer": pgettext_lazy("role", "Engineer"),
        "officer": pgettext_lazy("role", "Privacy officer"),
        "publisher": pgettext_lazy("role", "Publisher"),
        "support": pgettext_lazy("role", "Support"),
    },
    "Channel": {
        "sms": _("Text message"),
        "email": _("E-mail"),
        "in_app": _("In the app"),
    },
    "TopicKind": {
        "purpose": pgettext_lazy("topic", "Function or purpose"),
        "sensitive": pgettext_lazy("topic", "Sensitive personal information"),
        "share": pgettext_lazy("topic", "Disclosure to a recipient"),
        "share-more": pgettext_lazy("topic", "Wider disclosure to a recipient"),
        "publish": pgettext_lazy("topic", "Publication"),
        "abroad": pgettext_lazy("topic", "Transfer abroad"),
        "permission": pgettext_lazy("topic", "Device permission"),
        "tracker": pgettext_lazy("topic", "Cookie or tracker"),
        "source": pgettext_lazy("topic", "Data from others"),
        "transfer": pgettext_lazy("topic", "Transfer to a successor"),
    },
}
"""Words by class name and value."""


def label(value: str, kind: str = "") -> str | Promise:
    """Return what a value is called.

    Args:
        value: a member of an enumeration, or its bare value where `kind` names the enumeration (`"Right"`).
        kind: the enumeration's class name; taken from the member where it is one.

    Returns:
        The word in the reader's language; for a value that has none, itself in plain letters.
    """
    plain = str(value.value) if isinstance(value, Enum) else str(value)
    named = kind or type(value).__name__
    return LABELS.get(named, {}).get(plain) or plain.replace("_", " ").capitalize()
