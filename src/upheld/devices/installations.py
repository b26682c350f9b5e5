# SPDX-License-Identifier: Apache-2.0
"""References of installations: random, ours alone, for a day or for as long as a device is linked.

A reference that we did not give, or that is over, is never taken up: a new one is given in its place. So nothing that
a program brings along, such as a hardware number dressed as a reference, is ever kept.
"""

from datetime import datetime
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import token_bytes
from upheld.devices import rules
from upheld.devices.models import DeviceLink, Installation


def random_id() -> UUID:
    """Return an id that says nothing, not even when it was made."""
    return UUID(bytes=token_bytes(16), version=4)


def in_force(reference: UUID | None, *, now: datetime) -> Installation | None:
    """Return the installation of a reference that is in force, locked until the act ends; None of any other."""
    if reference is None:
        return None
    found = Installation.objects.select_for_update().filter(id=reference).first()
    over = found is not None and found.ends_at is not None and found.ends_at <= now
    return None if over else found


def begin(*, now: datetime) -> Installation:
    """Give a new reference, until the day ends."""
    return Installation.objects.create(id=random_id(), ends_at=rules.end_of_day(now))


def link_of(reference: UUID | None) -> DeviceLink | None:
    """Return the link that joins a reference to a person now; one that was undone joins nothing."""
    if reference is None:
        return None
    links = DeviceLink.objects.filter(installation_id=reference)
    if controls.in_force("devices.link_can_be_undone"):
        links = links.filter(unlinked_at=None)
    return links.first()
