# SPDX-License-Identifier: Apache-2.0
"""Each rule by itself: refused for one reason, permitted without its control, and the evidence says so."""

from dataclasses import replace

import pytest

from tests.gate.conftest import NAMES, rulebook
from tests.gate.in_order import NOW, PAPERS, adult, without, world
from upheld import controls, gate
from upheld.errors import BadInput
from upheld.gate import Ask, Denial, Facts, Permit, PersonFacts, RecipientFacts, WorldFacts, topics
from upheld.gate.rules import RULES, Gap
from upheld.gate.values import ALWAYS, Duty, Stop
from upheld.gate.words import REASONS, REMEDIES
from upheld.terms import Act, Actor, Language

PROFILE = Ask(act=Act.COLLECT, purpose="profile", categories=("nickname",))
BIND = Ask(act=Act.COLLECT, purpose="bind-device", categories=("location.precise",), permission="location")
SHARE = Ask(act=Act.SHARE, purpose="affiliate-link", categories=("phone",), recipient="affiliate")
ABROAD = Ask(act=Act.SHARE, purpose="map", categories=("device.network",), recipient="google-maps")
LOOK = Ask(
    act=Act.STAFF_OPEN,
    purpose="support",
    categories=("phone",),
    actor=Actor.STAFF,
    evidence={"reason": "call", "case": "7"},
)
GROUND = Ask(
    act=Act.COLLECT, purpose="profile", categories=("nickname",), ground="legal-duty", evidence={"article": "34"}
)

SIGN_IN = Ask(act=Act.COLLECT, purpose="third-party-login", categories=("outside-profile",), source="outside-accounts")
FAMILY = Ask(act=Act.COLLECT, purpose="family-invite", categories=("other-phone",), declared=True)
BABY = Ask(act=Act.COLLECT, purpose="baby-record", categories=("baby.nickname",))
COOKIE = Ask(act=Act.SET_TRACKER, purpose="tracker.forms")
SEE = Ask(act=Act.USE, purpose="right.access", categories=("phone",))
HAND_ON = Ask(act=Act.TRANSFER, purpose="account", categories=("phone",), recipient="successor")

