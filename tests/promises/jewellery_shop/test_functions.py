# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promises about ends, categories, permissions and choices."""

import pytest

from tests.promises import trials, trials_acts
from tests.promises.trials import claim, controls_of
from upheld.consent import queries as consents
from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.errors import BadInput
from upheld.gate import Permit
from upheld.terms import Act, Language

ALONE = "policy.basic_stands_alone"
AT_ONCE = "consent.withdrawal_at_once"
BACKGROUND = "gate.background_declared"
CATEGORY = "gate.category_declared"
CONSENT = "gate.consent_needed"
PERMISSION = "gate.permission_granted"
PURPOSE = "gate.purpose_declared"
SEPARATE = "gate.separate_consent"
TOLD = "gate.told_before_collection"


# --- ends


@pytest.mark.parametrize(
    ("category", "purposes"),
    [
        claim("S3-024", "payout-account", ("payouts",), control=PURPOSE),
        claim("S3-026", "phone", ("account",), control=PURPOSE),
        claim("S3-036", "content.text", ("posts",), control=PURPOSE),
        claim("S3-061", "support.case", ("support",), control=PURPOSE),
        claim("S3-069", "coupons", ("saves", "orders"), control=PURPOSE),
        claim("S3-088", "support.contact", ("support",), control=PURPOSE),
    ],
)
def test_data_serves_the_ends_that_the_policy_states(house, category, purposes):
    """An end that the policy does not state reads nothing, nor does any that it states for other data."""
    trials.other_ends_are_refused(house, category, *purposes)
    person = house.person()
    for name, stated in house.policy.processing.items():
        refused = CATEGORY in controls_of(house.decide(person, Act.USE, name, category))
        assert refused == (category not in stated.categories), name
    for end in ("product-fit", "survey", "newsletter"):
        assert CATEGORY in controls_of(house.decide(person, Act.USE, end, category)), end


@pytest.mark.upholds("S3-070", control=PURPOSE)
def test_history_serves_another_end_only_once_it_is_stated_and_agreed_to(house):
    """An end for saves and coupons that the policy does not state can neither be asked for nor carried out."""
    person = house.person("purpose:saves")
    with pytest.raises(BadInput):
        house.give(person, "purpose:coupon-ranking")
    assert PURPOSE in controls_of(house.decide(person, Act.USE, "coupon-ranking", "coupons"))
    assert isinstance(house.decide(person, Act.USE, "saves", "coupons"), Permit)


@pytest.mark.upholds("S3-067", control=PURPOSE)
def test_risk_is_judged_for_protection_alone(house):
    """Judging risk infers and decides on what it lists; no other end of the policy may."""
    person = house.person("purpose:product-fit", "purpose:survey")
    for act in (Act.INFER, Act.AUTOMATED_DECISION):
        assert isinstance(house.decide(person, act, "risk", "phone", "order", "device.id", "log.operation"), Permit)
        for other in ("product-fit", "survey", "newsletter", "account"):
            assert PURPOSE in controls_of(house.decide(person, act, other, "phone")), other


@pytest.mark.upholds("S3-062", control=PURPOSE)
def test_an_affiliates_service_is_shown_to_its_owner_for_one_end(house):
    """What the link shows opens for the account that linked it, for nobody without the link and for no other end."""
    owner, other = house.person("purpose:affiliates", "purpose:profile"), house.person("purpose:profile")
    for person in (owner, other):
        house.collect(person, "profile", nickname="Mimi")
    assert "nickname" in house.open(owner, "affiliates", "nickname")
    assert house.refused(house.open, other, "affiliates", "nickname", of=CONSENT)
    assert house.refused(house.open, owner, "affiliates-own-marketing", "nickname", of=PURPOSE)


# --- categories


@pytest.mark.parametrize(
    ("purpose", "others"),
    [
        claim("S3-025", "joint-sign-in", ("birthday", "occupation", "order"), control=CATEGORY),
        claim("S3-138", "account", ("address", "birthday", "device.id"), control=CATEGORY),
    ],
)
def test_a_function_collects_what_it_declares_and_nothing_else(house, purpose, others):
    """An item that the function's list does not name is refused."""
    trials.only_what_is_declared(house, purpose, *others)


@pytest.mark.upholds("S3-038", control=CATEGORY)
def test_device_items_come_in_for_safe_running_alone(house):
    """The model, the system, the identifier and the crash records are gathered by safe running, and by nothing else."""
    for category in ("device.model", "device.os", "device.id", "log.crash"):
        trials_acts.collected_only_by(house, category, "operation")


