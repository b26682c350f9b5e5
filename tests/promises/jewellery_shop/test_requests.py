# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promises about requests, storage and the end of an account."""

from datetime import timedelta

import pytest

from tests.promises import trials, trials_requests
from tests.promises.trials import claim
from upheld.errors import BadInput, Forbidden
from upheld.retention import holds
from upheld.rights import service
from upheld.terms import Act, Actor, Right
from upheld.vault import queries as vault_queries
from upheld.vault.models import SealedItem

CANCELLED = "gate.no_service_after_cancellation"
ERASES = "retention.cancellation_erases"
EXPIRY = "vault.expiry_at_read"
FEES = "rights.fee_only_when_repeated"
IN_TIME = "rights.answered_in_time"
KEPT = "rights.never_disappears"
OWN = "rights.own_data_only"
READ_BACK = "retention.erasure_read_back"


# --- cases


@pytest.mark.parametrize(
    "routes",
    [
        claim("S3-007", ("chat", "contact-entry", "feedback"), control=KEPT),
        claim("S3-210", ("chat", "contact-entry"), control=KEPT),
    ],
)
def test_each_route_in_the_app_takes_questions(house, routes):
    """A note by each route becomes a case with an answer date, is answered, and is never lost."""
    trials_requests.each_route_opens_a_case(house, *routes)


@pytest.mark.upholds("S3-148", control=KEPT)
def test_each_request_ends_with_an_answer_or_a_reason(house):
    """Whatever right is used, its case ends answered, and none can be removed meanwhile."""
    for right in (Right.COMPLAINT, Right.ACCESS, Right.EXPLANATION, Right.PORTABILITY):
        trials_requests.each_route_opens_a_case(house, "chat", right=right)


@pytest.mark.upholds("S3-154", control=KEPT)
def test_erasure_on_each_ground_goes_through_support(house):
    """A request on each listed ground opens a case through the chat, and stays until it ends."""
    person = house.person()
    for case in house.policy.rights.requests[Right.ERASURE].cases:
        trials_requests.each_route_opens_a_case(house, "chat", right=Right.ERASURE, person=person, case=case)


@pytest.mark.upholds("S3-166", control=KEPT)
def test_a_human_looks_at_what_a_machine_decided(house):
    """A challenge to a decision by algorithm is a case that a human answers, and it cannot be lost."""
    assert house.policy.purposes["risk"].weighty
    trials_requests.each_route_opens_a_case(house, "chat", "officer", right=Right.EXPLANATION)


@pytest.mark.upholds("S3-193", control=KEPT)
def test_a_guardians_question_lands_with_the_department(house):
    """A guardian's question is a case of the department's with a named owner, and stays."""
    from tests.houses import STAFF

    child = house.child(guarded=True)
    contact = house.policy.children.guardian.contact
    assert contact == house.policy.controller.officer
    case = trials.file(house, child, Right.COMPLAINT, channel=contact, actor=Actor.GUARDIAN)
    assert service.assign(request_id=case.id, staff_id=STAFF, now=house.now).assigned_to == STAFF
    trials_requests.cannot_be_lost(case)


@pytest.mark.parametrize(
    ("right", "channel"),
    [
        claim("S3-168", Right.COMPLAINT, "chat", control=IN_TIME),
        claim("S3-187", Right.ACCESS, "chat", control=IN_TIME),
        claim("S3-209", Right.COMPLAINT, "officer", control=IN_TIME),
    ],
)
def test_requests_are_answered_within_fifteen_days(house, right, channel):
    """A request is due on the fifteenth day, well within thirty; late, the board shows it broken."""
    trials.answered_in_time(house, right, 15, channel=channel)


@pytest.mark.upholds("S3-167", control="rights.verified_first")
def test_a_requester_is_verified_before_anything_is_done(house):
    """Nothing of a request begins, and nobody is answered, before the requester was verified."""
    rights = (Right.ACCESS, Right.ERASURE, Right.CANCELLATION, Right.CORRECTION)
    trials_requests.nothing_before_verifying(house, house.person(), *rights)


@pytest.mark.parametrize("count", [claim("S3-170", 2, control=FEES)])
def test_reasonable_requests_are_free(house, count):
    """The first and the second request of a year cost nothing."""
    person = house.person()
    for _ in range(count):
        request = trials.file(house, person, Right.EXPLANATION)
        with pytest.raises(Forbidden):
            service.ask_fee(request_id=request.id, now=house.now)


@pytest.mark.upholds("S3-171", control=FEES)
def test_only_a_request_past_the_limit_may_cost_something(house):
    """As many a year as the policy says are free; the next may cost something, and a year later it is free again."""
    trials_requests.fee_past_the_limit(house)


@pytest.mark.upholds("S3-169", control="rights.refusal_ground_listed")
def test_who_is_refused_can_complain_through_support(house):
    """Every refusal tells of the complaint through support, and that complaint is a case of its own."""
    assert house.policy.rights.remedies["support"].channel == "chat"
    trials.refusal_demands_its_evidence(house, "unrealistic")
    person = house.person()
    complaint = trials.file(house, person, Right.COMPLAINT, channel="chat")
    assert service.answer(request_id=complaint.id, text="We looked again.", now=house.now).ended_at


# --- seeing and correcting


