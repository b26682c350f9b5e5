# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about erasing and about closing an account."""

from datetime import timedelta

import pytest

from tests.houses import House
from tests.promises import trials
from tests.promises.baby_device.test_storage import copied, held, stored
from tests.promises.trials import claim, controls_of
from upheld.errors import Conflict, Unavailable
from upheld.facts import world_service
from upheld.gate import Denied
from upheld.people import subjects
from upheld.people.values import AccountStatus
from upheld.retention import cancelling, erasing, holds
from upheld.retention import queries as retention
from upheld.retention.values import Because
from upheld.rights import fulfilment, queries, service
from upheld.rights.rules import RequestState
from upheld.rights.values import RequestView
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import Act, DataSubjectId, Right
from upheld.vault import erasing as vault_erasing
from upheld.vault.models import SealedItem

READ_BACK = "retention.erasure_read_back"
CANCELLED = "gate.no_service_after_cancellation"
ERASED = "retention.cancellation_erases"
MINUTES = 2
"""An erasure that left something, and the request that waits for it, have looked again after so long."""


@pytest.fixture
def filled(house) -> DataSubjectId:
    """A person of whom all kinds of things are held."""
    person = house.person("purpose:profile", "purpose:local-content")
    house.collect(person, "profile", nickname="Mimi", occupation="baker")
    house.collect(person, "local-content", location__coarse="Shanghai")
    house.collect(person, "orders", orders="one strap")
    return person


def ask_for_erasure(house: House, person: DataSubjectId, **more: object) -> RequestView:
    """File an erasure through support, have the person verified by a code, and let it be carried out."""
    request = trials.file(house, person, Right.ERASURE, channel="support-chat", verified=False, **more)
    request = service.verify(request_id=request.id, method="code", now=house.now)
    fulfilment.begin(request=request, now=house.now)
    return request


def erased_only_when_gone(house: House, monkeypatch, person: DataSubjectId, **more: object) -> RequestView:
    """Ask for erasure of a store that keeps its rows: it is not called done; once they go, it is done and answered."""
    with monkeypatch.context() as stubborn:
        stubborn.setattr(vault_erasing, "_remove", lambda ids: None)
        request = ask_for_erasure(house, person, **more)
        house.work()
        house.later(minutes=MINUTES).work()
        assert queries.one(request.id).is_open
        [waiting] = [one for one in retention.erasures(person) if one.because == Because.REQUEST.value]
        assert waiting.done_at is None
    for _ in range(MINUTES):
        house.later(minutes=MINUTES).work()
    ended = queries.one(request.id)
    assert ended.state is RequestState.ANSWERED
    assert retention.erasure(waiting.id).done_at is not None
    return ended


def nothing_of_it(house: House, person: DataSubjectId) -> bool:
    """Say whether search, screens, export and stores have nothing of a person's values left."""
    return not held(house, person) and not SealedItem.objects.filter(data_subject_id=person).exists()


@pytest.mark.parametrize(
    "case",
    [
        claim("S4-163", "unlawful", control=READ_BACK),
        claim("S4-164", "no-consent", control=READ_BACK),
        claim("S4-165", "breach", control=READ_BACK),
    ],
)
def test_a_request_on_a_listed_case_ends_in_erasure(house, filled, monkeypatch, case):
    """It is answered once nothing is left, and not before."""
    ended = erased_only_when_gone(house, monkeypatch, filled, case=case)
    assert ended.case == case
    assert nothing_of_it(house, filled)


@pytest.mark.upholds("S4-166", control=READ_BACK)
def test_a_closed_account_is_erased_on_request_before_its_period_is_over(house, filled, monkeypatch):
    """The 180 days that an account's data is kept for do not stand against the request of its person."""
    cancelling.cancel(data_subject_id=filled, now=house.now)
    house.work()
    assert "nickname" in held(house, filled)
    erased_only_when_gone(house, monkeypatch, filled, case="no-longer-used")
    assert nothing_of_it(house, filled)


@pytest.mark.upholds("S4-167", control=READ_BACK)
def test_after_the_service_ended_a_request_ends_in_erasure(house, filled, monkeypatch):
    """With the service over nothing is used any more, and what is held is erased on request."""
    with act() as acting:
        world_service.cease(house.now, house.now)
        house._quietly(acting)
    assert house.reasons(house.open, filled, "profile", "nickname")
    erased_only_when_gone(house, monkeypatch, filled, case="service-ended")
    assert nothing_of_it(house, filled)


