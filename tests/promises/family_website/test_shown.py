# SPDX-License-Identifier: Apache-2.0
"""The family website's promises about what people are shown: the whole policy first, and a child's words to a child."""

import re
from datetime import date

import pytest

from tests.promises.screens import markup, standing_out
from upheld import policy
from upheld.children import service as children
from upheld.people.models import Account
from upheld.policy.rendering.weighing import Mark, marks
from upheld.terms import DataSubjectId, Language

APART = "notices.weighty_clauses_stand_out"


@pytest.mark.upholds("S2-001", control=APART)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_whole_policy_comes_before_the_account_with_its_rights_set_apart(street, language):
    """On the sign-in page, before there is an account, stands each clause; what gives or limits a right stands out."""
    page = markup(street.browser(language).get("/sign-in"))
    clauses = {clause.id for clause in policy.bind(street.house.policy)}
    assert clauses == set(re.findall(r'<li id="clause-([^"]+)"', page))
    rights = {clause for clause in clauses if clause.startswith("rights.")}
    assert rights
    assert rights <= standing_out(page)


@pytest.mark.upholds("S2-001", control=APART)
@pytest.mark.parametrize("language", list(Language))
def test_a_file_of_the_policy_sets_rights_apart_too(house, language):
    """In Markdown each passage that gives or limits a right is bold and says so, in each language."""
    text = policy.render(house.policy, language, "md")
    rights = {clause.id for clause in policy.bind(house.policy) if clause.id.startswith("rights.")}
    bold = {clause for clause, rest in re.findall(r'<a id="clause-([^"]+)"></a>(\*\*)?', text) if rest}
    assert rights
    assert rights <= bold
    assert {marks(house.policy).get(clause) for clause in rights} <= {Mark.RIGHT, Mark.LIMIT}


CHILD_FIRST = "notices.children_text_first"


def first_part(page: str) -> str:
    """The first part of the notice after its title."""
    return re.search(r'<section class="([^"]+)"', page[page.index('<article class="notice"') :])[1]


@pytest.mark.upholds("S2-104", control=CHILD_FIRST)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_child_reads_the_words_for_children_first(street, language):
    """In a session of somebody under 14 the text for children opens the policy; for an adult the summary does."""
    browser = street.browser(language).register()
    assert first_part(markup(browser.get("/policy"))) == "notice-summary"
    who = DataSubjectId(Account.objects.get().data_subject_id)
    children.state_age(data_subject_id=who, birth_on=date(street.house.now.year - 9, 1, 15), now=street.house.now)
    page = markup(browser.get("/policy"))
    assert first_part(page) == "notice-children"
    assert {"en": "fetch the grown-up", "zh-Hans": "请照顾你的大人过来"}[language] in page


@pytest.mark.upholds("S2-104", control=CHILD_FIRST)
def test_a_child_who_comes_alone_is_spoken_to_first(street):
    """Somebody under 14 without an account reads the words for children before why none can open."""
    browser = street.browser()
    browser.ask_for_code()
    browser.post("/sign-in/code", code=street.code())
    page = markup(browser.post("/sign-in/age", 403, how="birth_date", birth_on="2018-01-01"))
    main = page[page.index("<main") :]
    assert "fetch the grown-up" in main[: main.index("<h1")]
