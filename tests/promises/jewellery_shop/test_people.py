# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promises about accounts, staff, children and safeguards."""

import pytest

from tests.promises import trials_people, trials_requests
from tests.promises.trials import claim, controls_of
from upheld.errors import NoEvidence
from upheld.facts import service as fact_verbs
from upheld.gate import Permit
from upheld.messages import transports
from upheld.storage.acts import act
from upheld.terms import Act
from upheld.vault.events import VaultEvent

GUARDIAN = "children.guardian_needed"


@pytest.fixture(autouse=True)
def _no_carrier_left():
    yield
    transports.wire({})


@pytest.mark.upholds("S3-022", control="people.code_proves_number")
def test_possession_of_the_number_is_proved_by_its_code(house):
    """Wrong and used codes fail; the right one opens the account."""
    trials_people.number_is_proved_by_its_code(house)


@pytest.mark.upholds("S3-145", control="people.weak_password_refused")
def test_weak_passwords_are_refused():
    """A weak or common password is refused, and says why."""
    trials_people.weak_passwords_are_refused()


@pytest.mark.upholds("S3-132", control="web.https_only")
def test_exchanges_are_over_https(house, settings):
    """A plain request carrying data is refused, and a page leads to HTTPS."""
    trials_people.plain_requests_are_refused(settings)


@pytest.mark.upholds("S3-087", control="vault.staff_open_with_reason")
def test_support_reads_for_a_case_only(house):
    """A look without a case or a reason is refused; with both, the person reads who looked and why."""
    trials_people.staff_look_with_a_reason(house, "orders", order='{"ring": 1}')


@pytest.mark.upholds("S3-135", control="people.staff_role")
def test_only_authorised_staff_reach_people(house):
    """Staff whose role does not include it neither find nor open anybody."""
    trials_people.staff_do_only_what_their_role_allows(house)


@pytest.mark.upholds("S3-133", control="vault.sealed_at_rest")
def test_what_is_stored_is_sealed(house):
    """A scan of the stored rows for a planted value finds nothing."""
    person = house.person("purpose:posts")
    trials_people.sealed_raw(house, person, "posts", "planted", content__text="planted words")


@pytest.mark.upholds("S3-011", control="storage.evidence_with_act")
def test_no_operation_is_without_its_record(house):
    """What would leave no entry is undone; what was done has left one of its kind."""
    from upheld.consent.events import ConsentEvent
    from upheld.ledger import entries
    from upheld.storage.ledger_models import EvidenceIntake

    person = house.person("purpose:profile")
    with pytest.raises(NoEvidence), act():
        fact_verbs.withdraw_consent(person, "purpose:profile", house.now)
    assert isinstance(house.decide(person, Act.COLLECT, "profile", "nickname"), Permit)
    house.collect(person, "profile", nickname="Mimi")
    house.open(person, "profile", "nickname")
    house.withdraw(person, "purpose:profile")
    kinds = {entries.read(bytes(row.leaf)).kind for row in EvidenceIntake.objects.all()}
    assert {VaultEvent.COLLECTED.value, VaultEvent.OPENED.value, ConsentEvent.WITHDRAWN.value} <= kinds


# --- children


@pytest.mark.upholds("S3-189", control="children.age_unknown_is_not_adult")
def test_an_unknown_age_is_not_taken_for_an_adults(house):
    """Who has not said their age is refused what needs capacity; a child's birth date leads to the guardian."""
    trials_people.unknown_age_is_no_adult(house, "payouts", "payout-account")


@pytest.mark.upholds("S3-016", control="gate.age_rules")
def test_a_person_is_a_child_until_the_fourteenth_birthday(house):
    """The day before the fourteenth birthday is a child's, the day itself is not."""
    trials_people.child_until_the_birthday(house, 14, "payouts", "payout-account")


@pytest.mark.parametrize(
    ("years", "purpose", "category"),
    [
        claim("S3-190", 13, "profile", "nickname", control=GUARDIAN),
        claim("S3-191", 9, "posts", "content.text", control=GUARDIAN),
    ],
)
def test_a_child_uses_the_app_only_with_a_guardians_consent(house, years, purpose, category):
    """Alone a child submits nothing; with a verified guardian who agreed, the same is permitted."""
    trials_people.guardian_is_needed(house, years, purpose, category)


@pytest.mark.upholds("S3-192", control="vault.item_has_one_subject")
def test_a_guardian_sees_the_linked_child_alone(house):
    """A guardian in office sees what is held of their child; of another child they see nothing."""
    child, guardian = trials_requests.guardian_acts(house, "profile", "nickname")
    from upheld.children import queries

    assert [one.child_id for one in queries.wards(guardian, now=house.now)] == [child]
    assert "gate.age_rules" in controls_of(house.decide(child, Act.COLLECT, "payouts", "payout-account"))
