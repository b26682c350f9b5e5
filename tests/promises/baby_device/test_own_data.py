# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about a person's own data, and about asking: who may, and that it is answered."""

from collections.abc import Callable

import pytest

from tests.houses import STAFF, House
from tests.promises import trials
from tests.promises.baby_device.test_storage import held
from tests.promises.trials import claim
from upheld.children import queries as children
from upheld.consent import queries as consents
from upheld.errors import BadInput, Conflict, NotFound
from upheld.keys import service as keys
from upheld.rights import fulfilment, queries, service
from upheld.rights.rules import RequestState
from upheld.rights.values import RefusalGiven
from upheld.terms import Act, Actor, DataSubjectId, Right
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.values import OpenedItems, Reader, ReaderKind, Source

OWN = "rights.own_data_only"
SUBJECT = "vault.item_has_one_subject"
STAYS = "rights.never_disappears"
FIELDS = {"birthday": ("1990-01-31", "1991-02-28"), "occupation": ("baker", "judge"), "interests": ("chess", "tea")}


def copy(house: House, person: DataSubjectId, by: Reader | None = None, **more: object) -> OpenedItems:
    """Take a copy of a person's data, as that person unless someone else tries."""
    reader = by or Reader(id=person)
    return vault.copy_of(data_subject_id=person, now=house.now, by=reader, **more)  # type: ignore[arg-type]


def correct(house: House, person: DataSubjectId, category: str, value: str, by: Reader | None = None) -> None:
    """Put a right value in place of a wrong one."""
    item = next(one for one in vault_queries.metadata(person, now=house.now) if one.category == category)
    vault.correct(data_subject_id=person, item_id=item.item_id, value=value, now=house.now, by=by or Reader(id=person))


@pytest.fixture
def filled(house) -> DataSubjectId:
    """A person with a profile, orders, a number, and the log of use."""
    person = house.person("purpose:profile", "purpose:search")
    house.collect(person, "account", phone="+8613800138000")
    house.collect(person, "profile", **{name: before for name, (before, _) in FIELDS.items()})
    house.collect(person, "orders", orders="one strap")
    house.collect(person, "search", log__search="straps")
    house.collect(person, "browse", log__usage="opened a page", log__network="192.0.2.1")
    return person


# --- one's own, and nobody else's


@pytest.mark.upholds("S4-157", control=OWN)
def test_a_person_sees_all_that_is_held_and_a_stranger_nothing(house, filled):
    """The person's view has every item that is held; the same view asked for by another person is refused."""
    seen = copy(house, filled, right=Right.ACCESS)
    assert {item.item_id for item in seen.every} == {
        item.item_id for item in vault_queries.metadata(filled, now=house.now)
    }
    stranger = Reader(id=house.person())
    assert house.refused(copy, house, filled, stranger, right=Right.ACCESS, of=OWN)


@pytest.mark.upholds("S4-198", control=OWN)
def test_a_copy_has_what_use_produced(house, filled):
    """Logs and orders are in the copy beside the profile; nobody else can take it."""
    assert set(copy(house, filled)) >= {"log.usage", "log.search", "log.network", "orders", "occupation"}
    assert house.refused(copy, house, filled, Reader(id=house.person()), of=OWN)


@pytest.mark.upholds("S4-158", control=OWN)
def test_a_person_reads_and_changes_the_four_fields(house, filled):
    """Birthday, occupation, hobbies and number are each read and changed by their owner, and by nobody else."""
    changes = {name: after for name, (_, after) in FIELDS.items()} | {"phone": "+8613900139000"}
    for name, value in changes.items():
        assert house.refused(correct, house, filled, name, value, Reader(id=house.person()), of=OWN), name
        correct(house, filled, name, value)
        assert copy(house, filled)[name].value == value, name


@pytest.mark.upholds("S4-160", control=OWN)
def test_a_correction_shows_everywhere(house, filled):
    """After a correction use, view and export have the new value alone; a stranger's correction changes nothing."""
    assert house.refused(correct, house, filled, "occupation", "thief", Reader(id=house.person()), of=OWN)
    correct(house, filled, "occupation", "judge")
    used = house.open(filled, "profile", "occupation")
    for shown in (used, copy(house, filled), copy(house, filled, right=Right.ACCESS)):
        assert [item.value for item in shown.every if item.category == "occupation"] == ["judge"]


