# SPDX-License-Identifier: Apache-2.0
"""The document tools' promises about their own versions: why one came, what it changed, and that all can be read."""

import re

import pytest

from tests.promises import versions
from tests.promises.screens import markup
from tests.promises.versions import WHY, put
from tests.web.portal.road import text
from upheld.errors import BadInput
from upheld.notices import queries
from upheld.notices.values import Because, Reason
from upheld.terms import Language

PAGES = ("/", "/policy/lists", "/policy/versions", "/policy/promises", "/sign-in", "/no-such-page")
"""Pages that anyone can open, and one that is not there."""


@pytest.mark.upholds("S1-070", control="notices.reason_given")
def test_a_revision_is_not_taken_without_its_reason(house):
    """Which change in service or law it answers to is demanded, kept, and read by anyone in the archive."""
    law = Reason(because=Because.LAW, words={Language.EN: "A law came.", Language.ZH_HANS: "法律变化。"})
    for reason in (None, Reason(because=Because.LAW, words={Language.EN: "A law came.", Language.ZH_HANS: " "})):
        with pytest.raises(BadInput, match="says why"):
            versions.propose(house, reason=reason)
    proposal = versions.propose(house, reason=law)
    versions.service.approve(proposal_id=proposal.proposal_id, staff_id=versions.BO, now=house.now)
    assert [one.reason for one in queries.archive(now=house.now)] == [law, None]
    assert house.status("commitments.reason", "notices.reason_given") == "kept"


@pytest.mark.upholds("S1-072", control="notices.change_shown")
@pytest.mark.parametrize(("language", "new"), [("en", "9 days"), ("zh-Hans", "9天")])
def test_what_changed_is_shown_on_top_of_the_policy(street, language, new):
    """Once the new version applies its page begins with the clauses that changed; the first page had no such part."""
    house = street.house
    assert "notice-changed" not in markup(street.browser(language).get("/policy"))
    versions.publish(house, put("rights/requests/access/within", "9 days"))
    versions.wait(house)
    page = markup(street.browser(language).get("/policy"))
    shown = re.search(r'<section class="notice-changed".*?</section>', page, re.DOTALL)
    assert shown is not None
    assert new in shown[0]
    assert "rights.requests.access" in shown[0]
    assert page.index("notice-changed") < page.index("notice-chapter")


@pytest.mark.upholds("S1-078", control="notices.rules_open")
@pytest.mark.parametrize("address", PAGES)
def test_the_policy_is_one_link_from_every_page(street, address):
    """Without an account: each page leads to the text in force, and so does the page that says there is none."""
    visitor = street.browser()
    page = visitor.client.get(address, follow=True).content.decode()
    assert 'href="/policy"' in page
    answer = visitor.client.get("/policy")
    assert answer.status_code == 200
    assert street.house.policy.title[Language.EN] in text(answer)


def test_the_policy_is_one_link_from_every_page_of_an_account(person):
    """Signed in it is no farther away."""
    for own in ("/", "/choices", "/my-data", "/requests", "/account", "/receipts"):
        assert 'href="/policy"' in markup(person.get(own))


def test_the_reason_is_read_in_the_archive(street):
    """Anyone reads it in the language of the page."""
    versions.publish(street.house, put("rights/requests/access/within", "9 days"))
    for language, kept in (("en", WHY.words[Language.EN]), ("zh-Hans", WHY.words[Language.ZH_HANS])):
        assert kept in text(street.browser(language).get("/policy/versions"))
