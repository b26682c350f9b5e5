# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about functions, permissions, ages and choices."""

from datetime import UTC, date, datetime

import pytest

from tests.houses import House
from tests.promises import trials
from tests.promises.trials import claim, controls_of
from upheld.children import service as children
from upheld.consent import service as consent
from upheld.errors import BadInput, TooMany
from upheld.gate import Permit
from upheld.terms import Act, Actor, Language

PERMISSION = "gate.permission_granted"
BACKGROUND = "gate.background_declared"
DECLARED = "gate.category_declared"
CONSENT = "gate.consent_needed"
PURPOSE = "gate.purpose_declared"
AT_ONCE = "consent.withdrawal_at_once"


@pytest.mark.parametrize(
    ("permission", "purpose", "category"),
    [
        claim("S4-023", "location", "local-content", "location.precise", control=PERMISSION),
        claim("S4-048", "camera", "profile", "picture", control=PERMISSION),
        claim("S4-049", "microphone", "publish-video", "post.video", control=PERMISSION),
        claim("S4-050", "album", "posts", "post.picture", control=PERMISSION),
        claim("S4-051", "camera", "publish-video", "post.video", control=PERMISSION),
        claim("S4-052", "bluetooth", "bind-device", "bluetooth.id", control=PERMISSION),
    ],
)
def test_what_lies_behind_a_permission_needs_it_at_its_scene(house, permission, purpose, category):
    """A signal of the device comes in after the permission was granted, for the scene that declares it, until revoked."""
    trials.permission_is_needed(house, permission, purpose, category)


@pytest.mark.upholds("S4-047", control=BACKGROUND)
def test_nothing_is_gathered_in_the_background(house):
    """While the app is silent nothing comes in, even from a person who consented."""
    trials.only_in_front(house, "local-content", "location.coarse")


@pytest.mark.upholds("S4-063", control=BACKGROUND)
def test_the_statistics_component_reads_only_in_front(house):
    """A read by the statistics component with the app in the background is refused."""
    person = house.person("purpose:statistics", "share:umeng")
    house.agree("umeng")
    asked = {"recipient": "umeng"}
    assert isinstance(house.decide(person, Act.SHARE, "statistics", "device.id", **asked), Permit)
    behind = house.decide(person, Act.SHARE, "statistics", "device.id", foreground=False, **asked)
    assert BACKGROUND in controls_of(behind)


@pytest.mark.parametrize(
    ("purpose", "others"),
    [
        claim("S4-019", "safe-running", ("device.serial", "device.app-list", "device.phone-state"), control=DECLARED),
        claim("S4-021", "account", ("email", "nickname", "birthday"), control=DECLARED),
        claim("S4-025", "local-content", ("device.serial", "phone"), control=DECLARED),
        claim("S4-031", "profile", ("id-card", "payment-account"), control=DECLARED),
        claim("S4-033", "third-party-login", ("interests", "birthday"), control=DECLARED),
        claim("S4-036", "profile", ("device.serial", "orders"), control=DECLARED),
        claim("S4-064", "browse", ("log.search", "location.precise"), control=DECLARED),
        claim("S4-146", "support", ("id-card", "location.precise"), control=DECLARED),
    ],
)
def test_a_function_collects_what_it_declares_and_nothing_else(house, purpose, others):
    """An item that the function's list does not name is refused."""
    trials.only_what_is_declared(house, purpose, *others)


@pytest.mark.parametrize(
    ("purpose", "category", "act"),
    [
        claim("S4-010", "statistics", "device.id", Act.USE, control=CONSENT),
        claim("S4-026", "human-check", "sensor.direction", Act.COLLECT, control=CONSENT),
        claim("S4-032", "payouts", "payment-account", Act.COLLECT, control=CONSENT),
        claim("S4-040", "show-content", "device.model", Act.USE, control=CONSENT),
        claim("S4-041", "show-content", "log.usage", Act.USE, control=CONSENT),
        claim("S4-045", "product-fit", "log.usage", Act.USE, control=CONSENT),
        claim("S4-071", "affiliate-link", "phone", Act.USE, control=CONSENT),
        claim("S4-073", "identity-check", "id-card", Act.COLLECT, control=CONSENT),
        claim("S4-098", "survey", "survey.answers", Act.COLLECT, control=CONSENT),
        claim("S4-227", "third-party-login", "outside-profile", Act.COLLECT, control=CONSENT),
    ],
)
def test_an_optional_end_waits_for_consent(house, purpose, category, act):
    """Each optional end passes with its own consent in force, and neither before nor after."""
    trials.consent_is_needed(house, purpose, category, act)


@pytest.mark.upholds("S4-012", control="gate.separate_consent")
def test_sensitive_kinds_need_a_separate_consent(house):
    """What a device measures of a baby, an identity card and a payment account each need a consent of their own."""
    for purpose, category in (("identity-check", "id-card"), ("payouts", "payment-account")):
        trials.separate_consent_is_needed(house, purpose, category)


@pytest.mark.parametrize(
    ("category", "purposes"),
    [
        claim("S4-034", "phone", ("account-safety",), control=PURPOSE),
        claim("S4-046", "device.model", (), control=PURPOSE),
        claim("S4-069", "support.messages", (), control=PURPOSE),
        claim("S4-075", "log.usage", ("account-safety",), control=PURPOSE),
        claim("S4-077", "saves", (), control=PURPOSE),
    ],
)
def test_data_serves_the_ends_that_the_policy_states(house, category, purposes):
    """An end that the policy does not state reads nothing."""
    trials.other_ends_are_refused(house, category, *purposes)


