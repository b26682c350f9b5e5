# SPDX-License-Identifier: Apache-2.0
"""The family website's promises about requests, storage and the end of an account, children's among them."""

from datetime import timedelta

import pytest

from tests.houses import STAFF
from tests.promises import trials, trials_requests
from tests.promises.trials import claim, controls_of
from upheld.errors import BadInput, Forbidden
from upheld.retention import holds
from upheld.rights import fulfilment, queries, service
from upheld.rights.rules import RequestState
from upheld.terms import Act, Actor, Right
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.models import SealedItem
from upheld.vault.values import Reader, ReaderKind

CANCELLED = "gate.no_service_after_cancellation"
ERASES = "retention.cancellation_erases"
EXPIRY = "vault.expiry_at_read"
FEES = "rights.fee_only_when_repeated"
IN_TIME = "rights.answered_in_time"
KEPT = "rights.never_disappears"
OWN = "rights.own_data_only"
READ_BACK = "retention.erasure_read_back"
VERIFIED = "rights.verified_first"
REPLAYED = "storage.restore_revives_nothing"
UPLOAD = {"content__text": "hello"}


# --- cases


@pytest.mark.parametrize(
    ("routes", "right"),
    [
        claim("S2-004", ("officer",), Right.EXPLANATION, control=KEPT),
        claim("S2-074", ("officer",), Right.CORRECTION, control=KEPT),
        claim("S2-107", ("officer",), Right.COMPLAINT, control=KEPT),
    ],
)
def test_a_message_becomes_a_case_with_a_clock(house, routes, right):
    """A question, or what self-service does not do, becomes a case that is answered by its date and never lost."""
    trials_requests.each_route_opens_a_case(house, *routes, right=right)


@pytest.mark.upholds("S2-155", control=KEPT)
def test_complaints_are_tracked_apart(house):
    """A complaint and a question are cases of their own kinds, each with its owner and its outcome, and both stay."""
    person = house.person()
    cases = [trials.file(house, person, right, channel="officer") for right in (Right.COMPLAINT, Right.EXPLANATION)]
    assert [case.right for case in cases] == [Right.COMPLAINT, Right.EXPLANATION]
    assert [one.id for one in queries.queue(right=Right.COMPLAINT)] == [cases[0].id]
    for case in cases:
        assert service.assign(request_id=case.id, staff_id=STAFF, now=house.now).assigned_to == STAFF
        trials_requests.cannot_be_lost(case)
        ended = service.answer(request_id=case.id, text="We looked at it.", now=house.now)
        assert ended.state is RequestState.ANSWERED


@pytest.mark.parametrize(
    ("right", "more"),
    [
        claim("S2-085", Right.COMPLAINT, {}, control=IN_TIME),
        claim("S2-134", Right.CORRECTION, {}, control=IN_TIME),
        claim("S2-153", Right.COMPLAINT, {"verified": False}, control=IN_TIME),
        claim("S2-158", Right.ERASURE, {"case": "withdrawn"}, control=IN_TIME),
    ],
)
def test_requests_are_answered_within_fifteen_days(house, right, more):
    """A request is due on the fifteenth day from its receipt, verified or not; late, the board shows it broken."""
    trials.answered_in_time(house, right, 15, **more)


@pytest.mark.upholds("S2-086", control=VERIFIED)
def test_a_requester_is_verified_before_anything_is_done(house):
    """No request is carried out or answered without a verification on record."""
    rights = (Right.ACCESS, Right.ERASURE, Right.CORRECTION, Right.CANCELLATION)
    trials_requests.nothing_before_verifying(house, house.person(), *rights)


@pytest.mark.parametrize(
    ("actor", "method"),
    [
        claim("S2-084", Actor.STAFF, "representative", control=VERIFIED),
        claim("S2-130", Actor.GUARDIAN, "account", control=VERIFIED),
    ],
)
def test_who_acts_for_another_is_verified_first(house, actor, method):
    """A guardian or a representative gets nothing before the proof was seen, and is served after."""
    child = house.child(guarded=True)
    rights = (Right.ACCESS, Right.CORRECTION, Right.ERASURE, Right.CANCELLATION)
    trials_requests.nothing_before_verifying(house, child, *rights, actor=actor, method=method)


@pytest.mark.parametrize("count", [claim("S2-087", 3, control=FEES)])
def test_reasonable_requests_are_free(house, count):
    """The first requests of a year cost nothing."""
    person = house.person()
    for _ in range(count):
        request = trials.file(house, person, Right.EXPLANATION)
        with pytest.raises(Forbidden):
            service.ask_fee(request_id=request.id, now=house.now)


@pytest.mark.upholds("S2-088", control=FEES)
def test_only_a_request_past_the_limit_may_cost_something(house):
    """As many a year as the policy says are free; the next may cost something, and a year later it is free again."""
    trials_requests.fee_past_the_limit(house)


