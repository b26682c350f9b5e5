# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about ends, categories, permissions and choices."""

import pytest

from tests.promises import trials, trials_acts, versions
from tests.promises.trials import claim, controls_of
from upheld.consent import queries as consents
from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.errors import BadInput
from upheld.gate import Permit
from upheld.terms import Act, Language, LawfulBasis
from upheld.vault import queries as vault_queries

ALONE = "policy.basic_stands_alone"
AT_ONCE = "consent.withdrawal_at_once"
CATEGORY = "gate.category_declared"
CONSENT = "gate.consent_needed"
PERMISSION = "gate.permission_granted"
PURPOSE = "gate.purpose_declared"
SEPARATE = "gate.separate_consent"
TOLD = "gate.told_before_collection"


# --- visitors


@pytest.mark.upholds("S0-044", control="policy.open_to_visitors")
def test_a_visitor_without_an_account_browses_and_searches(house):
    """Who gave no number uses it whole; a version in which it asks for what an account brings cannot be published."""
    visitor = house.person(adult=False)
    house.collect(visitor, "browse", **{"log.browsing": "a search", "network.ip": "192.0.2.7"})
    held = {item.category for item in vault_queries.metadata(visitor, now=house.now)}
    assert held == {"log.browsing", "network.ip"}  # no number, no name: there is no account
    assert isinstance(house.decide(visitor, Act.USE, "browse", "log.browsing"), Permit)
    versions.is_refused_until_put_right(
        house,
        "E414",
        versions.put("functions/browse/collects/phone", "required"),
        versions.put("functions/browse/uses", ["user-name"]),
    )


# --- ends


@pytest.mark.upholds("S0-003", control=PURPOSE)
def test_a_write_without_a_declared_purpose_is_rejected(house):
    """What is written for a declared end is taken, the same for no declared end is not, and none of it is held."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    for purpose in ("", "whatever-comes"):
        assert house.refused(house.collect, person, purpose, nickname="Mimi", of=PURPOSE), purpose
    held = vault_queries.metadata(person, now=house.now)
    assert {item.purpose for item in held} == {"profile"} <= set(house.policy.processing)


@pytest.mark.upholds("S0-011", control="gate.version_in_force")
def test_every_act_rests_on_a_clause_of_the_version_in_force(house):
    """Each permit names its clauses; once the version is retired, the same act is refused."""
    from datetime import timedelta

    from upheld.facts import world_service
    from upheld.storage.acts import act

    person = house.person("purpose:profile")
    for purpose, category in (("profile", "nickname"), ("account", "phone")):
        permit = house.decide(person, Act.COLLECT, purpose, category)
        assert isinstance(permit, Permit)
        assert f"functions.{purpose}" in permit.clauses
    with act() as acting:
        world_service.withdraw_version(1, ends_at=house.now + timedelta(hours=1), now=house.now)
        house._quietly(acting)
    house.later(hours=1)
    retired = house.decide(person, Act.COLLECT, "profile", "nickname")
    assert "gate.version_in_force" in controls_of(retired)


@pytest.mark.parametrize(
    ("category", "purposes"),
    [
        claim("S0-041", "phone", ("account", "service-messages"), control=PURPOSE),
        claim("S0-093", "visit.summary", ("research",), control=PURPOSE),
        claim("S0-124", "mail-clicks", ("mailing",), control=PURPOSE),
    ],
)
def test_data_serves_the_ends_that_the_policy_states(house, category, purposes):
    """An end that the policy does not state reads nothing."""
    found = {"service-messages": Act.MESSAGE}
    person = house.person()
    for purpose in purposes:
        answer = house.decide(person, found.get(purpose, Act.USE), purpose, category)
        assert not controls_of(answer) & {PURPOSE, CATEGORY}, purpose
    for other in ("sell-to-whoever-asks", "train-a-model"):
        assert PURPOSE in controls_of(house.decide(person, Act.USE, other, category))


@pytest.mark.upholds("S0-075", control=PURPOSE)
def test_risk_is_rated_for_protection_alone(house):
    """Rating risk infers and decides; no other end of the policy may, on the same data."""
    person = house.person("purpose:personalisation", "sensitive:risk")
    asked = ("phone", "device.id", "log.operation")
    for act in (Act.INFER, Act.AUTOMATED_DECISION):
        assert isinstance(house.decide(person, act, "risk", *asked), Permit)
        for other in ("personalisation", "research", "mailing", "account"):
            assert PURPOSE in controls_of(house.decide(person, act, other, *asked)), other


@pytest.mark.upholds("S0-079", control=PURPOSE)
def test_an_unstated_end_is_refused_until_a_version_states_it(house):
    """Nobody can even be asked for an end that the policy does not state, and acts for it are refused."""
    person = house.person()
    with pytest.raises(BadInput):
        house.give(person, "purpose:train-a-model")
    assert PURPOSE in controls_of(house.decide(person, Act.USE, "train-a-model", "nickname"))
    house.give(person, "purpose:profile")
    assert isinstance(house.decide(person, Act.USE, "profile", "nickname"), Permit)


@pytest.mark.upholds("S0-185", control=PURPOSE)
def test_files_are_used_for_nothing_else(house):
    """A file opens for the function that its owner uses, and for no other end, staff's included."""
    person = house.person("purpose:files")
    house.collect(person, "files", business__file="aGVsbG8=")
    assert "business.file" in house.open(person, "files", "business.file")
    for end in ("curiosity", "product-planning"):
        assert house.refused(house.open, person, end, "business.file", of=PURPOSE), end
        looked = house.decide(person, Act.STAFF_OPEN, end, "business.file", evidence={"reason": "r", "case": "c"})
        assert PURPOSE in controls_of(looked), end


