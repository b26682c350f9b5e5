# SPDX-License-Identifier: Apache-2.0
"""Turn days that ended into counts over groups, and give those out: the one form in which telemetry can be read.

While a day lasts nothing of it is given out. When it has ended its rows become counts of devices, value by value, and
are removed; a count over fewer devices than a group has is not written at all. Counts of two categories are never
crossed, so no sequence of values is left of anybody.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypedDict

from django.db.models import Count, Max, QuerySet

from upheld import controls
from upheld.devices import installations, rules
from upheld.devices.events import DeviceEvent
from upheld.devices.models import DayCount, DeviceLink, Installation, TelemetryRow
from upheld.devices.values import Counted
from upheld.storage.acts import act
from upheld.vault import terms

GROUPED: Final = "devices.counts_grouped"
SETTLED: Final = timedelta(hours=1)
"""How long after midnight a day is counted: whatever was being taken in then is there."""


class _Group(TypedDict):
    on: date
    purpose: str
    category: str
    value: str
    version: int
    devices: int


def count_days(*, now: datetime) -> int:
    """Count every day that has ended and remove its rows; return how many counts were written."""
    ended = TelemetryRow.objects.filter(on__lt=(now.astimezone(UTC) - SETTLED).date())
    if not ended.exists():
        return 0
    with act() as acting:
        groups = list(_groups(ended))
        enough = [one for one in groups if one["devices"] >= rules.GROUP_AT_LEAST]
        written = enough if controls.in_force("devices.counts_grouped") else groups
        DayCount.objects.bulk_create([_count(one) for one in written])
        rows, _ = ended.delete()
        acting.record(
            DeviceEvent.COUNTED,
            now=now,
            subject=None,
            clause=None,
            control=GROUPED,
            facts={
                "rows": rows,
                "counts": len(written),
                "too_small": len(groups) - len(enough),
                "smallest": min((one["devices"] for one in written), default=0),
                "group_at_least": rules.GROUP_AT_LEAST,
            },
        )
    return len(written)


def _groups(ended: QuerySet[TelemetryRow]) -> Iterator[_Group]:
    """Group the rows by day, function, category and value; each installation has a value once."""
    for row in ended.values("on", "purpose", "category", "value").annotate(devices=Count("id"), version=Max("version")):
        yield _Group(**row)


def _count(group: _Group) -> DayCount:
    """Make one count; it is kept as long as the policy keeps what it was made of."""
    term = terms.storage_term(terms.policy(group["version"]), purpose=group["purpose"], category=group["category"])
    midnight = datetime(group["on"].year, group["on"].month, group["on"].day, tzinfo=UTC)
    return DayCount(
        id=installations.random_id(),
        on=group["on"],
        purpose=group["purpose"],
        category=group["category"],
        value=group["value"],
        installations=group["devices"],
        expires_at=terms.span_after(midnight, term.keep),
    )


def counts(*, purpose: str, category: str, now: datetime) -> list[Counted]:
    """Return the counts of one category of one function, the newest day first and the largest group first.

    Groups under the smallest one are not there, and no total is given from which one could be worked out.
    """
    found = DayCount.objects.filter(purpose=purpose, category=category, expires_at__gt=now)
    if controls.in_force("devices.counts_grouped"):
        found = found.filter(installations__gte=rules.GROUP_AT_LEAST)
    return [
        Counted(on=row.on, value=row.value, installations=row.installations)
        for row in found.order_by("-on", "-installations", "value")
    ]


def sweep(*, now: datetime) -> int:
    """Remove counts past their period, references whose day has ended, and links that ended long ago."""
    gone, _ = DayCount.objects.filter(expires_at__lte=now).delete()
    ended, _ = Installation.objects.filter(ends_at__lte=now - SETTLED).delete()
    links, _ = DeviceLink.objects.filter(unlinked_at__lte=now - rules.LINKS_KEPT).delete()
    return gone + ended + links
