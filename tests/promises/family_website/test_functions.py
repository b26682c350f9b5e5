# SPDX-License-Identifier: Apache-2.0
"""The family website's promises about ends, categories, choices and handing data over."""

import pytest

from tests.promises import trials, trials_acts, trials_sharing, versions
from tests.promises.trials import claim, controls_of
from upheld.gate import Denial, Permit
from upheld.terms import Act, Actor

ALONE = "policy.basic_stands_alone"
AT_ONCE = "consent.withdrawal_at_once"
CATEGORY = "gate.category_declared"
CEASED = "gate.no_use_after_cessation"
CONSENT = "gate.consent_needed"
PERMISSION = "gate.permission_granted"
PURPOSE = "gate.purpose_declared"
RESIDENCY = "gate.residency"


@pytest.mark.upholds("S2-014", control=PURPOSE)
def test_a_case_serves_the_case(house):
    """What was said to the help desk is read for the case, and for no end that nobody stated."""
    trials.other_ends_are_refused(house, "support.case", "support")


@pytest.mark.parametrize(
    ("purpose", "others"),
    [
        claim("S2-006", "account", ("nickname", "birth-date", "device.id"), control=CATEGORY),
        claim("S2-010", "browse", ("content.text", "phone", "network.signals"), control=CATEGORY),
        claim("S2-109", "age-check", ("phone", "guardian.identity", "real-name"), control=CATEGORY),
    ],
)
def test_a_function_collects_what_it_declares_and_nothing_else(house, purpose, others):
    """An item that the function's list does not name is refused."""
    trials.only_what_is_declared(house, purpose, *others)


@pytest.mark.parametrize(
    ("category", "purposes"),
    [
        claim("S2-016", "device.id", ("operation", "device-link"), control=CATEGORY),
        claim("S2-018", "network.ip", ("operation",), control=CATEGORY),
        claim("S2-020", "log.crash", ("operation", "improvement"), control=CATEGORY),
        claim("S2-111", "guardian.contact", ("guardian-care",), control=CATEGORY),
    ],
)
def test_a_category_is_read_for_its_own_ends_alone(house, category, purposes):
    """Every end that does not declare the category is refused it."""
    trials_acts.read_only_by(house, category, *purposes)


@pytest.mark.upholds("S2-030", control=CATEGORY)
def test_a_new_field_waits_for_the_notice_and_the_consent(house):
    """A field that a function does not declare is refused until a version declares it, is shown and is agreed to."""
    person = house.person("purpose:profile")
    asked = (Act.COLLECT, "profile", "location.city")
    assert CATEGORY in controls_of(house.decide(person, *asked))
    versions.publish(house, versions.put("functions/profile/collects/location.city", "optional"))
    versions.wait(house)
    assert isinstance(house.decide(person, *asked), Denial)
    versions.accept(house, person, 2)
    assert controls_of(house.decide(person, *asked)) == {CONSENT}  # the old yes does not cover the new field
    house.give(person, "purpose:profile")
    assert isinstance(house.decide(person, *asked), Permit)


@pytest.mark.upholds("S2-113", control=CONSENT)
def test_a_guardians_consent_covers_what_it_named(house):
    """A guardian who agreed to one function did not agree to another; asked afresh and agreeing, it opens."""
    child = house.child("purpose:profile", guarded=True)
    assert isinstance(house.decide(child, Act.COLLECT, "profile", "nickname"), Permit)
    assert CONSENT in controls_of(house.decide(child, Act.COLLECT, "uploads", "content.text"))
    house.give(child, "purpose:uploads", actor=Actor.GUARDIAN)
    assert isinstance(house.decide(child, Act.COLLECT, "uploads", "content.text"), Permit)


# --- what a refusal costs


@pytest.mark.upholds("S2-009", control=ALONE)
def test_declining_a_field_switches_off_what_depends_on_it(house):
    """Who declines the profile's name keeps every function that does not rest on it."""
    trials_acts.refusal_costs_only(house, "profile", "uploads")


