# SPDX-License-Identifier: Apache-2.0
"""The family website's promises about children, their guardians, staff and safeguards."""

import pytest

from tests.promises import trials, trials_people, trials_requests
from tests.promises.trials import claim, controls_of
from upheld.children import service as children
from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.errors import BadInput, Conflict
from upheld.gate import Permit
from upheld.messages import transports
from upheld.notices import queries as notices
from upheld.notices import service as notice_verbs
from upheld.rights import fulfilment, queries
from upheld.rights.rules import RequestState
from upheld.terms import Act, Actor, AgeBand, Language, Right
from upheld.sharing.values import PaperKind
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.models import SealedItem
from upheld.vault.values import Reader, ReaderKind, Source

GUARDIAN = "children.guardian_needed"
SUBJECT = "vault.item_has_one_subject"
AGES = "gate.age_rules"
SEALED = "vault.sealed_at_rest"


@pytest.fixture(autouse=True)
def _no_carrier_left():
    yield
    transports.wire({})


# --- who is a child


@pytest.mark.upholds("S2-098", control=AGES)
def test_a_person_is_a_child_until_the_fourteenth_birthday(house):
    """The day before the fourteenth birthday is a child's, the day itself is not."""
    trials_people.child_until_the_birthday(house, 14, "improvement", "log.crash", Act.USE)


@pytest.mark.upholds("S2-100", control="children.age_unknown_is_not_adult")
def test_what_is_held_comes_under_the_rules_at_once(house):
    """Until the age is known nobody is an adult; once a user is known to be a child, what is held is frozen."""
    person = house.person("purpose:device-link", "purpose:improvement", adult=False)
    asked = (Act.USE, "improvement", "log.crash")
    assert "children.age_unknown_is_not_adult" in controls_of(house.decide(person, *asked))
    children.state_age(data_subject_id=person, band=AgeBand.ADULT, now=house.now)
    house.collect(person, "operation", log__crash='{"at": "start"}')
    assert isinstance(house.decide(person, *asked), Permit)
    assert isinstance(house.decide(person, Act.USE, "device-link", "phone"), Permit)
    born = house.now.date().replace(year=house.now.year - 9)
    assert children.state_age(data_subject_id=person, birth_on=born, now=house.now).needs_guardian
    assert AGES in controls_of(house.decide(person, *asked))
    assert GUARDIAN in controls_of(house.decide(person, Act.USE, "device-link", "phone"))


@pytest.mark.upholds("S2-106", control=AGES)
def test_where_the_rules_differ_the_childrens_rules_hold(house):
    """What the general policy opens by consent stays closed to a child; where the children's rules are silent it decides."""
    topics = ("purpose:improvement", "purpose:attack-defence", "sensitive:attack-defence", "purpose:profile")
    person, child = house.person(*topics), house.child(*topics, guarded=True)
    for act, purpose, category in (
        (Act.USE, "improvement", "log.crash"),
        (Act.COLLECT, "attack-defence", "network.signals"),
    ):
        assert isinstance(house.decide(person, act, purpose, category), Permit)
        assert AGES in controls_of(house.decide(child, act, purpose, category))
    for someone in (person, child):
        assert isinstance(house.decide(someone, Act.COLLECT, "profile", "nickname"), Permit)
        undeclared = house.decide(someone, Act.COLLECT, "profile", "phone")
        assert controls_of(undeclared) == {"gate.category_declared"}


# --- the guardian's consent


@pytest.mark.parametrize(
    ("years", "purpose", "category"),
    [
        claim("S2-096", 13, "uploads", "content.text", control=GUARDIAN),
        claim("S2-110", 7, "profile", "nickname", control=GUARDIAN),
    ],
)
def test_a_child_goes_on_only_with_a_guardians_consent(house, years, purpose, category):
    """Alone a child submits nothing; with a verified guardian who agreed, the same is permitted."""
    trials_people.guardian_is_needed(house, years, purpose, category)


@pytest.mark.parametrize("guarded", [claim("S2-095", False, control=GUARDIAN), claim("S2-105", True, control=GUARDIAN)])
def test_childrens_data_is_a_class_of_its_own(house, guarded):
    """Collecting, using, storing and sharing a child's data each stand under the children's rules, and an adult's do not."""
    house.agree("school-partner")
    topics = ("purpose:profile", "share:school-partner")
    child, adult = house.child(*topics), house.person(*topics)
    acts = ((Act.COLLECT, {}), (Act.USE, {}), (Act.SHARE, {"recipient": "school-partner"}))
    for act, more in acts:
        assert GUARDIAN in controls_of(house.decide(child, act, "profile", "nickname", **more)), act
        assert isinstance(house.decide(adult, act, "profile", "nickname", **more), Permit), act
    assert house.refused(house.collect, child, "profile", nickname="Mimi", of=GUARDIAN)
    assert not SealedItem.objects.filter(data_subject_id=child).exists()
    if guarded:
        house.guard(child)
        for topic in topics:
            house.give(child, topic, actor=Actor.GUARDIAN)
        for act, more in acts:
            assert isinstance(house.decide(child, act, "profile", "nickname", **more), Permit), act
        house.collect(child, "profile", nickname="Mimi")