# --- categories


@pytest.mark.parametrize(
    ("purpose", "others"),
    [
        claim("S0-005", "profile", ("id.number", "payment", "phone"), control=CATEGORY),
        claim("S0-045", "browse", ("phone", "password", "email"), control=CATEGORY),
        claim("S0-053", "posts", ("location.precise", "phone", "birthday"), control=CATEGORY),
        claim("S0-063", "joint-sign-in", ("birthday", "order", "id.number"), control=CATEGORY),
        claim("S0-207", "operation", ("location.precise", "device.mac", "phone"), control=CATEGORY),
    ],
)
def test_a_function_collects_what_it_declares_and_nothing_else(house, purpose, others):
    """An item that the function's list does not name is refused."""
    trials.only_what_is_declared(house, purpose, *others)


@pytest.mark.parametrize(
    ("category", "purposes"),
    [
        claim("S0-026", "id.document", ("identity",), control=CATEGORY),
        claim("S0-031", "payment", ("trade",), control=CATEGORY),
        claim("S0-032", "messages", ("communication",), control=CATEGORY),
    ],
)
def test_a_category_comes_in_by_its_own_functions_alone(house, category, purposes):
    """Every function that does not declare the category is refused it."""
    trials_acts.collected_only_by(house, category, *purposes)


@pytest.mark.upholds("S0-034", control=CATEGORY)
def test_a_record_of_browsing_has_its_end_and_its_purpose(house):
    """Records of browsing come in by browsing alone, each with its purpose and its end a month later."""
    trials_acts.collected_only_by(house, "log.browsing", "browse")
    person = house.person()
    house.collect(person, "browse", log__browsing='{"page": "/"}')
    [held] = vault_queries.metadata(person, now=house.now)
    assert (held.category, held.purpose) == ("log.browsing", "browse")
    assert held.expires_at == house.now.replace(month=7)


@pytest.mark.upholds("S0-048", control=CATEGORY)
def test_what_was_volunteered_serves_what_was_said(house):
    """Interests are read to show the profile and to personalise, and for no other end of the policy."""
    trials_acts.read_only_by(house, "interests", "profile", "personalisation")


@pytest.mark.upholds("S0-022", control=CATEGORY)
def test_business_data_and_personal_data_lie_apart(house):
    """The files' function reads files and no profile; every other end reads no file."""
    trials_acts.read_only_by(house, "business.file", "files")
    person = house.person("purpose:files")
    for category in ("nickname", "phone", "interests"):
        assert CATEGORY in controls_of(house.decide(person, Act.USE, "files", category)), category


@pytest.mark.parametrize(
    ("purpose", "categories"),
    [
        claim("S0-027", "profile", ("shoe-size", "blood-type"), control=CATEGORY),
        claim("S0-028", "account", ("digital-certificate", "system-account"), control=CATEGORY),
        claim("S0-030", "profile", ("health", "heart-rate"), control=CATEGORY),
        claim("S0-035", "operation", ("device.serial", "device.battery"), control=CATEGORY),
        claim("S0-036", "operation", ("device.imei", "device.app-list", "sim.id"), control=CATEGORY),
        claim("S0-038", "support", ("other", "misc"), control=CATEGORY),
    ],
)
def test_what_is_not_named_is_refused(house, purpose, categories):
    """Data that the catalogue does not name is refused at the door until a version declares it."""
    trials_acts.unheard_of(house, purpose, *categories)


