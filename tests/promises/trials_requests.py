# SPDX-License-Identifier: Apache-2.0
"""Trials of requests that promises of several policies share: cases, whose data, erasing, closing, and holding on."""

from datetime import datetime

import pytest

from tests.houses import PROGRAM, House
from tests.promises.trials import controls_of, file
from upheld.consent import service as consent
from upheld.errors import Broken, Conflict, Forbidden, Unavailable
from upheld.gate import Permit
from upheld.retention import erasing
from upheld.retention import queries as retention
from upheld.retention.values import Because
from upheld.rights import fulfilment, queries, service
from upheld.rights.models import SubjectRequest
from upheld.rights.rules import RequestState
from upheld.rights.values import RequestView
from upheld.storage import journal
from upheld.terms import Act, Actor, DataSubjectId, Right
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.models import SealedItem
from upheld.vault.values import OpenedItems, Reader, ReaderKind, Source

OWN = "rights.own_data_only"
SUBJECT = "vault.item_has_one_subject"
CANCELLED = "gate.no_service_after_cancellation"


# --- cases


def each_route_opens_a_case(
    house: House, *routes: str, right: Right = Right.COMPLAINT, person: DataSubjectId | None = None, **more: object
) -> None:
    """What comes by each route is a case with a clock, in the queue until it is answered, and nobody can lose it."""
    person = person or house.person()
    for route in routes:
        case = file(house, person, right, channel=route, statement="A question.", **more)
        assert (case.channel, case.due_at is not None, case.is_open) == (route, True, True)
        assert case.id in {one.id for one in queries.queue()}
        cannot_be_lost(case)
        ended = service.answer(request_id=case.id, text="Here is our answer.", now=house.now)
        assert ended.state is RequestState.ANSWERED
        assert case.id in {one.id for one in queries.of(person)}
        with pytest.raises(Conflict):
            service.take_back(request_id=case.id, data_subject_id=person, now=house.now)


def cannot_be_lost(case: RequestView) -> None:
    """A case is removed neither by itself nor with others."""
    with pytest.raises(Conflict):
        SubjectRequest.objects.filter(id=case.id).delete()
    with pytest.raises(Conflict):
        SubjectRequest.objects.get(id=case.id).delete()
    assert queries.one(case.id).is_open


def nothing_before_verifying(
    house: House, person: DataSubjectId, *rights: Right, actor: Actor = Actor.SELF, method: str = ""
) -> None:
    """Nobody is answered, and nothing is carried out, before the requester was verified by a method of the policy."""
    method = method or next(iter(house.policy.rights.verification.methods))
    for right in rights:
        case = file(house, person, right, verified=False, actor=actor)
        with pytest.raises(Conflict):
            service.answer(request_id=case.id, text="Here it is.", now=house.now)
        with pytest.raises(Conflict):
            fulfilment.begin(request=case, now=house.now)
        seen = service.verify(request_id=case.id, method=method, now=house.now, evidence="what was seen")
        assert (seen.verified_by, seen.verified_at) == (method, house.now)
        ended = service.answer(request_id=case.id, text="Here it is.", now=house.now)
        assert ended.state is RequestState.ANSWERED


# --- whose data


def own(person: DataSubjectId) -> Reader:
    """The person, in a session of their own."""
    return Reader(kind=ReaderKind.SELF, id=person)


def seen_by_its_person(house: House, purpose: str, right: Right = Right.ACCESS, **values: str) -> OpenedItems:
    """A person sees everything that is held of them, with its end and its origin; nobody else sees any of it."""
    person, other = _holder(house, purpose), house.person()
    made = house.collect(person, purpose, **values)
    shown = vault.copy_of(data_subject_id=person, right=right, now=house.now, by=own(person))
    assert {item.item_id for item in made.items} <= {item.item_id for item in shown.every}
    held = vault_queries.metadata(person, now=house.now)
    assert {item.item_id for item in held} == {item.item_id for item in shown.every}
    assert all(item.purpose and item.clause and item.source is Source.SELF for item in held)
    assert {item.value for item in shown.every} >= set(values.values())
    stranger = {"data_subject_id": person, "right": right, "now": house.now, "by": own(other)}
    assert house.refused(vault.copy_of, of=OWN, **stranger)
    return shown


def _holder(house: House, purpose: str) -> DataSubjectId:
    from tests.promises.trials import willing

    return willing(house, purpose)


