# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promises about devices and logs: nobody's or sealed, seen whole, used by choice."""

import pytest

from tests.promises import trials_devices as trials
from upheld.errors import Conflict
from upheld.gate import Denied, Permit
from upheld.terms import Act, DataSubjectId, Right
from upheld.vault import own, queries
from upheld.vault import service as vault
from upheld.vault.values import OpenedItems, Reader


@pytest.mark.upholds("S3-058", control="devices.unlinked_identifies_nobody")
def test_device_data_counts_as_nobodys_only_alone(house):
    trials.nobodys_data_points_to_nobody(house, "operation", "device.model", "device.id", "phone")


@pytest.mark.upholds("S3-059", control="devices.joined_is_personal")
def test_a_row_that_is_joined_to_an_account_moves_under_the_rules_of_the_vault(house):
    trials.joined_data_is_sealed_at_once(house, house.person(), "operation", "operation", "device.model")


@pytest.mark.upholds("S3-057", control="vault.copy_is_whole")
def test_a_person_sees_the_whole_log_or_is_told_that_it_is_not_whole(house, monkeypatch):
    """The view of the log is the stored log, entry by entry; where it would not fit, nothing passes for it."""
    person = house.person()
    for n in range(5):
        house.collect(person, "browse", log__browsing=f"page {n}", network__ip="192.0.2.1")
    stored = {one.item_id for one in queries.metadata(person, now=house.now) if one.category == "log.browsing"}
    assert {one.item_id for one in log_of(house, person).every} == stored
    monkeypatch.setattr(own, "COPY_ITEMS", 3)
    try:
        shown = {one.item_id for one in log_of(house, person).every}
    except Conflict:
        shown = stored
    assert shown == stored


def log_of(house, person: DataSubjectId) -> OpenedItems:
    """What the person's view of the log is made of."""
    reader = Reader(id=person)
    return vault.copy_of(
        data_subject_id=person, now=house.now, by=reader, right=Right.ACCESS, categories=("log.browsing",)
    )


@pytest.mark.upholds("S3-032", control="gate.consent_needed")
def test_signals_are_read_for_fitting_content_by_choice_alone_and_content_shows_without(house):
    """Field by field: with the choice each opens by itself; without it none is read, and pages still show."""
    person = house.person()
    house.collect(person, "operation", device__model="X1", device__os="14", device__id="a", log__operation="b",
                  log__crash="c")  # fmt: skip
    house.collect(person, "browse", log__browsing="rings", network__ip="192.0.2.1", network__access="wifi")
    fields = house.policy.purposes["personal-display"].uses
    for chosen in (False, True, False):
        if chosen:
            house.give(person, "purpose:personal-display")
        else:
            house.refuse(person, "purpose:personal-display")
        read = [name for name in fields if name in opened(house, person, name)]
        assert read == (list(fields) if chosen else [])
        assert isinstance(house.decide(person, Act.COLLECT, "browse", "log.browsing"), Permit)
        assert "log.browsing" in house.open(person, "browse", "log.browsing")
    looked = [one for one in queries.accesses(person) if one.purpose == "personal-display"]
    assert len(looked) == len(fields)


def opened(house, person: DataSubjectId, name: str) -> OpenedItems:
    """Open one field for content that suits the person; nothing of what is refused."""
    try:
        return house.open(person, "personal-display", name)
    except Denied:
        return OpenedItems(())
