# SPDX-License-Identifier: Apache-2.0
"""Staff join by a one-time link, sign in with three things at once, and leave."""

import re

import pyotp
from django.test import Client

from tests.web.console.conftest import at_desk, house  # noqa: F401 - fixtures
from tests.web.console.desks import PASSWORD, SIGN_IN, joined, signed_in
from upheld.clock import SystemClock
from upheld.people import staff_invites
from upheld.people.permissions import Role


def browser():
    client = Client(REMOTE_ADDR="127.0.0.1")
    client.cookies["language"] = "en"
    return client


def invitation(house):
    return staff_invites.invite(role=Role.OFFICER, now=house.now, security_now=SystemClock().now()).token


def form(**changed):
    return {
        "name": "Chen Wei",
        "email": "chen.wei@staff.example",
        "password": PASSWORD,
        "again": PASSWORD,
        "code": "000000",
    } | changed


def test_the_link_leads_to_an_account_once(house):
    """The first officer opens the link, sets up a second factor, keeps the recovery codes, and signs in."""
    token, client = invitation(house), browser()
    opened = client.get(f"/console/invite/{token}")
    assert ("/console/join/", "no-referrer") == (opened.headers["Location"], opened.headers["Referrer-Policy"])
    assert opened.cookies["invite"]["httponly"] and opened.cookies["invite"]["path"] == "/console/join/"
    page = client.get("/console/join/").content.decode()
    assert token not in page
    assert "data:image/svg+xml" in page
    secret = re.search(r"[A-Z2-7]{32}", page).group()

    wrong = client.post("/console/join/", form(again="another long password"))
    assert 422 == wrong.status_code
    assert "Chen Wei" in wrong.content.decode() and PASSWORD not in wrong.content.decode()

    done = client.post("/console/join/", form(code=pyotp.TOTP(secret).now()))
    codes = re.findall(r"^[a-z2-9]{16}$", done.content.decode().replace('codes">', 'codes">\n'), re.MULTILINE)
    assert (200, 10) == (done.status_code, len(codes))
    again = browser()
    again.get(f"/console/invite/{token}")
    assert 403 == again.get("/console/join/").status_code

    sign_in = {"email": "chen.wei@staff.example", "password": PASSWORD, "code": codes[0]}
    answer = client.post(SIGN_IN, sign_in)
    assert "/console/" == answer.headers["Location"].partition("?")[0]
    cookie = answer.cookies["staff_session"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/console"
    assert "Chen Wei" in client.get("/console/").content.decode()
    assert 422 == browser().post(SIGN_IN, sign_in).status_code, "a recovery code serves once"


def test_which_of_the_three_was_wrong_is_not_said(house):
    """A wrong address, password or code is answered by the same sentence, and the address stays typed."""
    colleague = joined(Role.SUPPORT, now=house.now)
    tries = (
        {"email": "nobody@staff.example", "password": PASSWORD, "code": "123456"},
        {"email": colleague.email, "password": "something else entirely", "code": colleague.recovery_codes[0]},
    )
    for one in tries:
        answer = browser().post(SIGN_IN, one, REMOTE_ADDR="127.0.0.1")
        assert 422 == answer.status_code
        said = answer.content.decode()
        assert "Which of them is not said" in said and one["email"] in said and one["password"] not in said


def test_the_sign_in_leads_back_inside_alone(house):
    """After the sign-in staff stand where they wanted to go, and never on another site."""
    for wanted, stands in (
        ("/console/board/", "/console/board/"),
        ("https://evil.example/", "/console/"),
        ("//evil.example/console/", "/console/"),
    ):
        colleague = joined(Role.AUDITOR, f"a{len(wanted)}@staff.example", now=house.now)
        posted = {"email": colleague.email, "password": PASSWORD, "code": colleague.recovery_codes[0], "next": wanted}
        assert stands == browser().post(SIGN_IN, posted).headers["Location"]


def test_signing_out_ends_the_session(house):
    """The cookie that a browser kept opens nothing after the sign-out."""
    client = signed_in(joined(Role.OFFICER, now=house.now))
    kept = client.cookies["staff_session"].value
    client.post("/console/sign-out/")
    client.cookies["staff_session"] = kept
    assert 302 == client.get("/console/").status_code


def test_officers_keep_the_staff(house, at_desk):
    """An officer invites, changes a role, ends an account; the last officer cannot be ended."""
    client = at_desk(Role.OFFICER)
    made = client.post("/console/staff/invite/", {"role": "support"}).content.decode()
    assert re.search(r"http://testserver/console/invite/[\w-]{43}", made)
    other = joined(Role.SUPPORT, "second@staff.example", now=house.now)
    theirs = signed_in(other)
    client.post(f"/console/staff/{other.staff_id}/role/", {"role": "auditor"})
    assert 403 == theirs.get("/console/people/").status_code, "a role holds from the next page on"
    assert 302 == client.post(f"/console/staff/{other.staff_id}/end/").status_code
    assert 302 == theirs.get("/console/").status_code
    client.post(f"/console/staff/{other.staff_id}/forget/")
    from upheld.people import staff_records

    assert "—" == staff_records.one(other.staff_id).name
    me = next(one for one in staff_records.everyone() if one.role is Role.OFFICER)
    refused = client.post(f"/console/staff/{me.id}/end/")
    assert 422 == refused.status_code and "last officer" in refused.content.decode()


def test_new_recovery_codes_are_shown_once(at_desk):
    """Ten new codes appear once; the account page only counts them."""
    client = at_desk(Role.PUBLISHER)
    shown = client.post("/console/account/codes/").content.decode()
    codes = re.findall(r"\b[a-z2-9]{16}\b", shown)
    assert 10 == len(codes)
    assert codes[0] not in client.get("/console/account/").content.decode()
