# SPDX-License-Identifier: Apache-2.0
"""The proof about a policy's decisions: it holds for what is sound, and finds what is not, in words."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from tests.gate.conftest import NAMES, rulebook
from tests.gate.reduced import planted, reduced
from upheld import controls, gate
from upheld.gate import Denial, Facts, RecipientFacts, proving
from upheld.gate.proving import Property, asks, blocks, trial
from upheld.gate.proving.notes import Notes
from upheld.gate.proving.protective import LISTS
from upheld.gate.proving.situations import ALL_STOPS, Worlds, person, subsets, wills
from upheld.gate.proving.trial import Trial
from upheld.gate.proving.words import NARROWINGS, Narrowing
from upheld.gate.reference import Reference
from upheld.gate.values import ALWAYS
from upheld.policy.model.processing import ChildRule
from upheld.terms import Act, LawfulBasis

SMALL = ("bind-device",)
FOR = {
    "gate.separate_consent": "bind-device",
    "gate.source_declared": "third-party-login",
    "children.age_unknown_is_not_adult": "third-party-login",
}
"""The function that shows what a control does, where it is not the account."""


def found(proof):
    """The properties that do not hold."""
    return {verdict.about for verdict in proof.verdicts if not verdict.holds}


def of(proof, about):
    """The verdict on one property."""
    return next(verdict for verdict in proof.verdicts if verdict.about is about)


def test_a_sound_policy_is_proved():
    """Every property holds, each over decisions that were looked at, and each exception is on a written list."""
    proof = proving.prove(reduced(("bind-device", "third-party-login")), drawn=200)
    assert found(proof) == set()
    assert proof.asks > proof.meanings > 100
    assert all(verdict.proved > 100 for verdict in proof.verdicts)
    assert of(proof, Property.REFERENCE).tested >= 400
    for verdict in proof.verdicts:
        assert set(verdict.excepted) <= {one.id for one in LISTS.get(verdict.about, ())}


@pytest.mark.parametrize(
    ("control", "about"),
    [
        ("children.guardian_needed", Property.CHILD),
        ("gate.separate_consent", Property.SENSITIVE),
        ("gate.person_known", Property.UNKNOWN_REFUSED),
        ("gate.purpose_declared", Property.UNKNOWN_REFUSED),
        ("gate.category_declared", Property.UNKNOWN_REFUSED),
        ("gate.recipient_declared", Property.UNKNOWN_REFUSED),
        ("gate.source_declared", Property.UNKNOWN_REFUSED),
        ("gate.tracker_declared", Property.UNKNOWN_REFUSED),
        ("gate.permission_granted", Property.UNKNOWN_REFUSED),
        ("gate.ground_evidence", Property.UNKNOWN_REFUSED),
        ("children.age_unknown_is_not_adult", Property.NARROWING),
        ("gate.consent_needed", Property.REFERENCE),
        ("gate.successor_bound", Property.REFERENCE),
    ],
)
def test_without_a_control_a_property_is_refuted(control, about):
    """A rulebook compiled without a control breaks its property, and is not what the plain reading says."""
    policy = reduced((FOR.get(control, "account"),))
    with controls.without(control):
        book = gate.compile(policy)
    proof = proving.prove(policy, book=book, drawn=0)
    assert about in found(proof)
    assert Property.REFERENCE in found(proof)


def test_the_slow_gate_is_read_with_every_control():
    """What the plain reading finds does not change with the controls in force."""
    book = gate.compile(reduced(SMALL))
    ask = gate.Ask(act=Act.USE, purpose="nonsense")
    with controls.without("gate.purpose_declared"):
        assert "purpose_undeclared" in Reference(book.policy, book.bits, ask).reasons(Facts(), 0)


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"basis": LawfulBasis.LEGAL_DUTY}, Property.SENSITIVE),
        ({"child": ChildRule.ALLOWED}, Property.CHILD),
    ],
)
def test_a_fault_in_a_policy_is_a_counterexample(changes, about):
    """A chosen function is no duty of law, and sensitive data is open to no child alone: no list excepts either."""
    policy = planted(reduced(SMALL), "bind-device", **changes)
    proof = proving.prove(policy, drawn=0)
    assert found(proof) == {about}
    counterexample = of(proof, about).counterexample
    assert counterexample.ask.purpose == "bind-device"
    assert "functions.bind-device" in counterexample.clauses
    english, chinese = zip(*counterexample.said, strict=True)
    assert any("for bind-device (Bind a device)" in line for line in english)
    assert any("functions.bind-device" in line for line in english)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in line) for line in chinese)


def test_a_narrowing_that_permits_is_told_with_before_and_after():
    """The counterexample says what was refused before, what changed, and what is allowed since."""
    policy = reduced(("third-party-login",))
    with controls.without("children.age_unknown_is_not_adult"):
        book = gate.compile(policy)
    counterexample = of(proving.prove(policy, book=book, drawn=0), Property.NARROWING).counterexample
    before = gate.decide(book, counterexample.before, counterexample.ask, 1_000_000)
    after = gate.decide(book, counterexample.facts, counterexample.ask, 1_000_000)
    assert isinstance(before, Denial)
    assert isinstance(after, gate.Permit)
    told = " ".join(line[0] for line in counterexample.said)
    assert told.index("Before.") < told.index("Then ") < told.index("Allowed.")


def inverted(facts):
    """What was granted counts as withdrawn, an objection as none, and lost papers as there: a gate that reads wrongly."""
    person, world = facts.person, facts.world
    at = {paper: (0, ALWAYS) for paper in ("agreement", "assessment", "security_test")}
    recipients = {name: RecipientFacts(papers={} if one.papers else at) for name, one in world.recipients.items()}
    return {
        Narrowing.WITHDRAWING: replace(facts, person=replace(person, held=~person.held)),
        Narrowing.OBJECTING: replace(facts, person=replace(person, objected=~person.objected)),
        Narrowing.LOSING_PAPERS: replace(facts, world=replace(world, recipients=recipients)),
    }


@pytest.mark.parametrize("narrowing", [Narrowing.WITHDRAWING, Narrowing.OBJECTING, Narrowing.LOSING_PAPERS])
def test_a_gate_that_reads_a_fact_the_wrong_way_round_is_refuted(narrowing, monkeypatch):
    """Withdrawing, objecting and losing a paper are found where they permit what was refused."""
    policy = rulebook("baby-device").policy
    book, notes = gate.compile(policy), Notes()
    worlds = Worlds(book.version, {"affiliate": ("agreement", "assessment")}, {})
    act, ask = Act.SHARE, {"categories": ("phone",), "recipient": "affiliate"}
    tried = Trial(policy, book, gate.Ask(act=act, purpose="affiliate-link", **ask), notes)
    right = trial.decide
    for wrong in (False, True):
        if wrong:
            monkeypatch.setattr(trial, "decide", lambda b, facts, *rest: right(b, inverted(facts)[narrowing], *rest))
        blocks.try_wills(tried, worlds.ready, book.version, tried.topics)
        blocks.try_standing(tried, worlds, book.version, tried.topics, tried.objection)
        blocks.try_papers(tried, worlds.receiving["affiliate"], book.version, tried.topics)
        found_against = next(one for one in notes.verdicts() if one.about is Property.NARROWING).counterexample
        assert (found_against is not None) is wrong
    assert f"Then {NARROWINGS[narrowing][0]}." in {english for english, _ in found_against.said}


def test_a_decision_that_fails_or_says_nothing_is_no_answer(monkeypatch):
    """An error in a decision, and a denial without a reason, break the first property and end no proof."""

    def breaks(*_):
        raise ZeroDivisionError

    for decide in (breaks, lambda *_: Denial(reasons=())):
        monkeypatch.setattr(trial, "decide", decide)
        proof = proving.prove(reduced(("account",)), drawn=0)
        assert Property.TOTAL in found(proof)


def test_the_same_seed_draws_the_same():
    """A proof can be had again."""
    first, again = (proving.prove(reduced(("account",)), drawn=50, seed=5) for _ in range(2))
    assert first == again
    generators = Random(5), Random(5), Random(6)
    declared = asks.Declared(rulebook().policy)
    one, same, another = ([asks.drawn(declared, generator) for _ in range(20)] for generator in generators)
    assert one == same != another


@pytest.mark.parametrize("name", NAMES)
def test_asks_of_the_five_name_what_they_declare(name):
    """Every purpose, right, tracker, recipient and source of each policy is asked about."""
    policy = rulebook(name).policy
    made = list(asks.declared(asks.Declared(policy)))
    assert {*policy.processing, *(f"tracker.{one}" for one in policy.trackers)} <= {ask.purpose for ask in made}
    assert {f"right.{right.value}" for right in policy.rights.requests} <= {ask.purpose for ask in made}
    assert set(policy.recipients) <= {ask.recipient for ask in made}
    assert set(policy.sources) <= {ask.source for ask in made}
    assert set(policy.permissions) <= {ask.permission for ask in made}


@pytest.mark.long
def test_the_rulebook_is_the_reference_over_the_whole_product():
    """On a reduced policy, every combination of everything: the blocks of a proof hide nothing."""
    policy = reduced(SMALL)
    book, notes, meanings = gate.compile(policy), Notes(), set()
    worlds = Worlds(book.version, {n: tuple(p.value for p in r.needs) for n, r in policy.recipients.items()}, {})
    for ask in asks.declared(asks.Declared(policy)):
        tried = Trial(policy, book, ask, notes)
        if tried.meaning() in meanings or tried.is_refused_outright or tried.topics.bit_count() > 2:
            continue
        meanings.add(tried.meaning())
        everything = product(subsets(int(ALL_STOPS)), (0, tried.objection), worlds.standing, wills(tried.topics))
        for stops, objected, (_, world), will in everything:
            tried.permits(Facts(person(book.version, will, stops=stops, objected=objected), world))
    assert len(meanings) > 20
    assert all(verdict.holds for verdict in notes.verdicts())


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_the_five_are_proved_and_agree_on_a_million_asks(name):
    """Every property holds for each of the five, and on 200,000 asks drawn under each both gates say the same."""
    proof = proving.prove(rulebook(name).policy, drawn=200_000, seed=11)
    assert found(proof) == set()
    assert of(proof, Property.REFERENCE).tested >= 400_000
