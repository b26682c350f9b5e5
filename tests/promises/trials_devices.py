# SPDX-License-Identifier: Apache-2.0
"""Trials about devices: nobody's data points to nobody, a person's is sealed, links are seen and undone."""

from uuid import UUID

from tests.houses import House
from upheld.devices import queries, rules, service
from upheld.devices.models import DayCount, TelemetryRow
from upheld.devices.values import DeviceKind, Linked, Taken
from upheld.gate import Denied
from upheld.terms import DataSubjectId
from upheld.vault import queries as vault
from upheld.vault import service as vault_verbs
from upheld.vault.values import Reader

IDENTIFIERS = ("13800138000", "192.0.2.1", "9774d56d682e549c", "mimi@mail.example")
"""A number, a network address, a device key and an address, as a program might slip them in."""


def send(house: House, purpose: str, category: str, value: str, *, installation: UUID | None = None) -> Taken | None:
    """Let a device send one value; nothing comes back of what was refused."""
    try:
        return service.record(purpose=purpose, values={category: value}, now=house.now, installation=installation)
    except Denied:
        return None


def link(house: House, person: DataSubjectId, purpose: str, *, installation: UUID | None = None) -> Linked:
    """Sign a person in on a device."""
    return service.link(
        data_subject_id=person, purpose=purpose, kind=DeviceKind.PHONE, now=house.now, installation=installation
    )


def nobodys_data_points_to_nobody(house: House, purpose: str, category: str, *identifiers: str) -> None:
    """What a device of nobody's sends is kept as a code; with an identifier of any kind it is not.

    A scan of everything that is kept as nobody's finds no account, number or persistent key.
    """
    assert send(house, purpose, category, "code-1") is not None
    kept = TelemetryRow.objects.count()
    for value in IDENTIFIERS:
        send(house, purpose, category, value)
    for other in identifiers:
        send(house, purpose, other, "code-2")
    found = service.scan(now=house.now)
    assert (found.personal, found.identifiers, found.joined) == (0, 0, 0)
    assert TelemetryRow.objects.count() == kept == 1
    fields = {field.name for field in TelemetryRow._meta.get_fields()}
    assert not fields & {"data_subject_id", "account_id", "phone", "at", "created_at"}


def joined_data_is_sealed_at_once(
    house: House, person: DataSubjectId, linking: str, purpose: str, category: str
) -> None:
    """From the join on nothing of the device is readable outside the vault, what it sent before included."""
    before = send(house, purpose, category, "code-1")
    assert before is not None and not before.is_personal
    made = link(house, person, linking, installation=before.installation)
    assert not TelemetryRow.objects.exists()
    sent = send(house, purpose, category, "code-2", installation=made.installation)
    assert sent is not None
    assert not TelemetryRow.objects.exists()
    values = vault_verbs.copy_of(data_subject_id=person, now=house.now, by=Reader(id=person), categories=(category,))
    assert sorted(item.value for item in values.every) == ["code-1", "code-2"]
    [shown] = queries.devices(person)
    service.unlink(data_subject_id=person, link_id=shown.link_id, now=house.now)
    after = send(house, purpose, category, "code-3", installation=made.installation)
    assert after is not None and not after.is_personal
    assert [row.value for row in TelemetryRow.objects.all()] == ["code-3"]


def link_is_seen_and_undone(house: House, person: DataSubjectId, linking: str, purpose: str, category: str) -> None:
    """Each link stands in the person's view with its date; undoing one ends it, and leaves the other."""
    first = link(house, person, linking)
    house.later(hours=3)
    second = link(house, person, linking)
    assert [(one.link_id, one.linked_at) for one in queries.devices(person)] == [
        (second.link_id, second.linked_at),
        (first.link_id, first.linked_at),
    ]
    service.unlink(data_subject_id=person, link_id=first.link_id, now=house.now)
    assert [one.is_linked for one in queries.devices(person)] == [True, False]
    sent = send(house, purpose, category, "code-1", installation=first.installation)
    assert sent is not None and not sent.is_personal
    assert vault.metadata(person, now=house.now) == []
    other = send(house, purpose, category, "code-1", installation=second.installation)
    assert other is not None and other.is_personal


def only_groups_are_counted(house: House, purpose: str, category: str) -> None:
    """A day becomes counts of whole groups; what one visitor alone did is in no count and in no row."""
    for _ in range(rules.GROUP_AT_LEAST):
        send(house, purpose, category, "arrived-by-search")
    alone = send(house, purpose, category, "arrived-by-mail")
    assert alone is not None
    for page in ("page-a", "page-b", "page-c"):
        send(house, purpose, category, page, installation=alone.installation)
    assert service.counts(purpose=purpose, category=category, now=house.now) == []
    house.later(days=1, hours=2)
    service.count_days(now=house.now)
    counted = service.counts(purpose=purpose, category=category, now=house.now)
    assert [(one.value, one.installations) for one in counted] == [("arrived-by-search", rules.GROUP_AT_LEAST)]
    assert [one.value for one in DayCount.objects.all()] == ["arrived-by-search"]
    assert not TelemetryRow.objects.exists()
