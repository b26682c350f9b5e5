# SPDX-License-Identifier: Apache-2.0
"""A newer version reaches a person: told what changes, bound where it may bind, never bound to a cut unasked."""

from datetime import timedelta

import pytest

from tests.houses import House
from tests.web.portal.road import text
from upheld.facts import queries as facts
from upheld.facts import world_service
from upheld.notices.models import ChangeTold
from upheld.people.models import Account
from upheld.promises import history
from upheld.storage.acts import act


def publish(house: House, old: str, new: str, *, in_days: int = 0) -> None:
    """Publish version 2 with one thing said otherwise."""
    document = house.document.decode().replace("version: 1\n", "version: 2\n", 1)
    assert old in document
    with act() as acting:
        world_service.publish_version(
            document.replace(old, new, 1).encode(), effective_at=house.now + timedelta(days=in_days), now=house.now
        )
        house._quietly(acting)


def bound_to() -> int:
    return facts.of(Account.objects.get().data_subject_id).person.version


SHORTER = ("keep: 30 days\n    from: cancellation", "keep: 20 days\n    from: cancellation")


def test_a_newer_version_is_shown_and_accepted(street, person):
    """The first page says so; the page of changes names the clause, before and after; accepting binds."""
    publish(street.house, *SHORTER)
    assert "The privacy policy changes" in text(person.get("/"))
    said = text(person.get("/policy/newer"))
    for word in ("storage.identity", "Before", "30 days", "After", "20 days"):
        assert word in said
    person.post("/policy/newer", 400, version="2")
    assert 1 == bound_to()
    assert "You accepted this version" in text(person.post("/policy/newer", version="2", answer="accept"))
    assert 2 == bound_to()
    assert "policy changes" not in text(person.get("/"))


def test_a_version_to_come_cannot_be_accepted_yet(street, person):
    """It can be read and compared; a form sent early changes nothing."""
    publish(street.house, *SHORTER, in_days=20)
    assert "It can be accepted once it applies" in text(person.get("/policy/newer"))
    person.post("/policy/newer", version="2", answer="accept")
    assert 1 == bound_to()


def test_versions_are_compared_by_everyone(street):
    """Without an account, in both languages."""
    publish(street.house, *SHORTER)
    assert "20 days" in text(street.browser().get("/policy/compare?old=1&new=2"))
    assert "变更后" in text(street.browser("zh-Hans").get("/policy/compare?old=2&new=1"))
    assert "Compare two versions" in text(street.browser().get("/policy/versions"))


def test_a_version_published_between_form_and_code_is_asked_for_anew(street):
    """Who accepted the earlier version while registering reads the later one before the account opens."""
    browser = street.browser()
    browser.ask_for_code()
    publish(street.house, *SHORTER)
    response = browser.post("/sign-in/code", code=street.code())
    assert "One thing before your account opens" in text(response)
    browser.post("/sign-in/accept", version="2", accepted="on")
    assert 2 == bound_to()


def test_a_form_that_names_an_older_version_is_shown_again(street):
    """A page left open while a version was published does not accept what was not read."""
    publish(street.house, *SHORTER)
    page = street.browser().ask_for_code(status=400)
    assert "published meanwhile" in text(page)


@pytest.mark.parametrize("page", ["/policy/newer", "/policy/accept"])
def test_where_nothing_is_new_one_is_led_home(person, page):
    """An address kept in the browser leads to the first page."""
    assert "Welcome" in text(person.get(page))


# --- seen without being asked

CUT = ("within: 15 days", "within: 25 days")


def told() -> set[str]:
    return set(ChangeTold.objects.values_list("way", flat=True))


def test_any_page_shows_the_window_and_the_dot_and_that_is_told(street, person):
    """Before it nobody was told; the window goes for the session with "later", the dot stays."""
    publish(street.house, *CUT)
    assert told() == set()
    page = person.get("/account").content.decode()
    assert 'class="window"' in page
    assert "dotted" in page
    assert told() == {"badge", "popup"}
    page = person.post("/policy/newer/later", back="/account").content.decode()
    assert 'class="window"' not in page
    assert "dotted" in page


def test_a_refusal_is_as_easy_as_a_yes_and_ends_the_asking(street, person):
    """Two forms alike but for the word; after the no nothing asks again, and the version stays within reach."""
    publish(street.house, *CUT)
    page = person.get("/policy/newer").content.decode()
    forms = [one.split("</form>")[0] for one in page.split('action="/policy/newer"')[1:]]
    assert [one.count("<input") for one in forms] == [forms[0].count("<input")] * 2
    assert [one.count('class="button quiet"') for one in forms] == [1, 1]
    assert "You refused" in text(person.post("/policy/newer", version="2", answer="refuse"))
    for address in ("/", "/account", "/choices"):
        page = person.get(address).content.decode()
        assert 'class="window"' not in page
        assert "dotted" not in page
    assert 1 == bound_to()
    assert "You refused this version" in text(person.get("/policy/newer"))
    person.post("/policy/newer", version="2", answer="accept")
    assert 2 == bound_to()


def test_visitors_are_told_of_a_version_to_come(street):
    """A line on every page leads to what changes; a first version is announced to nobody."""
    visitor = street.browser()
    assert "announcement" not in visitor.get("/").content.decode()
    publish(street.house, *CUT, in_days=20)
    for address in ("/", "/policy/lists", "/sign-in"):
        assert "/policy/compare?old=1&amp;new=2" in visitor.get(address).content.decode()


def test_how_the_policy_is_kept_can_be_read_and_narrowed(street):
    """Before it was computed the page says so; then each promise stands with its status, in both languages."""
    assert "Not computed yet" in text(street.browser().get("/policy/promises"))
    history.take(version=1, now=street.house.now)
    assert "Not exercised" in text(street.browser().get("/policy/promises"))
    assert "承诺" in text(street.browser("zh-Hans").get("/policy/promises?status=not_exercised"))
    assert "No promise stands so" in text(street.browser().get("/policy/promises?status=broken"))