@pytest.mark.upholds("S0-017", control=CATEGORY)
def test_every_category_says_whether_it_leads_to_a_person(house):
    """Each category has its class; a field without one is refused."""
    assert all(one.identifies for one in house.policy.categories.values())
    alone = {name for name, one in house.policy.categories.items() if one.identifies == "never"}
    assert alone == {"visit.summary"}
    trials_acts.unheard_of(house, "account", "unclassified")


@pytest.mark.upholds("S0-019", control=SEPARATE)
def test_sensitive_kinds_need_a_separate_consent(house):
    """Identity numbers, payments, deals and whereabouts each need a consent of their own."""
    for purpose, category in (
        ("identity", "id.number"),
        ("trade", "payment"),
        ("trade", "order"),
        ("local-content", "location.precise"),
    ):
        assert house.policy.categories[category].sensitive
        trials.separate_consent_is_needed(house, purpose, category)


# --- choices


@pytest.mark.parametrize(
    ("purpose", "category", "act"),
    [
        claim("S0-004", "profile", "nickname", Act.COLLECT, control=CONSENT),
        claim("S0-052", "posts", "content.text", Act.COLLECT, control=CONSENT),
        claim("S0-062", "joint-sign-in", "partner.profile", Act.COLLECT, control=CONSENT),
        claim("S0-068", "affiliates", "user-name", Act.USE, control=CONSENT),
        claim("S0-080", "personalisation", "log.browsing", Act.USE, control=CONSENT),
        claim("S0-125", "mailing", "mail-clicks", Act.COLLECT, control=CONSENT),
    ],
)
def test_an_optional_end_waits_for_consent(house, purpose, category, act):
    """Each optional end passes with its own consent in force, and neither before nor after."""
    trials.consent_is_needed(house, purpose, category, act)


@pytest.mark.upholds("S0-126", control=AT_ONCE)
def test_leaving_the_mailing_list_ends_its_tracking(house):
    """From the moment somebody leaves, no click and no opening is recorded, from old mail either."""
    trials_acts.withdrawal_is_obeyed(house, "mailing", "mail-clicks", Act.COLLECT)


@pytest.mark.upholds("S0-051", control=CONSENT)
def test_an_extended_function_is_shown_before_its_first_use(house):
    """The first call takes nothing and leads to the question, which says what it is and which data it needs."""
    person = house.person()
    assert house.refused(house.collect, person, "posts", content__text="hello", of=CONSENT)
    assert vault_queries.metadata(person, now=house.now) == []
    [reason] = house.reasons(house.collect, person, "posts", content__text="hello")
    shown = consent.prompt(data_subject_id=person, topic=reason.lifts.split()[1], language=Language.EN, now=house.now)
    assert shown.label == house.policy.functions["posts"].label[Language.EN]
    assert set(shown.categories) == set(house.policy.functions["posts"].collects)
    house.give(person, "purpose:posts")
    house.collect(person, "posts", content__text="hello")


@pytest.mark.upholds("S0-054", control=CONSENT)
def test_a_declined_function_is_closed_and_says_why(house):
    """After a no the function is refused, by its own clause and with what would lift it."""
    person = house.person("purpose:profile")
    house.refuse(person, "purpose:posts")
    reasons = house.reasons(house.collect, person, "posts", content__text="hello")
    assert [(one.control, one.clause, one.lifts) for one in reasons] == [
        (CONSENT, "functions.posts", "give_consent purpose:posts")
    ]
    house.collect(person, "profile", nickname="Mimi")


@pytest.mark.upholds("S0-012", control=TOLD)
def test_nothing_starts_before_the_policy_was_read_and_agreed_to(house):
    """Before agreement an act of the account is refused; the agreement stores version, time and person."""
    from upheld.notices import queries, service

    person = house.person(told=False)
    asked = (Act.COLLECT, "account", "phone")
    assert TOLD in controls_of(house.decide(person, *asked))
    service.shown(viewer_id=person, version=1, language=Language.EN, now=house.now)
    service.acknowledge(data_subject_id=person, version=1, language=Language.EN, now=house.now)
    assert isinstance(house.decide(person, *asked), Permit)
    [agreed] = queries.acknowledgements(person)
    assert (agreed.version, agreed.at, agreed.data_subject_id) == (1, house.now, person)


# --- what a refusal costs


@pytest.mark.parametrize(
    ("refused", "other"),
    [
        claim("S0-040", "mailing", "posts", control=ALONE),
        claim("S0-071", "affiliates", "profile", control=ALONE),
        claim("S0-072", "identity", "profile", control=ALONE),
        claim("S0-074", "identity", "posts", control=ALONE),
    ],
)
def test_refusing_one_thing_leaves_the_rest_whole(house, refused, other):
    """Who refuses an optional function keeps every basic one, and the others that they chose."""
    trials_acts.refusal_costs_only(house, refused, other)