@pytest.mark.upholds("S2-012", control=ALONE)
def test_refusing_the_storage_stops_uploads_alone(house):
    """With storage refused, pictures and files stay out, and browsing, searching and the account go on."""
    trials_acts.permission_costs_only(house, "storage", "profile")


@pytest.mark.upholds("S2-102", control=ALONE)
def test_what_a_guardian_refuses_stays_closed_and_says_so(house):
    """After the guardian's no what depends on it is refused with the reason, and the rest of the child's road is open."""
    child = house.child("purpose:profile", "purpose:account", guarded=True)
    said = house.said(Actor.GUARDIAN)
    from upheld.consent import service as consent

    consent.refuse(data_subject_id=child, topic="purpose:uploads", said=said, now=house.now)
    answer = house.decide(child, Act.COLLECT, "uploads", "content.text")
    assert {"children.guardian_needed", CONSENT} <= controls_of(answer)
    assert all(reason.lifts for reason in answer.reasons)
    assert isinstance(house.decide(child, Act.COLLECT, "browse", "log.browsing"), Permit)
    assert isinstance(house.decide(child, Act.COLLECT, "profile", "nickname"), Permit)
    assert "E407" in trials.codes(house, functions={"browse": {"basis": trials.LawfulBasis.CONSENT}})


@pytest.mark.upholds("S2-011", control=PERMISSION)
def test_storage_is_asked_for_at_an_upload(house):
    """Storage opens at the moment of an upload or download, and on no other screen."""
    trials.permission_is_needed(house, "storage", "uploads", "content.picture")


# --- withdrawing


@pytest.mark.upholds("S2-080", control=AT_ONCE)
def test_every_consent_is_given_and_taken_back_at_will(house):
    """Each end that rests on a choice has its switch, obeyed at once."""
    trials_acts.every_choice_can_be_withdrawn(house)


@pytest.mark.upholds("S2-081", control=AT_ONCE)
def test_a_withdrawal_stops_that_processing_alone(house):
    """After a withdrawal that end reads nothing, and another goes on."""
    person = house.person("purpose:improvement", "purpose:profile")
    trials_acts.withdrawal_is_obeyed(house, "improvement", "log.crash")
    house.withdraw(person, "purpose:improvement")
    assert CONSENT in controls_of(house.decide(person, Act.USE, "improvement", "log.crash"))
    assert isinstance(house.decide(person, Act.USE, "profile", "nickname"), Permit)


@pytest.mark.parametrize(
    "actor",
    [claim("S2-145", Actor.SELF, control=AT_ONCE), claim("S2-146", Actor.GUARDIAN, control=AT_ONCE)],
)
def test_guardian_and_child_each_take_back(house, actor):
    """A withdrawal by either stops the linked service at once, and leaves its record."""
    from tests.promises import trials_requests
    from upheld.consent import queries as consents

    child = house.child("purpose:profile", "purpose:uploads", guarded=True)
    house.give(child, "purpose:profile")
    for topic, purpose, category in (
        ("purpose:profile", "profile", "nickname"),
        ("purpose:uploads", "uploads", "content.text"),
    ):
        assert isinstance(house.decide(child, Act.USE, purpose, category), Permit)
        trials_requests.spoken_by(house, child, topic, actor)
        assert CONSENT in controls_of(house.decide(child, Act.USE, purpose, category))
        last = next(one for one in consents.history(child) if one.topic == topic)
        assert (last.action, last.actor) == ("withdrawn", actor)


@pytest.mark.upholds("S2-082", control="consent.history_kept")
def test_a_withdrawal_leaves_the_past_as_it_was(house):
    """What was recorded before a withdrawal can be neither changed nor removed."""
    trials_acts.history_is_kept(house, "purpose:profile")


@pytest.mark.upholds("S2-147", control="consent.history_kept")
def test_a_withdrawal_for_a_child_leaves_the_past_as_it_was(house):
    """What a guardian agreed to stays on record, unchanged, after the guardian took it back."""
    child = house.child(guarded=True)
    trials_acts.history_is_kept(house, "purpose:profile", Actor.GUARDIAN, child)