@pytest.mark.parametrize(
    ("purpose", "categories"),
    [
        claim("S3-009", "profile", ("walking-style", "family-tree"), control=CATEGORY),
        claim("S3-015", "operation", ("device.serial", "device.battery", "app.list"), control=CATEGORY),
        claim("S3-056", "browse", ("log.sleep", "log.typing"), control=CATEGORY),
    ],
)
def test_what_is_not_named_is_refused(house, purpose, categories):
    """Data that the catalogue does not name is refused at the door until a version declares it."""
    trials_acts.unheard_of(house, purpose, *categories)


@pytest.mark.upholds("S3-010", control=SEPARATE)
def test_sensitive_kinds_need_a_separate_consent(house):
    """A track, an account for money, a payment and an identity number each need a consent of their own."""
    for purpose, category in (
        ("nearby", "location.precise"),
        ("payouts", "payout-account"),
        ("identity", "id.number"),
        ("orders", "payment"),
    ):
        assert house.policy.categories[category].sensitive
        if purpose == "orders":
            person = house.person()
            assert SEPARATE in controls_of(house.decide(person, Act.COLLECT, purpose, category))
            house.give(person, "sensitive:orders")
            assert isinstance(house.decide(person, Act.COLLECT, purpose, category), Permit)
        else:
            trials.separate_consent_is_needed(house, purpose, category)


# --- choices


@pytest.mark.upholds("S3-005", control=TOLD)
def test_the_product_waits_for_the_confirmation(house):
    """No function collects before the person confirmed the policy; after it the same one does."""
    trials_acts.told_first(house, "orders", "order")


@pytest.mark.upholds("S3-006", control="consent.no_deemed_consent")
def test_mere_use_is_no_agreement(house):
    """Who merely goes on using the app, or leaves a ticked box, has agreed to nothing; who says yes has."""
    person = house.person()
    for method in (Method.CONTINUED_USE, Method.PRE_TICKED, Method.SILENCE):
        used = Said(method=method, language=Language.EN)
        with pytest.raises(BadInput):
            consent.give(data_subject_id=person, topic="purpose:survey", said=used, now=house.now)
    assert consents.history(person) == []
    assert CONSENT in controls_of(house.decide(person, Act.COLLECT, "survey", "survey"))
    house.give(person, "purpose:survey")
    assert isinstance(house.decide(person, Act.COLLECT, "survey", "survey"), Permit)


@pytest.mark.upholds("S3-019", control="consent.one_by_one")
def test_every_additional_function_is_a_choice_of_its_own(house):
    """Two choices taken in one act are refused, each alone is taken, and declining the rest leaves the basic ones."""
    person = house.person()
    with pytest.raises(BadInput):
        consent.give(
            data_subject_id=person, topic=("purpose:survey", "purpose:saves"), said=house.said(), now=house.now
        )
    house.give(person, "purpose:survey")
    assert isinstance(house.decide(person, Act.COLLECT, "survey", "survey"), Permit)
    assert CONSENT in controls_of(house.decide(person, Act.COLLECT, "saves", "coupons"))
    trials_acts.basics_work(house, person)


@pytest.mark.parametrize(
    ("purpose", "category", "act"),
    [
        claim("S3-063", "affiliates", "nickname", Act.USE, control=CONSENT),
        claim("S3-090", "service-improvement", "survey", Act.USE, control=CONSENT),
        claim("S3-096", "newsletter", "mail-clicks", Act.COLLECT, control=CONSENT),
        claim("S3-097", "newsletter", "mail-clicks", Act.USE, control=CONSENT),
    ],
)
def test_an_optional_end_waits_for_consent(house, purpose, category, act):
    """Each optional end passes with its own consent in force, and neither before nor after."""
    trials.consent_is_needed(house, purpose, category, act)


@pytest.mark.upholds("S3-037", control=CONSENT)
def test_each_way_of_correlating_is_an_end_of_its_own(house):
    """Fitting pages, judging products and improving are chosen one by one; one opens no other."""
    for given, other in (("product-fit", "personal-display"), ("personal-display", "product-fit")):
        trials_acts.consent_to_one_opens_no_other(house, given, other)


@pytest.mark.parametrize(
    ("purpose", "category", "act"),
    [
        claim("S3-098", "newsletter", "email", Act.COLLECT, control=AT_ONCE),
        claim("S3-164", "survey", "survey", Act.COLLECT, control=AT_ONCE),
    ],
)
def test_a_withdrawal_is_obeyed_by_the_next_act(house, purpose, category, act):
    """What was given can be taken back at any time, and the very next act is refused."""
    trials_acts.withdrawal_is_obeyed(house, purpose, category, act)