@pytest.mark.upholds("S2-157", control="gate.restricted_stops_use")
def test_rights_that_the_law_gives_are_taken_up(house):
    """Restriction, portability and human review open cases with the same clock; a restriction stops every use."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    cases = [trials.file(house, person, one) for one in (Right.PORTABILITY, Right.EXPLANATION, Right.RESTRICTION)]
    assert len({case.due_at for case in cases}) == 1
    assert "nickname" in house.open(person, "profile", "nickname")
    fulfilment.begin(request=cases[2], now=house.now)
    house.work()
    assert queries.one(cases[2].id).state is RequestState.ANSWERED
    assert house.refused(house.open, person, "profile", "nickname", of="gate.restricted_stops_use")


# --- seeing, copying, correcting


@pytest.mark.upholds("S2-066", control=OWN)
def test_a_person_sees_what_is_held(house):
    """The view lists every stored item with its end and its origin; somebody else sees nothing of it."""
    trials_requests.seen_by_its_person(house, "browse", log__browsing='{"page": "/"}', device__os="any")


@pytest.mark.upholds("S2-132", control=OWN)
def test_guardian_and_child_see_the_uploads(house):
    """The history of uploads is in the view of the child and of the guardian, and of nobody else."""
    child = house.child("purpose:uploads", guarded=True)
    guardian = house.guard(house.child())
    for words in ("first", "second"):
        house.collect(child, "uploads", content__text=words)
    mine = trials_requests.own(child)
    shown = vault.copy_of(data_subject_id=child, right=Right.ACCESS, now=house.now, by=mine)
    assert sorted(item.value for item in shown.every) == ["first", "second"]
    by = Reader(kind=ReaderKind.GUARDIAN)
    seen = vault.copy_of(data_subject_id=child, right=Right.ACCESS, now=house.now, by=by)
    assert len(seen.every) == 2
    stranger = {"data_subject_id": child, "now": house.now, "by": trials_requests.own(guardian)}
    assert house.refused(vault.copy_of, of=OWN, **stranger)


@pytest.mark.upholds("S2-083", control=VERIFIED)
def test_a_copy_is_handed_out_to_a_verified_person(house):
    """A request for a copy is not answered unverified; verified, the copy matches what is held."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    trials_requests.nothing_before_verifying(house, person, Right.COPY)
    copied = vault.copy_of(data_subject_id=person, now=house.now, by=trials_requests.own(person))
    held = vault_queries.metadata(person, now=house.now)
    assert [(item.item_id, item.value) for item in copied.every] == [(held[0].item_id, "Mimi")]


@pytest.mark.upholds("S2-068", control=OWN)
def test_a_person_puts_right_what_is_wrong(house):
    """After the change every view and copy shows the new value; somebody else changes nothing."""
    trials_requests.corrected_by_its_person(house, "profile", "nickname", "Mimi", "Lili")


@pytest.mark.upholds("S2-133", control=OWN)
def test_guardian_and_child_each_correct(house):
    """A correction by either is taken and shown to both; one by somebody else is refused."""
    child = house.child("purpose:profile", guarded=True)
    other = house.person()
    made = house.collect(child, "profile", nickname="Mimi")
    item = made.items[0].item_id
    for by, value in ((trials_requests.own(child), "Lili"), (Reader(kind=ReaderKind.GUARDIAN), "Nini")):
        more = {"data_subject_id": child, "item_id": item, "now": house.now}
        assert house.refused(vault.correct, value="not mine", by=trials_requests.own(other), of=OWN, **more)
        item = vault.correct(value=value, by=by, **more).items[0].item_id
        for reader in (trials_requests.own(child), Reader(kind=ReaderKind.GUARDIAN)):
            shown = vault.copy_of(data_subject_id=child, right=Right.ACCESS, now=house.now, by=reader)
            assert shown["nickname"].value == value


# --- erasing


@pytest.mark.parametrize(
    "case",
    [
        claim("S2-069", "purpose-met", control=READ_BACK),
        claim("S2-070", "ended", control=READ_BACK),
        claim("S2-071", "withdrawn", control=READ_BACK),
        claim("S2-072", "broken", control=READ_BACK),
        claim("S2-073", "statute", control=READ_BACK),
    ],
)
def test_a_request_on_each_ground_ends_in_erasure(house, case):
    """A request on a listed ground ends with just those items gone, by every way of looking."""
    trials_requests.erased_and_read_back(house, "profile", case=case, nickname="Mimi")


