# SPDX-License-Identifier: Apache-2.0
"""Ages, guardians and the people they stand for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.people.conftest import NOW, Phones, registered
from tests.vault import world
from tests.vault.world import collecting, using
from upheld import controls
from upheld.children import queries, rules, service
from upheld.children.values import LinkState
from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, Forbidden, NotFound
from upheld.facts import queries as facts
from upheld.facts import service as fact_verbs
from upheld.gate import Denied
from upheld.messages import transports
from upheld.people.codes import CodeRefused
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import Actor, AgeBand, DataSubjectId, Language
from upheld.vault import service as vault
from upheld.vault.values import Reader, ReaderKind, Source

BORN = date(2025, 5, 4)
TEN_YEARS_OLD = date(2016, 1, 1)
PARENT = Reader(kind=ReaderKind.GUARDIAN)


@pytest.fixture
def phones():
    yield Phones()
    transports.wire({})


@pytest.fixture
def guardian(db):
    world.publish()
    return world.grown()


@pytest.fixture
def baby(guardian):
    return service.add_represented(guardian_id=guardian, birth_on=BORN, now=NOW)


def newcomer():
    who = DataSubjectId(uuid7(NOW))
    with act() as acting:
        fact_verbs.admit(who, 1, NOW)
        fact_verbs.tell(who, NOW)
        world.changed(acting)
    return who


def child():
    who = newcomer()
    service.state_age(data_subject_id=who, birth_on=TEN_YEARS_OLD, now=NOW)
    return who


def agree(baby, guardian, *, topic, now=NOW):
    said = Said(method=Method.SWITCH, language=Language.EN, actor=Actor.GUARDIAN, actor_id=guardian)
    return consent.give(data_subject_id=baby, topic=topic, said=said, now=now)


def weigh(baby, *, now=NOW):
    return vault.collect(
        ask=collecting("baby-record", "baby.measurements", actor=Actor.GUARDIAN),
        data_subject_id=baby,
        values={"baby.measurements": "4.2 kg"},
        now=now,
        source=Source.DEVICE,
    )


def test_a_babys_measurements_are_the_babys_and_need_the_guardian(guardian, baby):
    """With the guardian's separate consent the device's data is kept under the baby, and the guardian reads it."""
    with pytest.raises(Denied):
        weigh(baby)
    agree(baby, guardian, topic="purpose:baby-record")
    with pytest.raises(Denied):
        weigh(baby)
    agree(baby, guardian, topic="sensitive:baby-record")
    weigh(baby)
    ask = using("baby-record", "baby.measurements", actor=Actor.GUARDIAN)
    opened = vault.open_items(ask=ask, data_subject_id=baby, now=NOW, by=PARENT)
    assert opened["baby.measurements"].value == "4.2 kg"
    assert vault.copy_of(data_subject_id=baby, now=NOW, by=PARENT)["baby.measurements"].source is Source.DEVICE
    assert dict(vault.copy_of(data_subject_id=guardian, now=NOW, by=Reader(id=guardian))) == {}


def test_a_guardians_power_ends_on_the_birthday(guardian, baby):
    """On the fourteenth birthday, where the controller is, nobody acts for the person any more; no job is needed."""
    agree(baby, guardian, topic="purpose:baby-record")
    agree(baby, guardian, topic="sensitive:baby-record")
    birthday = datetime(2039, 5, 3, 16, tzinfo=UTC)
    just_before = birthday - timedelta(seconds=1)
    assert queries.may_act_for(guardian, baby, now=just_before)
    assert weigh(baby, now=just_before)
    assert not queries.may_act_for(guardian, baby, now=birthday)
    with pytest.raises(Denied):
        weigh(baby, now=birthday)
    with pytest.raises(Denied):
        vault.copy_of(data_subject_id=baby, now=birthday, by=PARENT)
    with pytest.raises(Forbidden):
        agree(baby, guardian, topic="purpose:profile", now=birthday)


def test_nobody_reaches_another_guardians_child(guardian, baby):
    """To a stranger the child does not exist."""
    queries.refuse_stranger(guardian, baby, now=NOW)
    with pytest.raises(NotFound):
        queries.refuse_stranger(world.grown(), baby, now=NOW)
    assert [view.child_id for view in queries.wards(guardian, now=NOW)] == [baby]


def test_only_a_person_of_age_stands_for_a_child(guardian):
    """Neither someone of unknown age nor a child adds a baby, and nobody adds a grown person."""
    for unfit in (newcomer(), child()):
        with pytest.raises(Conflict):
            service.add_represented(guardian_id=unfit, birth_on=BORN, now=NOW)
    with pytest.raises(BadInput):
        service.add_represented(guardian_id=guardian, birth_on=date(2010, 1, 1), now=NOW)
    assert queries.wards(guardian, now=NOW) == ()


def test_a_guardian_is_verified_by_a_code_to_their_own_number(guardian, phones):
    """The child names a number; only who reads the code sent there becomes the guardian."""
    who = child()
    link, sent = service.ask_guardian(
        child_id=who,
        guardian_number="139 0013 9000",
        language=Language.ZH_HANS,
        peer="192.0.2.1",
        now=NOW,
        security_now=NOW,
    )
    code = phones.code()

    def verify(said, link_id=link):
        return service.verify_by_code(
            link_id=link_id, challenge_id=sent.challenge_id, code=said, peer="192.0.2.1", now=NOW, security_now=NOW
        )

    with pytest.raises(CodeRefused):
        verify("000000" if code != "000000" else "111111")
    with pytest.raises(CodeRefused):
        verify(code, link_id=uuid7(NOW))
    assert facts.of(who).person.guardian_until == 0
    assert verify(code).state is LinkState.VERIFIED
    assert facts.of(who).person.guardian_until > NOW.timestamp()
    with pytest.raises(Conflict):
        service.ask_guardian(
            child_id=who,
            guardian_number="139 0013 9000",
            language=Language.ZH_HANS,
            peer="192.0.2.1",
            now=NOW,
            security_now=NOW,
        )


def test_a_child_is_nobodys_guardian(guardian, phones):
    """A code read on the telephone of another who is known to be a child makes no guardian."""
    friend = registered(phones, 1, "139 0013 9000").data_subject_id
    service.state_age(data_subject_id=friend, birth_on=TEN_YEARS_OLD, now=NOW)
    who = child()
    link, sent = service.ask_guardian(
        child_id=who,
        guardian_number="139 0013 9000",
        language=Language.ZH_HANS,
        peer="192.0.2.1",
        now=NOW,
        security_now=NOW,
    )
    with pytest.raises(Conflict):
        service.verify_by_code(
            link_id=link,
            challenge_id=sent.challenge_id,
            code=phones.code(),
            peer="192.0.2.1",
            now=NOW,
            security_now=NOW,
        )
    assert facts.of(who).person.guardian_until == 0


def test_what_a_guardian_granted_ends_with_the_office(guardian, baby):
    """When the guardian ends, so does what was granted; a restored backup does not bring it back."""
    agree(baby, guardian, topic="purpose:baby-record")
    agree(baby, guardian, topic="sensitive:baby-record")
    weigh(baby)
    service.end(child_id=baby, now=NOW)
    assert [view.state for view in queries.links_of(baby)] == [LinkState.ENDED]
    with pytest.raises(Denied):
        weigh(baby)
    with pytest.raises(NotFound):
        service.end(child_id=baby, now=NOW)


def test_a_restored_backup_brings_no_guardian_back(guardian, baby):
    """A backup from before the office ended says otherwise until the journal is replayed."""
    from upheld.children.models import GuardianLink

    service.end(child_id=baby, now=NOW)
    journal.JournalEntry.objects.update(status="done")
    journal.Narrowed.objects.all().delete()
    GuardianLink.objects.update(state=LinkState.VERIFIED.value, ended_at=None)
    with act() as acting:
        fact_verbs.verify_guardian(baby, None, NOW)
        world.changed(acting)
    journal.look_again()
    journal.replay()
    assert not queries.may_act_for(guardian, baby, now=NOW)
    assert facts.of(baby).person.guardian_until == 0


def test_a_birth_date_is_looked_at_and_not_kept(guardian):
    """An adult leaves no date behind; a child only the moment of coming of age."""
    grown, young = newcomer(), newcomer()
    assert service.state_age(data_subject_id=grown, birth_on=date(1990, 1, 1), now=NOW).band is AgeBand.ADULT
    assert service.state_age(data_subject_id=young, birth_on=TEN_YEARS_OLD, now=NOW).needs_guardian
    assert facts.of(grown).person.adult_at is None
    assert facts.of(young).person.adult_at == datetime(2029, 12, 31, 16, tzinfo=UTC).timestamp()


def test_an_unknown_age_is_not_adult(guardian):
    """Who does not say their age cannot use what is for adults alone."""
    who, told = newcomer(), newcomer()
    service.state_age(data_subject_id=who, band=AgeBand.UNKNOWN, now=NOW)
    service.state_age(data_subject_id=told, band=AgeBand.ADULT, now=NOW)

    def use(person):
        said = Said(method=Method.SWITCH, language=Language.EN)
        for topic in ("purpose:affiliate-link",):
            consent.give(data_subject_id=person, topic=topic, said=said, now=NOW)
        ask = using("affiliate-link", "nickname")
        return vault.open_items(ask=ask, data_subject_id=person, now=NOW, by=Reader(id=person))

    assert dict(use(told)) == {}
    with pytest.raises(Denied):
        use(who)
    with controls.without("children.age_unknown_is_not_adult"):
        assert dict(use(who)) == {}


def test_a_child_does_not_grow_up_by_another_birth_date(guardian):
    """Who is known to be a child does not come of age sooner by saying so again; a younger age is taken."""
    who = child()
    of_age_tomorrow = rules.comes_of_age_on(NOW.date(), -14) + timedelta(days=2)
    known = facts.of(who).person.adult_at
    with pytest.raises(Conflict):
        service.state_age(data_subject_id=who, birth_on=of_age_tomorrow, now=NOW)
    assert facts.of(who).person.adult_at == known
    assert service.state_age(data_subject_id=who, birth_on=TEN_YEARS_OLD, now=NOW).needs_guardian
    assert service.state_age(data_subject_id=who, birth_on=date(2017, 1, 1), now=NOW).needs_guardian


@pytest.mark.parametrize("born", [date(2026, 3, 2), date(1800, 1, 1)])
def test_birth_dates_are_possible(guardian, born):
    """A birth date to come, or of two hundred years ago, is a slip."""
    with pytest.raises(BadInput):
        service.state_age(data_subject_id=newcomer(), birth_on=born, now=NOW)


def test_a_leap_day_child_comes_of_age_on_the_first_of_march():
    """Where the year has no 29 February the day after is the birthday."""
    assert rules.comes_of_age_on(date(2012, 2, 29), 14) == date(2026, 3, 1)
    assert rules.comes_of_age_on(date(2012, 2, 29), 16) == date(2028, 2, 29)
