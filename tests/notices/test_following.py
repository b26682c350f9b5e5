# SPDX-License-Identifier: Apache-2.0
"""What follows a publication: people are told, bound where they may be, asked where they must be, and asked once."""

from unittest import mock

import pytest

from tests.houses import House
from tests.promises import versions
from tests.promises.versions import NEWCOMER, WHY, put
from upheld import controls
from upheld.errors import BadInput, Conflict, Forbidden
from upheld.facts import bindings, world_service
from upheld.facts import queries as facts
from upheld.facts import service as fact_verbs
from upheld.gate import Denial, Permit
from upheld.gate.values import Stop
from upheld.messages import queries as messages
from upheld.messages.models import OutgoingMessage
from upheld.notices import following, previewing, queries, refusing, service
from upheld.notices.models import ChangeTold
from upheld.notices.values import Because, Reason
from upheld.policy import parse
from upheld.policy.model.governance import Telling
from upheld.storage.acts import act
from upheld.storage.jobs import queue
from upheld.terms import Act, Actor, Language

WORDS = {Language.EN: "Published by mistake.", Language.ZH_HANS: "误发。"}
REWORDED = put("commitments/dates/text/en", "Each version carries the two dates, and never applies early.")
CUT = put("rights/requests/access/within", "25 days")


@pytest.fixture
def house(db):
    return House("baby-device")


def decline(house, person, version=2, **more):
    service.decline(data_subject_id=person, version=version, language=Language.EN, now=house.now, **more)


def show(house, person, *ways):
    for way in ways or (Telling.BADGE, Telling.POPUP):
        service.told(data_subject_id=person, version=2, way=way, now=house.now)


def withdraw(house, version=2):
    return service.withdraw(version=version, words=WORDS, staff_id=versions.ANNE, now=house.now)


def test_a_version_that_takes_nothing_binds_everyone_from_its_day(house):
    """Not an hour before; then by the worker alone, each person with an entry, and twice changes nothing."""
    people = [house.person() for _ in range(following.PEOPLE_A_STEP + 3)]
    versions.publish(house, REWORDED)
    house.work()
    assert {versions.bound(one) for one in people} == {1}
    versions.wait(house)
    house.work()
    assert {versions.bound(one) for one in people} == {2}
    assert bindings.counts() == {2: len(people)}
    assert not queue.dead_runs()
    house.later(hours=2).work()
    assert bindings.counts() == {2: len(people)}
    assert isinstance(house.decide(people[0], Act.COLLECT, "orders", "orders"), Permit)


def test_a_worker_killed_in_the_middle_goes_on_where_it_was(house):
    """The first page is bound, then the worker dies; another binds the rest and nobody twice."""
    people = sorted(house.person() for _ in range(following.PEOPLE_A_STEP * 2))
    versions.publish(house, REWORDED)
    versions.wait(house)
    real, calls = following.follow, []

    def dies_once(subject, bound, *, now):
        calls.append(subject)
        if len(calls) == following.PEOPLE_A_STEP + 5:
            raise RuntimeError("killed")
        real(subject, bound, now=now)

    with mock.patch.object(following, "follow", dies_once):
        house.work()
        house.later(seconds=5).work()
    assert {versions.bound(one) for one in people} == {2}
    assert len({*calls}) == len(people)


def test_a_major_change_waits_for_each_person_to_be_shown_it(house):
    """Who opened a page is bound by the worker's next round; who never came by stays under the version before."""
    shown, away = house.person(), house.person()
    versions.publish(house, put("recipients/newcomer", NEWCOMER))
    show(house, shown)
    versions.wait(house)
    house.work()
    assert (versions.bound(shown), versions.bound(away)) == (2, 1)
    show(house, away)
    house.later(hours=1, seconds=1).work()
    assert versions.bound(away) == 2