def corrected_by_its_person(house: House, purpose: str, name: str, old: str, new: str) -> None:
    """A wrong value is put right at once and everywhere, by its person; somebody else changes nothing."""
    person, other = _holder(house, purpose), house.person()
    made = house.collect(person, purpose, **{name: old})
    category = made.items[0].category
    more = {"data_subject_id": person, "item_id": made.items[0].item_id, "now": house.now}
    assert house.refused(vault.correct, value="not mine to say", by=own(other), of=OWN, **more)
    vault.correct(value=new, by=own(person), **more)
    assert house.open(person, purpose, category)[category].value == new
    copied = vault.copy_of(data_subject_id=person, now=house.now, by=own(person))
    assert [item.value for item in copied.every] == [new]


def guardian_acts(house: House, purpose: str, name: str) -> tuple[DataSubjectId, DataSubjectId]:
    """A guardian in office sees and corrects what is held of the child; somebody who is none does neither."""
    child = house.child()
    stranger = house.person()
    guardian = house.guard(child)
    house.give(child, f"purpose:{purpose}", actor=Actor.GUARDIAN)
    made = house.collect(child, purpose, **{name: "Mimi"})
    category = made.items[0].category
    by = Reader(kind=ReaderKind.GUARDIAN, id=guardian)
    assert vault.copy_of(data_subject_id=child, now=house.now, by=by, right=Right.ACCESS)[category].value == "Mimi"
    more = {"data_subject_id": child, "item_id": made.items[0].item_id, "now": house.now}
    new = vault.correct(value="Lili", by=by, **more)
    shown = vault.copy_of(data_subject_id=child, now=house.now, by=own(child), right=Right.ACCESS)
    assert (shown[category].value, shown[category].item_id) == ("Lili", new.items[0].item_id)
    alone = house.child()
    house.give(alone, f"purpose:{purpose}")
    outside = {"data_subject_id": alone, "now": house.now, "right": Right.ACCESS}
    assert house.refused(vault.copy_of, of=SUBJECT, by=Reader(kind=ReaderKind.GUARDIAN, id=stranger), **outside)
    return child, guardian


# --- erasing


def erased_and_read_back(
    house: House,
    purpose: str,
    *,
    case: str = "",
    person: DataSubjectId | None = None,
    actor: Actor = Actor.SELF,
    **values: str,
) -> None:
    """An erasure on request is done only when nothing of it can be found: what came in meanwhile goes too."""
    person = person or _holder(house, purpose)
    made = house.collect(person, purpose, **values)
    categories = tuple(item.category for item in made.items)
    request = file(house, person, Right.ERASURE, case=case, categories=categories, actor=actor)
    assert request.state is RequestState.VERIFIED
    erasure = erasing.begin(
        data_subject_id=person, because=Because.REQUEST, now=house.now, categories=categories, request_id=request.id
    )
    erasing.erase_items(erasure, now=house.now)
    house.collect(person, purpose, **values)
    with pytest.raises(Broken):
        erasing.prove(erasure, now=house.now)
    fulfilment.begin(request=request, now=house.now)
    for _ in range(3):
        house.later(seconds=6).work()
    assert retention.erasure(erasure).done_at is not None
    assert queries.one(request.id).state is RequestState.ANSWERED
    assert vault_queries.metadata(person, now=house.now) == []
    assert not set(categories) & set(vault.copy_of(data_subject_id=person, now=house.now, by=own(person)))
    assert not SealedItem.objects.filter(data_subject_id=person, category__in=categories).exists()
    assert isinstance(house.decide(person, Act.COLLECT, purpose, *categories), Permit)


def restored_backup_revives_nothing(house: House, person: DataSubjectId, purpose: str, **values: str) -> None:
    """After an older backup came back nothing is served until the erasures made since were made again."""
    made = house.collect(person, purpose, **values)
    backup = list(SealedItem.objects.filter(data_subject_id=person))
    categories = tuple(item.category for item in made.items)
    request = file(house, person, Right.ERASURE, categories=categories)
    fulfilment.begin(request=request, now=house.now)
    for _ in range(3):
        house.later(seconds=6).work()
    assert queries.one(request.id).state is RequestState.ANSWERED
    journal.JournalEntry.objects.update(status="done")
    journal.Narrowed.objects.all().delete()
    SealedItem.objects.bulk_create(backup)
    journal.look_again()
    with pytest.raises(Unavailable):
        vault.copy_of(data_subject_id=person, now=house.now, by=own(person))
    journal.replay()
    journal.look_again()
    assert not set(categories) & set(vault.copy_of(data_subject_id=person, now=house.now, by=own(person)))


# --- closing an account