# what is asked, what is changed about it, the person or the world, and the one thing then in the way
CASES = [
    (PROFILE, {}, {"stops": int(Stop.UNKNOWN_PERSON)}, {}, Gap.PERSON_UNKNOWN),
    (PROFILE, {}, {"stops": int(Stop.RESTRICTED)}, {}, Gap.PERSON_RESTRICTED),
    (PROFILE, {}, {"stops": int(Stop.CANCELLED)}, {}, Gap.PERSON_CANCELLED),
    (PROFILE, {}, {"stops": int(Stop.ERASED)}, {}, Gap.PERSON_ERASED),
    (PROFILE, {}, {"version": 77}, {}, Gap.VERSION_OTHER),
    (PROFILE, {}, {}, {"versions": {}}, Gap.VERSION_NOT_IN_FORCE),
    (PROFILE, {}, {}, {"versions": {1: (NOW + 1, ALWAYS)}}, Gap.VERSION_NOT_IN_FORCE),
    (PROFILE, {}, {}, {"ceased_at": NOW}, Gap.SERVICE_CEASED),
    (PROFILE, {"purpose": "nonsense"}, {}, {}, Gap.PURPOSE_UNDECLARED),
    (PROFILE, {"act": Act.AUTOMATED_DECISION}, {}, {}, Gap.ACT_UNDECLARED),
    (PROFILE, {"categories": ("nickname", "orders")}, {}, {}, Gap.CATEGORY_UNDECLARED),
    (PROFILE, {}, {"without": ["told:notice"]}, {}, Gap.NOT_TOLD),
    (PROFILE, {}, {"without": ["purpose:profile"]}, {}, Gap.CONSENT_MISSING),
    (PROFILE, {}, {"objected": "purpose:profile"}, {}, Gap.OBJECTED),
    (BIND, {}, {"without": ["sensitive:bind-device"]}, {}, Gap.SEPARATE_CONSENT_MISSING),
    (BIND, {}, {"without": ["permission:location"]}, {}, Gap.PERMISSION_MISSING),
    (BIND, {"permission": None}, {"without": ["permission:location"]}, {}, Gap.PERMISSION_MISSING),
    (BIND, {"permission": "camera"}, {}, {}, Gap.SCENE_UNDECLARED),
    (BIND, {"foreground": False}, {}, {}, Gap.BACKGROUND_UNDECLARED),
    (Ask(act=Act.COLLECT, purpose="payouts", categories=()), {}, {"adult": False, "adult_at": NOW + 1}, {}, Gap.CHILD_NOT_ALLOWED),
    (Ask(act=Act.COLLECT, purpose="payouts", categories=()), {}, {"adult": False}, {}, Gap.AGE_UNKNOWN),
    (Ask(act=Act.COLLECT, purpose="account", categories=("phone",)), {"actor": Actor.GUARDIAN}, {}, {}, Gap.GUARDIAN_MISSING),
    (SHARE, {"recipient": "nonsense"}, {}, {}, Gap.RECIPIENT_UNDECLARED),
    (SHARE, {"recipient": None}, {}, {}, Gap.RECIPIENT_UNDECLARED),
    (SHARE, {"categories": ("id-card",)}, {}, {}, Gap.RECIPIENT_NOT_FOR_THIS),
    (SHARE, {"purpose": "account"}, {}, {}, Gap.RECIPIENT_NOT_FOR_THIS),
    (SHARE, {"act": Act.ENTRUST}, {}, {}, Gap.RECIPIENT_NOT_FOR_THIS),
    (SHARE, {"form": "nonsense"}, {}, {}, Gap.FORM_TOO_OPEN),
    (SHARE, {}, {"without": ["share:affiliate"]}, {}, Gap.SHARE_CONSENT_MISSING),
    (SHARE, {}, {}, {"paper": "agreement"}, Gap.AGREEMENT_MISSING),
    (SHARE, {}, {}, {"paper": "assessment"}, Gap.ASSESSMENT_MISSING),
    (ABROAD, {}, {}, {"paper": "security_test"}, Gap.SECURITY_TEST_MISSING),
    (SHARE, {}, {}, {"stopped": True}, Gap.RECIPIENT_STOPPED),
    (SHARE, {"destination": "us"}, {"without": ["abroad:affiliate"]}, {}, Gap.ABROAD),
    (ABROAD, {}, {"without": ["abroad:google-maps"]}, {}, Gap.ABROAD),
    (Ask(act=Act.SHARE, purpose="push-messages", categories=("device.app-list",), recipient="jiguang-push"), {}, {"without": ["share-more:jiguang-push"]}, {}, Gap.SHARE_MORE_CONSENT_MISSING),
    (Ask(act=Act.PUBLISH, purpose="posts", categories=("post.picture",)), {}, {"without": ["publish:posts"]}, {}, Gap.PUBLICATION_CONSENT_MISSING),
    (GROUND, {"evidence": {"article": " "}}, {}, {}, Gap.EVIDENCE_MISSING),
    (GROUND, {"ground": "nonsense"}, {}, {}, Gap.GROUND_UNLISTED),
    (LOOK, {"evidence": {"reason": "call"}}, {}, {}, Gap.STAFF_REASON_MISSING),
    (SIGN_IN, {"source": None}, {}, {}, Gap.SOURCE_UNDECLARED),
    (SIGN_IN, {"source": "nonsense"}, {}, {}, Gap.SOURCE_UNDECLARED),
    (SIGN_IN, {}, {}, {"sources": {}}, Gap.SOURCE_PAPER_MISSING),
    (SIGN_IN, {}, {}, {"sources": {"outside-accounts": {"agreement": (0, NOW)}}}, Gap.SOURCE_PAPER_MISSING),
    (SIGN_IN, {}, {"without": ["source:outside-accounts"]}, {}, Gap.SOURCE_UNLAWFUL),
    (FAMILY, {"declared": False}, {}, {}, Gap.OTHERS_UNDECLARED),
    (BABY, {}, {}, {}, Gap.SUBJECT_OTHER),
    (COOKIE, {"purpose": "tracker.nonsense"}, {}, {}, Gap.TRACKER_UNDECLARED),
    (COOKIE, {"purpose": "search"}, {}, {}, Gap.TRACKER_UNDECLARED),
    (COOKIE, {}, {"without": ["tracker:forms"]}, {}, Gap.TRACKER_CONSENT_MISSING),
    (COOKIE, {}, {"without": ["told:notice"]}, {}, Gap.NOT_TOLD),
    (COOKIE, {"act": Act.USE}, {}, {}, Gap.ACT_UNDECLARED),
    (COOKIE, {"categories": ("phone",)}, {}, {}, Gap.CATEGORY_UNDECLARED),
    (COOKIE, {"ground": "legal-duty"}, {}, {}, Gap.GROUND_UNLISTED),
    (COOKIE, {"recipient": "umeng"}, {}, {}, Gap.RECIPIENT_UNDECLARED),
    (COOKIE, {"source": "outside-accounts"}, {}, {}, Gap.SOURCE_UNDECLARED),
    (COOKIE, {"permission": "location"}, {}, {}, Gap.SCENE_UNDECLARED),
    (COOKIE, {"destination": "us"}, {}, {}, Gap.ABROAD),
    (SEE, {"act": Act.SHARE}, {}, {}, Gap.ACT_UNDECLARED),
    (SEE, {"categories": ("nonsense",)}, {}, {}, Gap.CATEGORY_UNDECLARED),
    (SEE, {"recipient": "affiliate"}, {}, {}, Gap.RECIPIENT_UNDECLARED),
    (SEE, {"source": "outside-accounts"}, {}, {}, Gap.SOURCE_UNDECLARED),
    (SEE, {"permission": "location"}, {}, {}, Gap.SCENE_UNDECLARED),
    (SEE, {"ground": "legal-duty"}, {}, {}, Gap.GROUND_UNLISTED),
    (HAND_ON, {}, {"without": ["transfer:successor"]}, {"successor": (0, NOW)}, Gap.SUCCESSOR_UNBOUND),
]  # fmt: skip
IDS = [f"{case[0].act}-{case[4].name}-{number}" for number, case in enumerate(CASES)]