def test_a_cut_is_refused_once_and_nobody_asks_again(house):
    """The refusal holds, later versions may ask anew, and the person may change their mind."""
    person, other = house.person(), house.person()
    versions.publish(house, CUT)
    versions.wait(house)
    assert refusing.prompt(person, now=house.now) is not None
    decline(house, person)
    decline(house, person)
    house.later(days=30).work()
    assert refusing.prompt(person, now=house.now) is None
    assert refusing.prompt(other, now=house.now) is not None
    with controls.without("consent.no_nagging"):
        assert refusing.prompt(person, now=house.now) is not None
    assert versions.bound(person) == 1
    assert isinstance(house.decide(person, Act.COLLECT, "orders", "orders"), Permit)
    versions.accept(house, person, 2, agrees_to_cuts=True)
    assert versions.bound(person) == 2


def test_what_cannot_be_refused_says_so(house):
    """A version that takes nothing, one that does not wait, and a voice that is not the person's."""
    person = house.person()
    with pytest.raises(Conflict, match="does not wait"):
        decline(house, person)
    versions.publish(house, REWORDED)
    with pytest.raises(Conflict, match="takes nothing away"):
        decline(house, person)
    with pytest.raises(Forbidden):
        decline(house, person, actor=Actor.STAFF)


def test_stops_hold_for_people_under_every_version(house):
    """Two people under two versions: each judged by their own, and a restriction stops both."""
    old, new = house.person(), house.person()
    versions.publish(house, CUT)
    versions.wait(house)
    versions.accept(house, new, 2, agrees_to_cuts=True)
    decline(house, old)
    asked = (Act.COLLECT, "orders", "orders")
    assert all(isinstance(house.decide(one, *asked), Permit) for one in (old, new))
    with act() as acting:
        world_service.cease(house.now, house.now)
        house._quietly(acting)
    assert all(isinstance(house.decide(one, *asked), Denial) for one in (old, new))


# --- withdrawing


def test_a_withdrawn_version_permits_nothing_and_people_fall_back(house):
    """Who was under the first before is under it again; the archive says why; the next version follows it."""
    person = house.person()
    versions.publish(house, REWORDED)
    versions.wait(house)
    house.work()
    assert versions.bound(person) == 2
    made = withdraw(house)
    assert (made.falls_back_to, made.words) == (1, WORDS)
    assert isinstance(house.decide(person, Act.COLLECT, "orders", "orders"), Denial)
    house.work()
    assert versions.bound(person) == 1
    assert isinstance(house.decide(person, Act.COLLECT, "orders", "orders"), Permit)
    archived = {one.version: one for one in queries.archive(now=house.now)}
    assert archived[2].withdrawal == made
    assert archived[1].is_in_force
    assert [note.template for note in messages.notes(data_subject_id=person, now=house.now)] == ["notice.withdrawn"]
    with pytest.raises(Conflict, match="withdrawn before"):
        withdraw(house)


def test_who_never_was_under_the_version_before_is_asked_before_losing_by_it(house):
    """The withdrawn version gave more; a newcomer under it is not put under the lesser one unasked."""
    versions.publish(house, put("rights/requests/access/within", "5 days"))
    versions.wait(house)
    house.version = 2
    newcomer = house.person()
    withdraw(house)
    house.work()
    assert versions.bound(newcomer) == 2
    pending = queries.pending_change(newcomer, now=house.now)
    assert (pending.version, pending.must_agree, pending.falls_back) == (1, True, True)
    versions.accept(house, newcomer, 1, agrees_to_cuts=True)
    assert versions.bound(newcomer) == 1


def test_a_version_to_come_is_withdrawn_before_it_binds_anybody(house):
    """Nothing changes for anybody, its day passes, and the number is not used again."""
    person = house.person()
    versions.publish(house, REWORDED)
    withdraw(house)
    versions.wait(house)
    house.work()
    assert versions.bound(person) == 1
    assert queries.pending_change(person, now=house.now) is None
    with pytest.raises(Conflict, match="was published before"):
        versions.propose(house)


