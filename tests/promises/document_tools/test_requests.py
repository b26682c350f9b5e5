# SPDX-License-Identifier: Apache-2.0
"""The document tools' promises about requests, storage, versions and safeguards."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.policy.planting import add
from tests.promises import trials, trials_acts, trials_people, trials_requests, versions
from tests.promises.trials import claim, controls_of
from tests.promises.versions import NEWCOMER, cut, put, words
from upheld.errors import BadInput
from upheld.notices import queries as notices
from upheld.retention import holds
from upheld.terms import Act, Language, Right
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.models import SealedItem

CHECKED = "policy.checked_before_publish"
KEPT = "rights.never_disappears"
MAJOR = "policy.major_by_its_own_list"
OWN = "rights.own_data_only"
PHONE = {"phone": "+86 138 0013 8000"}


# --- requests


@pytest.mark.upholds("S1-062", control=OWN)
def test_each_right_has_a_road_of_its_persons(house):
    """Seeing, correcting, erasing and withdrawing complete for the person; somebody else's session sees nothing."""
    person, other = house.person("purpose:profile"), house.person()
    made = house.collect(person, "profile", nickname="Mimi")
    mine = trials_requests.own(person)
    vault.correct(data_subject_id=person, item_id=made.items[0].item_id, value="Lili", now=house.now, by=mine)
    shown = vault.copy_of(data_subject_id=person, right=Right.ACCESS, now=house.now, by=mine)
    assert shown["nickname"].value == "Lili"
    stranger = {"data_subject_id": person, "now": house.now, "by": trials_requests.own(other)}
    assert house.refused(vault.copy_of, of=OWN, **stranger)
    house.withdraw(person, "purpose:profile")
    assert "gate.consent_needed" in controls_of(house.decide(person, Act.USE, "profile", "nickname"))
    trials_requests.asked_and_erased(house, person, "withdrawn")
    assert vault_queries.metadata(person, now=house.now) == []


@pytest.mark.upholds("S1-063", control=OWN)
def test_a_person_sees_what_is_held(house):
    """The view shows every stored value; somebody else sees nothing of it."""
    trials_requests.seen_by_its_person(house, "profile", nickname="Mimi")


@pytest.mark.upholds("S1-064", control=OWN)
def test_a_person_puts_right_what_is_wrong(house):
    """An edit is shown at once and everywhere; somebody else changes nothing."""
    trials_requests.corrected_by_its_person(house, "profile", "nickname", "Mimi", "Lili")


@pytest.mark.upholds("S1-065", control="retention.erasure_read_back")
def test_what_is_erased_can_neither_be_read_nor_found(house):
    """A granted request ends with just those items gone."""
    trials_requests.erased_and_read_back(house, "profile", case="withdrawn", nickname="Mimi")


@pytest.mark.upholds("S1-066", control="gate.no_service_after_cancellation")
def test_a_closed_account_is_served_no_more(house):
    """The person closes the account without staff, and from then on no function serves it."""
    trials_requests.served_no_more(house, house.person(), Act.COLLECT, "account", "phone")


@pytest.mark.parametrize(
    "collections",
    [
        claim("S1-047", [("account", PHONE), ("operation", {"device__model": "X1"})], control="retention.cancellation_erases"),
        claim("S1-067", [("documents", {"content__text": "hello"}), ("operation", {"log__crash": '{"at": 1}'})],
              control="retention.cancellation_erases"),
    ],
)  # fmt: skip
def test_after_closing_nothing_readable_is_left(house, collections):
    """After the fifteen days of the policy only what law keeps is left."""
    trials_requests.erased_after_closing(house, house.person(), *collections)


@pytest.mark.upholds("S1-079", control=KEPT)
def test_questions_go_in_through_support(house):
    """A question through support becomes a case that is answered and never lost."""
    trials_requests.each_route_opens_a_case(house, "support")


@pytest.mark.upholds("S1-080", control=KEPT)
def test_questions_suggestions_and_complaints_are_all_taken(house):
    """A complaint or suggestion, a question on the rules, and a request about one's data each become a case."""
    for right in (Right.COMPLAINT, Right.EXPLANATION, Right.ACCESS):
        trials_requests.each_route_opens_a_case(house, "support", right=right)


