# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promises about its own versions: what may be published, what is major, from when it applies."""

import hashlib

import pytest

from tests.policy.planting import add
from tests.promises import versions
from tests.promises.trials import claim, controls_of
from tests.promises.versions import NEWCOMER, cut, put, words
from upheld.errors import Conflict
from upheld.gate import Denial, Permit
from upheld.notices import queries
from upheld.terms import Act, Language

CHECKED = "policy.checked_before_publish"
MAJOR = "policy.major_by_its_own_list"


@pytest.mark.upholds("S3-001", control="policy.dates_in_order")
def test_a_version_applies_no_earlier_than_it_was_updated(house):
    """Dates out of order are refused; a version published ahead is inert until its day."""
    versions.is_refused_until_put_right(house, "E106", put("effective", "2026-05-19"))
    versions.publish(house)
    person = house.person()
    with pytest.raises(Conflict, match="does not apply now"):
        versions.accept(house, person, 2)
    assert versions.bound(person) == 1


@pytest.mark.upholds("S3-002", control=CHECKED)
def test_the_company_is_named(house):
    """A version without the name of the company that answers is refused."""
    versions.is_refused_until_put_right(house, "E101", put("controller/name", words(" ", " ")), cut("controller"))


@pytest.mark.upholds("S3-008", control=CHECKED)
def test_no_announced_topic_is_left_empty(house):
    """A version with an emptied topic, cookies among them, is refused; with all ten filled it is taken."""
    versions.is_refused_until_put_right(
        house, "E107", *(put(topic, {}) for topic in ("trackers", "storage", "recipients")), cut("children")
    )


@pytest.mark.upholds("S3-021", control="people.nothing_beyond_number")
def test_no_version_may_demand_more_than_the_number_for_an_account(house):
    """A version in which an account takes a name as well is refused; one for the number alone is taken."""
    versions.is_refused_until_put_right(
        house, "E410", put("functions/account/collects/nickname", "required"),
        put("functions/account/collects/email", "required"),
    )  # fmt: skip
    account = house.policy.functions["account"]
    assert [name for name, need in account.collects.items() if need == "required"] == ["phone"]


@pytest.mark.upholds("S3-200", control="gate.version_in_force")
def test_a_new_field_waits_until_its_version_applies(house):
    """A function that touches a new field is refused under the old version, and before the new one applies."""
    person = house.person("purpose:survey")
    asked = (Act.COLLECT, "survey", "occupation")
    versions.publish(house, put("functions/survey/collects/occupation", "optional"))
    assert isinstance(house.decide(person, *asked), Denial)
    with pytest.raises(Conflict, match="does not apply now"):
        versions.accept(house, person, 2)
    versions.wait(house)
    versions.accept(house, person, 2)
    assert controls_of(house.decide(person, *asked)) == {"gate.consent_needed"}  # the yes was to less than this
    house.give(person, "purpose:survey")
    assert isinstance(house.decide(person, *asked), Permit)


@pytest.mark.parametrize(
    ("trigger", "changes"),
    [
        claim(
            "S3-202",
            "business-model",
            (put("functions/survey/collects/occupation", "optional"), add("purposes/product-fit/uses", "device.os")),
            control=MAJOR,
        ),
        claim("S3-203", "ownership", (put("controller/name", words("New Owner Ltd")),), control=MAJOR),
        claim("S3-204", "recipients", (put("recipients/newcomer", NEWCOMER),), control=MAJOR),
        claim("S3-205", "rights", (put("rights/requests/copy/within", "10 days"),), control=MAJOR),
        claim(
            "S3-206", "contact", (put("controller/contacts/officer/address", "dpo@brightbead.example"),), control=MAJOR
        ),
    ],
)
def test_a_listed_change_is_major(house, trigger, changes):
    """The comparison finds each listed trigger and calls the version major, whatever its author says."""
    versions.is_major_whatever_the_author_says(house, trigger, *changes)


@pytest.mark.upholds("S3-207", control=MAJOR)
def test_an_assessment_of_weighty_effect_makes_a_version_major(house):
    """A version that hardly changes is major, and is to be told, once an assessment of it shows a high risk."""
    versions.a_high_risk_is_major_and_told(house, put("storage/account/label", words()))


@pytest.mark.upholds("S3-208", control="notices.archive_public")
def test_an_old_version_stays_readable_as_it_was(house):
    """After the next version applies, the first opens in both languages, with its original digest."""
    versions.publish(house)
    versions.wait(house)
    kept = {one.version: one for one in queries.archive(now=house.now)}
    assert set(kept) == {1, 2}
    assert kept[1].sha256 == hashlib.sha256(house.document).hexdigest()
    for language in Language:
        assert house.policy.title[language] in queries.notice(1, language=language, now=house.now)


@pytest.mark.upholds("S3-201", control="notices.major_changes_told")
def test_a_major_change_is_shown_to_everyone_it_binds(house):
    """Each person has an entry for the red dot and for the window before the new version binds that person."""
    versions.a_major_change_waits_until_everyone_was_told(house)