@pytest.mark.upholds("S4-161", control=READ_BACK)
def test_a_part_is_erased_and_the_rest_stays(house, filled, monkeypatch):
    """Erasing one optional item takes it from screens, use and export, and nothing else."""
    erased_only_when_gone(house, monkeypatch, filled, case="withdrawn", categories=("nickname",))
    assert held(house, filled) == copied(house, filled) == {"occupation", "location.coarse", "orders"}
    assert "nickname" not in house.open(filled, "profile", "nickname", "occupation")


@pytest.mark.parametrize(
    "case",
    [
        claim("S4-162", "unlawful", control="rights.never_disappears"),
        claim("S4-162", "no-consent", control="rights.never_disappears"),
        claim("S4-162", "breach", control="rights.never_disappears"),
        claim("S4-162", "no-longer-used", control="rights.never_disappears"),
        claim("S4-162", "service-ended", control="rights.never_disappears"),
    ],
)
def test_each_ground_opens_a_case_through_support(house, filled, case):
    """Every ground can be chosen in the support chat and opens a case with a date, which stays once it has ended."""
    request = trials.file(house, filled, Right.ERASURE, channel="support-chat", case=case)
    assert (request.case, request.channel, request.due_at is not None) == (case, "support-chat", True)
    trials.stays_ended(house, request)


@pytest.mark.upholds("S4-014", control=READ_BACK)
def test_what_was_erased_is_found_nowhere(house, filled, monkeypatch):
    """After an erasure no search, screen, export or store has the values, and the person is served no more."""
    erased_only_when_gone(house, monkeypatch, filled, case="unlawful")
    assert nothing_of_it(house, filled)
    assert controls_of(house.decide(filled, Act.USE, "profile", "nickname")) >= {"gate.erased_stays_erased"}
    assert stored("one strap") == []


@pytest.mark.parametrize(
    "promise",
    [
        claim("S4-014", "gone", control="storage.restore_revives_nothing"),
        claim("S4-169", "backups", control="storage.restore_revives_nothing"),
    ],
)
def test_a_backup_revives_nothing(house, filled, promise):
    """Rows that come back with an older backup are refused to every reader, and go again before anything is served."""
    backup = list(SealedItem.objects.filter(data_subject_id=filled))
    erasing.begin(data_subject_id=filled, because=Because.REQUEST, now=house.now, categories=("nickname",))
    house.work()
    restore(row for row in backup if row.category == "nickname")
    with pytest.raises(Unavailable):
        copied(house, filled)
    with pytest.raises(Unavailable):
        house.open(filled, "profile", "nickname")
    journal.replay()
    journal.look_again()
    assert "nickname" not in copied(house, filled) | held(house, filled), promise
    assert "occupation" in copied(house, filled)


def restore(rows) -> None:
    """Put the main store back to before its last narrowings, these rows included."""
    journal.JournalEntry.objects.update(status="done")
    last = journal.Narrowed.objects.order_by("-sequence").first()
    journal.Narrowed.objects.filter(sequence=last.sequence).delete()
    SealedItem.objects.bulk_create(rows)
    journal.look_again()


@pytest.mark.upholds("S4-093", control="retention.sweep")
def test_a_service_that_ended_holds_nobodys_data(house, filled):
    """Until the end all is held; from it on the worker erases everyone's, but what a law holds, and the board agrees."""
    other = house.person("purpose:profile")
    house.collect(other, "profile", nickname="Momo")
    hold = {"data_subject_id": filled, "clause": "storage.orders", "law": "a court's order"}
    with act() as acting:
        world_service.cease(house.now + timedelta(days=30), house.now)
        house._quietly(acting)
    house.later(days=29).work()
    assert "nickname" in held(house, filled) & held(house, other)
    holds.place(**hold, until=house.now + timedelta(days=90), now=house.now)
    house.later(days=1, hours=1).work()
    house.later(hours=1).work()
    assert (stored_kinds(other), stored_kinds(filled)) == (set(), {"orders"})
    house.later(days=30)
    assert house.status("cessation.erase-within", "retention.sweep") == "kept"


