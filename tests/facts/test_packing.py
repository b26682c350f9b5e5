# SPDX-License-Identifier: Apache-2.0
"""Packed rows say what was packed, older formats are read, and anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.errors import Broken
from upheld.facts import packing, world
from upheld.facts.world import NO_STAMP, World
from upheld.gate.values import ALWAYS, NOBODY, PersonFacts, RecipientFacts, WorldFacts

INSTANTS = st.integers(-(2**62), 2**62)
MASKS = st.integers(0, 2**300)
LAPSES = st.lists(st.tuples(MASKS, INSTANTS), max_size=4).map(tuple)
PEOPLE = st.builds(
    PersonFacts,
    revision=st.integers(0, 2**62),
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
)

# Written by format 1: version 7 binds, restricted, adult at 1000, guardian until 2000; held bits 0 and 9, the
# guardian's bit 1, bit 0 lapsing at 3000. Format 1 ended with the lapses of the person and knew no objections.
FORMAT_1 = bytes.fromhex(
    "01" "22" "00000007" "00000000000007d0" "00000000000003e8" "00020201" "000102" "0001" "0000000000000bb8" "000101"
)  # fmt: skip
FROM_FORMAT_1 = PersonFacts(
    revision=4, version=7, stops=2, held=0b1000000001, guardian_held=2, lapses=((1, 3000),), adult_at=1000,
    guardian_until=2000,
)  # fmt: skip


@given(PEOPLE)
def test_what_was_packed_is_unpacked(person):
    """Packing loses nothing."""
    assert packing.unpack(packing.pack(person), revision=person.revision) == person


def test_an_older_format_opens_and_is_written_anew():
    """A row of format 1 says the same, and its next writing is of the present format."""
    person = packing.unpack(FORMAT_1, revision=4)
    assert person == FROM_FORMAT_1
    assert packing.pack(person)[0] == packing.FORMAT
    assert packing.unpack(packing.pack(person), revision=4) == FROM_FORMAT_1


@given(PEOPLE, st.data())
def test_a_cut_row_is_refused(person, data):
    """A row that lost its end decides nothing."""
    packed = packing.pack(person)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(Broken):
        packing.unpack(packed[:cut], revision=1)


@pytest.mark.parametrize("packed", [b"", b"\x03" + packing.pack(NOBODY)[1:], b"\x00" * 30, packing.pack(NOBODY) + b"x", b"\x02\xff" + packing.pack(NOBODY)[2:]], ids=["empty", "newer", "zeros", "longer", "unknown-flags"])  # fmt: skip
def test_what_is_no_row_is_refused(packed):
    """Bytes of another format, or with something behind, are broken and not guessed at."""
    with pytest.raises(Broken):
        packing.unpack(packed, revision=1)


def test_a_person_is_some_thirty_bytes():
    """A typical adult with twenty choices fits a small row."""
    person = PersonFacts(version=3, stops=0, held=2**90 - 1, adult=True)
    assert len(packing.pack(person)) <= 45


def test_the_world_is_unpacked_as_packed():
    """Versions, papers, stops, topics and the end of service survive."""
    before = World(
        facts=WorldFacts(
            revision=5,
            versions={1: (0, 9), 2: (9, ALWAYS)},
            recipients={"push": RecipientFacts(papers={"agreement": (1, 2)}, stopped=True)},
            ceased_at=77,
        ),
        documents={1: "a", 2: "b"},
        topics={"told:notice": 0, "purpose:x": 1},
    )
    after = world.unpack(world.pack(before), revision=5, stamp=NO_STAMP)
    assert (after.facts, after.documents, after.topics) == (before.facts, before.documents, before.topics)


@pytest.mark.parametrize("packed", [b"", b"{}", b"[]", b'{"format": 2}', b"\xff"])
def test_what_is_no_world_is_refused(packed):
    """A world that cannot be read decides nothing."""
    with pytest.raises(Broken):
        world.unpack(packed, revision=1, stamp=NO_STAMP)
