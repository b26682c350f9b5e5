# SPDX-License-Identifier: Apache-2.0
"""Registering and signing in."""

import pytest

from tests.web.portal.road import NUMBER, OTHER, text
from upheld.people.models import Account


def test_registration_takes_a_number_and_a_code(street):
    """The road of a newcomer: number, box ticked by hand, code, age."""
    browser = street.browser()
    page = browser.get("/sign-in").content.decode()
    box = page.split('name="accepted"')[1].split(">")[0]
    assert "checked" not in box
    browser.ask_for_code()
    response = browser.post("/sign-in/code", code=street.code())
    assert "Your account is open" in text(response)
    assert "session" in browser.client.cookies
    cookie = browser.client.cookies["session"]
    assert (True, "Lax") == (cookie["httponly"], cookie["samesite"])
    browser.post("/age", how="of_age")
    assert "What is held" in text(browser.get("/"))


def test_whoever_did_not_accept_is_asked_before_anything_opens(street):
    """A number without an account and without the box ticked leads to the notice; only then an account opens."""
    browser = street.browser()
    browser.ask_for_code(accept=False)
    response = browser.post("/sign-in/code", code=street.code())
    assert "One thing before your account opens" in text(response)
    assert 0 == Account.objects.count()
    browser.post("/sign-in/accept", 400, version="1")
    browser.post("/sign-in/accept", version="1", accepted="on")
    assert 1 == Account.objects.count()


def test_signing_in_needs_no_box(street):
    """Who has an account signs in by the code alone."""
    street.browser().register()
    response = street.browser().sign_in()
    assert "Welcome" in text(response)


def test_nobody_learns_who_has_an_account(street):
    """The answer to a known number is that to an unknown one."""
    street.browser().register(NUMBER)
    street.house.later(minutes=30)
    known = text(street.browser().ask_for_code(NUMBER, accept=False))
    unknown = text(street.browser().ask_for_code(OTHER, accept=False))
    assert known == unknown


def test_a_wrong_code_is_refused_and_five_use_it_up(street):
    """After five wrong tries the right one is worthless."""
    browser = street.browser()
    browser.ask_for_code()
    right = street.code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert "wrong, used up or too old" in text(browser.post("/sign-in/code", 400, code=wrong))
    browser.post("/sign-in/code", 400, code=right)
    assert "session" not in browser.client.cookies


def test_a_code_works_once(street):
    """A code that was used signs nobody in again."""
    one, two = street.browser(), street.browser()
    one.ask_for_code()
    two.client.cookies["code-step"] = one.client.cookies["code-step"].value
    code = street.code()
    one.post("/sign-in/code", code=code)
    two.post("/sign-in/code", 400, code=code)


@pytest.mark.parametrize("code", ["", "12", "12345678901234567890123456789", "abcdef", "１２３"])
def test_what_is_no_code(street, code):
    """Anything but six digits is told, and no try is counted."""
    browser = street.browser()
    browser.ask_for_code()
    browser.post("/sign-in/code", 400, code=code)


@pytest.mark.parametrize("number", ["", "12", "not a number", "1" * 500, "+999999999999"])
def test_what_is_no_number(street, number):
    """It is told beside the field, and what was typed stays."""
    page = street.browser().ask_for_code(number, status=400).content.decode()
    if number and len(number) < 25:
        assert f'value="{number}"' in page


def test_asking_too_often_is_told_with_a_time(street):
    """The fourth code for a number within ten minutes is not sent."""
    browser = street.browser()
    for _ in range(3):
        browser.ask_for_code()
    assert "too often" in text(browser.ask_for_code(status=400))


def test_another_code_can_be_sent(street):
    """Without typing the number again, within the limits."""
    browser = street.browser()
    browser.ask_for_code()
    street.house.later(seconds=20)
    assert "A new code was sent" in text(browser.post("/sign-in/again"))
    browser.post("/sign-in/code", code=street.code())
    assert "session" in browser.client.cookies


def test_signing_out_ends_the_session(person):
    """The token is worthless afterwards, wherever it was copied to."""
    token = person.client.cookies["session"].value
    person.post("/sign-out")
    person.client.cookies["session"] = token
    response = person.client.get("/my-data")
    assert (302, "/sign-in?next=%2Fmy-data") == (response.status_code, response["Location"])


def test_after_signing_in_one_is_where_one_wanted_to_be(street):
    """A page that needed a sign-in opens after it; another site's address is ignored."""
    street.browser().register()
    street.house.later(minutes=30)
    browser = street.browser()
    browser.post("/sign-in", phone=NUMBER, version=1, next="/my-data")
    response = browser.post("/sign-in/code", code=street.code())
    assert "/my-data" == response.redirect_chain[-1][0]
    street.house.later(minutes=30)
    browser = street.browser()
    browser.post("/sign-in", phone=NUMBER, version=1, next="https://elsewhere.example/")
    response = browser.post("/sign-in/code", code=street.code())
    assert "/" == response.redirect_chain[-1][0]


@pytest.mark.parametrize("token", ["x", "x" * 5000, "é"])
def test_a_forged_session_is_none(street, token):
    """A made-up token signs nobody in."""
    browser = street.browser()
    browser.client.cookies["session"] = token
    assert 302 == browser.client.get("/my-data").status_code


def test_forms_need_their_token(street):
    """A form from elsewhere is refused."""
    browser = street.browser()
    browser.client.handler.enforce_csrf_checks = True
    assert 403 == browser.client.post("/sign-in", {"phone": NUMBER, "version": 1}).status_code


def test_nothing_personal_stands_in_addresses(street):
    """No address on the way in carries the number or the code."""
    browser = street.browser()
    first = browser.ask_for_code()
    code = street.code()
    second = browser.post("/sign-in/code", code=code)
    places = [place for place, _ in first.redirect_chain + second.redirect_chain]
    assert not any("138" in place or code in place for place in places)
