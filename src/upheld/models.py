# SPDX-License-Identifier: Apache-2.0
"""Every table of the house, from the room that owns it."""

from upheld.children import models as children
from upheld.consent import models as consent
from upheld.devices import models as devices
from upheld.facts import models as facts
from upheld.keys import models as keys
from upheld.messages import models as messages
from upheld.notices import models as notices
from upheld.people import models as people
from upheld.promises import models as promises
from upheld.retention import models as retention
from upheld.rights import models as rights
from upheld.sharing import models as sharing
from upheld.storage import models as storage
from upheld.vault import models as vault

__all__ = [
    "children", "consent", "devices", "facts", "keys", "messages", "notices", "people", "promises", "retention", "rights",
    "sharing", "storage", "vault",
]  # fmt: skip
