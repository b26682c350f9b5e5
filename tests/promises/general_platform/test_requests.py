# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about requests, storage and the end of an account."""

from datetime import timedelta

import pytest

from tests.promises import trials, trials_requests
from tests.promises.trials import claim, controls_of
from upheld.errors import BadInput
from upheld.gate import Permit
from upheld.retention import holds
from upheld.rights import fulfilment
from upheld.terms import Act, Actor, Right
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.models import SealedItem

KEPT = "rights.never_disappears"
OWN = "rights.own_data_only"
READ_BACK = "retention.erasure_read_back"
EXPIRY = "vault.expiry_at_read"
PHONE = {"phone": "+86 138 0013 8000"}


# --- cases


@pytest.mark.upholds("S0-016", control=KEPT)
def test_each_listed_route_takes_questions(house):
    """A question by each contact that the policy lists for it becomes a case that is answered and never lost."""
    routes = house.policy.rights.requests[Right.COMPLAINT].channels
    assert set(routes) == {"support", "officer", "phone", "post"}
    trials_requests.each_route_opens_a_case(house, *routes)


@pytest.mark.upholds("S0-262", control=KEPT)
def test_the_department_takes_what_people_bring(house):
    """A question, a complaint and a request about one's data each become a case through the department."""
    for right in (Right.COMPLAINT, Right.EXPLANATION, Right.ACCESS, Right.PORTABILITY):
        channel = "officer"
        assert channel in house.policy.rights.requests[right].channels
        trials_requests.each_route_opens_a_case(house, channel, right=right)


@pytest.mark.upholds("S0-234", control=KEPT)
def test_a_guardians_question_is_a_case_about_the_minor(house):
    """A guardian's case is linked to the minor, and stays."""
    child = house.child(guarded=True)
    contact = house.policy.children.guardian.contact
    more = {"actor": Actor.GUARDIAN, "person": child}
    trials_requests.each_route_opens_a_case(house, contact, **more)


@pytest.mark.upholds("S0-263", control="rights.answered_in_time")
def test_questions_are_answered_within_thirty_days(house):
    """A question is due on the thirtieth day after the sender was verified; late, the board shows it broken."""
    trials.answered_in_time(house, Right.COMPLAINT, 30)


@pytest.mark.upholds("S0-264", control="rights.verified_first")
def test_an_asker_is_verified_before_an_answer(house):
    """Nobody is answered before being verified by a method of the policy."""
    rights = (Right.ACCESS, Right.COPY, Right.CORRECTION, Right.EXPLANATION)
    trials_requests.nothing_before_verifying(house, house.person(), *rights)


# --- taking part


@pytest.mark.upholds("S0-008", control=OWN)
def test_people_see_correct_erase_and_withdraw(house):
    """A signed-in person completes each of the four, on their own data; somebody else's session completes none."""
    person, other = house.person("purpose:profile"), house.person()
    made = house.collect(person, "profile", nickname="Mimi")
    mine = trials_requests.own(person)
    assert vault.copy_of(data_subject_id=person, right=Right.ACCESS, now=house.now, by=mine)["nickname"].value == "Mimi"
    vault.correct(data_subject_id=person, item_id=made.items[0].item_id, value="Lili", now=house.now, by=mine)
    house.withdraw(person, "purpose:profile")
    assert "gate.consent_needed" in controls_of(house.decide(person, Act.USE, "profile", "nickname"))
    stranger = {"data_subject_id": person, "now": house.now, "by": trials_requests.own(other)}
    assert house.refused(vault.copy_of, of=OWN, **stranger)
    request = trials.file(house, person, Right.ERASURE, case="withdrawn")
    fulfilment.begin(request=request, now=house.now)
    for _ in range(3):
        house.later(seconds=6).work()
    assert vault_queries.metadata(person, now=house.now) == []


@pytest.mark.parametrize(
    ("purpose", "values", "case"),
    [
        claim("S0-021", "profile", {"nickname": "Mimi"}, "purpose-met", control=READ_BACK),
        claim("S0-214", "posts", {"content__text": "hello"}, "asked", control=READ_BACK),
    ],
)
def test_what_is_erased_can_neither_be_read_nor_found(house, purpose, values, case):
    """A request that names items ends with just those gone, by every way of looking."""
    trials_requests.erased_and_read_back(house, purpose, case=case, **values)


