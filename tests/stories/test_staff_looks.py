# SPDX-License-Identifier: Apache-2.0
"""Staff look at a person only with a purpose and a reason, in two steps, and the person sees each."""

from datetime import timedelta

import pytest

from tests.people.conftest import Phones, registered
from tests.web.console.conftest import at_desk, house  # noqa: F401 - fixtures
from upheld.messages import transports
from upheld.people.permissions import Role
from upheld.retention import holds
from upheld.rights import service
from upheld.rights.values import Filing
from upheld.terms import Right
from upheld.vault import queries as vault_queries

NUMBER = "138 0013 8000"
WHY = "The caller asked where their order is"


@pytest.fixture
def person(house, monkeypatch):
    monkeypatch.setattr("tests.people.conftest.NOW", house.now)
    phones = Phones()
    signed = registered(phones, house.version, NUMBER, at=house.now)
    transports.wire({})
    return signed.data_subject_id


def question(**changed):
    return {
        "kind": "phone",
        "identifier": NUMBER,
        "purpose": "support",
        "reason_code": "support",
        "case": "T-2041",
        "reason": WHY,
    } | changed


@pytest.mark.parametrize("missing", ["purpose", "reason_code", "case", "reason"])
def test_no_look_without_purpose_and_reason(person, at_desk, missing):
    """Each is asked for; nothing is searched, and what was typed stays."""
    answer = at_desk(Role.SUPPORT).post("/console/people/", question(**{missing: ""}))
    assert 422 == answer.status_code
    assert NUMBER in answer.content.decode()
    assert [] == vault_queries.accesses(person)


def test_the_list_first_then_the_values(house, person, at_desk):
    """Found by the whole number; the list shows no value; opening asks for the reason again; the person sees both."""
    client = at_desk(Role.SUPPORT)
    found = client.post("/console/people/", question())
    assert "/console/people/look/" == found.headers["Location"], "no id and no number in the address"
    page = client.get("/console/people/look/").content.decode()
    assert "Mobile number" in page and "storage." in page
    assert "13800138000" not in page
    refused = client.post("/console/people/look/open/", {"categories": ["phone"], "reason": ""})
    assert 422 == refused.status_code and "13800138000" not in refused.content.decode()
    opened = client.post("/console/people/look/open/", {"categories": ["phone"], "reason": WHY})
    assert "+8613800138000" in opened.content.decode()
    assert "no-store" == opened.headers["Cache-Control"]
    looks = vault_queries.accesses(person)
    assert [("staff", WHY, 1), ("staff", WHY, 0)] == [
        (one.reader.value, one.reason, one.items) for one in looks if one.reader.value == "staff"
    ]


def test_nobody_is_found_by_half_a_number(person, at_desk):
    """Only an exact match is found, and the answer says so."""
    client = at_desk(Role.SUPPORT)
    answer = client.post("/console/people/", question(identifier="138 0013 8001"), follow=True)
    assert "Nobody was found" in answer.content.decode()
    assert 422 == client.post("/console/people/", question(identifier="8000")).status_code


def test_a_look_is_one_browsers_and_ends(person, at_desk):
    """Another member of staff with the same cookie sees nothing; ending it closes the page."""
    client = at_desk(Role.SUPPORT)
    client.post("/console/people/", question())
    other = at_desk(Role.OFFICER)
    other.cookies["look"] = client.cookies["look"].value
    assert "/console/people/" == other.get("/console/people/look/").headers["Location"]
    client.post("/console/people/look/end/")
    assert 302 == client.get("/console/people/look/").status_code
    assert 409 == client.post("/console/people/look/open/", {"categories": ["phone"], "reason": WHY}).status_code


def test_a_look_for_a_request_is_recorded(house, person, at_desk):
    """From a request the case is known; the reason in words is still asked for, and the person sees it."""
    filing = Filing(data_subject_id=person, right=Right.PORTABILITY, channel="protection-office")
    made = service.file(filing=filing, now=house.now)
    client = at_desk(Role.SUPPORT)
    assert 422 == client.post(f"/console/requests/{made.id}/look/", {"reason": " "}).status_code
    client.post(f"/console/requests/{made.id}/look/", {"reason": "To gather what is asked"})
    assert str(made.id) in client.get("/console/people/look/").content.decode()
    opened = client.post("/console/people/look/open/", {"categories": ["phone"], "reason": "To gather what is asked"})
    assert "+8613800138000" in opened.content.decode()
    purposes = [one.purpose for one in vault_queries.accesses(person) if one.reader.value == "staff"]
    assert ["right.portability", "right.portability"] == purposes


def test_holds_are_placed_and_lifted(house, person, at_desk):
    """An officer holds one storage clause under a named law; the list says nothing of whose it is."""
    client = at_desk(Role.OFFICER)
    client.post("/console/people/", question(reason_code="legal_duty"))
    until = (house.now + timedelta(days=90)).date().isoformat()
    wrong = client.post("/console/people/look/hold/", {"clause": "storage.account", "law": "", "until": until})
    assert 422 == wrong.status_code
    client.post("/console/people/look/hold/", {"clause": "storage.account", "law": "Order 7", "until": until})
    assert {"storage.account"} == holds.held_clauses(person, now=house.now)
    page = client.get("/console/holds/").content.decode()
    assert "Order 7" in page and str(person) not in page
    from upheld.retention import queries

    (hold,) = queries.holds(person, now=house.now)
    client.post(f"/console/holds/{hold.id}/lift/")
    assert frozenset() == holds.held_clauses(person, now=house.now)


def test_the_policy_decides_what_staff_open(house, person, at_desk):
    """For a purpose that does not use the number, opening it is refused with the clause, and nothing is shown."""
    client = at_desk(Role.SUPPORT)
    client.post("/console/people/", question(purpose="browse"))
    refused = client.post("/console/people/look/open/", {"categories": ["phone"], "reason": WHY})
    assert 422 == refused.status_code
    assert "functions.browse" in refused.content.decode()
    assert "13800138000" not in refused.content.decode()


def test_a_look_ends_when_its_person_is_erased(house, person, at_desk):
    """After an erasure of everything there is nothing to look at."""
    from upheld.retention import erasing
    from upheld.retention.values import Because

    client = at_desk(Role.SUPPORT)
    client.post("/console/people/", question())
    erasing.begin(data_subject_id=person, because=Because.REQUEST, now=house.now)
    for _ in range(3):
        house.later(minutes=1).work()
    page = client.get("/console/people/look/", follow=True)
    assert 200 == page.status_code
    assert "Mobile number" not in page.content.decode().partition("<main")[2].partition("<form")[0]