# --- handing over


@pytest.mark.upholds("S2-039", control=CONSENT)
def test_sharing_waits_for_a_consent_that_names_the_party(house):
    """The consent to an end is not enough; after the party's own is withdrawn nothing goes."""
    trials_sharing.share_waits_for_its_consent(house, "school-partner", "profile", "media-store")


@pytest.mark.upholds("S2-118", control=CONSENT)
def test_a_childs_data_is_shared_on_the_guardians_word(house):
    """The party receives a child's data once the guardian named it, and not on the child's own word."""
    house.agree("school-partner")
    child = house.child("purpose:profile", guarded=True)
    asked = (Act.SHARE, "profile", "nickname")
    assert CONSENT in controls_of(house.decide(child, *asked, recipient="school-partner"))
    house.give(child, "share:school-partner")
    on_own_word = house.decide(child, *asked, recipient="school-partner")
    assert "children.guardian_needed" in controls_of(on_own_word)
    house.give(child, "share:school-partner", actor=Actor.GUARDIAN)
    assert isinstance(house.decide(child, *asked, recipient="school-partner"), Permit)


@pytest.mark.upholds("S2-042", control=CONSENT)
def test_a_transfer_takes_only_those_who_agreed(house):
    """A record without its person's consent is not in the transfer."""
    trials_sharing.share_waits_for_its_consent(house, "school-partner", "profile", "media-store", Act.TRANSFER)


@pytest.mark.upholds("S2-122", control=CONSENT)
def test_a_childs_record_is_transferred_on_the_guardians_word(house):
    """A child's record is not in the transfer before the guardian agreed to it."""
    house.agree("school-partner")
    child = house.child("purpose:profile", guarded=True)
    asked = (Act.TRANSFER, "profile", "nickname")
    assert CONSENT in controls_of(house.decide(child, *asked, recipient="school-partner"))
    house.give(child, "share:school-partner", actor=Actor.GUARDIAN)
    assert isinstance(house.decide(child, *asked, recipient="school-partner"), Permit)


@pytest.mark.upholds("S2-043", control=CONSENT)
def test_publishing_needs_a_consent_to_just_that(house):
    """A general consent makes nothing public; the consent to this does, or a law that is cited."""
    trials_sharing.publishing_needs_its_consent(house, "uploads", "content.text", "profile")
    trials_sharing.publication_by_law(house, "uploads", "content.text")


@pytest.mark.upholds("S2-123", control=CONSENT)
def test_a_childs_item_is_published_on_the_guardians_word(house):
    """Nothing of a child is made public on the child's word; on the guardian's it is."""
    child = house.child("purpose:uploads", guarded=True)
    asked = (Act.PUBLISH, "uploads", "content.text")
    assert CONSENT in controls_of(house.decide(child, *asked))
    house.give(child, "publish:uploads")
    assert "children.guardian_needed" in controls_of(house.decide(child, *asked))
    house.give(child, "publish:uploads", actor=Actor.GUARDIAN)
    assert isinstance(house.decide(child, *asked), Permit)


@pytest.mark.upholds("S2-045", control=RESIDENCY)
def test_data_stays_where_it_was_collected(house):
    """What is written to a store at home is taken; the same to a store abroad is refused."""
    trials_sharing.stays_home(house, "profile", "nickname", nickname="Mimi")


@pytest.mark.upholds("S2-046", control=RESIDENCY)
def test_going_abroad_needs_its_own_consent(house):
    """Agreeing to the end and to the sharing lets nothing out; agreeing that it goes to this receiver abroad does."""
    trials_sharing.abroad_needs_its_own_consent(house, "school-partner", "profile")


@pytest.mark.upholds("S2-049", control=CEASED)
def test_from_the_end_of_the_site_nothing_is_taken_in(house):
    """From the end on every intake of every function is refused."""
    trials_acts.nothing_after_the_end(house, "profile", nickname="Mimi")