@pytest.mark.upholds("S3-151", control=AT_ONCE)
def test_each_authorisation_has_its_switch(house):
    """Turning any switch off refuses the next read under that end."""
    trials_acts.every_choice_can_be_withdrawn(house)


@pytest.mark.upholds("S3-162", control=AT_ONCE)
def test_support_and_switch_are_one_road(house):
    """A yes and a no by a signed form and by a switch leave the same records and are obeyed alike."""
    asked = (Act.COLLECT, "survey", "survey")
    found = []
    for method in (Method.SIGNATURE, Method.SWITCH):
        person, said = house.person(), Said(method=method, language=Language.EN)
        consent.give(data_subject_id=person, topic="purpose:survey", said=said, now=house.now)
        assert isinstance(house.decide(person, *asked), Permit)
        consent.withdraw(data_subject_id=person, topic="purpose:survey", said=said, now=house.now)
        assert CONSENT in controls_of(house.decide(person, *asked))
        found.append([(one.topic, one.action, one.version) for one in consents.history(person)])
    assert found[0] == found[1]
    assert len(found[0]) == 2


@pytest.mark.upholds("S3-165", control="consent.history_kept")
def test_a_withdrawal_leaves_the_earlier_record_untouched(house):
    """The record of what was consented to before a withdrawal can be neither changed nor removed."""
    trials_acts.history_is_kept(house, "purpose:survey")


# --- what a refusal costs


@pytest.mark.parametrize(
    ("refused", "other"),
    [
        claim("S3-027", "joint-sign-in", "profile", control=ALONE),
        claim("S3-029", "profile", "saves", control=ALONE),
        claim("S3-064", "affiliates", "posts", control=ALONE),
        claim("S3-065", "identity", "saves", control=ALONE),
        claim("S3-066", "identity", "profile", control=ALONE),
    ],
)
def test_refusing_one_thing_leaves_the_rest_whole(house, refused, other):
    """Who refuses an optional function keeps every basic one, and the others that they chose."""
    trials_acts.refusal_costs_only(house, refused, other)


@pytest.mark.upholds("S3-052", control=ALONE)
def test_refusing_the_location_drops_the_nearby_view_alone(house):
    """With location refused only the nearby view is closed."""
    trials_acts.permission_costs_only(house, "location", "profile")


# --- permissions


@pytest.mark.parametrize(
    ("permission", "purpose", "category"),
    [
        claim("S3-043", "camera", "profile", "avatar", control=PERMISSION),
        claim("S3-044", "album", "posts", "content.picture", control=PERMISSION),
        claim("S3-046", "camera", "live", "content.video", control=PERMISSION),
        claim("S3-048", "album-write", "save-photo", "content.picture", control=PERMISSION),
        claim("S3-050", "microphone", "live", "content.audio", control=PERMISSION),
        claim("S3-051", "location", "nearby", "location.precise", control=PERMISSION),
        claim("S3-053", "notifications", "notices", "push-token", control=PERMISSION),
    ],
)
def test_what_lies_behind_a_permission_needs_it_at_its_scene(house, permission, purpose, category):
    """A signal of the device comes in after the permission was granted, for the scene that declares it, until revoked."""
    trials.permission_is_needed(house, permission, purpose, category)


@pytest.mark.upholds("S3-047", control=PERMISSION)
def test_refusing_album_and_camera_closes_what_needs_them(house):
    """With both refused no picture comes in; writing a comment, browsing and the account go on."""
    person = house.person("purpose:posts", "purpose:profile")
    for permission in ("album", "camera"):
        house.refuse(person, f"permission:{permission}")
        behind = house.decide(person, Act.COLLECT, "posts", "content.picture", permission=permission)
        assert PERMISSION in controls_of(behind)
    assert isinstance(house.decide(person, Act.COLLECT, "posts", "content.text"), Permit)
    assert isinstance(house.decide(person, Act.COLLECT, "profile", "nickname"), Permit)
    trials_acts.basics_work(house, person)


@pytest.mark.upholds("S3-040", control=BACKGROUND)
def test_nothing_is_gathered_in_the_background(house):
    """While the app is silent nothing comes in, from no function, even from a person who consented."""
    trials.only_in_front(house, "operation", "device.id")
    person = house.person("purpose:posts", "purpose:saves")
    for name, function in house.policy.functions.items():
        category = next(iter(function.collects), None)
        if category is not None:
            behind = house.decide(person, Act.COLLECT, name, category, foreground=False)
            assert BACKGROUND in controls_of(behind), name