def test_the_only_version_people_are_under_is_not_withdrawn(house):
    """Nothing would be left for them; and a reason is needed in each language."""
    house.person()
    with pytest.raises(Conflict, match="fall back"):
        withdraw(house, 1)
    versions.publish(house, REWORDED)
    with pytest.raises(BadInput, match="zh-Hans"):
        service.withdraw(version=2, words={Language.EN: "x"}, staff_id=versions.ANNE, now=house.now)


# --- reasons, dates and the preview


def test_a_revision_gives_its_reason_in_each_language(house):
    """Without one, or with one in English alone, it is not taken; with it the archive says so."""
    with pytest.raises(BadInput, match="says why"):
        versions.propose(house, reason=None)
    with pytest.raises(BadInput, match="zh-Hans"):
        versions.propose(house, reason=Reason(because=Because.LAW, words={Language.EN: "A law came."}))
    versions.publish(house, REWORDED)
    assert queries.published(2, now=house.now).reason == WHY


def test_a_revision_does_not_apply_before_it_is_published(house):
    """A day that has passed is refused at approval; the proposal stays open."""
    house.later(days=90)
    with pytest.raises(Conflict, match="before anybody could read it"):
        versions.publish(house, REWORDED)


def test_the_preview_counts_people_and_messages(house):
    """Before anything happens: whom it would bind, who is asked, who is told how; and nothing is changed by looking."""
    writer, other = house.person("purpose:mail-news"), house.person()
    house.collect(writer, "mail-news", email="reader@person.example")
    document = versions.planted("baby-device", versions.NEXT, put("recipients/newcomer", NEWCOMER), CUT)
    seen = previewing.preview(parse(document, "next").policy, now=house.now)
    assert (seen.follows, seen.people, seen.agree) == (1, 2, 2)
    assert dict(seen.tell) == {"badge": 2, "popup": 2, "mail": 1}
    assert seen.change.is_major and seen.change.cuts and not seen.obstacles
    assert len(queries.archive(now=house.now)) == 1
    soon = versions.planted("baby-device", versions.NEXT, put("effective", "2026-06-03"), put("updated", "2026-05-30"),
                            put("recipients/newcomer", NEWCOMER))  # fmt: skip
    assert "sooner" in previewing.preview(parse(soon, "soon").policy, now=house.now).obstacles[0]
    assert versions.bound(other) == 1


def test_the_mail_explains_what_changes_to_who_left_an_address(house):
    """One letter, to the address that was given for mail, with the words before and after; none once it was taken back."""
    reader, gone, other = house.person("purpose:mail-news"), house.person("purpose:mail-news"), house.person()
    for one in (reader, gone):
        house.collect(one, "mail-news", email=f"{'reader' if one == reader else 'gone'}@person.example")
    house.withdraw(gone, "purpose:mail-news")
    versions.publish(house, put("rights/requests/copy/within", "10 days"))
    house.work()
    told = ChangeTold.objects.filter(way="mail")
    assert [one.data_subject_id for one in told] == [reader]
    letter = OutgoingMessage.objects.get(template="notice.changed_major")
    assert (letter.data_subject_id, letter.id) == (reader, told[0].message_id)
    assert not OutgoingMessage.objects.filter(data_subject_id__in=[gone, other]).exists()
    assert dict(previewing.told_so_far(2)) == {"mail": 1}


def test_people_served_no_more_are_neither_told_nor_bound(house):
    """An erased and a cancelled account stay as they are."""
    erased, cancelled, other = house.person(), house.person(), house.person()
    with act() as acting:
        fact_verbs.erase(erased, house.now)
        fact_verbs.cancel(cancelled, house.now)
        house._quietly(acting)
    versions.publish(house, REWORDED)
    versions.wait(house)
    house.work()
    assert [versions.bound(one) for one in (erased, cancelled, other)] == [1, 1, 2]
    assert facts.of(erased).person.stops & Stop.ERASED
