# SPDX-License-Identifier: Apache-2.0
"""What devices send: nobody's while they are linked to nobody, a person's while they are linked, nobody's again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.houses import House
from upheld.devices import jobs, queries, rules, service  # noqa: F401 - importing the jobs registers them
from upheld.devices.models import DayCount, DeviceLink, Installation, TelemetryRow
from upheld.devices.values import DeviceKind, EndedBy
from upheld.errors import BadInput, NotFound
from upheld.gate import Denied
from upheld.storage import journal
from upheld.storage.journal import Narrowed
from upheld.vault import queries as vault

PHONE = DeviceKind.PHONE


@pytest.fixture
def house(db) -> House:
    return House("general-platform")


@pytest.fixture
def family(db) -> House:
    return House("family-website")


def send(house: House, value: str = "search", *, installation=None, purpose="browse", category="visit.summary"):
    return service.record(purpose=purpose, values={category: value}, now=house.now, installation=installation)


def codes(call, *args, **kwargs) -> set[str]:
    with pytest.raises(Denied) as denied:
        call(*args, **kwargs)
    return {reason.code for reason in denied.value.denial.reasons}


# --- linked to nobody


def test_what_points_to_nobody_is_taken_in_under_a_reference_of_the_day(house):
    taken = send(house)
    assert (taken.is_personal, taken.kept) == (False, 1)
    assert taken.until == rules.end_of_day(house.now)
    assert send(house, "direct", installation=taken.installation).installation == taken.installation
    assert TelemetryRow.objects.count() == 2
    house.later(days=1)
    assert send(house, installation=taken.installation).installation != taken.installation


def test_a_reference_of_somebody_elses_making_is_never_kept(house):
    brought = uuid4()
    assert send(house, installation=brought).installation != brought
    assert not Installation.objects.filter(id=brought).exists()


@pytest.mark.parametrize(
    ("category", "value", "code"),
    [
        ("network.ip", "a", "identifier_sent"),
        ("visit.summary", "192.0.2.1", "identifier_sent"),
        ("visit.summary", "13800138000", "identifier_sent"),
        ("visit.summary", "my name is Mimi", "free_text"),
        ("phone", "a", "category_undeclared"),
        ("made-up", "a", "category_undeclared"),
    ],
)
def test_what_may_point_to_somebody_is_refused_with_its_clause_and_leaves_nothing(house, category, value, code):
    assert code in codes(send, house, value, category=category)
    assert (TelemetryRow.objects.count(), Installation.objects.count()) == (0, 0)
    assert send(house).kept == 1


def test_a_function_that_people_fill_in_sends_no_telemetry(house):
    assert codes(send, house, purpose="account", category="phone") == {"not_from_device"}
    assert codes(send, house, purpose="nowhere") == {"not_from_device"}


def test_two_things_that_point_to_somebody_together_are_not_kept_together(family):
    first = send(family, "iPhone15,2", category="device.model")
    assert "points_to_someone" in codes(send, family, "iOS-18", category="device.os", installation=first.installation)
    assert send(family, "iOS-18", category="device.os").installation != first.installation


def test_there_is_something_to_send_and_not_too_much(house):
    with pytest.raises(BadInput):
        service.record(purpose="browse", values={}, now=house.now)
    with pytest.raises(BadInput):
        service.record(purpose="browse", values={f"c{n}": "a" for n in range(17)}, now=house.now)


# --- counts


def test_a_day_becomes_counts_over_groups_and_nothing_else(house):
    for _ in range(rules.GROUP_AT_LEAST):
        send(house, "search")
    lone = send(house, "mail")
    send(house, "mail", installation=lone.installation)
    assert service.counts(purpose="browse", category="visit.summary", now=house.now) == []
    house.later(days=1).work()
    [group] = service.counts(purpose="browse", category="visit.summary", now=house.now)
    assert (group.value, group.installations) == ("search", rules.GROUP_AT_LEAST)
    assert (TelemetryRow.objects.count(), DayCount.objects.count()) == (0, 1)
    house.later(days=4000).work()
    assert (DayCount.objects.count(), Installation.objects.count()) == (0, 0)


# --- linked


def test_a_link_takes_over_what_the_day_held_and_seals_what_comes(family):
    person = family.person("purpose:device-link")
    before = send(family, "iPhone15,2", category="device.model")
    other = send(family, "Pixel-8", category="device.model")
    made = link(family, person, installation=before.installation)
    assert (made.installation, made.sealed, made.dropped) == (before.installation, 1, 0)
    assert list(TelemetryRow.objects.values_list("installation_id", flat=True)) == [other.installation]
    sent = send(family, "a free text of mine", category="log.browsing", installation=made.installation)
    assert (sent.is_personal, sent.until) == (True, None)
    held = {item.category: item.source.value for item in vault.metadata(person, now=family.now)}
    assert held == {"device.model": "device", "log.browsing": "device"}


def test_what_the_gate_refuses_of_the_day_is_dropped(family):
    """A person who was never told of the policy has nothing collected, before the link or after."""
    person = family.person("purpose:device-link", told=False)
    before = send(family, "iPhone15,2", category="device.model")
    made = link(family, person, installation=before.installation)
    assert (made.sealed, made.dropped) == (0, 1)
    assert TelemetryRow.objects.count() == 0
    assert vault.metadata(person, now=family.now) == []


def link(house: House, person, *, installation=None, purpose="device-link"):
    return service.link(data_subject_id=person, purpose=purpose, kind=PHONE, now=house.now, installation=installation)


def test_a_link_needs_its_consent_and_a_purpose_that_links(family):
    person = family.person()
    assert codes(link, family, person) == {"consent_missing"}
    assert "links_no_device" in codes(link, family, person, purpose="browse")
    assert DeviceLink.objects.count() == 0
    family.give(person, "purpose:device-link")
    assert link(family, person).sealed == 0


def test_undoing_a_link_makes_the_device_nobodys_under_a_new_reference(family):
    person, stranger = family.person("purpose:device-link"), family.person()
    made = link(family, person)
    family.later(hours=1)
    with pytest.raises(NotFound):
        service.unlink(data_subject_id=stranger, link_id=made.link_id, now=family.now)
    service.unlink(data_subject_id=person, link_id=made.link_id, now=family.now)
    service.unlink(data_subject_id=person, link_id=made.link_id, now=family.now)
    [shown] = queries.devices(person)
    assert (shown.unlinked_at, shown.ended_by) == (family.now, EndedBy.PERSON)
    sent = send(family, "iOS-18", category="device.os", installation=made.installation)
    assert not sent.is_personal
    assert sent.installation != made.installation


def test_a_withdrawn_consent_ends_the_link_at_the_next_thing_sent(family):
    person = family.person("purpose:device-link")
    made = link(family, person)
    family.withdraw(person, "purpose:device-link")
    assert not send(family, "iOS-18", category="device.os", installation=made.installation).is_personal
    assert queries.devices(person)[0].ended_by is EndedBy.POLICY


def test_another_person_on_the_device_ends_the_first_link(family):
    one, two = family.person("purpose:device-link"), family.person("purpose:device-link")
    first = link(family, one)
    second = link(family, two, installation=first.installation)
    assert second.installation != first.installation
    assert queries.devices(one)[0].ended_by is EndedBy.ANOTHER
    assert queries.devices(two)[0].is_linked


def test_ended_links_go_after_their_time_and_all_with_their_person(family):
    person = family.person("purpose:device-link")
    made = link(family, person)
    service.unlink(data_subject_id=person, link_id=made.link_id, now=family.now)
    link(family, person)
    family.clock.advance(rules.LINKS_KEPT)
    service.sweep(now=family.now)
    assert [one.is_linked for one in queries.devices(person)] == [True]
    service.forget(data_subject_id=person)
    assert (DeviceLink.objects.count(), Installation.objects.count()) == (0, 0)


# --- the scan


def test_a_scan_finds_what_no_rule_let_in(family):
    person = family.person("purpose:device-link")
    clean = send(family, "iOS-18", category="device.os")
    assert service.scan(now=family.now).found == 0
    made = link(family, person)
    for reference, category, value in (
        (clean.installation, "phone", "13800138000"),
        (made.installation, "log.crash", "null-pointer"),
    ):
        TelemetryRow.objects.create(
            id=uuid4(), installation_id=reference, on=family.now.date(), purpose="operation", category=category,
            value=value, version=family.version,
        )  # fmt: skip
    found = service.scan(now=family.now)
    assert (found.personal, found.identifiers, found.joined) == (1, 1, 1)
    assert family.status("commitments.joined", "devices.unlinked_identifies_nobody") == "broken"
    assert family.status("commitments.joined", "devices.joined_is_personal") == "broken"


@given(digits=some.text("0123456789", min_size=7, max_size=15), between=some.sampled_from(["", "-", "."]))
def test_no_number_passes_for_a_code_however_it_is_written(digits, between):
    assert rules.looks_like_identifier(between.join(digits))


@given(key=some.binary(min_size=6, max_size=16), how=some.sampled_from(["", "-", "."]))
def test_no_hexadecimal_key_passes_for_a_code(key, how):
    text = key.hex(how) if how else key.hex()
    assert rules.looks_like_identifier(text) or not rules.is_coded(text)


@given(value=some.text(max_size=60))
def test_every_value_is_judged_without_error(value):
    assert rules.is_coded(value) in (True, False)
    assert rules.looks_like_identifier(value) in (True, False)


def test_the_group_and_the_day_are_what_the_documents_say():
    assert (rules.GROUP_AT_LEAST, rules.LINKS_KEPT) == (10, timedelta(days=180))


# --- a backup revives no link


def test_a_link_that_ended_stays_ended_after_a_backup_is_brought_back(family):
    person = family.person("purpose:device-link")
    made = link(family, person)
    rows = list(DeviceLink.objects.values()), list(Installation.objects.values()), list(Narrowed.objects.values())
    service.unlink(data_subject_id=person, link_id=made.link_id, now=family.now)
    for table, before in zip((DeviceLink, Installation, Narrowed), rows, strict=True):
        table.objects.all().delete()
        table.objects.bulk_create([table(**one) for one in before])
    assert queries.devices(person)[0].is_linked
    journal.replay()
    assert queries.devices(person)[0].ended_by is EndedBy.RESTORE
    assert not send(family, "iOS-18", category="device.os", installation=made.installation).is_personal
