# SPDX-License-Identifier: Apache-2.0
"""What everyone may read without an account."""

import pytest

from tests.web.portal.road import text

OPEN = (
    "/",
    "/policy",
    "/policy/lists",
    "/policy/versions",
    "/policy/versions/1",
    "/policy/versions/1/file",
    "/sign-in",
)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("address", OPEN)
def test_everyone_may_read(street, address, language):
    """Policy, lists, archive and the first pages open without an account, and set no session."""
    browser = street.browser(language)
    browser.get(address)
    assert "session" not in browser.client.cookies


def test_the_notice_has_an_anchor_for_every_clause(street):
    """A clause named anywhere leads to its sentence."""
    page = street.browser().get("/policy").content.decode()
    assert 'id="clause-storage.account"' in page
    assert page.count("<h1") == 1


def test_the_file_is_what_was_published(street):
    """The archive hands out the version byte for byte."""
    response = street.browser().get("/policy/versions/1/file")
    assert street.house.document == response.content
    assert 'attachment; filename="policy-1.yaml"' == response["Content-Disposition"]


@pytest.mark.parametrize("address", ["/policy/versions/9", "/policy/compare?old=1&new=9"])
def test_a_version_that_never_was(street, address):
    """An unknown version is not found."""
    street.browser().get(address, 404)


@pytest.mark.parametrize("query", ["", "old=1&new=1", "old=x&new=2", "old=1&new=-2", "old=1&new=99999999999"])
def test_a_comparison_of_nonsense(street, query):
    """A comparison that is none is a clear error, never a crash."""
    street.browser().get(f"/policy/compare?{query}", 400)


@pytest.mark.urls("tests.web.portal.alone")
def test_before_anything_is_published(db, client):
    """Without a policy the first page says so, and nobody can register."""
    assert "No privacy policy has been published" in text(client.get("/", REMOTE_ADDR="127.0.0.1"))
    assert 404 == client.get("/sign-in", REMOTE_ADDR="127.0.0.1").status_code