@pytest.mark.upholds("S1-081", control="rights.answered_in_time")
def test_a_reply_is_due_in_fifteen_working_days(house):
    """A case of the Friday before two holidays is due after fifteen days on which offices work; late, it is broken.

    18 September 2026: 25 September and 1 to 7 October are holidays, 20 September and 10 October are worked.
    """
    house.clock.advance(datetime(2026, 9, 18, 2, tzinfo=UTC) - house.now)
    request = trials.file(house, house.person(), Right.COMPLAINT)
    assert request.due_at == datetime(2026, 10, 15, 16, tzinfo=UTC)
    trials_requests.late_is_shown(house, request)


@pytest.mark.upholds("S1-082", control="rights.refusal_ground_listed")
def test_every_refusal_tells_of_regulator_and_court(house):
    """A refusal on a listed ground, and no other, ends a request, and it carries both routes."""
    assert {"regulator", "court"} <= set(house.policy.rights.remedies)
    for ground in house.policy.rights.refusals:
        trials.refusal_demands_its_evidence(house, ground)


# --- periods and safeguards


@pytest.mark.upholds("S1-046", control="vault.expiry_at_read")
def test_logs_end_with_their_period(house):
    """Each record has its end, is unreadable from then on, and goes with the next sweep."""
    ends = house.now.replace(month=9)
    trials_requests.unreadable_from(house, house.person(), "operation", ends=ends, device__model="X1")


@pytest.mark.upholds("S1-048", control="retention.sweep")
def test_what_law_keeps_is_kept_for_that_alone(house):
    """Past its period the legal log is swept; a hold names its law and its end, and keeps it from ordinary reads."""
    held, free = house.person(), house.person()
    for person in (held, free):
        house.collect(person, "operation", log__network='{"at": "noon"}')
    until = house.now + timedelta(days=400)
    place = {"data_subject_id": held, "clause": "storage.legal-log", "now": house.now}
    for law, end in (("", until), ("order 2026-17", house.now)):
        with pytest.raises(BadInput):
            holds.place(law=law, until=end, **place)
    holds.place(law="order 2026-17", until=until, **place)
    house.later(days=200).work()
    assert SealedItem.objects.filter(data_subject_id=held).exists()
    assert not SealedItem.objects.filter(data_subject_id=free).exists()
    assert trials_requests.readable_until(house, held) == set()


@pytest.mark.upholds("S1-053", control="vault.sealed_at_rest")
def test_what_is_stored_is_sealed(house, settings):
    """A raw read of the stored rows shows nothing of what was planted, and a plain connection is refused."""
    trials_people.sealed_raw(house, house.person(), "documents", "planted", content__text="planted words")
    trials_people.plain_requests_are_refused(settings)


@pytest.mark.upholds("S1-055", control="vault.staff_open_with_reason")
def test_staff_without_a_grant_read_nothing(house):
    """A look without a case or a reason is refused and logged; with both, the person reads who looked and why."""
    trials_people.staff_look_with_a_reason(house, "documents", content__text="hello")


# --- versions


@pytest.mark.upholds("S1-003", control=CHECKED)
def test_no_announced_topic_is_left_empty(house):
    """A version that lacks cookies, sharing, storage or updates is refused; with all of them it is taken."""
    versions.is_refused_until_put_right(
        house, "E107", put("trackers", {}), put("recipients", {}), put("storage", {}), cut("changes")
    )


@pytest.mark.parametrize(
    ("trigger", "changes"),
    [
        claim("S1-073", "business-model", (add("purposes/recommendation/uses", "device.model"),), control=MAJOR),
        claim("S1-074", "ownership", (put("controller/name", words("New Owner Ltd")),), control=MAJOR),
        claim("S1-075", "rights", (put("rights/requests/copy/within", "10 working days"),), control=MAJOR),
        claim("S1-076", "recipients", (put("recipients/newcomer", NEWCOMER),), control=MAJOR),
    ],
)
def test_a_listed_change_is_major(house, trigger, changes):
    """The comparison finds each listed trigger and calls the version major, whatever its author says."""
    versions.is_major_whatever_the_author_says(house, trigger, *changes)


@pytest.mark.upholds("S1-077", control=MAJOR)
def test_a_reviewer_may_call_more_major_and_nothing_less(house):
    """A change of words is major where the reviewer says so; a listed one is major whatever the reviewer says."""
    versions.only_raised_never_lowered(house, put("commitments/read-first/text/en", "Read this first."))