@pytest.mark.upholds("S4-078", control=CONSENT)
def test_history_serves_another_end_only_after_consent(house):
    """What was saved is used for improving the service only once the person was asked and agreed."""
    trials.consent_is_needed(house, "improve-service", "survey.answers", Act.USE)


@pytest.mark.upholds("S4-007", control="gate.told_before_collection")
def test_nothing_is_collected_before_the_notice_was_accepted(house):
    """A person who has not confirmed the policy gets no service that collects; after confirming, the same passes."""
    untold = house.person(told=False)
    assert "gate.told_before_collection" in controls_of(house.decide(untold, Act.COLLECT, "orders", "orders"))
    assert isinstance(house.decide(house.person(), Act.COLLECT, "orders", "orders"), Permit)


@pytest.mark.upholds("S4-022", control="consent.one_by_one")
def test_choices_are_not_bundled(house):
    """Two choices taken in one act are refused; each alone is recorded."""
    person = house.person()
    bundle = ("purpose:search", "purpose:survey")
    with pytest.raises(BadInput):
        consent.give(data_subject_id=person, topic=bundle, said=house.said(), now=house.now)
    for topic in bundle:
        house.give(person, topic)
    assert house.status("functions.search", "consent.one_by_one") == "kept"


@pytest.mark.parametrize(
    ("topic", "purpose", "category", "act"),
    [
        claim("S4-105", "purpose:mail-news", "mail-news", "email", Act.COLLECT, control=AT_ONCE),
        claim("S4-172", "purpose:survey", "survey", "survey.answers", Act.COLLECT, control=AT_ONCE),
        claim("S4-170", "purpose:search", "search", "log.search", Act.COLLECT, control=AT_ONCE),
        claim("S4-159", "purpose:profile", "profile", "nickname", Act.COLLECT, control=AT_ONCE),
    ],
)
def test_a_withdrawal_is_obeyed_by_the_next_act(house, topic, purpose, category, act):
    """What was given can be taken back at any time, and the very next act is refused."""
    person = house.person(topic)
    assert isinstance(house.decide(person, act, purpose, category), Permit)
    house.withdraw(person, topic)
    assert CONSENT in controls_of(house.decide(person, act, purpose, category))


@pytest.mark.upholds("S4-173", control="consent.history_kept")
def test_a_withdrawal_leaves_the_earlier_record_untouched(house):
    """The record of what was consented to before a withdrawal cannot be changed or removed."""
    from upheld.consent.models import ConsentRecord

    person = house.person("purpose:survey")
    house.withdraw(person, "purpose:survey")
    given, withdrawn = ConsentRecord.objects.filter(data_subject_id=person).order_by("at", "id")
    assert (given.action, withdrawn.action) == ("given", "withdrawn")
    given.action = "refused"
    with pytest.raises(Exception, match="(?i)add|append|change|record"):
        given.save()


# --- ages


def on(house: House, day: date) -> House:
    """Move to noon in Shanghai of a day."""
    moment = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    house.clock.advance(moment - house.now)
    return house


@pytest.mark.upholds("S4-020", control="gate.age_rules")
def test_a_person_is_a_child_until_the_fourteenth_birthday(house):
    """The day before the fourteenth birthday a payout is refused to the child; on the day it is not for age."""
    person = house.person(adult=False)
    children.state_age(data_subject_id=person, birth_on=date(2012, 9, 10), now=house.now)
    asked = (Act.COLLECT, "payouts", "payment-account")
    assert "gate.age_rules" in controls_of(house.decide(person, *asked))
    assert "gate.age_rules" in controls_of(on(house, date(2026, 9, 9)).decide(person, *asked))
    assert "gate.age_rules" not in controls_of(on(house, date(2026, 9, 10)).decide(person, *asked))


@pytest.mark.upholds("S4-199", control="children.age_unknown_is_not_adult")
def test_an_unknown_age_is_not_taken_for_an_adults(house):
    """Who has not said their age cannot order; who said that they are of age can."""
    unknown = house.person(adult=False)
    asked = (Act.COLLECT, "orders", "orders")
    assert "children.age_unknown_is_not_adult" in controls_of(house.decide(unknown, *asked))
    assert isinstance(house.decide(house.person(), *asked), Permit)


@pytest.mark.parametrize(
    "years",
    [claim("S4-200", 13, control="children.guardian_needed"), claim("S4-201", 6, control="children.guardian_needed")],
)
def test_a_child_uses_the_service_only_with_a_guardians_consent(house, years):
    """Alone a child keeps no profile; with a verified guardian who agreed to it, the same is permitted."""
    asked = (Act.COLLECT, "survey", "survey.answers")
    alone = house.child("purpose:survey", years=years)
    assert "children.guardian_needed" in controls_of(house.decide(alone, *asked))
    guarded = house.child("purpose:survey", years=years, guarded=True)
    assert isinstance(house.decide(guarded, *asked, actor=Actor.SELF), Permit)


@pytest.mark.upholds("S4-204", control="children.guardian_needed")
def test_a_childs_data_is_shared_only_where_the_guardian_agrees(house):
    """A component that carries messages receives a child's device id with the guardian's consent, and not without."""
    house.agree("jiguang-push")
    topics = ("purpose:push-messages", "share:jiguang-push")
    asked = (Act.SHARE, "push-messages", "device.id")
    alone = house.child(*topics)
    assert "children.guardian_needed" in controls_of(house.decide(alone, *asked, recipient="jiguang-push"))
    guarded = house.child(*topics, guarded=True)
    assert isinstance(house.decide(guarded, *asked, recipient="jiguang-push"), Permit)
