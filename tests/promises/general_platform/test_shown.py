# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about what people are shown: what weighs, what a no costs, and advice."""

import pytest

from tests.promises.screens import advice, fields, markup, pages_to_fill, plain, standing_out
from upheld import policy
from upheld.policy.model.weighing import weighs

CHANNEL = "web.channel_advice"
LANGUAGES = ["en", "zh-Hans"]


@pytest.mark.upholds("S0-013", control="notices.weighty_clauses_stand_out")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_weighs_is_set_apart(street, language):
    """On the policy's page each clause of heavier consequence stands out, in style and in a word; others do not."""
    found = street.house.policy
    apart = standing_out(markup(street.browser(language).get("/policy")))
    heavy = {clause.id for clause in policy.bind(found) if weighs(found, clause.id)}
    assert heavy
    assert heavy <= apart
    assert {"controller.name", "effective"}.isdisjoint(apart)


@pytest.mark.upholds("S0-023", control="notices.refusal_effect_shown")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_says_what_a_no_costs(street, language):
    """Beside each choice, before it is made, stands what the person would lose."""
    page = markup(street.browser(language).register().get("/choices"))
    choices = page.split('<div id="choice-')[1:]
    assert choices
    assert [one[:60] for one in choices if 'class="if-refused"' not in one] == []


@pytest.mark.upholds("S0-023", control="notices.refusal_effect_shown")
def test_every_field_says_what_leaving_it_costs(person):
    """Beside each field, needed or optional, stands what follows when it is not given."""
    silent, asked = [], 0
    for name, page in pages_to_fill(person).items():
        stated = person.street.house.policy.functions[name].refused
        told = (stated["en"] if stated else "A law asks for it", "You can leave it out")
        asked += len(fields(page))
        silent += [plain(field) for field in fields(page) if not any(words in plain(field) for words in told)]
    assert asked > 0
    assert silent == []


@pytest.mark.upholds("S0-205", control=CHANNEL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_shown_says_that_security_has_limits(street, language):
    """Above the policy stands that full security cannot be promised and that systems outside may fail."""
    said = {
        "en": ("full security cannot be promised", "systems outside ours may fail"),
        "zh-Hans": ("无法保证绝对安全", "外部系统也可能出现故障"),
    }
    shown = advice(markup(street.browser(language).get("/policy")))
    assert [words for words in said[language] if words not in shown] == []


@pytest.mark.upholds("S0-210", control=CHANNEL)
@pytest.mark.parametrize("address", ["/policy", "/requests/new/complaint"])
def test_the_recommended_routes_are_listed(person, address):
    """Where people read the policy or write to the platform, its contacts are listed as the ways to use."""
    shown = advice(markup(person.get(address)))
    assert "Please use these ways, and no others" in shown
    contacts = person.street.house.policy.controller.contacts.values()
    assert [contact.label["en"] for contact in contacts if contact.label["en"] not in shown] == []


@pytest.mark.upholds("S0-211", control=CHANNEL)
def test_advice_comes_before_anything_reaches_other_people(person):
    """Before the first choice that lets other people see something stands the advice to give only what is needed."""
    page = markup(person.get("/choices"))
    group = page[page.index('id="publication"') :]
    assert 'value="publish:' in group
    assert "give it to others only when it is needed" in advice(group[: group.index('<div id="choice-publish')])