@pytest.mark.upholds("S3-149", control=OWN)
def test_a_person_sees_what_is_held(house):
    """The view equals what the vault holds; somebody else sees nothing of it."""
    trials_requests.seen_by_its_person(house, "profile", nickname="Mimi", occupation="goldsmith", birthday="1990-01-02")


@pytest.mark.upholds("S3-188", control=OWN)
def test_a_person_sees_what_their_use_produced(house):
    """The answer includes logs and device data, not the profile alone; somebody else sees nothing of it."""
    values = {"device__model": "X1", "log__operation": '{"at": "noon"}'}
    shown = trials_requests.seen_by_its_person(house, "operation", **values)
    assert set(shown) == {"device.model", "log.operation"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        claim("S3-150", "occupation", "baker", "goldsmith", control=OWN),
        claim("S3-152", "nickname", "Mimi", "Lili", control=OWN),
    ],
)
def test_a_person_puts_right_what_is_wrong(house, name, old, new):
    """After the change every view and copy shows the new value; somebody else changes nothing."""
    trials_requests.corrected_by_its_person(house, "profile", name, old, new)


# --- erasing


@pytest.mark.parametrize(
    ("case", "values"),
    [
        claim("S3-153", "withdrawn", {"interests": "rings"}, control=READ_BACK),
        claim("S3-155", "unlawful", {"nickname": "Mimi"}, control=READ_BACK),
        claim("S3-156", "no-consent", {"occupation": "baker"}, control=READ_BACK),
        claim("S3-157", "breach", {"interests": "rings"}, control=READ_BACK),
        claim("S3-158", "purpose-met", {"birthday": "1990-01-02"}, control=READ_BACK),
        claim("S3-159", "ended", {"gender": "other"}, control=READ_BACK),
    ],
)
def test_a_request_on_each_ground_ends_in_erasure(house, case, values):
    """A request on a listed ground ends with just those items gone, by every way of looking."""
    trials_requests.erased_and_read_back(house, "profile", case=case, **values)


@pytest.mark.upholds("S3-012", control=READ_BACK)
def test_what_is_erased_can_neither_be_found_nor_read(house):
    """Search, copy and use return nothing of what was erased."""
    trials_requests.erased_and_read_back(house, "survey", case="withdrawn", survey="fine")


@pytest.mark.upholds("S3-161", control="storage.restore_revives_nothing")
def test_a_restored_backup_revives_nothing(house):
    """After an older backup came back nothing is served until the erasure was made again."""
    person = house.person("purpose:profile")
    trials_requests.restored_backup_revives_nothing(house, person, "profile", nickname="Mimi")


# --- closing the account


@pytest.mark.parametrize(
    "asked",
    [
        claim("S3-184", (Act.COLLECT, "profile", "nickname"), control=CANCELLED),
        claim("S3-185", (Act.USE, "account", "phone"), control=CANCELLED),
    ],
)
def test_a_closed_account_is_served_no_more(house, asked):
    """The request is carried out without staff, and from then on no function serves the account."""
    trials_requests.served_no_more(house, house.person("purpose:profile"), *asked)


@pytest.mark.parametrize(
    "collections",
    [
        claim("S3-031", [("posts", {"content__text": "hello"})], control=ERASES),
        claim("S3-186", [("account", {"phone": "+86 138 0013 8000"}), ("survey", {"survey": "fine"})], control=ERASES),
    ],
)
def test_after_closing_nothing_readable_is_left(house, collections):
    """What the account held is erased without delay, save what law keeps."""
    person = house.person("purpose:posts", "purpose:survey")
    trials_requests.erased_after_closing(house, person, *collections)


# --- periods


@pytest.mark.upholds("S3-183", control=EXPIRY)
def test_account_data_ends_one_hundred_and_eighty_days_after_its_last_use(house):
    """Each use begins the period anew; on day 180 after the last one nothing is readable."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    house.later(days=100)
    assert "nickname" in house.open(person, "profile", "nickname")
    house.later(days=179)
    assert "nickname" in trials_requests.readable_until(house, person)
    house.later(days=1)
    assert trials_requests.readable_until(house, person) == set()


@pytest.mark.upholds("S3-139", control=EXPIRY)
def test_logs_end_with_their_period(house):
    """Each log has its end, is unreadable from then on, and goes with the next sweep."""
    person = house.person()
    ends = house.now.replace(month=12)
    trials_requests.unreadable_from(house, person, "operation", ends=ends, log__operation='{"at": "noon"}')


@pytest.mark.upholds("S3-140", control="retention.sweep")
def test_a_longer_period_needs_a_law_and_an_end(house):
    """Past its period what no law holds is swept; a hold without a law or an end is refused, and one with both keeps."""
    held, free = house.person(), house.person()
    for person in (held, free):
        house.collect(person, "orders", order='{"ring": 1}')
    until = house.now + timedelta(days=2000)
    place = {"data_subject_id": held, "clause": "storage.orders", "now": house.now}
    for law, end in (("", until), ("order 2026-17", house.now)):
        with pytest.raises(BadInput):
            holds.place(law=law, until=end, **place)
    holds.place(law="order 2026-17", until=until, **place)
    house.later(days=1200).work()
    assert SealedItem.objects.filter(data_subject_id=held).exists()
    assert not SealedItem.objects.filter(data_subject_id=free).exists()
    assert vault_queries.metadata(held, now=house.now) == []
