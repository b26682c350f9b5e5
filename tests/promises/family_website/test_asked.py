# SPDX-License-Identifier: Apache-2.0
"""The family website's promises about what people are asked for: what is sensitive, what is needed, what stops without it."""

import re
from datetime import date

import pytest

from tests.promises import trials_acts
from tests.promises.screens import fields, markup, pages_to_fill, plain
from tests.promises.versions import is_refused_until_put_right, put
from upheld.children import service as children
from upheld.people.models import Account
from upheld.policy.model.processing import Need
from upheld.terms import Act, Actor, DataSubjectId, Tier
from upheld.vault import queries as held

LABELLED = "notices.need_labelled"
LANGUAGES = ["en", "zh-Hans"]
WORDS = {
    "en": {Need.REQUIRED: "(needed)", Need.OPTIONAL: "(optional)"},
    "zh-Hans": {Need.REQUIRED: "（必填）", Need.OPTIONAL: "（选填）"},
}


def registered(street) -> DataSubjectId:
    """The one person who has an account."""
    return DataSubjectId(Account.objects.get().data_subject_id)


def named(field: str) -> str:
    """The category that a field asks for."""
    return re.search(r'name="value-([^"]+)"', field)[1]


@pytest.mark.upholds("S2-008", control="notices.sensitive_flagged")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sensitive_field_says_so_before_it_is_filled_in(street, language):
    """Each field for something sensitive has its caution above the place to type, tied to it; no other field has one."""
    person = street.browser(language).register()
    caution = {"en": "Sensitive: please think before you give it", "zh-Hans": "敏感信息：请考虑后再提供"}[language]
    seen = {}
    for page in pages_to_fill(person).values():
        for field in fields(page):
            place = re.search(r"<(input|textarea|select)[^>]*name=\"value-[^>]*>", field)
            warned = caution in plain(field[: place.start()])
            tied = re.search(r'aria-describedby="([^"]*)"', field)
            seen[named(field)] = warned and bool(tied) and "_care" in tied[1]
            assert warned == (caution in plain(field))
    categories = street.house.policy.categories
    assert {name for name in seen if categories[name].sensitive} >= {"id.number", "support.case"}
    assert seen == {name: categories[name].sensitive for name in seen}


def unlabelled(street, browser, language: str) -> list[str]:
    """The fields that do not say, or say wrongly, whether they are needed."""
    found = []
    for function, page in pages_to_fill(browser).items():
        for field in fields(page):
            need = street.house.policy.functions[function].collects[named(field)]
            said = [one for one, words in WORDS[language].items() if words in plain(field)]
            if said != [need]:
                found.append(f"{function}.{named(field)}")
    return found


@pytest.mark.upholds("S2-079", control=LABELLED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_says_whether_it_is_needed_and_the_optional_ones_can_be_left_out(street, language):
    """Each field is labelled as the policy has it; with the optional ones empty a form is taken and the core works."""
    person = street.browser(language).register()
    assert unlabelled(street, person, language) == []
    person.post("/profile/support", **{"value-support.contact": "a@b.example"})
    assert "support.contact" not in {named(one) for one in fields(markup(person.get("/profile/support")))}
    trials_acts.basics_work(street.house, registered(street))


@pytest.mark.upholds("S2-144", control=LABELLED)
def test_a_child_may_leave_every_optional_item_blank(street):
    """A child's form labels each item; with none of the optional ones given, every basic function works for the child."""
    house, browser = street.house, street.browser().register()
    child = registered(street)
    children.state_age(data_subject_id=child, birth_on=date(house.now.year - 9, 1, 15), now=house.now)
    house.guard(child)
    for topic in ("purpose:account", "purpose:support"):
        house.give(child, topic, actor=Actor.GUARDIAN)
    assert unlabelled(street, browser, "en") == []
    assert browser.fill("profile", 400, nickname="").context["form"].errors
    trials_acts.basics_work(house, child)


@pytest.mark.upholds("S2-036", control="policy.basic_stands_alone")
def test_without_the_cookie_of_convenience_everything_basic_goes_on(street):
    """Refused or cleared, it is not set and nothing basic stops; no version can let a basic function rely on it."""
    house, browser = street.house, street.browser().register()
    person = registered(street)
    house.refuse(person, "tracker:convenience")
    refused = house.decide(person, Act.SET_TRACKER, "tracker.convenience")
    assert "gate.tracker_consent" in trials_acts.controls_of(refused)
    trials_acts.basics_work(house, person)
    browser.client.cookies.clear()
    for address in ("/policy", "/policy/lists", "/sign-in"):
        browser.get(address)
    basic = [name for name, one in house.policy.functions.items() if one.tier is Tier.BASIC]
    plants = [put("trackers/convenience/functions", [name]) for name in basic]
    is_refused_until_put_right(house, "E557", *plants)


@pytest.mark.upholds("S2-141", control="rights.warned_before_erasure")
@pytest.mark.parametrize("language", LANGUAGES)
def test_before_a_childs_data_goes_the_page_says_what_may_stop(street, language):
    """The guardian reads which functions stop before anything is erased; sent without that, nothing is."""
    house, browser = street.house, street.browser(language).register()
    guardian, ward = registered(street), house.child()
    house.guard(ward, guardian)
    house.give(ward, "purpose:profile", actor=Actor.GUARDIAN)
    house.collect(ward, "profile", nickname="Mimi", ask={"actor": Actor.GUARDIAN})
    browser.post(f"/account/family/{ward}/act")
    address = "/my-data/erase/kind/nickname"
    page = markup(browser.get(address))
    listed = page[page.index("<main") : page.index('name="warned"')]
    affected = [one for one in house.policy.processing.values() if "nickname" in one.categories]
    assert affected
    assert [one.label[language] for one in affected if one.label[language] not in plain(listed)] == []
    browser.post(address, 400, whose=str(ward))
    house.work()
    assert [one.category for one in held.metadata(ward, now=house.now)] == ["nickname"]
    browser.post(address, whose=str(ward), warned=browser.warned(address))
    house.work()
    assert held.metadata(ward, now=house.now) == []


@pytest.mark.upholds("S2-015", control="vault.gathered_is_read")
def test_safety_data_that_nobody_reads_for_safety_shows_on_the_board(house):
    """What safe running gathers counts as kept while it is read for that; gathered in vain for 90 days, as broken."""
    gathered = {"device__id": "d-1", "network__ip": "192.0.2.1", "log__operation": "opened", "log__crash": "none"}
    person = house.person()
    house.collect(person, "operation", network__access="wifi", **gathered)
    house.open(person, "operation", "device.id", "network.ip", "network.access", "log.operation", "log.crash")
    assert house.status("functions.operation", "vault.gathered_is_read") == "kept"
    house.later(days=91)
    assert house.status("functions.operation", "vault.gathered_is_read") == "broken"
    house.open(person, "operation", "device.id", "network.ip", "network.access", "log.operation", "log.crash")
    assert house.status("functions.operation", "vault.gathered_is_read") == "kept"
    house.later(days=91)
    house.open(person, "operation", "device.id")
    assert house.status("functions.operation", "vault.gathered_is_read") == "broken"