def facts_of(book, person, changed):
    """Turn a case's words into facts."""
    person, changed = dict(person), dict(changed)
    if "without" in person:
        person["held"] = without(book, *person.pop("without"))
    if isinstance(person.get("objected"), str):
        person["objected"] = book.bits[person["objected"]]
    recipients = {name: RecipientFacts(papers=PAPERS) for name in book.policy.recipients}
    if "paper" in changed:
        lost = changed.pop("paper")
        papers = {name: dates if name != lost else (0, NOW) for name, dates in PAPERS.items()}
        recipients = {name: RecipientFacts(papers=papers) for name in recipients}
    if changed.pop("stopped", False):
        recipients = {name: RecipientFacts(papers=PAPERS, stopped=True) for name in recipients}
    return Facts(adult(book, **person), world(book, recipients=recipients, **changed))


@pytest.mark.parametrize(
    "ask",
    [PROFILE, BIND, SHARE, ABROAD, LOOK, GROUND, SIGN_IN, FAMILY, COOKIE, SEE, HAND_ON],
    ids=["profile", "bind", "share", "abroad", "look", "ground", "sign-in", "family", "cookie", "see", "hand-on"],
)
def test_what_is_in_order_is_permitted(ask):
    """With every fact there, the act may be done, and the permit says on what."""
    book = rulebook()
    answer = gate.decide(book, Facts(adult(book), world(book)), ask, NOW)
    assert isinstance(answer, Permit)
    assert answer.clauses
    assert {obligation.duty for obligation in answer.obligations} >= {Duty.LOG}