@pytest.mark.upholds("S2-099", control="notices.acknowledged_version")
def test_child_and_guardian_both_read_and_confirm(house):
    """Neither confirms what was not shown to them; two confirmations with version and time are on record before use."""
    child = house.person(told=False, adult=False)
    born = house.now.date().replace(year=house.now.year - 9)
    children.state_age(data_subject_id=child, birth_on=born, now=house.now)
    trials_people.office_without_reading(house, child)
    house.give(child, "purpose:profile", actor=Actor.GUARDIAN)
    asked = (Act.COLLECT, "profile", "nickname")
    said = {"data_subject_id": child, "version": 1, "language": Language.ZH_HANS, "now": house.now}
    with pytest.raises(Conflict):
        notice_verbs.acknowledge(**said)
    assert not isinstance(house.decide(child, *asked), Permit)
    notice_verbs.shown(viewer_id=child, version=1, language=Language.ZH_HANS, now=house.now)
    notice_verbs.acknowledge(**said)
    assert GUARDIAN in controls_of(house.decide(child, *asked))
    notice_verbs.acknowledge(**said, actor=Actor.GUARDIAN)
    assert isinstance(house.decide(child, *asked), Permit)
    found = notices.acknowledgements(child)
    assert [(one.version, one.at) for one in found] == [(1, house.now)] * 2


def test_a_guardian_accepts_the_rules_together_with_the_child(house):
    """What the child accepted alone opens nothing; with the guardian's acceptance on record it does."""
    child = house.child()
    trials_people.office_without_reading(house, child)
    house.give(child, "purpose:profile", actor=Actor.GUARDIAN)
    asked = (Act.COLLECT, "profile", "nickname")
    assert GUARDIAN in controls_of(house.decide(child, *asked))
    notice_verbs.shown(viewer_id=child, version=1, language=Language.EN, now=house.now)
    notice_verbs.acknowledge(
        data_subject_id=child, version=1, language=Language.EN, now=house.now, actor=Actor.GUARDIAN
    )
    assert isinstance(house.decide(child, *asked), Permit)


@pytest.mark.upholds("S2-103", control="consent.no_deemed_consent")
def test_pressing_the_sign_up_button_is_no_consent_for_a_child(house):
    """After signing up every optional end of a child is off; the guardian's yes, asked apart, opens the one it names."""
    child = house.child(guarded=True)
    for name, function in house.policy.functions.items():
        if function.tier == "extended":
            category = next(iter(function.collects))
            assert not isinstance(house.decide(child, Act.COLLECT, name, category), Permit), name
    for method in (Method.CONTINUED_USE, Method.PRE_TICKED, Method.SILENCE):
        deemed = Said(method=method, language=Language.EN, actor=Actor.GUARDIAN)
        with pytest.raises(BadInput):
            consent.give(data_subject_id=child, topic="purpose:profile", said=deemed, now=house.now)
    house.give(child, "purpose:profile", actor=Actor.GUARDIAN)
    assert isinstance(house.decide(child, Act.COLLECT, "profile", "nickname"), Permit)


@pytest.mark.upholds("S2-114", control=GUARDIAN)
def test_a_childs_own_word_shares_nothing(house):
    """A share of a child's data on the child's own consent is refused; on the guardian's it passes."""
    house.agree("school-partner")
    asked = (Act.SHARE, "profile", "nickname")
    child = house.child("purpose:profile", "share:school-partner")
    assert GUARDIAN in controls_of(house.decide(child, *asked, recipient="school-partner"))
    house.guard(child)
    assert GUARDIAN in controls_of(house.decide(child, *asked, recipient="school-partner"))
    for topic in ("purpose:profile", "share:school-partner"):
        house.give(child, topic, actor=Actor.GUARDIAN)
    assert isinstance(house.decide(child, *asked, recipient="school-partner"), Permit)


@pytest.mark.upholds("S2-120", control="sharing.assessment_in_force")
def test_a_childs_record_passes_on_only_after_an_assessment(house):
    """A child's data is handed over for good once the receiver was assessed, and not before."""
    topics = ("purpose:profile", "share:school-partner")
    child = house.child(*topics, guarded=True)
    asked = (Act.TRANSFER, "profile", "nickname")
    house.agree("school-partner", PaperKind.AGREEMENT)
    assert controls_of(house.decide(child, *asked, recipient="school-partner")) == {"sharing.assessment_in_force"}
    house.agree("school-partner", PaperKind.ASSESSMENT, days=30)
    assert isinstance(house.decide(child, *asked, recipient="school-partner"), Permit)
    house.later(days=30)
    assert "sharing.assessment_in_force" in controls_of(house.decide(child, *asked, recipient="school-partner"))


