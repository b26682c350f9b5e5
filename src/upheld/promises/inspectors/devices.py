# SPDX-License-Identifier: Apache-2.0
"""Devices: what is nobody's points to nobody, what is somebody's is sealed, counts are over groups, links end."""

from collections.abc import Iterator

from upheld.devices.events import DeviceEvent
from upheld.promises.inspectors.base import Finding, inspects
from upheld.promises.values import Seen


@inspects("devices.unlinked_identifies_nobody", "devices.joined_is_personal", events=(DeviceEvent.RECORDED,))
def recorded(seen: Seen) -> Iterator[Finding]:
    """What was kept as nobody's was of no linked device, and held nothing that points to anybody."""
    clean = seen.facts.get("identifiers") == 0 and seen.facts.get("reasons") == []
    yield Finding(control="devices.unlinked_identifies_nobody", kept=clean, why="points_to_someone")
    yield Finding(control="devices.joined_is_personal", kept=seen.facts.get("linked") is False, why="joined_in_clear")


@inspects("devices.unlinked_identifies_nobody", events=(DeviceEvent.REFUSED,))
def refused(_: Seen) -> Iterator[Finding]:
    """What pointed to somebody was refused."""
    yield Finding(control="devices.unlinked_identifies_nobody")


@inspects(
    "devices.unlinked_identifies_nobody",
    "devices.joined_is_personal",
    "devices.counts_grouped",
    events=(DeviceEvent.SCANNED,),
)
def scanned(seen: Seen) -> Iterator[Finding]:
    """A scan of everything kept as nobody's found nobody."""
    if not seen.facts.get("rows"):
        return
    nobody = seen.facts.get("personal") == 0 and seen.facts.get("identifiers") == 0
    yield Finding(control="devices.unlinked_identifies_nobody", kept=nobody, why="points_to_someone")
    yield Finding(control="devices.joined_is_personal", kept=seen.facts.get("joined") == 0, why="joined_in_clear")
    yield Finding(control="devices.counts_grouped", kept=seen.facts.get("small") == 0, why="group_too_small")


@inspects("devices.counts_grouped", events=(DeviceEvent.COUNTED,))
def counted(seen: Seen) -> Iterator[Finding]:
    """Each count that was written is over a whole group."""
    smallest, least = seen.facts.get("smallest"), seen.facts.get("group_at_least")
    if isinstance(smallest, int) and isinstance(least, int) and seen.facts.get("counts"):
        yield Finding(control="devices.counts_grouped", kept=smallest >= least, why="group_too_small")


@inspects("devices.joined_is_personal", events=(DeviceEvent.LINKED,))
def linked(seen: Seen) -> Iterator[Finding]:
    """Nothing that the device sent before stayed in clear."""
    yield Finding(control="devices.joined_is_personal", kept=seen.facts.get("left") == 0, why="joined_in_clear")


@inspects("devices.link_can_be_undone", events=(DeviceEvent.SEALED,))
def sealed(seen: Seen) -> Iterator[Finding]:
    """What was sealed under a person came from a device whose link held."""
    yield Finding(control="devices.link_can_be_undone", kept=seen.facts.get("linked") is True, why="link_outlived")


@inspects("devices.link_can_be_undone", events=(DeviceEvent.UNLINKED,))
def unlinked(_: Seen) -> Iterator[Finding]:
    """A link was ended when somebody asked for it."""
    yield Finding(control="devices.link_can_be_undone")