@pytest.mark.parametrize(("ask", "asked", "person", "changed", "gap"), CASES, ids=IDS)
def test_one_fact_missing_is_one_reason(ask, asked, person, changed, gap):
    """The one thing in the way is named, with its control and its clause."""
    book = rulebook()
    answer = gate.decide(book, facts_of(book, person, changed), replace(ask, **asked), NOW)
    assert isinstance(answer, Denial)
    assert {reason.code for reason in answer.reasons} == {gap.name.lower()}
    assert answer.reasons[0].clause
    assert answer.reasons[0].control in controls.CONTROLS


@pytest.mark.parametrize(("ask", "asked", "person", "changed", "gap"), CASES, ids=IDS)
def test_without_its_control_exactly_that_rule_is_gone(ask, asked, person, changed, gap):
    """Taken out, a control denies nothing; what it would have seen is observed all the same."""
    rule = next(rule for rule in RULES if rule.gap is gap)
    with controls.without(rule.control):
        book = gate.compile(rulebook().policy)
    answer = gate.decide(book, facts_of(book, person, changed), replace(ask, **asked), NOW)
    if gap is Gap.GROUND_UNLISTED or isinstance(answer, Permit):
        assert isinstance(answer, Permit)
    assert answer.observed[rule.seen_as] is rule.seen
    assert gap.name.lower() not in {r.code for r in getattr(answer, "reasons", ())}
    lacking = {r.gap for r in RULES if not book.enforced & r.gap}
    assert lacking == {r.gap for r in RULES if r.control == rule.control}


def test_every_gap_is_tried_by_itself():
    """No rule goes without a case of its own."""
    tried = {case[4] for case in CASES}
    assert {rule.gap for rule in RULES} - tried == {Gap.GUARDIAN_CONSENT_MISSING, Gap.GUARDIAN_MAY_NOT}


def test_every_gap_has_one_rule_and_words():
    """Each gap is a rule with a known control, and is said in both languages."""
    assert {rule.gap for rule in RULES} == set(Gap) == set(REASONS)
    assert all(rule.control in controls.CONTROLS for rule in RULES)
    assert all(en and zh for en, zh in (*REASONS.values(), *REMEDIES.values()))


def test_a_refused_extended_function_leaves_basic_whole():
    """Who refuses every extended function and purpose still has all basic functions."""
    book = rulebook()
    extended = [topics.purpose(n) for n, f in book.policy.functions.items() if f.tier == "extended"]
    facts = Facts(adult(book, held=without(book, *extended)), world(book))
    for name, function in book.policy.functions.items():
        ask = Ask(act=Act.USE, purpose=name, categories=tuple(function.collects))
        assert isinstance(gate.decide(book, facts, ask, NOW), Permit) is (function.tier == "basic")


def test_a_child_needs_its_guardian_for_everything_the_policy_says():
    """A child's own consent is not enough; the guardian's is, while the guardian stands."""
    book = rulebook()
    everything = sum(book.bits.values())
    child = adult(book, adult=False, adult_at=NOW + 10)
    codes = [r.code for r in gate.decide(book, Facts(child, world(book)), PROFILE, NOW).reasons]
    assert codes == ["guardian_missing", "guardian_consent_missing"]
    guarded = replace(child, guardian_held=everything, guardian_until=NOW + 5)
    assert isinstance(gate.decide(book, Facts(guarded, world(book)), PROFILE, NOW), Permit)
    assert isinstance(gate.decide(book, Facts(guarded, world(book)), PROFILE, NOW + 5), Denial)
    assert isinstance(gate.decide(book, Facts(child, world(book)), PROFILE, NOW + 10), Permit)
    with controls.without("children.guardian_needed"):
        open_book = gate.compile(book.policy)
    permit = gate.decide(open_book, Facts(child, world(book)), PROFILE, NOW)
    assert isinstance(permit, Permit)
    assert (permit.observed["age"], permit.observed["guardian"]) == ("child", False)


