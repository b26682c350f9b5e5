# SPDX-License-Identifier: Apache-2.0
"""Who may open what: every address of the console against every role, and against nobody."""

from uuid import UUID

import pytest
from django.test import Client

from upheld.people.permissions import PERMISSIONS, Role
from upheld.web.console import urls

SOME_ID = UUID("018f0000-0000-7000-8000-00000000abcd")
SAMPLES = {
    "clause_id": "storage.account",
    "recipient_id": "nobody",
    "source_id": "nobody",
    "token": "nothing",
    "version": 7,
}
ADDRESSES = {one.name: one for one in urls.urlpatterns}
GUARDED = sorted(name for name, one in ADDRESSES.items() if one.callback.permission is not None)
OPEN = {"sign_in", "sign_out", "invite", "join"}


def address(name):
    from django.urls import reverse

    names = ADDRESSES[name].pattern.converters
    return reverse(f"console:{name}", kwargs={one: SAMPLES.get(one, SOME_ID) for one in names})


def test_only_the_way_in_is_open():
    """Every other address names the permission that it takes."""
    assert OPEN == {name for name, one in ADDRESSES.items() if one.callback.permission is None}


@pytest.mark.parametrize("name", GUARDED)
def test_nobody_gets_in_without_signing_in(house, name):
    """Whoever is not signed in is led to the sign-in, whatever they ask for and however."""
    client = Client(REMOTE_ADDR="127.0.0.1")
    for answer in (client.get(address(name)), client.post(address(name)), client.put(address(name))):
        assert 302 == answer.status_code
        assert answer.headers["Location"].startswith("/console/sign-in/")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_may_and_nothing_else(at_desk, role):
    """403 exactly where the role lacks the permission; elsewhere the page, a form's complaint, or nothing found."""
    client = at_desk(role)
    wrong = []
    for name in GUARDED:
        if name in {"end_session", "renew_codes"}:
            continue  # one's own
        allowed = ADDRESSES[name].callback.permission in PERMISSIONS[role]
        for method in ("get", "post"):
            status = getattr(client, method)(address(name)).status_code
            if (status == 403) == allowed or status >= 500:
                wrong.append((name, method, status))
    assert [] == wrong


def test_a_person_is_no_member_of_staff(house):
    """A session of the portal opens nothing here."""
    from upheld.people import sessions
    from upheld.people.values import SessionKind
    from upheld.clock import SystemClock

    signed = sessions.start(data_subject_id=house.person(), kind=SessionKind.PERSON, security_now=SystemClock().now())
    client = Client(REMOTE_ADDR="127.0.0.1")
    client.cookies["staff_session"] = signed.token
    assert 302 == client.get("/console/").status_code
