# SPDX-License-Identifier: Apache-2.0
"""The family website's promises about its own versions."""

import re

import pytest

from tests.promises import versions
from tests.promises.versions import cut, put, words
from upheld.errors import Conflict
from upheld.facts import queries as facts
from upheld.notices import queries, service
from upheld.policy import PolicyUnreadable
from upheld.terms import Language

CHECKED = "policy.checked_before_publish"


@pytest.mark.upholds("S2-002", control=CHECKED)
def test_no_announced_topic_is_left_empty(house):
    """A version whose part on minors, on storage or on cookies is gone is refused; with all filled it is taken."""
    versions.is_refused_until_put_right(
        house, "E107", cut("children"), put("storage", {}), put("trackers", {}), cut("cessation")
    )


@pytest.mark.upholds("S2-152", control=CHECKED)
def test_the_contact_is_a_working_address(house):
    """A version whose contact has no address, or a placeholder for one, is refused."""
    assert "E104" in versions.refused_for(house, cut("controller/contacts/officer/address"))
    label = words("[the officer]", "待定")
    versions.is_refused_until_put_right(house, "E052", put("controller/contacts/officer/label", label))
    with pytest.raises(PolicyUnreadable):
        versions.propose(house, put("controller/contacts/officer/address", ""))


@pytest.mark.upholds("S2-148", control="gate.version_in_force")
def test_a_revision_is_a_new_version_with_the_same_force(house):
    """A revision has a number of its own and binds from its day on; the text of a version never changes."""
    person = house.person()
    versions.publish(house)
    text = bytes(facts.document(1))
    with pytest.raises(Conflict):
        service.propose(document=house.document, staff_id=versions.ANNE, now=house.now)
    with pytest.raises(Conflict, match="does not apply now"):
        versions.accept(house, person, 2)
    versions.wait(house)
    versions.accept(house, person, 2)
    assert versions.bound(person) == 2
    assert bytes(facts.document(1)) == text == house.document


@pytest.mark.upholds("S2-149", control="consent.cut_rights_bind_by_consent")
def test_a_cut_right_binds_only_who_agrees(house):
    """A version that answers later than promised leaves who did not agree under the earlier one."""
    versions.a_cut_right_binds_only_who_agrees(house, put("rights/requests/access/within", "20 days"))


def test_the_newest_version_is_offered_beside_the_earlier(house):
    """The page offers the newest version from its publication on, and the one in force, and keeps the earlier."""
    versions.publish(house)
    assert [one.version for one in queries.archive(now=house.now)] == [2, 1]
    assert queries.notice(2, language=Language.EN, now=house.now)
    versions.wait(house)
    found = queries.archive(now=house.now)
    assert [one.version for one in found] == [2, 1]
    assert facts.current_version(house.now) == 2


@pytest.mark.upholds("S2-150", control="notices.major_changes_told")
def test_everyone_is_told_of_an_update(house):
    """Each active person has an entry for the message and for the window before the new version binds that person."""
    versions.a_major_change_waits_until_everyone_was_told(house)


@pytest.mark.upholds("S2-151", control="notices.rules_open")
def test_the_version_in_force_is_what_everyone_is_offered(street, settings):
    """With one to come, and later with an old one in the archive, page, sign-in and API all give the one in force."""
    settings.ROOT_URLCONF = "upheld.config.urls"
    versions.publish(street.house, put("rights/requests/access/within", "9 days"))
    assert offered(street) == {"page": (1, False), "sign-in": (1, False), "api": (1, False)}
    versions.wait(street.house)
    assert offered(street) == {"page": (2, True), "sign-in": (2, True), "api": (2, True)}


def offered(street) -> dict[str, tuple[int, bool]]:
    """The version that somebody without an account is given in each place, and whether its words are the newer ones."""
    visitor = street.browser().client
    page, form, api = (visitor.get(one) for one in ("/policy", "/sign-in", "/api/v1/notice"))
    numbers = {
        "page": re.search(r"<dt>Version</dt><dd>(\d+)</dd>", page.content.decode()),
        "sign-in": re.search(r'name="version"[^>]*value="(\d+)"', form.content.decode()),
        "api": re.search(r"(\d+)", api.headers.get("Upheld-Version", "")),
    }
    said = {"page": page, "sign-in": form, "api": api}
    return {
        place: (int(found[1]) if found else 0, "9 days" in said[place].content.decode())
        for place, found in numbers.items()
    }