def closed(house: House, person: DataSubjectId, actor: Actor = Actor.SELF) -> RequestView:
    """Ask to close an account, and let the worker do all of it."""
    request = file(house, person, Right.CANCELLATION, actor=actor)
    fulfilment.begin(request=request, now=house.now)
    for _ in range(3):
        house.later(seconds=6).work()
    return queries.one(request.id)


def served_no_more(house: House, person: DataSubjectId, *asked: object, actor: Actor = Actor.SELF) -> None:
    """A request to close an account is accepted and carried out, and from then on the account is served no more."""
    assert isinstance(house.decide(person, *asked), Permit)  # type: ignore[arg-type]
    ended = closed(house, person, actor)
    assert (ended.state, ended.carried_out_at is not None) == (RequestState.ANSWERED, True)
    assert CANCELLED in controls_of(house.decide(person, *asked))  # type: ignore[arg-type]
    for name, function in house.policy.functions.items():
        for category in function.collects:
            assert CANCELLED in controls_of(house.decide(person, Act.COLLECT, name, category)), (name, category)


def erased_after_closing(house: House, person: DataSubjectId, *collections: tuple[str, dict[str, str]]) -> None:
    """After the period that the policy keeps from a closing nothing readable is left, save what law keeps."""
    for purpose, values in collections:
        house.collect(person, purpose, ask={"declared": True}, **values)  # some of it is about others
    by_law = {f"storage.{name}" for name, period in house.policy.storage.items() if period.law}
    closed(house, person)
    house.later(days=16).work()
    left = vault_queries.metadata(person, now=house.now)
    assert {item.clause for item in left} <= by_law
    for purpose, values in collections:
        for name in values:
            category = house._category(name)
            assert house.reasons(house.open, person, purpose, category), category


# --- holding on to data


def unreadable_from(house: House, person: DataSubjectId, purpose: str, *, ends: datetime, **values: str) -> None:
    """Until its end an item is read; from that moment on nobody reads it, before any sweep; and the sweep takes it."""
    made = house.collect(person, purpose, **values)
    assert {item.expires_at for item in made.items} == {ends}
    categories = {item.category for item in made.items}
    house.clock.advance(ends - house.now)
    shown = vault.copy_of(data_subject_id=person, now=house.now, by=own(person))
    assert not categories & set(shown)
    assert SealedItem.objects.filter(data_subject_id=person, category__in=categories).exists()
    house.later(hours=2).work()
    assert not SealedItem.objects.filter(data_subject_id=person, category__in=categories).exists()


def readable_until(house: House, person: DataSubjectId) -> set[str]:
    """The categories of which a person is shown something now."""
    return set(vault.copy_of(data_subject_id=person, now=house.now, by=own(person)))


def spoken_by(house: House, person: DataSubjectId, topic: str, actor: Actor) -> None:
    """Take a consent back, as this actor."""
    consent.withdraw(data_subject_id=person, topic=topic, said=house.said(actor), now=house.now)


def program() -> Reader:
    """A company's program."""
    return Reader(kind=ReaderKind.SERVICE, id=PROGRAM)


def fee_past_the_limit(house: House) -> None:
    """As many requests a year as the policy says are free; the next may cost something, and a year later it is free."""
    person = house.person()
    for _ in range(house.policy.rights.fees.free):
        request = file(house, person, Right.EXPLANATION)
        with pytest.raises(Forbidden):
            service.ask_fee(request_id=request.id, now=house.now)
    over = file(house, person, Right.EXPLANATION)
    service.ask_fee(request_id=over.id, now=house.now)
    assert house.status("rights.fees") == "kept"
    later = file(house.later(days=400), person, Right.EXPLANATION)
    with pytest.raises(Forbidden):
        service.ask_fee(request_id=later.id, now=house.now)


def asked_and_erased(house: House, person: DataSubjectId, case: str) -> None:
    """Ask for the erasure of everything, and let the worker do all of it."""
    request = file(house, person, Right.ERASURE, case=case)
    fulfilment.begin(request=request, now=house.now)
    for _ in range(3):
        house.later(seconds=6).work()


def late_is_shown(house: House, request: RequestView) -> None:
    """Before its due date an open request breaks nothing; from then on the board calls its clause broken."""
    assert request.due_at is not None
    clause = f"rights.requests.{request.right.value}"
    assert house.status(clause, "rights.answered_in_time") != "broken"
    house.clock.advance(request.due_at - house.now)
    assert house.status(clause, "rights.answered_in_time") == "broken"