@pytest.mark.upholds("S4-017", control=OWN)
def test_a_stranger_acts_on_nobodys_items(house, filled):
    """Each item is about one person; another person neither sees, copies nor changes it."""
    stranger = house.person("purpose:profile")
    house.collect(stranger, "profile", occupation="clown")
    assert {item.value for item in copy(house, stranger).every} == {"clown"}
    by = Reader(id=stranger)
    for verb, args in _verbs(house, filled):
        assert house.refused(verb, *args, by, of=OWN), verb.__name__
    assert copy(house, filled)["occupation"].value == "baker"


@pytest.mark.upholds("S4-017", control=SUBJECT)
def test_only_a_proven_representative_acts_for_another(house, filled):
    """Who calls themselves guardian without standing, or is a program, is refused; a verified guardian may."""
    child, guarded = house.child(), house.child(guarded=True)
    for person in (child, guarded):
        house.collect(person, "browse", log__usage="opened a page", log__network="192.0.2.1")
    guardian = Reader(kind=ReaderKind.GUARDIAN, id=house.person())
    assert house.refused(copy, house, child, guardian, of=SUBJECT)
    assert house.refused(copy, house, filled, Reader(kind=ReaderKind.SERVICE), of=SUBJECT)
    assert "log.usage" in copy(house, guarded, guardian)


def _verbs(house: House, person: DataSubjectId) -> list[tuple[Callable[..., object], tuple[object, ...]]]:
    return [(copy, (house, person)), (correct, (house, person, "occupation", "thief"))]


@pytest.mark.upholds("S4-202", control=SUBJECT)
def test_a_guardian_sees_the_linked_child_and_no_other(house):
    """The guardian sees what the child uses and on what consent; a child without that link stays closed to them."""
    child, other = house.child(), house.child()
    guardian = house.guard(child)
    house.give(child, "purpose:survey", actor=Actor.GUARDIAN)
    for person in (child, other):
        house.collect(person, "browse", log__usage="opened a page", log__network="192.0.2.1")
    [ward] = children.wards(guardian, now=house.now)
    assert ward.child_id == child
    by = Reader(kind=ReaderKind.GUARDIAN, id=guardian)
    assert {item.category for item in copy(house, child, by).every} == held(house, child)
    assert [given.topic for given in consents.history(child)] == ["purpose:survey"]
    with pytest.raises(NotFound):
        children.refuse_stranger(guardian, other, now=house.now)
    assert house.refused(copy, house, other, by, of=SUBJECT)


@pytest.mark.upholds("S4-065", control=OWN)
def test_a_person_sees_their_own_log_whole(house):
    """The view of the log has every entry that is held, in order, and shows itself to nobody else."""
    person, pages = house.person(), [f"opened page {n}" for n in range(5)]
    for page in pages:
        house.collect(person, "browse", log__usage=page, log__network="192.0.2.1")
        house.later(minutes=1)
    log = copy(house, person, right=Right.ACCESS, categories=("log.usage",))
    assert [entry.value for entry in log.every] == pages[::-1]
    stored = [one for one in vault_queries.metadata(person, now=house.now) if one.category == "log.usage"]
    assert {entry.item_id for entry in log.every} == {one.item_id for one in stored}
    stranger = Reader(id=house.person())
    assert house.refused(copy, house, person, stranger, right=Right.ACCESS, of=OWN)


@pytest.mark.upholds("S4-042", control="vault.source_recorded")
def test_each_value_says_where_it_came_from_and_what_for(house, filled):
    """What was given at sign-up, in use or by the chat platform shows its origin and purpose; the board sees that."""
    house.source("outside-accounts")
    house.give(filled, "purpose:third-party-login")
    house.give(filled, "source:outside-accounts")
    vault.collect(
        ask=house.ask(Act.COLLECT, "third-party-login", "outside-profile", source="outside-accounts"),
        data_subject_id=filled,
        values={"outside-profile": "Mimi, a picture"},
        now=house.now,
        source=Source.THIRD_PARTY,
    )
    items = {one.category: one for one in vault_queries.metadata(filled, now=house.now)}
    assert (items["phone"].source, items["phone"].purpose) == (Source.SELF, "account")
    outside = items["outside-profile"]
    assert (outside.source, outside.purpose) == (Source.THIRD_PARTY, "third-party-login")
    assert house.status("categories.outside-profile", "vault.source_recorded") == "kept"