@pytest.mark.upholds("S2-005", control="vault.source_recorded")
def test_every_item_says_where_it_came_from(house):
    """What the person gave and what their use produced are told apart on every item, and the board sees that."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    ask = house.ask(Act.COLLECT, "operation", "device.id")
    values = {"device.id": "made-up-device"}
    vault.collect(ask=ask, data_subject_id=person, values=values, now=house.now, source=Source.DEVICE)
    held = {item.category: item.source for item in vault_queries.metadata(person, now=house.now)}
    assert held == {"nickname": Source.SELF, "device.id": Source.DEVICE}
    assert house.status("commitments.source-recorded", "vault.source_recorded") == "kept"


# --- the guardian's hand


@pytest.mark.upholds("S2-116", control=SUBJECT)
def test_a_guardian_manages_the_childs_information(house):
    """A guardian sees, corrects and withdraws for their child; for another child they do nothing."""
    child, _ = trials_requests.guardian_acts(house, "profile", "nickname")
    trials_requests.spoken_by(house, child, "purpose:profile", Actor.GUARDIAN)
    assert "gate.consent_needed" in controls_of(house.decide(child, Act.USE, "profile", "nickname"))


@pytest.mark.parametrize("actor", [Actor.SELF, Actor.GUARDIAN])
@pytest.mark.upholds("S2-129", control=SUBJECT)
def test_guardian_and_child_see_correct_erase_and_close(house, actor):
    """All four complete for the child and for the guardian in office, and for nobody who claims to be a guardian."""
    child = house.child("purpose:profile", guarded=True)
    made = house.collect(child, "profile", nickname="Mimi")
    by = Reader(kind=ReaderKind.GUARDIAN) if actor is Actor.GUARDIAN else trials_requests.own(child)
    more = {"data_subject_id": child, "now": house.now, "by": by}
    assert vault.copy_of(right=Right.ACCESS, **more)["nickname"].value == "Mimi"
    vault.correct(item_id=made.items[0].item_id, value="Lili", **more)
    for right, categories in ((Right.ERASURE, ("nickname",)), (Right.CANCELLATION, ())):
        request = trials.file(house, child, right, actor=actor, categories=categories)
        fulfilment.begin(request=request, now=house.now)
        for _ in range(3):
            house.later(seconds=6).work()
        assert queries.one(request.id).state is RequestState.ANSWERED
    assert trials_requests.readable_until(house, child) == set()
    alone = house.child()
    claimed = {"data_subject_id": alone, "right": Right.ACCESS, "now": house.now}
    assert house.refused(vault.copy_of, by=Reader(kind=ReaderKind.GUARDIAN), of=SUBJECT, **claimed)


# --- safeguards


@pytest.mark.upholds("S2-053", control=SEALED)
def test_what_is_stored_is_sealed(house):
    """A raw read of the stored rows for a planted value finds nothing."""
    person = house.person("purpose:uploads")
    trials_people.sealed_raw(house, person, "uploads", "planted", content__text="planted words")


@pytest.mark.upholds("S2-125", control=SEALED)
def test_a_childs_data_is_sealed_under_keys_of_its_own(house):
    """A child's rows show nothing of what was planted, and share no key with anybody else's."""
    child, other = house.child("purpose:uploads", guarded=True), house.person("purpose:uploads")
    house.collect(other, "uploads", content__text="other words")
    trials_people.sealed_raw(house, child, "uploads", "planted", content__text="planted words")
    keys = [
        set(SealedItem.objects.filter(data_subject_id=who).values_list("key_id", flat=True)) for who in (child, other)
    ]
    assert all(keys)
    assert not keys[0] & keys[1]


@pytest.mark.upholds("S2-055", control="people.code_limits")
def test_attacks_on_accounts_are_stopped(house):
    """Asking for codes again and again is stopped; somebody else is served."""
    trials_people.codes_are_limited(house)


@pytest.mark.upholds("S2-057", control="vault.staff_open_with_reason")
def test_staff_read_for_a_purpose_and_a_reason(house):
    """A look without a case or a reason is refused; with both, the person reads who looked and why."""
    trials_people.staff_look_with_a_reason(house, "profile", nickname="Mimi")


@pytest.mark.upholds("S2-062", control="people.weak_password_refused")
def test_weak_passwords_are_refused():
    """A weak or common password is refused, and says why."""
    trials_people.weak_passwords_are_refused()