@pytest.mark.upholds("S0-055", control=ALONE)
def test_declining_everything_extended_leaves_every_basic_function(house):
    """With every extended function declined, all basic ones go on, and no version may make them wait for a choice."""
    person = house.person()
    for name, function in house.policy.functions.items():
        if function.tier == "extended":
            house.refuse(person, f"purpose:{name}")
    trials_acts.basics_work(house, person)
    assert "E407" in trials.codes(house, functions={"browse": {"basis": LawfulBasis.CONSENT}})


@pytest.mark.parametrize(
    ("permission", "other"),
    [
        claim("S0-101", "location", "reminders", control=ALONE),
        claim("S0-106", "location", "profile", control=ALONE),
        claim("S0-108", "notifications", "profile", control=ALONE),
        claim("S0-110", "wireless-data", "profile", control=ALONE),
        claim("S0-112", "wlan", "posts", control=ALONE),
        claim("S0-114", "storage", "profile", control=ALONE),
    ],
)
def test_refusing_a_permission_impairs_only_what_lies_behind_it(house, permission, other):
    """What the permission gives stays closed, the person is told so beforehand, and everything else goes on."""
    trials_acts.permission_costs_only(house, permission, other)


# --- permissions


@pytest.mark.parametrize(
    ("permission", "purpose", "category"),
    [
        claim("S0-037", "location", "local-content", "location.precise", control=PERMISSION),
        claim("S0-105", "location", "local-content", "location.precise", control=PERMISSION),
        claim("S0-107", "notifications", "reminders", "push-token", control=PERMISSION),
        claim("S0-109", "wireless-data", "client-network", "device.mac", control=PERMISSION),
        claim("S0-111", "wlan", "client-network", "device.mac", control=PERMISSION),
        claim("S0-113", "storage", "client-storage", "log.operation", control=PERMISSION),
    ],
)
def test_what_lies_behind_a_permission_needs_it_at_its_scene(house, permission, purpose, category):
    """A signal of the device comes in after the permission was granted, for the scene that declares it, until revoked."""
    trials.permission_is_needed(house, permission, purpose, category)


@pytest.mark.parametrize(
    "permission",
    [claim("S0-033", "contacts", control=PERMISSION), claim("S0-099", "camera", control=PERMISSION)],
)
def test_an_unlisted_permission_cannot_be_asked_for(house, permission):
    """A permission that the list does not name is refused at every function."""
    trials_acts.unlisted_permission(house, permission)


@pytest.mark.upholds("S0-100", control=PERMISSION)
def test_a_permission_can_be_turned_off_at_any_time(house):
    """Each of the five gives what it lists while it is on, and nothing from the next use after it was turned off."""
    assert len(house.policy.permissions) == 5
    trials_acts.all_permissions_begin_off(house)


@pytest.mark.upholds("S0-104", control=PERMISSION)
def test_no_permission_is_on_without_an_answer(house):
    """All five are off at first; each is on only from the recorded answer on, given in the device's own dialog."""
    person = house.person("purpose:client-network", "purpose:client-storage", "purpose:reminders")
    answered = Said(method=Method.DEVICE_DIALOG, language=Language.EN)
    for name in ("notifications", "wireless-data", "wlan", "storage"):
        permission = house.policy.permissions[name]
        asked = (Act.COLLECT, permission.scenes[0], permission.gives[0])
        assert PERMISSION in controls_of(house.decide(person, *asked, permission=name)), name
        assert f"permission:{name}" not in {one.topic for one in consents.history(person)}
        consent.grant_permission(data_subject_id=person, permission=name, said=answered, now=house.now)
        assert isinstance(house.decide(person, *asked, permission=name), Permit), name
        assert f"permission:{name}" in {one.topic for one in consents.history(person)}


@pytest.mark.upholds("S0-102", control=PERMISSION)
def test_a_granted_permission_serves_the_function_in_use(house):
    """A granted permission opens nothing while another function is in use, and nothing in the background."""
    person = house.person("purpose:local-content", "sensitive:local-content", "purpose:mailing", "permission:location")
    asked = {"permission": "location"}
    used = house.decide(person, Act.COLLECT, "local-content", "location.precise", **asked)
    assert isinstance(used, Permit)
    for other in ("mailing", "browse", "reminders"):
        elsewhere = house.decide(person, Act.COLLECT, other, "location.precise", **asked)
        assert PERMISSION in controls_of(elsewhere), other
    behind = house.decide(person, Act.COLLECT, "local-content", "location.precise", foreground=False, **asked)
    assert "gate.background_declared" in controls_of(behind)
