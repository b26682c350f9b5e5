# SPDX-License-Identifier: Apache-2.0
"""Who may open what: signed out, another person, and a closed account, on every page."""

import re
from uuid import UUID

import pytest

from upheld.rights import fulfilment
from upheld.rights import queries as requests
from django.urls import get_resolver

from tests.web.portal.road import OTHER
from upheld.web.portal import urls

OPEN = {
    "home", "notice", "lists", "versions", "version", "document", "compare", "sign_in", "code", "send_again", "accept",
    "age_first", "children", "promises",
    None,  # privacy/versions, another address of the versions
}  # fmt: skip
STRANGE = "018f0000-0000-7000-8000-0000000000ff"
ARGUMENTS = {
    "seq": 1, "name": "profile", "item_id": STRANGE, "right": "complaint", "request_id": STRANGE,
    "evidence_id": STRANGE, "session_id": STRANGE, "note_id": STRANGE, "ward": STRANGE,
    "link_id": STRANGE,
}  # fmt: skip


def address_of(pattern):
    path = str(pattern.pattern)
    if pattern.name == "clause":
        return "/policy/clause/functions.profile"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ARGUMENTS[found.group(1)]), path)


CLOSED = [pattern for pattern in urls.urlpatterns if pattern.name not in OPEN]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("pattern", CLOSED, ids=lambda pattern: pattern.name)
def test_nobody_gets_in_without_signing_in(street, pattern, method):
    """Every page about a person leads a visitor to the sign-in, or answers no such method."""
    response = getattr(street.browser().client, method)(address_of(pattern))
    assert response.status_code == 405 or response["Location"].startswith("/sign-in")


WITH_IDS = [p for p in CLOSED if "uuid" in str(p.pattern)]


@pytest.mark.parametrize("pattern", WITH_IDS, ids=lambda pattern: pattern.name)
def test_what_is_not_there_is_not_found(person, pattern):
    """An id that nobody has is not found, whatever the method."""
    for method in ("get", "post"):
        assert getattr(person.client, method)(address_of(pattern)).status_code in {404, 405}


def test_another_persons_ids_are_not_found(street):
    """Items, requests, receipts, sessions and wards of one person do not exist for another."""
    one = street.browser().register()
    one.agree("purpose:profile")
    one.fill("profile", nickname="Mimi")
    one.post("/requests/new/complaint", statement="Hello.")
    street.house.later(minutes=30)
    one.post("/account/family", birth_on="2026-01-01")
    ward = re.search(r'name="whose" value="([0-9a-f-]{36})"', one.get("/choices").content.decode()).group(1)
    one.post("/account/family/me")
    pages = "".join(one.get(page).content.decode() for page in ("/my-data", "/requests", "/receipts"))
    places = set(re.findall(r'href="(/(?:my-data|requests|receipts)/[0-9a-f-]{36})"', pages))
    assert len(places) >= 4
    other = street.browser().register(OTHER)
    for place in places:
        other.get(place, 404)
    other.post(f"/account/family/{ward}/act", 404)
    for place in places:
        if place.startswith("/requests"):
            other.post(f"{place}/take-back", 404)
        if place.startswith("/my-data"):
            other.post(f"{place}/erase", 404)
        if place.startswith("/receipts"):
            other.get(f"{place}/file", 404)


def test_a_cookie_of_acting_for_another_cannot_be_made_up(street, person):
    """A forged choice of whom to act for is nobody's."""
    person.client.cookies["acting-for"] = STRANGE
    assert "You act for somebody" not in person.get("/").content.decode()


def test_who_acted_for_somebody_who_is_erased_acts_for_oneself_again(street, person):
    """When everything of a ward is erased, the guardian's own pages open as ever."""
    person.post("/account/family", birth_on="2026-01-01")
    ward = re.search(r'name="whose" value="([0-9a-f-]{36})"', person.get("/choices").content.decode()).group(1)
    address = "/my-data/erase/everything"
    case = re.search(r'name="case" value="([^"]+)"', person.get(address).content.decode()).group(1)
    person.post(address, case=case, warned=person.warned(address), whose=ward)
    person.post("/my-data/erase/everything/code", code=street.code(), whose=ward)
    assert "You act for somebody" in person.get("/").content.decode()
    (asked,) = requests.of(UUID(ward))
    fulfilment.begin(request=asked, now=street.house.now)  # as staff do, once they looked at it
    street.work()
    street.house.later(minutes=5)
    street.work()
    assert "You act for somebody" not in person.get("/").content.decode()
    person.get("/account")


def test_oversized_forms_are_refused(person):
    """More fields, or more bytes, than any form has: a clear page."""
    many = {f"f{n}": "x" for n in range(300)}
    assert 400 == person.client.post("/requests/new/complaint", many).status_code
    big = person.client.post("/requests/new/complaint", {"statement": "x" * 2_000_000})
    assert big.status_code in {400, 413}


@pytest.mark.parametrize("fields", [
    {}, {"topic": "purpose:profile"}, {"topic": "purpose:nonsense", "decision": "given", "wording": "0"},
    {"topic": "purpose:profile", "decision": "maybe"}, {"topic": "x" * 5000, "decision": "given"},
    {"topic": "told:notice", "decision": "withdrawn"},
])  # fmt: skip
def test_a_choice_of_nonsense_changes_nothing(person, fields):
    """A form that is none is refused."""
    assert 400 == person.client.post("/choices/choose", fields).status_code


def test_a_choice_names_the_wording_that_was_shown(person):
    """A consent to other words than those in force is refused."""
    fields = {"topic": "purpose:profile", "decision": "given", "wording": "0" * 64}
    assert 409 == person.client.post("/choices/choose", fields).status_code


def test_what_basic_functions_need_cannot_be_switched_off(person):
    """There is no button for it, and a made-up form is refused."""
    fields = {"topic": "purpose:account", "decision": "withdrawn"}
    assert 409 == person.client.post("/choices/choose", fields).status_code


def test_every_page_answers(person):
    """Every page without an id opens for a person."""
    for pattern in urls.urlpatterns:
        if pattern.name in {"compare", "log_key", "document"} or "uuid" in str(pattern.pattern):
            continue
        response = person.client.get(address_of(pattern))
        assert response.status_code in {200, 302, 405, 404 if pattern.name == "erase_category" else 200}, pattern.name
    assert get_resolver().resolve("/").url_name == "home"