@pytest.mark.parametrize(
    ("case", "actor"),
    [
        claim("S2-135", "withdrawn", Actor.SELF, control=READ_BACK),
        claim("S2-136", "purpose-met", Actor.GUARDIAN, control=READ_BACK),
        claim("S2-137", "ended", Actor.GUARDIAN, control=READ_BACK),
        claim("S2-138", "withdrawn", Actor.GUARDIAN, control=READ_BACK),
        claim("S2-139", "broken", Actor.SELF, control=READ_BACK),
        claim("S2-140", "statute", Actor.GUARDIAN, control=READ_BACK),
    ],
)
def test_guardian_and_child_have_a_part_erased(house, case, actor):
    """A request of either for part of a child's data ends with it gone, while the account goes on."""
    child = house.child("purpose:profile", guarded=True)
    trials_requests.erased_and_read_back(house, "profile", case=case, person=child, actor=actor, nickname="Mimi")


@pytest.mark.upholds("S2-075", control=REPLAYED)
def test_a_restored_backup_revives_nothing(house):
    """After an older backup came back nothing is served until the erasure was made again."""
    person = house.person("purpose:profile")
    trials_requests.restored_backup_revives_nothing(house, person, "profile", nickname="Mimi")


@pytest.mark.upholds("S2-131", control=REPLAYED)
def test_a_restored_backup_revives_nothing_of_a_child(house):
    """A child's erased item does not come back with a backup."""
    child = house.child("purpose:uploads", guarded=True)
    trials_requests.restored_backup_revives_nothing(house, child, "uploads", **UPLOAD)


# --- closing the account


@pytest.mark.parametrize(
    "asked",
    [
        claim("S2-076", (Act.COLLECT, "profile", "nickname"), control=CANCELLED),
        claim("S2-077", (Act.USE, "account", "phone"), control=CANCELLED),
    ],
)
def test_a_closed_account_is_served_no_more(house, asked):
    """The request is carried out without staff, and from then on no function serves the account."""
    trials_requests.served_no_more(house, house.person("purpose:profile"), *asked)


@pytest.mark.upholds("S2-142", control=CANCELLED)
def test_guardian_and_child_close_the_childs_account(house):
    """Either files the closing and it completes; from then on nothing serves the account."""
    for actor in (Actor.SELF, Actor.GUARDIAN):
        child = house.child("purpose:profile", guarded=True)
        trials_requests.served_no_more(house, child, Act.COLLECT, "profile", "nickname", actor=actor)


@pytest.mark.upholds("S2-078", control=ERASES)
def test_after_closing_nothing_readable_is_left(house):
    """What the account held is erased, save what law keeps."""
    person = house.person("purpose:profile", "sensitive:support")
    collections = [("profile", {"nickname": "Mimi"}), ("support", {"support__case": '{"text": "help"}'})]
    trials_requests.erased_after_closing(house, person, *collections)


@pytest.mark.upholds("S2-143", control=ERASES)
def test_after_closing_a_childs_account_neither_persons_data_is_left(house):
    """After a child's account was closed neither the child's nor the guardian's data is readable."""
    child = house.child("purpose:profile", "purpose:support", guarded=True)
    collections = [
        ("profile", {"nickname": "Mimi"}),
        ("guardian-care", {"guardian__contact": "+86 138 0013 8000"}),
        ("support", {"support__contact": "+86 138 0013 8000"}),
    ]
    trials_requests.erased_after_closing(house, child, *collections)


# --- periods


@pytest.mark.parametrize("years", [claim("S2-047", 0, control=EXPIRY), claim("S2-126", 9, control=EXPIRY)])
def test_account_data_ends_fifteen_days_after_the_account(house, years):
    """From the closing on what the account held has an end, and is unreadable when it comes."""
    who = house.child("purpose:profile", years=years, guarded=True) if years else house.person("purpose:profile")
    house.collect(who, "profile", nickname="Mimi")
    trials_requests.closed(house, who)
    [held] = vault_queries.metadata(who, now=house.now)
    assert held.expires_at is not None
    assert held.expires_at <= house.now + timedelta(days=15)
    assert "nickname" in trials_requests.readable_until(house, who)
    house.clock.advance(held.expires_at - house.now)
    assert trials_requests.readable_until(house, who) == set()


@pytest.mark.upholds("S2-048", control="retention.hold_keeps_only_its_own")
def test_a_hold_keeps_only_what_it_names(house):
    """A hold without a law or an end is refused; one with both keeps what it names, unread by ordinary use, and no more."""
    from upheld.retention import erasing
    from upheld.retention.values import Because

    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    house.collect(person, "operation", network__ip="192.0.2.7")
    until = house.now + timedelta(days=90)
    place = {"data_subject_id": person, "clause": "storage.logs", "now": house.now}
    for law, end in ((" ", until), ("order 2026-17", house.now)):
        with pytest.raises(BadInput):
            holds.place(law=law, until=end, **place)
    holds.place(law="order 2026-17", until=until, **place)
    erasing.begin(data_subject_id=person, because=Because.REQUEST, now=house.now)
    house.work()
    left = SealedItem.objects.filter(data_subject_id=person).values_list("category", flat=True)
    assert set(left) == {"network.ip"}
    held = house.decide(person, Act.USE, "operation", "network.ip")
    assert "gate.restricted_stops_use" in controls_of(held)
