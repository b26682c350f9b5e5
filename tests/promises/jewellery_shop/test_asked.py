# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promises about what functions ask for and show, where data came from, and what the policy covers."""

import re

import pytest

from tests.promises import trials, trials_acts
from tests.promises.scope import every_answer_names_the_policy
from tests.promises.screens import markup, plain
from tests.promises.trials import claim, controls_of
from tests.promises.versions import is_refused_until_put_right, publish, put
from upheld.gate import Permit
from upheld.people.models import Account
from upheld.policy.model.processing import Need
from upheld.rights import service as rights
from upheld.rights.values import RefusalGiven
from upheld.terms import Act, DataSubjectId, Language, Right, Tier
from upheld.vault import queries as held
from upheld.vault import service as vault
from upheld.vault.values import Source

LANGUAGES = ["en", "zh-Hans"]


@pytest.mark.upholds("S3-017", control="web.policy_named")
def test_every_endpoint_of_the_app_stands_under_the_policy(street, settings):
    """Whatever the app answers, at whatever address, names the one policy, which says that it covers the app."""
    every_answer_names_the_policy(street, settings)


PRINCIPLES = {
    "power matches duty": "notices.clause_has_control",
    "a stated purpose": "gate.purpose_declared",
    "choice": "consent.one_by_one",
    "least data": "gate.category_declared",
    "safety": "vault.sealed_at_rest",
    "taking part": "rights.never_disappears",
    "openness": "notices.archive_public",
}


@pytest.mark.parametrize(
    "principle",
    [
        claim("S3-003", "safety", control="vault.sealed_at_rest"),
        claim("S3-003", "openness", control="notices.archive_public"),
    ],
)
def test_each_principle_has_a_control_that_passes(house, principle):
    """After ordinary use the board shows a passing control under each of the seven principles."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    request = trials.file(house, person, Right.EXPLANATION)
    given = RefusalGiven(ground="needless", evidence={"no-need": "asked thrice"}, text="It was answered already.")
    rights.refuse(request_id=request.id, refusal=given, now=house.now)
    publish(house)
    house.later(days=31)
    line = next(line for line in house.board().lines if line.clause == "commitments.principles")
    statuses = {one.control: one.status.value for one in line.controls}
    assert {name: statuses[control] for name, control in PRINCIPLES.items()} == dict.fromkeys(PRINCIPLES, "kept")
    assert principle in PRINCIPLES


@pytest.mark.upholds("S3-033", control="gate.purpose_declared")
def test_logs_serve_display_alone_and_personal_display_can_be_turned_off(house):
    """With personal display off the log is read for showing goods and not for fitting them; no unstated end reads it."""
    person = house.person("purpose:personal-display")
    fitted = (Act.USE, "personal-display", "log.browsing", "device.model", "network.access")
    assert isinstance(house.decide(person, *fitted), Permit)
    house.withdraw(person, "purpose:personal-display")
    assert "gate.consent_needed" in controls_of(house.decide(person, *fitted))
    shown = house.policy.functions["browse"].collects
    assert isinstance(house.decide(person, Act.COLLECT, "browse", *shown), Permit)
    assert isinstance(house.decide(person, Act.USE, "browse", *shown), Permit)
    trials.other_ends_are_refused(house, "log.browsing", "browse")


@pytest.mark.upholds("S3-034", control="vault.source_recorded")
def test_each_value_says_that_it_was_given_and_what_for(street):
    """The number of the sign-up and the profile of the chat account show their origin and end; the board sees both."""
    browser, house = street.browser().register(), street.house
    person = DataSubjectId(Account.objects.get().data_subject_id)
    house.source("outside-accounts")
    house.give(person, "purpose:joint-sign-in")
    house.give(person, "source:outside-accounts")
    made = vault.collect(
        ask=house.ask(Act.COLLECT, "joint-sign-in", "partner.profile", source="outside-accounts"),
        data_subject_id=person,
        values={"partner.profile": "Mimi, a picture"},
        now=house.now,
        source=Source.THIRD_PARTY,
    )
    [number] = [one.item_id for one in held.metadata(person, now=house.now) if one.category == "phone"]
    for item, origin, purpose in (
        (number, "From you", "account"),
        (made.items[0].item_id, "From a third party", "joint-sign-in"),
    ):
        page = plain(markup(browser.get(f"/my-data/{item}")))
        assert house.policy.functions[purpose].label["en"] in page
        assert origin in page, page
    assert house.status("functions.joint-sign-in.collects", "vault.source_recorded") == "kept"
    assert house.status("functions.account.collects", "vault.source_recorded") == "kept"


@pytest.mark.upholds("S3-018", control="policy.basic_stands_alone")
def test_a_basic_function_demands_what_is_its_own(street):
    """Each needed field is one that a basic function lists; without it that one is declined, and the others go on.

    And no version can be published in which a basic function rests on what only a choice brings.
    """
    browser, house = street.browser().register(), street.house
    person = DataSubjectId(Account.objects.get().data_subject_id)
    for name, function in house.policy.functions.items():
        if function.tier is Tier.BASIC and function.collects and name in ("orders", "support"):
            page = markup(browser.get(f"/profile/{name}"))
            demanded = set(re.findall(r'name="value-([^"]+)"', page)) - set(browser_optional(page))
            assert demanded == {one for one, need in function.collects.items() if need is Need.REQUIRED}
    assert "Please fill this in." in markup(browser.fill("support", 400, **{"support.case": "It broke."}))
    trials_acts.basics_work(house, person)
    is_refused_until_put_right(
        house,
        "E409",
        put("functions/orders/uses", ["phone", "id.number"]),
        put("functions/support/uses", ["order", "avatar"]),
    )


def browser_optional(page: str) -> list[str]:
    """The fields of a page that say that they are optional."""
    parts = re.split(r'(?=<div class="field)', page)[1:]
    return [re.search(r'name="value-([^"]+)"', one)[1] for one in parts if "(optional)" in one and "value-" in one]


@pytest.mark.upholds("S3-020", control="gate.category_declared")
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_function_shows_its_own_list_where_it_is_chosen_and_gathers_nothing_else(street, language):
    """Beside each choice stands the data of that function; what the list omits is refused to it."""
    browser, house = street.browser(language).register(), street.house
    person = DataSubjectId(Account.objects.get().data_subject_id)
    page = markup(browser.get("/choices"))
    labels = {name: one.label[Language(language)] for name, one in house.policy.categories.items()}
    for name, function in house.policy.functions.items():
        if function.tier is not Tier.EXTENDED or not function.collects:
            continue
        shown = plain(page.split(f'value="purpose:{name}"')[0].rsplit('<div id="choice-', 1)[1])
        assert [labels[one] for one in function.collects if labels[one] not in shown] == [], name
        others = [one for one in labels if one not in function.categories]
        passed = [
            one
            for one in others
            if "gate.category_declared" not in controls_of(house.decide(person, Act.COLLECT, name, one))
        ]
        assert passed == [], name