def test_an_unknown_age_is_no_adult():
    """Until the age is known a function that treats the unknown as children needs the guardian."""
    book = rulebook()
    unknown = adult(book, adult=False)
    assert isinstance(gate.decide(book, Facts(unknown, world(book)), PROFILE, NOW), Denial)
    with controls.without("children.age_unknown_is_not_adult"):
        open_book = gate.compile(book.policy)
    permit = gate.decide(open_book, Facts(unknown, world(book)), PROFILE, NOW)
    assert isinstance(permit, Permit)
    assert permit.observed["age"] == "unknown"


def test_rights_go_on_when_all_else_stops():
    """Restricted, cancelled, ceased, without any consent: a person still sees and corrects the data."""
    book = rulebook()
    person = adult(book, held=0, stops=int(Stop.RESTRICTED | Stop.CANCELLED))
    ended = world(book, ceased_at=0, versions={})
    see = Ask(act=Act.USE, purpose="right.access", categories=tuple(book.policy.categories))
    assert isinstance(gate.decide(book, Facts(person, ended), see, NOW), Permit)
    correct = Ask(act=Act.COLLECT, purpose="right.correction", categories=("nickname",))
    assert isinstance(gate.decide(book, Facts(person, ended), correct, NOW), Permit)
    assert isinstance(gate.decide(book, Facts(person, ended), replace(correct, purpose="right.access"), NOW), Denial)
    unlisted = [
        r.code for r in gate.decide(book, Facts(person, ended), replace(see, purpose="right.nonsense"), NOW).reasons
    ]
    assert "purpose_undeclared" in unlisted


def test_a_guardian_uses_the_rights_that_are_listed():
    """A guardian sees a child's data, and does not restrict it, since the policy lists the one and not the other."""
    book = rulebook()
    child = adult(book, adult=False, adult_at=NOW + 10, guardian_until=NOW + 5)
    see = Ask(act=Act.USE, purpose="right.access", categories=("phone",), actor=Actor.GUARDIAN)
    assert isinstance(gate.decide(book, Facts(child, world(book)), see, NOW), Permit)
    answer = gate.decide(book, Facts(child, world(book)), replace(see, purpose="right.explanation"), NOW)
    assert [r.code for r in answer.reasons] == ["guardian_may_not"]


def test_what_a_caller_sends_is_never_repeated():
    """Ids that the policy does not know reach no reason, clause or observation."""
    book = rulebook()
    secret = "13800138000"
    ask = Ask(
        act=Act.SHARE, purpose=secret, categories=(secret,), recipient=secret, ground=secret, evidence={secret: secret},
        permission=secret, destination=secret, form=secret,
    )  # fmt: skip
    for purpose in (secret, "map"):
        answer = gate.decide(book, Facts(), replace(ask, purpose=purpose), NOW)
        said = [(r.code, r.clause, r.control) for r in answer.reasons]
        assert secret not in repr((said, dict(answer.observed)))
    assert not any(secret in str(shape) for shape in book.plans)


def test_a_topic_without_a_bit_does_not_compile():
    """A rulebook whose topics are not all numbered is refused, rather than one that never finds a consent."""
    with pytest.raises(BadInput):
        gate.compile(rulebook().policy, topics={"told:notice": 0})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", list(Language))
def test_answers_are_said_in_both_languages(name, language):
    """A denial is one line and one for each reason; a permit says what it rests on."""
    book = rulebook(name)
    purpose = next(iter(book.policy.functions))
    ask = Ask(act=Act.USE, purpose=purpose)
    denial = gate.decide(book, Facts(), ask, NOW)
    assert len(gate.explain(denial, book.policy, language)) == len(denial.reasons) + 1
    permit = gate.decide(book, Facts(adult(book), world(book)), ask, NOW)
    assert f"functions.{purpose}" in gate.explain(permit, book.policy, language)[0]
