# SPDX-License-Identifier: Apache-2.0
"""Every page opens under each of the five policies, in both languages."""

import pytest

from tests.web.portal.road import Street, text
from upheld.messages import transports
from upheld.people.models import Account
from upheld.storage.sequencer import make_log_key

POLICIES = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")
PAGES = (
    "/", "/policy", "/policy/lists", "/choices", "/choices/history", "/profile", "/my-data", "/my-data/looks",
    "/my-data/disclosures", "/my-data/copy", "/my-data/erase", "/my-data/erase/everything", "/requests", "/receipts",
    "/account", "/account/number", "/account/messages", "/account/family", "/age",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("policy", POLICIES)
def test_every_page_under_every_policy(db, monkeypatch, settings, policy, language):
    """A person registers and opens every page, every function to fill in and every right, whatever the policy says."""
    settings.ROOT_URLCONF = "tests.web.portal.alone"
    make_log_key()
    street = Street(monkeypatch, policy)
    person = street.browser(language).register()
    for page in PAGES:
        person.get(page)
    from upheld.web.portal.asking import typed_functions

    for function in typed_functions(street.house.policy):
        person.get(f"/profile/{function}")
    for right in street.house.policy.rights.requests:
        person.get(f"/requests/new/{right.value}")
    transports.wire({})


def test_where_no_number_is_taken_at_an_unknown_age_the_age_comes_first(db, monkeypatch, settings):
    """A child is told whom to ask and nothing is kept; the same number, said to be of age, opens the account."""
    settings.ROOT_URLCONF = "tests.web.portal.alone"
    street = Street(monkeypatch, "jewellery-shop")
    browser = street.browser()
    browser.ask_for_code()
    asked = browser.post("/sign-in/code", code=street.code())
    assert "so we ask before your account opens" in text(asked)
    assert "not_now" not in asked.content.decode()
    browser.post("/sign-in/age", 400, how="birth_date")
    browser.post("/sign-in/age", 400, how="birth_date", birth_on="2999-01-01")
    child = browser.post("/sign-in/age", 403, how="birth_date", birth_on="2018-01-01")
    assert "Ask the adult who is responsible for you" in text(child)
    assert 0 == Account.objects.count()
    assert "Your account is open" in text(browser.post("/sign-in/age", how="of_age"))
    transports.wire({})


def test_a_person_restricts_and_lifts_it_again(db, monkeypatch, settings):
    """Where the policy offers it: restricted at once, saving is refused, and the person's own word lifts it."""
    settings.ROOT_URLCONF = "tests.web.portal.alone"
    make_log_key()
    street = Street(monkeypatch, "document-tools")
    person = street.browser().register()
    person.post("/requests/restriction/lift", 409)
    person.post("/requests/new/restriction", statement="I dispute it.")
    street.work()
    assert "Your data is restricted" in text(person.get("/"))
    assert "The restriction is lifted" in text(person.post("/requests/restriction/lift"))
    assert "Your data is restricted" not in text(person.get("/"))
    transports.wire({})