# --- closing an account


@pytest.mark.upholds("S4-194", control=CANCELLED)
def test_a_person_closes_the_account_from_settings(house, filled):
    """The request in Settings is carried out without staff, ends confirmed, and the account is closed."""
    request = trials.file(house, filled, Right.CANCELLATION, channel="settings")
    assert fulfilment.is_automatic(request)
    fulfilment.begin(request=request, now=house.now)
    for _ in range(MINUTES):
        house.later(minutes=MINUTES).work()
    assert queries.one(request.id).state is RequestState.ANSWERED
    assert subjects.account(filled).status is AccountStatus.CANCELLED
    assert house.refused(house.collect, filled, "orders", orders="another", of=CANCELLED)


@pytest.mark.upholds("S4-195", control=CANCELLED)
def test_a_closed_account_is_served_no_more(house, filled):
    """Before it closed every function worked; afterwards none collects, uses or shares for it, and it is no account."""
    house.agree("hosting")
    asked = [
        (Act.COLLECT, "orders", "orders", {}),
        (Act.USE, "profile", "nickname", {}),
        (Act.SHARE, "safe-running", "device.id", {"recipient": "hosting"}),
        (Act.MESSAGE, "service-messages", "phone", {}),
    ]
    for act_, purpose, category, more in asked:
        assert not controls_of(house.decide(filled, act_, purpose, category, **more)), purpose
    cancelling.cancel(data_subject_id=filled, now=house.now)
    for act_, purpose, category, more in asked:
        assert CANCELLED in controls_of(house.decide(filled, act_, purpose, category, **more)), purpose
    assert not subjects.has_open_account(filled)
    with pytest.raises(Conflict):
        cancelling.cancel(data_subject_id=filled, now=house.now)


@pytest.mark.upholds("S4-038", control=CANCELLED)
def test_account_data_is_used_while_the_account_is_open(house, filled):
    """The profile opens while the account is open; from the day it closes it opens for nothing, though still kept."""
    assert "nickname" in house.open(filled, "profile", "nickname")
    cancelling.cancel(data_subject_id=filled, now=house.now)
    assert house.refused(house.open, filled, "profile", "nickname", of=CANCELLED)
    assert "nickname" in held(house, filled)


@pytest.mark.upholds("S4-039", control=ERASED)
def test_a_closing_erases_without_delay(house, filled):
    """Within the hour of closing, what no period from the closing keeps has left the store, and nothing opens."""
    cancelling.cancel(data_subject_id=filled, now=house.now)
    house.later(hours=1).work()
    assert "location.coarse" not in stored_kinds(filled)
    for purpose, category in (("profile", "nickname"), ("local-content", "location.coarse"), ("orders", "orders")):
        assert house.reasons(house.open, filled, purpose, category), category
    assert house.status("commitments.cancellation", ERASED) == "kept"


@pytest.mark.upholds("S4-196", control=ERASED)
def test_after_closing_only_what_has_a_ground_remains(house, filled):
    """What remains is held by a named law, or runs out on a date; each other item is gone."""
    hold = {"data_subject_id": filled, "clause": "storage.location", "law": "a court's order"}
    other = house.person("purpose:local-content")
    house.collect(other, "local-content", location__coarse="Suzhou")
    holds.place(**hold, until=house.now + timedelta(days=20), now=house.now)
    for person in (filled, other):
        cancelling.cancel(data_subject_id=person, now=house.now)
    house.work()
    assert stored_kinds(other) == set()
    rows = SealedItem.objects.filter(data_subject_id=filled)
    by_law = {f"storage.{name}" for name, period in house.policy.storage.items() if period.law is not None}
    named = {one.clause for one in retention.holds(filled, now=house.now)}
    for row in rows:
        counted_down = row.clause == "storage.account" and row.expires_at == house.now + timedelta(days=180)
        assert row.clause in by_law | named or counted_down, row.category
    assert stored_kinds(filled) == {"nickname", "occupation", "location.coarse", "orders"}


def stored_kinds(person: DataSubjectId) -> set[str]:
    """The categories of what is stored of a person, readable or not."""
    return set(SealedItem.objects.filter(data_subject_id=person).values_list("category", flat=True))
