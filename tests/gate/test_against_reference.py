# SPDX-License-Identifier: Apache-2.0
"""The fast gate answers as the plain one, and what narrows never permits."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gate.conftest import NAMES, rulebook
from tests.gate.strategies import INSTANTS, asks, packed_person, packed_world, people, worlds
from upheld import gate
from upheld.gate import Denial, Facts, Permit
from upheld.gate.reference import Reference
from upheld.gate.values import Stop
from upheld.terms import Act

EXAMPLES = int(os.environ.get("UPHELD_TEST_EXAMPLES", "100"))
"""For each property; `UPHELD_TEST_EXAMPLES=5000` looks longer."""
SLOW = settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


def near(ask):
    """Topics that may matter to an ask."""
    return [
        topic
        for topic in (
            "told:notice", f"purpose:{ask.purpose}", f"sensitive:{ask.purpose}", f"publish:{ask.purpose}",
            f"share:{ask.recipient}", f"share-more:{ask.recipient}", f"abroad:{ask.recipient}",
            f"permission:{ask.permission}", f"source:{ask.source}", f"tracker:{ask.purpose.removeprefix('tracker.')}",
            "transfer:successor",
        )
    ]  # fmt: skip


def situation(data, name):
    """An ask, a person, a world and an instant."""
    book = rulebook(name)
    others = list(book.policy.recipients), list(book.policy.sources)
    ask = data.draw(asks(book.policy))
    close = [topic for topic in near(ask) if topic in book.bits]
    person = data.draw(people(list(book.bits), close))
    person.version = book.version if person.version == 1 else book.version + 1
    world = data.draw(worlds(*others))
    world.versions = {book.version + seq - 1: dates for seq, dates in world.versions.items()}
    return book, ask, person, world, others, data.draw(INSTANTS)


def answer(book, ask, person, world, others, now):
    """What the gate says."""
    facts = Facts(packed_person(person, book.bits), packed_world(world, *others))
    return gate.decide(book, facts, ask, now)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@SLOW
def test_both_gates_say_the_same(name, data):
    """For any ask, person, world and instant both find the same things in the way."""
    book, ask, person, world, others, now = situation(data, name)
    facts = Facts(packed_person(person, book.bits), packed_world(world, *others))
    expected = Reference(book.policy, book.bits, ask).reasons(facts, now)
    found = gate.decide(book, facts, ask, now)
    codes = {reason.code for reason in found.reasons} if isinstance(found, Denial) else set()
    assert (codes - expected, expected - codes) == (set(), set())
    assert isinstance(found, Permit) is not expected


def test_no_case_of_publishing_is_demanded_of_a_tracker():
    """What cannot be done to a tracker is refused for that alone, by both gates."""
    book = rulebook("jewellery-shop")
    ask = gate.Ask(act=Act.PUBLISH, purpose="tracker.faults", ground="breach")
    facts = Facts(replace(gate.NOBODY, version=book.version, stops=0, held=sum(book.bits.values()), adult=True))
    found = gate.decide(book, facts, ask, 5)
    assert {reason.code for reason in found.reasons} == Reference(book.policy, book.bits, ask).reasons(facts, 5)
    assert "evidence_missing" not in {reason.code for reason in found.reasons}


@given(data=st.data())
@SLOW
def test_the_same_question_has_the_same_answer(data):
    """A rulebook that has answered much says what a fresh one says."""
    book, ask, person, world, others, now = situation(data, "baby-device")
    assert answer(book, ask, person, world, others, now) == answer(
        gate.compile(book.policy), ask, person, world, others, now
    )


def _withdraw(data, person, world):
    topic = data.draw(st.sampled_from(sorted(set(person.given) | set(person.guardian_given) or {"told:notice"})))
    person.given.pop(topic, None)
    person.guardian_given.pop(topic, None)


NARROWING = {
    "withdrawing": _withdraw,
    "restricting": lambda _d, person, _w: setattr(person, "restricted", True),
    "cancelling": lambda _d, person, _w: setattr(person, "cancelled", True),
    "erasing": lambda _d, person, _w: setattr(person, "erased", True),
    "objecting": lambda data, person, _w: person.objected.add(
        data.draw(st.sampled_from(list(rulebook().policy.processing)))
    ),
    "losing the guardian": lambda _d, person, _w: (setattr(person, "guardian_until", 0), person.guardian_given.clear()),
    "losing the papers": lambda _d, _p, world: (world.papers.clear(), world.source_papers.clear()),
    "losing the successor's bond": lambda _d, _p, world: setattr(world, "successor", (0, 0)),
    "stopping recipients": lambda _d, _p, world: world.stopped.update(rulebook().policy.recipients),
    "ceasing": lambda _d, _p, world: setattr(world, "ceased_at", 0),
    "withdrawing the version": lambda _d, _p, world: world.versions.clear(),
}


@pytest.mark.parametrize("narrowing", NARROWING)
@given(data=st.data())
@settings(SLOW, max_examples=EXAMPLES // 2)
def test_what_narrows_never_permits(narrowing, data):
    """After it, what was refused is refused still."""
    book, ask, person, world, others, now = situation(data, "baby-device")
    before = answer(book, ask, person, world, others, now)
    if isinstance(before, Permit):
        return
    NARROWING[narrowing](data, person, world)
    after = answer(book, ask, person, world, others, now)
    assert isinstance(after, Denial)
    assert {reason.code for reason in before.reasons} <= {reason.code for reason in after.reasons}


@given(data=st.data())
@SLOW
def test_an_unknown_version_permits_nothing(data):
    """Whoever is bound by a version that nobody knows is refused, whatever is asked."""
    _, ask, person, world, others, now = situation(data, "baby-device")
    facts = Facts(packed_person(person, rulebook().bits), packed_world(world, *others))
    found = gate.decide(gate.unknown_version(), facts, ask, now)
    assert isinstance(found, Denial)
    assert found.reasons


@given(data=st.data())
@SLOW
def test_erased_people_are_left_alone(data):
    """Nothing at all is done for a person who was erased."""
    book, ask, person, world, others, now = situation(data, "baby-device")
    facts = packed_person(person, book.bits)
    found = gate.decide(book, Facts(replace(facts, stops=int(Stop.ERASED)), packed_world(world, *others)), ask, now)
    assert isinstance(found, Denial)


@given(data=st.data())
@SLOW
def test_a_permit_shows_its_facts(data):
    """What a permit observed says nothing that a denial would rest on, unless a ground or a duty of law stands in."""
    book, ask, person, world, others, now = situation(data, "baby-device")
    found = answer(book, ask, person, world, others, now)
    if isinstance(found, Denial) or ask.ground is not None or ask.act is Act.KEEP:
        return
    assert found.observed.get("consent_given", True)
    assert found.observed.get("category_declared", True)
    assert not found.observed.get("restricted", False)
    assert found.clauses