# --- asking


@pytest.mark.parametrize(
    ("right", "channel"),
    [
        claim("S4-009", Right.COMPLAINT, "contact-page", control=STAYS),
        claim("S4-009", Right.COMPLAINT, "support-chat", control=STAYS),
        claim("S4-009", Right.COMPLAINT, "feedback", control=STAYS),
        claim("S4-224", Right.COMPLAINT, "support-chat", control=STAYS),
        claim("S4-224", Right.COMPLAINT, "contact-page", control=STAYS),
        claim("S4-156", Right.ACCESS, "settings", control=STAYS),
        claim("S4-156", Right.ACCESS, "post", control=STAYS),
    ],
)
def test_whoever_writes_in_gets_a_case_that_stays_until_it_is_answered(house, right, channel):
    """Each way in opens a case with a number and a date, which ends answered and cannot be lost."""
    request = trials.file(house, house.person(), right, channel=channel)
    assert (request.channel, request.due_at is not None) == (channel, True)
    trials.stays_ended(house, request)


@pytest.mark.upholds("S4-174", control=STAYS)
def test_a_weighty_decision_by_a_machine_is_looked_at_by_a_human(house):
    """The person can have it looked at; no software answers that, a human in words, and the case stays till then."""
    request = trials.file(house, house.person(), Right.EXPLANATION, channel="support-chat")
    assert not fulfilment.is_automatic(request)
    with pytest.raises(Conflict):
        fulfilment.begin(request=request, now=house.now)
    service.assign(request_id=request.id, staff_id=STAFF, now=house.now)
    trials.stays_ended(house, request)


@pytest.mark.upholds("S4-203", control=STAYS)
def test_a_guardians_question_reaches_the_department(house):
    """It stands in the queue of the department, with its owner by name, until somebody answers."""
    assert house.policy.children.guardian.contact == house.policy.controller.officer == "protection-office"
    child = house.child(guarded=True)
    channel = house.policy.children.guardian.contact
    request = trials.file(house, child, Right.COMPLAINT, channel=channel, actor=Actor.GUARDIAN)
    service.assign(request_id=request.id, staff_id=STAFF, now=house.now)
    [mine] = queries.queue(assigned_to=STAFF)
    assert (mine.id, mine.actor, mine.channel) == (request.id, Actor.GUARDIAN, channel)
    trials.stays_ended(house, request)


@pytest.mark.upholds("S4-176", control="rights.answered_in_time")
def test_each_request_is_answered_within_thirty_days(house):
    """Every right is answered within thirty days, fifteen for a complaint; a late one breaks the clause on the board."""
    for right, rule in house.policy.rights.requests.items():
        assert rule.within is not None
        assert rule.within.days_at_most <= 30, right
    trials.answered_in_time(house, Right.COMPLAINT, 15, channel="support-chat")


@pytest.mark.upholds("S4-171", control="rights.refusal_ground_listed")
def test_a_change_of_choices_is_refused_only_with_its_duty_named(house):
    """What basic functions need cannot be switched off; a request for it is refused with the duty, never without."""
    person = house.person()
    with pytest.raises(Conflict, match="basic functions or law"):
        house.refuse(person, "purpose:orders")
    request = trials.file(house, person, Right.WITHDRAWAL, channel="support-chat")
    for ground, evidence in (("legal-duty", {}), ("we-need-it", {"article": "none"})):
        given = RefusalGiven(ground=ground, evidence=evidence, text="Orders need it.")
        with pytest.raises(BadInput):
            service.refuse(request_id=request.id, refusal=given, now=house.now)
    given = RefusalGiven(ground="legal-duty", evidence={"article": "of the duty"}, text="The law demands it.")
    refused = service.refuse(request_id=request.id, refusal=given, now=house.now)
    assert (refused.state, refused.refusal) == (RequestState.REFUSED, "legal-duty")
    assert set(refused.remedies) == set(house.policy.rights.remedies)
