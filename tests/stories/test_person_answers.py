# SPDX-License-Identifier: Apache-2.0
"""What a person reads once somebody answered, refused, wrote or was late."""

import re

import pytest

from tests.web.portal.road import text
from upheld.messages import service as messages
from upheld.messages.service import Message
from upheld.people.models import Account
from upheld.rights import queries, service
from upheld.rights.values import RefusalGiven
from upheld.terms import Language


@pytest.fixture
def place(person):
    """The address of a complaint that was filed."""
    response = person.post("/requests/new/complaint", statement="Too many messages.")
    return re.search(r"/requests/[0-9a-f-]{36}", response.redirect_chain[-1][0]).group()


def subject():
    return Account.objects.get().data_subject_id


def test_an_answer_is_read_where_it_was_asked(street, person, place):
    """The answer stands on the request's page; it is open no more, and cannot be taken back."""
    service.answer(request_id=place.rsplit("/")[-1], text="We stopped them.", now=street.house.now)
    said = text(person.get(place))
    assert "We stopped them." in said
    assert "Take the request back" not in said
    person.post(f"{place}/take-back", 409)


def test_a_refusal_names_its_ground_and_the_remedies(street, person, place):
    """A person who is refused reads why, and where to turn."""
    refusal = RefusalGiven(
        ground="repeated", evidence={"earlier-requests": "three since May"}, text="We answered this last week."
    )
    service.refuse(request_id=place.rsplit("/")[-1], refusal=refusal, now=street.house.now)
    said = text(person.get(place))
    for word in ("repeated without reason", "We answered this last week.", "go to court", "complain to us"):
        assert word in said
    assert "three since May" not in said


def test_a_late_answer_is_called_late(street, person, place):
    """Past its day the request says so by itself."""
    street.house.later(days=6)
    person.sign_in()
    street.house.later(days=6)
    person.get("/requests")
    street.house.later(days=5)
    assert "The answer is late" in text(person.get(place))
    assert 1 == queries.overdue(street.house.now)


def test_a_message_waits_until_it_is_read(street, person):
    """The number of unread messages stands on the first page; reading one takes it away."""
    note = Message(
        data_subject_id=subject(), template="request.answered", values={"reference": "R-1"}, language=Language.EN,
        dedupe="answered:R-1",
    )  # fmt: skip
    before = text(person.get("/")).count("One message is unread")
    messages.leave_note(note, now=street.house.now)
    assert 0 == before
    page = person.get("/account/messages")
    assert "Your request R-1 is answered" in text(page)
    assert "One message is unread" in text(person.get("/"))
    person.post(re.search(r"/account/messages/[0-9a-f-]{36}/read", page.content.decode()).group())
    assert "Nothing is unread" in text(person.get("/"))
