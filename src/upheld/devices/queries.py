# SPDX-License-Identifier: Apache-2.0
"""Reads of this room, as frozen values; telemetry itself can be read as counts alone (`counting.counts`)."""

from uuid import UUID

from upheld.devices.models import DeviceLink
from upheld.devices.values import Device, DeviceKind, EndedBy
from upheld.errors import NotFound
from upheld.terms import DataSubjectId


def devices(data_subject_id: DataSubjectId) -> list[Device]:
    """List every device that is linked to a person, or was until lately, the newest link first."""
    rows = DeviceLink.objects.filter(data_subject_id=data_subject_id).order_by("-linked_at", "-id")
    return [_device(row) for row in rows]


def device(data_subject_id: DataSubjectId, link_id: UUID) -> Device:
    """Return one link.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    row = DeviceLink.objects.filter(id=link_id, data_subject_id=data_subject_id).first()
    if row is None:
        raise NotFound("there is no such device")
    return _device(row)


def _device(row: DeviceLink) -> Device:
    return Device(
        link_id=row.id,
        kind=DeviceKind(row.kind),
        purpose=row.purpose,
        version=row.version,
        linked_at=row.linked_at,
        unlinked_at=row.unlinked_at,
        ended_by=EndedBy(row.ended_by) if row.ended_by else None,
    )
