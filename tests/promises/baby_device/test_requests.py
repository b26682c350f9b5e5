# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about requests: grounds of refusal, deadlines, verification, fees."""

import pytest

from tests.promises import trials
from tests.promises.trials import claim
from upheld.errors import Forbidden
from upheld.rights import service
from upheld.terms import Right

LISTED = "rights.refusal_ground_listed"
IN_TIME = "rights.answered_in_time"


@pytest.mark.parametrize(
    "ground",
    [
        claim("S4-180", "repeated", control=LISTED),
        claim("S4-181", "heavy-work", control=LISTED),
        claim("S4-182", "others-at-risk", control=LISTED),
        claim("S4-183", "impracticable", control=LISTED),
        claim("S4-185", "legal-duty", control=LISTED),
        claim("S4-186", "national-security", control=LISTED),
        claim("S4-187", "public-safety", control=LISTED),
        claim("S4-188", "criminal-case", control=LISTED),
        claim("S4-189", "abuse", control=LISTED),
        claim("S4-190", "vital-interests", control=LISTED),
        claim("S4-191", "serious-harm", control=LISTED),
        claim("S4-192", "trade-secret", control=LISTED),
    ],
)
def test_a_refusal_needs_what_its_ground_demands(house, ground):
    """Each ground of refusal holds only with its evidence recorded, and the person is told the remedies."""
    trials.refusal_demands_its_evidence(house, ground)


@pytest.mark.upholds("S4-184", control=LISTED)
def test_no_other_ground_of_refusal(house):
    """A request is left unanswered on no ground outside the list."""
    trials.only_listed_refusals(house)


@pytest.mark.upholds("S4-197", control=IN_TIME)
def test_access_through_support_is_answered_within_fifteen_days(house):
    """An access request through the support chat is due on the fifteenth day; late, the board shows it broken."""
    trials.answered_in_time(house, Right.ACCESS, 15, channel="support-chat")


@pytest.mark.upholds("S4-223", control=IN_TIME)
def test_requests_through_contact_channels_are_answered_within_fifteen_days(house):
    """What comes through the contact channels is due on the fifteenth day."""
    trials.answered_in_time(house, Right.COMPLAINT, 15, channel="contact-page")


@pytest.mark.upholds("S4-175", control="rights.verified_first")
def test_a_requester_is_verified_before_anything_is_done(house):
    """Nobody is answered before being verified by a method of the policy."""
    trials.verified_first(house, Right.ACCESS)


@pytest.mark.upholds("S4-178", control="rights.fee_only_when_repeated")
def test_reasonable_requests_are_free(house):
    """The first request of a year costs nothing."""
    request = trials.file(house, house.person(), Right.EXPLANATION)
    with pytest.raises(Forbidden):
        service.ask_fee(request_id=request.id, now=house.now)


@pytest.mark.upholds("S4-179", control="rights.fee_only_when_repeated")
def test_only_a_request_past_the_limit_may_cost_something(house):
    """Three a year are free; the fourth may cost something, and a year later it is free again."""
    person = house.person()
    for _ in range(house.policy.rights.fees.free):
        request = trials.file(house, person, Right.EXPLANATION)
        with pytest.raises(Forbidden):
            service.ask_fee(request_id=request.id, now=house.now)
    fourth = trials.file(house, person, Right.EXPLANATION)
    service.ask_fee(request_id=fourth.id, now=house.now)
    assert house.status("rights.fees") == "kept"
    later = trials.file(house.later(days=400), person, Right.EXPLANATION)
    with pytest.raises(Forbidden):
        service.ask_fee(request_id=later.id, now=house.now)