# --- closing the account


@pytest.mark.upholds("S0-049", control="gate.no_service_after_cancellation")
def test_a_person_closes_their_own_account(house):
    """The person starts it and the worker ends it, unaided by staff; from then on nothing is served."""
    person = house.person("purpose:profile")
    trials_requests.served_no_more(house, person, Act.COLLECT, "profile", "nickname")


@pytest.mark.upholds("S0-050", control="retention.cancellation_erases")
def test_after_closing_nothing_readable_is_left(house):
    """After the fifteen days of the policy no record of the account is readable, save what law keeps."""
    person = house.person("purpose:profile", "purpose:client-storage", "permission:storage")
    collections = [("account", PHONE), ("profile", {"nickname": "Mimi"}), ("operation", {"device__model": "X1"})]
    trials_requests.erased_after_closing(house, person, *collections)


# --- periods


@pytest.mark.upholds("S0-246", control=EXPIRY)
def test_browsing_and_addresses_last_one_month(house):
    """At one month nothing of the browsing history or of the network address is readable."""
    person = house.person()
    ends = house.now.replace(month=7)
    values = {"log__browsing": '{"page": "/"}', "network__ip": "192.0.2.7"}
    trials_requests.unreadable_from(house, person, "browse", ends=ends, **values)


@pytest.mark.upholds("S0-247", control=EXPIRY)
def test_what_is_past_its_period_is_gone_at_once(house):
    """A second before its end an item is read; at its end it is not, though no sweep has come yet."""
    person = house.person("purpose:local-content", "sensitive:local-content", "permission:location")
    house.collect(person, "local-content", location__precise="31.2,121.5")
    house.later(days=7, seconds=-1)
    assert "location.precise" in trials_requests.readable_until(house, person)
    house.later(seconds=1)
    assert "location.precise" not in trials_requests.readable_until(house, person)
    assert SealedItem.objects.filter(data_subject_id=person).exists()


@pytest.mark.upholds("S0-208", control=EXPIRY)
def test_account_data_ends_fifteen_days_after_the_account(house):
    """From the closing on account data has an end, and is unreadable when it comes."""
    person = house.person()
    house.collect(person, "account", **PHONE)
    trials_requests.closed(house, person)
    assert "phone" in trials_requests.readable_until(house, person)
    [held] = vault_queries.metadata(person, now=house.now)
    assert held.expires_at is not None
    assert held.expires_at <= house.now + timedelta(days=15)
    house.clock.advance(held.expires_at - house.now)
    assert trials_requests.readable_until(house, person) == set()


@pytest.mark.upholds("S0-209", control="retention.sweep")
def test_a_longer_period_needs_a_ground_and_an_end(house):
    """Past its period what no law holds is swept; a hold without a law or an end is refused, and one with both keeps."""
    held, free = house.person(), house.person()
    for person in (held, free):
        house.collect(person, "operation", log__network='{"at": "noon"}')
    until = house.now + timedelta(days=400)
    place = {"data_subject_id": held, "clause": "storage.legal-log", "now": house.now}
    with pytest.raises(BadInput):
        holds.place(law=" ", until=until, **place)
    with pytest.raises(BadInput):
        holds.place(law="order 2026-17", until=house.now, **place)
    holds.place(law="order 2026-17", until=until, **place)
    house.later(days=200).work()
    assert SealedItem.objects.filter(data_subject_id=held).exists()
    assert not SealedItem.objects.filter(data_subject_id=free).exists()
    assert trials_requests.readable_until(house, held) == set()


@pytest.mark.upholds("S0-199", control="vault.sealed_at_rest")
def test_what_is_stored_is_sealed(house):
    """A raw read of the stored rows shows no value that was planted."""
    person = house.person("purpose:profile", "purpose:posts")
    house.collect(person, "profile", nickname="Planted Nickname")
    house.collect(person, "posts", content__text="planted words")
    stored = b"".join(bytes(row.sealed) for row in SealedItem.objects.filter(data_subject_id=person))
    assert stored
    assert b"lanted" not in stored
    assert house.open(person, "posts", "content.text")["content.text"].value == "planted words"
    assert isinstance(house.decide(person, Act.USE, "profile", "nickname"), Permit)
