# SPDX-License-Identifier: Apache-2.0
"""What a clause means for me, the words for children, and consent receipts for other programs."""

import json
import re

import pytest

from tests.web.portal.road import OTHER, text
from upheld import policy


@pytest.fixture
def holder(person):
    """A person who agreed to the profile and filled a field in."""
    person.agree("purpose:profile")
    person.fill("profile", nickname="Mimi")
    return person


def test_a_clause_says_what_it_means_for_me(holder):
    """A function's clause shows my choice, what is held with its end, and that nobody received it; the value stays sealed."""
    page = holder.get("/policy/clause/functions.profile.collects")
    said = text(page)
    assert "Profile" in said
    assert "Nickname" in said
    assert "180 days after your account is closed" in said
    assert "Nobody." in said
    assert "Mimi" not in said
    assert "/policy/versions/1#clause-functions.profile.collects" in page.content.decode()


def test_it_is_about_nobody_else(holder, street):
    """Another person sees nothing of it, and looking leaves no look behind."""
    other = street.browser().register(OTHER)
    assert "Nickname" not in text(other.get("/policy/clause/functions.profile.collects")).partition("What is held")[2]
    assert "Nothing." in text(other.get("/policy/clause/functions.profile.collects"))
    before = text(holder.get("/my-data/looks"))
    holder.get("/policy/clause/categories.nickname")
    assert before == text(holder.get("/my-data/looks"))


def test_a_right_shows_my_requests(person):
    """The clause of a right shows the requests made under it."""
    assert "Received" not in text(person.get("/policy/clause/rights.requests.complaint")).partition("Your requests")[2]
    person.post("/requests/new/complaint", statement="Hello.")
    assert "/requests/" in person.get("/policy/clause/rights.requests.complaint").content.decode()
    assert "Complaint" in text(person.get("/policy/clause/rights.requests.complaint"))


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_clause_has_such_a_page(street, language):
    """One clause of each section opens, and the policy links to it for who is signed in, and not for a visitor."""
    person = street.browser(language).register()
    clauses = {clause.kind: clause.id for clause in policy.bind(street.house.policy)}
    for clause in clauses.values():
        person.get(f"/policy/clause/{clause}")
    assert 'class="notice-mine"' in person.get("/policy").content.decode()
    assert 'class="notice-mine"' not in street.browser(language).get("/policy").content.decode()


@pytest.mark.parametrize("clause", ["functions.none", "x", "functions.profile.none", "__proto__", "commitments."])
def test_a_clause_that_is_not_there(person, clause):
    """What the policy does not say is not found."""
    person.get(f"/policy/clause/{clause}", 404)


def test_the_words_for_children_are_open_to_all(street):
    """Anyone may read them, and the page that asks for a guardian leads there."""
    assert "fetch the grown-up" in text(street.browser().get("/policy/children"))
    assert "照顾你的大人" in text(street.browser("zh-Hans").get("/policy/children"))
    assert "/policy/children" in street.browser().register().get("/guardian").content.decode()


def receipt_of(person, title):
    """The id of the newest receipt with this title."""
    page = person.get("/receipts").content.decode()
    return re.search(rf'/receipts/([0-9a-f-]{{36}})">{title}', page)[1]


def test_a_consent_comes_as_a_receipt_for_other_programs(holder):
    """The receipt names what was agreed to, when, by whom and under which notice, and no value."""
    found = holder.get(f"/receipts/{receipt_of(holder, 'You agreed')}/consent")
    assert 'filename="consent-receipt.json"' in found["Content-Disposition"]
    content = json.loads(found.content)["receipt_content"]
    assert ["profile"] == [one["purpose_id"] for one in content["pii_processing"]["purposes"]]
    assert content["pii_processing"]["privacy_notice"].endswith("/policy/versions/1")
    (event,) = content["events"]
    assert ("dpv:ConsentGiven", content["pii_principal_id"]) == (event["event_state"], event["entity_id"])
    assert "Mimi" not in found.content.decode()


def test_a_withdrawal_has_one_too(holder):
    """What was taken back is a receipt of its own."""
    holder.take_back("purpose:profile")
    found = holder.get(f"/receipts/{receipt_of(holder, 'You took a consent back')}/consent")
    assert "dpv:ConsentWithdrawn" == json.loads(found.content)["receipt_content"]["events"][0]["event_state"]


def test_other_receipts_are_no_consents(holder, street):
    """A receipt of something else has none, and another person's does not exist."""
    collected, agreed = receipt_of(holder, "Something was collected"), receipt_of(holder, "You agreed")
    holder.get(f"/receipts/{collected}/consent", 404)
    holder.get(f"/receipts/{agreed}/consent")
    street.browser().register(OTHER).get(f"/receipts/{agreed}/consent", 404)
