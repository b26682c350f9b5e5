# SPDX-License-Identifier: Apache-2.0
"""What happens to devices and what they send, as the ledger names it."""

from enum import StrEnum


class DeviceEvent(StrEnum):
    """One kind of evidence that this room leaves."""

    RECORDED = "devices.telemetry.recorded"
    """An unlinked device sent something that points to nobody; it is kept until the day is counted."""
    REFUSED = "devices.telemetry.refused"
    """A device sent something that may point to a person; nothing of it was kept."""
    SEALED = "devices.telemetry.sealed"
    """A linked device sent something; it was sealed in the vault under its person."""
    COUNTED = "devices.telemetry.counted"
    """Days that ended became counts over groups; what devices sent on them is gone."""
    SCANNED = "devices.telemetry.scanned"
    """Everything kept as pointing to nobody was looked through for what points to somebody."""
    LINKED = "devices.link.made"
    """A device was linked to a person; what it had sent that day was sealed or dropped."""
    LINK_REFUSED = "devices.link.refused"
    """A device was not linked, because something stood in the way."""
    UNLINKED = "devices.link.ended"
    """A device is linked no longer; what it sends from now on is about nobody."""
