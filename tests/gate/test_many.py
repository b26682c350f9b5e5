# SPDX-License-Identifier: Apache-2.0
"""Deciding on many people at once says of each what deciding on that person says."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld import gate, places
from upheld.facts import columns, packing
from upheld.gate import Ask, Facts, Permit, PersonFacts, RecipientFacts, WorldFacts
from upheld.gate.many import Question
from upheld.gate.topics import needed
from upheld.policy import parse
from upheld.terms import Act, Actor

POLICIES = {name: parse(places.POLICIES / f"{name}.yaml").policy for name in ("baby-device", "family-website")}
BOOKS = {name: gate.compile(policy) for name, policy in POLICIES.items()}


def crowd_of(folk, *, words=3):
    return columns.crowd([packing.pack(one) for one in folk], words=words)


ENDS = (0, 5, 10, 2**62)


def some_ask(chance, policy):
    """An ask that names mostly what the policy declares."""
    purpose = chance.choice([*policy.processing, "right.access", "nonsense"])
    recipient = chance.choice([None, *policy.recipients])
    pool = list(policy.recipients[recipient].receives) if recipient else list(policy.categories)
    grounds = [*policy.grounds.collect, *policy.grounds.share, *policy.children.grounds]
    return Ask(
        act=chance.choice([*Act]),
        purpose=purpose,
        categories=tuple(chance.sample(pool, min(len(pool), chance.randrange(3)))),
        actor=chance.choice([*Actor]),
        recipient=recipient,
        ground=chance.choice([None, None, *grounds]),
        evidence=chance.choice([{}, dict.fromkeys([*policy.evidence, "reason", "case"], "x")]),
        permission=chance.choice([None, None, *policy.permissions]),
        foreground=chance.random() < 0.8,
    )


def some_person(chance, width):
    """Facts of somebody: most of them of the version, unstopped and with most topics."""

    def mask():
        return chance.choice([0, (1 << width) - 1, chance.getrandbits(width) | chance.getrandbits(width)])

    def lapses():
        return tuple((chance.getrandbits(width), chance.choice(ENDS)) for _ in range(chance.choice([0, 0, 1, 2])))

    return PersonFacts(
        version=chance.choice([1, 1, 1, 2]),
        stops=chance.choice([0, 0, 0, 0, 1, 2, 4, 8]),
        held=mask(),
        guardian_held=mask(),
        objected=chance.choice([0, 0, mask()]),
        lapses=lapses(),
        guardian_lapses=lapses(),
        adult=chance.random() < 0.5,
        adult_at=chance.choice([None, 3, 8]),
        guardian_until=chance.choice(ENDS),
    )


def some_world(chance, policy):
    """A world with most papers in force."""

    def span():
        return chance.choice([(0, 2**62), (0, 2**62), (4, 9)])

    papers = ("agreement", "assessment", "security_test")
    known = {
        name: RecipientFacts(
            papers={paper: span() for paper in papers if chance.random() < 0.9}, stopped=chance.random() < 0.1
        )
        for name in policy.recipients
    }
    versions = {1: span()} if chance.random() < 0.9 else {}
    return WorldFacts(versions=versions, recipients=known, ceased_at=chance.choice([2**62, 2**62, 6]))


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_many_are_decided_on_as_one_by_one(name, seed):
    policy, book, chance = POLICIES[name], BOOKS[name], random.Random(seed)
    ask, world, now = some_ask(chance, policy), some_world(chance, policy), chance.randrange(12)
    folk = [some_person(chance, len(book.bits)) for _ in range(12)]
    verdicts = Question(book, ask).put_to(crowd_of(folk, words=len(book.bits) // 64 + 1), world, now)
    for row, (one, may) in enumerate(zip(folk, verdicts.permitted, strict=True)):
        answer = gate.decide(book, Facts(one, world), ask, now)
        assert verdicts.answers[int(verdicts.keys[row])] == answer
        assert bool(may) is isinstance(answer, Permit)
    assert sum(verdicts.counts.values()) == len(folk)


MASKS = st.integers(0, 2**150)
INSTANTS = st.integers(-(2**62), 2**62)
LAPSES = st.lists(st.tuples(MASKS, INSTANTS), max_size=3).map(tuple)
FOLK = st.lists(
    st.builds(
        PersonFacts,
        version=st.integers(0, 2**32 - 1),
        stops=st.integers(0, 15),
        held=MASKS,
        guardian_held=MASKS,
        objected=MASKS,
        lapses=LAPSES,
        guardian_lapses=LAPSES,
        adult=st.booleans(),
        adult_at=st.none() | INSTANTS,
        guardian_until=INSTANTS,
    ),
    min_size=1,
    max_size=12,
)


@given(folk=FOLK, words=st.integers(1, 4))
def test_columns_say_what_the_packed_rows_say(folk, words):
    found = crowd_of(folk, words=words)
    within = (1 << 64 * words) - 1

    def whole(column):
        return sum(int(word) << 64 * number for number, word in enumerate(column))

    for row, one in enumerate(folk):
        assert (found.version[row], found.stops[row], found.adult[row]) == (one.version, one.stops, one.adult)
        assert found.guardian_until[row] == one.guardian_until
        assert found.adult_at[row] == (np.iinfo(np.int64).min if one.adult_at is None else one.adult_at)
        for name in ("held", "guardian_held", "objected"):
            assert whole(getattr(found, name)[:, row]) == getattr(one, name) & within
        for name in ("lapses", "guardian_lapses"):
            lapses = getattr(found, name)
            mine = np.flatnonzero(lapses.rows == row)
            said = [(whole(lapses.masks[:, at]), int(lapses.at[at])) for at in mine]
            assert said == [(mask & within, instant) for mask, instant in getattr(one, name)]


@given(folk=FOLK, data=st.data())
def test_a_row_cut_or_lengthened_is_refused(folk, data):
    packed = [packing.pack(one) for one in folk]
    which = data.draw(st.integers(0, len(packed) - 1))
    cut = data.draw(st.integers(0, len(packed[which]) - 1))
    for broken in (packed[which][:cut], packed[which] + b"\0"):
        with pytest.raises(Exception, match="packed row"):
            columns.crowd([*packed[:which], broken, *packed[which + 1 :]], words=3)


def test_a_topic_numbered_after_the_columns_were_read_is_held_by_nobody():
    policy, book = POLICIES["baby-device"], BOOKS["baby-device"]
    ask = gate.Ask(act="use", purpose="profile", categories=("nickname",))
    everything = PersonFacts(version=1, stops=0, held=(1 << 300) - 1, adult=True)
    world = gate.WorldFacts(versions={1: (0, 2**62)})
    bits = {topic: 100 + number for number, topic in enumerate(needed(policy))}
    moved = gate.compile(policy, topics=bits)
    assert not Question(moved, ask).put_to(crowd_of([everything], words=1), world, 5).permitted.any()
    assert Question(book, ask).put_to(crowd_of([everything], words=5), world, 5).permitted.all()
