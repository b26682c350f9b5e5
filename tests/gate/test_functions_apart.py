# SPDX-License-Identifier: Apache-2.0
"""Refusing one thing costs that thing alone; permissions are for their scene; who has no account has a record."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gate.conftest import NAMES, rulebook
from tests.gate.test_rules import BABY, NOW, adult, without, world
from upheld import gate
from upheld.gate import Ask, Denial, Facts, Permit, PersonFacts, topics
from upheld.gate.values import ALWAYS
from upheld.policy.model.processing import Manner
from upheld.terms import Act, Actor, Tier

ACTS = (Act.COLLECT, Act.USE, Act.INFER, Act.KEEP, Act.MESSAGE, Act.PERMISSION, Act.AUTOMATED_DECISION)


def tier(policy, which):
    return [name for name, function in policy.functions.items() if function.tier is which]


def of_extended(book):
    """What a person may say no to without touching a basic function: its topics, those of trackers, of permissions."""
    policy, extended = book.policy, tier(book.policy, Tier.EXTENDED)
    named = [f"{kind}:{name}" for name in extended for kind in ("purpose", "sensitive", "publish")]
    named += [topics.tracker(name) for name in policy.trackers]
    named += [topics.permission(name) for name, its in policy.permissions.items() if set(its.scenes) <= set(extended)]
    return [name for name in named if name in book.bits]


@st.composite
def basics(draw, book):
    """An ask about a basic function: of its own categories, at hand or in the background, by any of those who may."""
    name = draw(st.sampled_from(tier(book.policy, Tier.BASIC)))
    function = book.policy.functions[name]
    known = st.sampled_from([*function.categories] or ["nothing"])
    return Ask(
        act=draw(st.sampled_from(ACTS)),
        purpose=name,
        categories=tuple(draw(st.lists(known, max_size=3, unique=True))),
        actor=draw(st.sampled_from([Actor.SELF, Actor.GUARDIAN, Actor.SERVICE])),
        permission=draw(st.sampled_from([None, *function.permissions])),
        foreground=draw(st.booleans()),
        source=draw(st.sampled_from([None, *book.policy.sources])),
        declared=draw(st.booleans()),
    )


@st.composite
def people(draw, book):
    """Anybody: of any age, guarded or not, with any choices of their own and of a guardian."""
    some = st.sets(st.sampled_from(sorted(book.bits))).map(lambda chosen: sum(book.bits[one] for one in chosen))
    band = draw(st.sampled_from(["adult", "child", "unknown"]))
    return PersonFacts(
        version=book.version,
        stops=0,
        held=draw(st.one_of(st.just(sum(book.bits.values())), some)),
        guardian_held=draw(st.one_of(st.just(sum(book.bits.values())), some)),
        adult=band == "adult",
        adult_at=NOW + 10 if band == "child" else None,
        guardian_until=draw(st.sampled_from([0, ALWAYS])),
    )


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_basic_function_waits_for_an_extended_one(name, data):
    """Whatever of the extended functions is refused, and by whomever, every basic function answers as before."""
    book = rulebook(name)
    ask, person = data.draw(basics(book)), data.draw(people(book))
    dropped = data.draw(st.sets(st.sampled_from(of_extended(book)), min_size=1))
    lost = sum(book.bits[one] for one in dropped)
    after = replace(person, held=person.held & ~lost, guardian_held=person.guardian_held & ~lost)
    before, then = (gate.decide(book, Facts(one, world(book)), ask, NOW) for one in (person, after))
    assert before == then


@pytest.mark.parametrize("name", NAMES)
def test_the_extended_functions_do_wait(name):
    """The same refusals close what they are about, so that the property above speaks of something."""
    book = rulebook(name)
    closed = 0
    for purpose in tier(book.policy, Tier.EXTENDED):
        asked = Ask(act=Act.USE, purpose=purpose)
        given_all = gate.decide(book, Facts(adult(book), world(book)), asked, NOW)
        refused = adult(book, held=without(book, f"purpose:{purpose}"))
        if isinstance(given_all, Permit):
            assert isinstance(gate.decide(book, Facts(refused, world(book)), asked, NOW), Denial), purpose
            closed += 1
    assert closed


# --- permissions, at the scene and no other


def behind(policy):
    """Every (permission, scene, category) that the device is asked for."""
    return [
        (name, scene, category)
        for name, permission in policy.permissions.items()
        for scene in permission.scenes
        for category in permission.gives
        if scene in policy.functions
        and category in policy.functions[scene].categories
        and policy.functions[scene].manner is not Manner.RECEIVED
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_permission_is_for_its_scene_and_ends_with_it(name):
    """Asked for where the policy says and nowhere else; without it what lies behind it is not read."""
    book = rulebook(name)
    everything = Facts(adult(book), world(book))
    for permission, scene, category in behind(book.policy):
        ask = Ask(act=Act.COLLECT, purpose=scene, categories=(category,), permission=permission, declared=True)
        missing = Facts(adult(book, held=without(book, f"permission:{permission}")), world(book))
        assert "permission_missing" not in codes(gate.decide(book, everything, ask, NOW))
        assert "permission_missing" in codes(gate.decide(book, missing, ask, NOW)), (permission, scene)
        for other in set(book.policy.functions) - set(book.policy.permissions[permission].scenes):
            elsewhere = Ask(act=Act.PERMISSION, purpose=other, permission=permission)
            assert "scene_undeclared" in codes(gate.decide(book, everything, elsewhere, NOW)), (permission, other)


def codes(answer):
    return {reason.code for reason in answer.reasons} if isinstance(answer, Denial) else set()


# --- a represented child has no account, and a record of its own


@pytest.fixture
def baby():
    book = rulebook()
    choices = [
        topics.NOTICE,
        "purpose:baby-record",
        *(["sensitive:baby-record"] * ("sensitive:baby-record" in book.bits)),
    ]
    by_guardian = sum(book.bits[one] for one in choices)
    return PersonFacts(
        version=book.version, stops=0, guardian_held=by_guardian, adult_at=NOW + 10, guardian_until=ALWAYS
    )


def test_a_represented_child_rests_on_its_guardian_alone(baby):
    """What the guardian chose permits; what the child would have said, or a guardian who left, does not."""
    book = rulebook()

    def answer(person):
        return gate.decide(book, Facts(person, world(book)), BABY, NOW)

    assert isinstance(answer(baby), Permit)
    own = replace(baby, held=baby.guardian_held, guardian_held=0)
    assert "guardian_consent_missing" in codes(answer(own))
    assert "guardian_missing" in codes(answer(replace(baby, guardian_until=NOW)))
    assert "subject_other" in codes(answer(adult(book)))
    assert answer(replace(baby, adult_at=NOW)) != answer(baby)
