# SPDX-License-Identifier: Apache-2.0
"""Forms and headers of the console: no forged post passes, nothing of a secret stays anywhere."""

from django.test import Client

from tests.web.console.desks import SIGN_IN, joined, signed_in
from upheld.people.permissions import Permission, Role
from upheld.web.console import words


def test_a_post_without_its_token_changes_nothing(house):
    """A form of another site is refused, before and after the sign-in."""
    colleague = joined(Role.OFFICER, now=house.now)
    forged = Client(REMOTE_ADDR="127.0.0.1", enforce_csrf_checks=True)
    assert 403 == forged.post(SIGN_IN, {"email": colleague.email}).status_code
    client = signed_in(colleague)
    forged.cookies = client.cookies
    assert 403 == forged.post("/console/staff/invite/", {"role": "officer"}).status_code


def test_an_invitation_leaves_no_trace_in_headers(house):
    """The answer to the link holds the token in a cookie alone; nothing is cached, no referrer is sent."""
    answer = Client(REMOTE_ADDR="127.0.0.1").get("/console/invite/some-secret-token")
    named = {name: value for name, value in answer.headers.items() if "some-secret-token" in value}
    assert {} == named
    assert b"" == answer.content
    assert ("no-store", "no-referrer") == (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"])
    long = Client(REMOTE_ADDR="127.0.0.1").get("/console/invite/" + "x" * 400)
    assert "invite" not in long.cookies


def test_what_a_page_says_on_top_is_ours(at_desk):
    """A word in the address that is not on the list says nothing."""
    page = at_desk().get("/console/?said=<b>anything</b>").content.decode()
    assert "<b>anything" not in page and 'role="status"' not in page


def test_every_call_of_the_api_has_words():
    """Who issues a key reads what each permission lets a program do."""
    calls = {one.value for one in Permission if one.value.startswith("api:")}
    assert calls == set(words.API_PERMISSIONS)


def test_every_role_has_words():
    """Who invites reads what each role may do."""
    assert {role.value for role in Role} == set(words.ROLES)


def test_every_message_has_a_name():
    """The list of messages names each template."""
    from upheld.messages.texts import TEMPLATES

    assert set(TEMPLATES) == set(words.TEMPLATES)
