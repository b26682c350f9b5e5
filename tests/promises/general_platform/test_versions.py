# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about its own versions: what may be published, what is major, whom it binds."""

import hashlib
import re

import pytest

from tests.promises import versions
from tests.promises.trials import claim
from tests.policy.planting import add
from tests.promises.versions import NEWCOMER, cut, put, words
from upheld.notices import queries
from upheld.notices.values import PolicyRefused
from upheld.promises import history
from upheld.terms import Language
from upheld.web.portal.views.promises import CLAUSES_A_PAGE

ARCHIVE = "notices.archive_public"
CHECKED = "policy.checked_before_publish"
MAJOR = "policy.major_by_its_own_list"


@pytest.mark.upholds("S0-001", control=CHECKED)
def test_somebody_answers_for_the_promises(house):
    """A version without the operator, its name, its address or its department is refused, with what is missing."""
    faults = {"E101": (cut("controller"), put("controller/name", words(" ", " ")), cut("controller/address")),
              "E103": (cut("controller/officer"),)}  # fmt: skip
    for code, planted in faults.items():
        for fault in planted:
            assert code in versions.refused_for(house, fault)
    with pytest.raises(PolicyRefused) as refused:
        versions.propose(house, cut("controller/address"))
    assert ["address" in finding.message for finding in refused.value.findings] == [True]
    assert versions.propose(house).version == 2


@pytest.mark.upholds("S0-014", control=CHECKED)
def test_no_placeholder_is_published(house):
    """A version that still has a blank to fill in is refused; filled in, it is taken."""
    blanks = ("[name of the company]", "TODO", "____")
    versions.is_refused_until_put_right(
        house, "E052", *(put("commitments/honest/text/en", f"We are {blank} here.") for blank in blanks)
    )


@pytest.mark.parametrize(
    ("trigger", "changes"),
    [
        claim(
            "S0-254",
            "business-model",
            (put("functions/profile/collects/coupons", "optional"), add("purposes/personalisation/uses", "origin")),
            control=MAJOR,
        ),
        claim("S0-255", "ownership", (put("controller/name", words("New Owner Ltd")),), control=MAJOR),
        claim(
            "S0-256",
            "recipients",
            (put("recipients/maps/name", words("Another Maker")), put("recipients/newcomer", NEWCOMER)),
            control=MAJOR,
        ),
        claim(
            "S0-257",
            "rights",
            (
                put("rights/requests/copy/channels", ["support", "officer"]),
                put("rights/requests/copy/within", "10 days"),
            ),
            control=MAJOR,
        ),
        claim(
            "S0-258",
            "contact",
            (put("controller/officer", "post"), put("controller/contacts/officer/address", "dpo@widesquare.example")),
            control=MAJOR,
        ),
    ],
)
def test_a_listed_change_is_major(house, trigger, changes):
    """The comparison finds each listed trigger and calls the version major, whatever its author says."""
    versions.is_major_whatever_the_author_says(house, trigger, *changes)


@pytest.mark.upholds("S0-259", control=MAJOR)
def test_a_reviewer_may_call_more_major_and_nothing_less(house):
    """A change of words is major where the reviewer says so; a listed one is major whatever the reviewer says."""
    versions.only_raised_never_lowered(house, put("commitments/honest/text/en", "No safeguard is perfect."))


@pytest.mark.upholds("S0-251", control="consent.cut_rights_bind_by_consent")
def test_a_cut_right_binds_only_who_agrees(house):
    """A version that closes a channel of a right leaves who did not agree under the earlier one."""
    versions.a_cut_right_binds_only_who_agrees(house, put("rights/requests/access/channels", ["support", "officer"]))


@pytest.mark.upholds("S0-252", control=ARCHIVE)
def test_every_change_is_on_the_page(house):
    """From the day of publication, before it applies, the page has the next version and what it changes."""
    versions.publish(house, put("controller/contacts/officer/address", "dpo@widesquare.example"))
    assert [one.version for one in queries.archive(now=house.now)] == [2, 1]
    assert [one.version for one in queries.archive(now=house.now) if one.is_in_force] == [1]
    assert any("officer" in sentence for sentence in queries.change_between(1, 2).changed)
    assert queries.notice(2, language=Language.EN, now=house.now)


@pytest.mark.upholds("S0-261", control=ARCHIVE)
def test_an_old_version_stays_readable_as_it_was(house):
    """After the next version applies, the first opens in both languages, with its original digest and dates."""
    versions.publish(house)
    versions.wait(house)
    kept = {one.version: one for one in queries.archive(now=house.now)}
    assert set(kept) == {1, 2}
    assert kept[1].sha256 == hashlib.sha256(house.document).hexdigest()
    assert kept[1].updated_on == house.policy.updated
    for language in Language:
        assert house.policy.title[language] in queries.notice(1, language=language, now=house.now)


@pytest.mark.upholds("S0-195", control="notices.clause_has_control")
def test_no_measure_is_named_that_nothing_upholds(house):
    """A version that names a measure with no control behind it is refused; with one it is taken."""
    bare = put("commitments/attack-resisted/controls", [])
    assert "clause_without_control" in versions.refused_for(house, bare)
    assert versions.propose(house).version == 2


@pytest.mark.upholds("S0-253", control="notices.major_changes_told")
def test_a_major_change_needs_a_window_or_an_announcement(house):
    """It binds nobody who was not shown it in a window, however long its day is past."""
    versions.a_major_change_waits_until_everyone_was_told(house)


@pytest.mark.upholds("S0-006", control="notices.rules_open")
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_anyone_reads_the_rules_and_how_they_are_kept(street, language):
    """Without an account: the policy in force, and each of its promises with how it stands."""
    house, visitor = street.house, street.browser(language).client
    history.take(version=1, now=house.now)
    policy, kept = visitor.get("/policy"), visitor.get("/policy/promises")
    assert (policy.status_code, kept.status_code) == (200, 200)
    assert house.policy.title[Language(language)] in policy.content.decode()
    promises = re.findall(r'<a href="/policy#clause-([^"]+)">', kept.content.decode())
    assert len(promises) == CLAUSES_A_PAGE
    assert set(promises) <= {line.clause for line in house.board().lines}
