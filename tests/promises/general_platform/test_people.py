# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about accounts, staff, minors and safeguards."""

import pytest

from tests.promises import trials_people
from tests.promises.trials import claim, controls_of
from upheld.errors import NoEvidence, UpheldError
from upheld.facts import service as fact_verbs
from upheld.gate import Permit
from upheld.messages import transports
from upheld.rights import notes
from upheld.rights.values import NoteKind
from upheld.storage.acts import act
from upheld.terms import Act, Right
from upheld.vault.models import SealedItem

SEALED = "vault.sealed_at_rest"


@pytest.fixture(autouse=True)
def _no_carrier_left():
    yield
    transports.wire({})


@pytest.mark.upholds("S0-043", control="people.code_proves_number")
def test_an_account_opens_on_the_code_sent_to_its_number(house):
    """A wrong code leaves nothing open; the right one opens the account."""
    trials_people.number_is_proved_by_its_code(house)


@pytest.mark.upholds("S0-201", control="people.code_limits")
def test_hostile_requests_are_throttled(house):
    """Asking for codes again and again is stopped; somebody else is served."""
    trials_people.codes_are_limited(house)


@pytest.mark.upholds("S0-215", control="people.weak_password_refused")
def test_weak_passwords_are_refused():
    """A weak or common password is refused, and says why."""
    trials_people.weak_passwords_are_refused()


@pytest.mark.upholds("S0-197", control="web.https_only")
def test_exchanges_are_over_https(house, settings):
    """A plain request carrying data is refused, and a page leads to HTTPS."""
    trials_people.plain_requests_are_refused(settings)


@pytest.mark.upholds("S0-202", control="vault.staff_open_with_reason")
def test_staff_without_a_grant_for_the_purpose_read_nothing(house):
    """A look without a reason and a case is refused and recorded; with both, the person reads who looked and why."""
    trials_people.staff_look_with_a_reason(house, "profile", nickname="Mimi")


@pytest.mark.upholds("S0-078", control="storage.evidence_with_act")
def test_what_is_done_for_security_leaves_a_record(house):
    """An account is restricted with its entry in the log, or not at all."""
    from upheld.consent.events import ConsentEvent

    person = house.person()
    asked = (Act.COLLECT, "account", "phone")
    with pytest.raises(NoEvidence), act():
        fact_verbs.restrict(person, house.now)
    assert isinstance(house.decide(person, *asked), Permit)
    with act() as acting:
        fact_verbs.restrict(person, house.now)
        acting.record(ConsentEvent.ASKED, now=house.now, subject=person, clause=None, control=None, facts={})
    assert "gate.restricted_stops_use" in controls_of(house.decide(person, *asked))


@pytest.mark.upholds("S0-007", control=SEALED)
def test_what_is_sensitive_is_stored_sealed(house):
    """Sensitive data is encrypted where it is stored."""
    person = house.person("purpose:communication", "sensitive:communication")
    trials_people.sealed_raw(house, person, "communication", "planted", messages='{"text": "planted words"}')


@pytest.mark.upholds("S0-188", control=SEALED)
def test_files_are_stored_sealed(house):
    """A file's bytes are not in the stored rows; looks at it are logged."""
    from upheld.vault import queries as vault_queries

    person = house.person("purpose:files")
    trials_people.sealed_raw(house, person, "files", "cGxhbnRlZCB3b3Jkcw==", business__file="cGxhbnRlZCB3b3Jkcw==")
    assert [seen.categories for seen in vault_queries.accesses(person)] == [("business.file",)]


@pytest.mark.upholds("S0-216", control=SEALED)
def test_what_people_send_is_stored_sealed(house):
    """The words of a request and of a case are encrypted where they are stored, and read back by who may."""
    from tests.promises import trials
    from upheld.rights.models import RequestNote

    person = house.person("sensitive:support")
    case = trials.file(house, person, Right.COMPLAINT, statement="planted complaint")
    [stored] = RequestNote.objects.filter(request_id=case.id)
    assert b"planted" not in bytes(stored.sealed)
    assert [(one.kind, one.text) for one in notes.read(request_id=case.id)] == [
        (NoteKind.STATEMENT, "planted complaint")
    ]
    trials_people.sealed_raw(house, person, "support", "planted", support__case='{"text": "planted words"}')


# --- minors


@pytest.mark.upholds("S0-227", control="children.age_unknown_is_not_adult")
def test_an_unknown_age_is_not_taken_for_an_adults(house):
    """Who has not said their age cannot buy; a minor's birth date leads to the guardian."""
    trials_people.unknown_age_is_no_adult(house, "trade", "coupons")


@pytest.mark.parametrize("years", [claim("S0-228", 15, control="children.guardian_needed")])
def test_a_minor_opens_no_account_alone(house, years):
    """A minor's account stays without use until a guardian's consent is on record."""
    trials_people.guardian_is_needed(house, years, "account", "phone")


@pytest.mark.upholds("S0-233", control="children.guardian_needed")
def test_a_guardian_sees_and_takes_back(house):
    """A verified guardian lists the minors in their care and their consents, and takes one back; a stranger cannot."""
    trials_people.guardian_sees_and_takes_back(house, "profile")


def test_stored_data_is_safe_from_reading_and_changing(house):
    """An unauthorised read fails, a changed row does not open, and rows brought back from a copy open as they were."""
    person = house.person("purpose:posts")
    house.collect(person, "posts", content__text="first words")
    assert house.refused(house.open, person, "mailing", "content.text", of="gate.category_declared")
    [row] = SealedItem.objects.filter(data_subject_id=person)
    sound = bytes(row.sealed)
    SealedItem.objects.filter(id=row.id).update(sealed=sound[:-1] + bytes((sound[-1] ^ 1,)))
    with pytest.raises(UpheldError):
        house.open(person, "posts", "content.text")
    SealedItem.objects.filter(id=row.id).update(sealed=sound)
    assert house.open(person, "posts", "content.text")["content.text"].value == "first words"
