# SPDX-License-Identifier: Apache-2.0
"""Asks, people and worlds, likely enough to be permitted that both answers are met."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from upheld.gate import Ask, PersonFacts, RecipientFacts, WorldFacts
from upheld.gate.values import Stop
from upheld.terms import Act, Actor

INSTANTS = st.integers(0, 20)
ENDS = st.one_of(st.just(2**62), INSTANTS)
PAPERS = ("agreement", "assessment", "security_test")
SOURCE_PAPERS = ("agreement", "lawful_origin")


@dataclass
class Person:
    """One person in words."""

    known: bool = True
    version: int = 1
    restricted: bool = False
    cancelled: bool = False
    erased: bool = False
    given: dict[str, int | None] = field(default_factory=dict)  # topic -> when it lapses
    guardian_given: dict[str, int | None] = field(default_factory=dict)
    objected: set[str] = field(default_factory=set)
    age: str = "adult"  # or "child", "unknown"
    adult_at: int = 0
    guardian_until: int = 0


@dataclass
class World:
    """The world in words."""

    versions: dict[int, tuple[int, int]] = field(default_factory=dict)
    papers: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    source_papers: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    successor: tuple[int, int] = (0, 2**62)
    stopped: set[str] = field(default_factory=set)
    ceased_at: int = 2**62


def rarely(draw, one_in=8):
    """True now and then; neither end of the range, which Hypothesis likes best."""
    return draw(st.integers(1, one_in)) == 3


@st.composite
def asks(draw, policy):
    """An ask that names what the policy declares, or now and then something else."""
    trackers = [f"tracker.{name}" for name in (*policy.trackers, "nonsense")]
    received = [purpose for source in policy.sources.values() for purpose in source.purposes]
    purposes = [*policy.processing, *received, *trackers, "right.access", "right.correction", "nonsense"]
    purpose = draw(st.sampled_from(purposes))
    processing = policy.processing.get(purpose)
    usual = [*getattr(processing, "acts", ()), Act.STAFF_OPEN, Act.USE]
    usual += [Act.SHARE] if any(purpose in r.purposes for r in policy.recipients.values()) else []
    usual = [Act.SET_TRACKER] if purpose in trackers else [*usual, Act.TRANSFER] if rarely(draw) else usual
    act = draw(st.sampled_from([*Act] if rarely(draw, 6) else usual))
    recipients = [n for n, r in policy.recipients.items() if purpose in r.purposes] or list(policy.recipients)
    recipient = None
    if act in {Act.SHARE, Act.ENTRUST, Act.TRANSFER, Act.SEND_ABROAD} and not rarely(draw) or rarely(draw):
        recipient = draw(st.sampled_from([*recipients, *recipients, "nonsense"]))
    if act is Act.TRANSFER and rarely(draw, 3):
        recipient = "successor"
    sources = [name for name, one in policy.sources.items() if purpose in one.purposes]
    source = draw(st.sampled_from(sources)) if sources and not rarely(draw, 4) else None
    if rarely(draw, 12):
        source = draw(st.sampled_from([*policy.sources, "nonsense"]))
    tracker = policy.trackers.get(purpose.removeprefix("tracker."))
    pool = list(getattr(processing, "categories", ()) if tracker is None else tracker.collects)
    if source in policy.sources and not rarely(draw, 4):
        pool = list(policy.sources[source].gives)
    if recipient in policy.recipients:
        pool = list(policy.recipients[recipient].receives)
    if rarely(draw) or not pool:
        pool = [*policy.categories, "nonsense"]
    grounds = {g for op in ("collect", "use", "share", "transfer", "publish") for g in getattr(policy.grounds, op)}
    grounds |= set(policy.children.grounds) | set(policy.residency.abroad) | set(policy.publication) | {"nonsense"}
    permissions = list(getattr(processing, "permissions", ())) or list(policy.permissions)
    fields = set(policy.evidence) | {"reason", "case"}
    evidence = (
        {f: "x" for f in fields}
        if not rarely(draw, 4)
        else draw(st.dictionaries(st.sampled_from(sorted(fields)), st.sampled_from(["x", " ", ""])))
    )
    return Ask(
        act=act,
        purpose=purpose,
        categories=tuple(draw(st.lists(st.sampled_from(pool), max_size=3))),
        actor=draw(st.sampled_from([Actor.SELF, Actor.SELF, *Actor])),
        recipient=recipient,
        ground=draw(st.sampled_from(sorted(grounds))) if rarely(draw, 4) else None,
        evidence=evidence,
        permission=draw(st.sampled_from([*permissions, *permissions, "nonsense"]))
        if act is Act.PERMISSION or rarely(draw, 6)
        else None,
        foreground=not rarely(draw),
        destination=draw(st.sampled_from(["cn", "us", "zz"])) if rarely(draw) else None,
        form=draw(st.sampled_from(["identified", "de_identified", "aggregate", "nonsense"])) if rarely(draw) else None,
        source=source,
        declared=not rarely(draw, 3),
    )


def granted(draw, names):
    """Some topics, with when they lapse."""
    missing = set(draw(st.lists(st.sampled_from(names), max_size=6))) if not rarely(draw, 4) else set(names)
    lapsing = set(draw(st.lists(st.sampled_from(names), max_size=3)))
    return {n: (draw(INSTANTS) if n in lapsing else None) for n in names if n not in missing}


@st.composite
def people(draw, names, near=()):
    """A person in words; topics `near` the ask are the ones most often missing."""
    person = Person(
        known=not rarely(draw, 12),
        version=2 if rarely(draw, 12) else 1,
        restricted=rarely(draw, 12),
        cancelled=rarely(draw, 12),
        erased=rarely(draw, 16),
        age=draw(st.sampled_from(["adult", "adult", "child", "unknown"])),
        adult_at=draw(INSTANTS),
        guardian_until=draw(st.one_of(st.just(2**62), INSTANTS)),
    )
    person.given = granted(draw, names)
    person.guardian_given = granted(draw, names)
    for topic in near:
        if rarely(draw, 5):
            person.given.pop(topic, None)
        if rarely(draw, 5):
            person.guardian_given.pop(topic, None)
        if rarely(draw, 12) and topic.startswith("purpose:"):
            person.objected.add(topic.removeprefix("purpose:"))
    return person


def paper(draw):
    """From when until when a paper is in force, mostly always."""
    return (0, 2**62) if not rarely(draw, 5) else (draw(INSTANTS), draw(ENDS))


@st.composite
def worlds(draw, recipients, sources=()):
    """A world in words."""
    world = World(versions={1: (0, 2**62)}, ceased_at=draw(INSTANTS) if rarely(draw, 12) else 2**62)
    if rarely(draw, 10):
        world.versions = draw(st.sampled_from([{}, {1: (5, 15)}, {2: (0, 2**62)}]))
    for name in recipients:
        for one in PAPERS:
            if not rarely(draw, 6):
                world.papers[name, one] = paper(draw)
        if rarely(draw, 12):
            world.stopped.add(name)
    for name in sources:
        for one in SOURCE_PAPERS:
            if not rarely(draw, 4):
                world.source_papers[name, one] = paper(draw)
    world.successor = (0, 0) if rarely(draw, 3) else paper(draw)
    return world


def packed_person(person: Person, bits) -> PersonFacts:
    """The same person as the gate sees them."""
    stops = Stop.NONE
    for flag, there in (
        (Stop.UNKNOWN_PERSON, not person.known), (Stop.RESTRICTED, person.restricted),
        (Stop.CANCELLED, person.cancelled), (Stop.ERASED, person.erased),
    ):  # fmt: skip
        stops |= flag if there else Stop.NONE

    def mask(topics):
        return sum(bits[t] for t in topics)

    def lapses(given):
        return tuple((bits[t], at) for t, at in given.items() if at is not None)

    return PersonFacts(
        version=person.version,
        stops=int(stops),
        held=mask(person.given),
        guardian_held=mask(person.guardian_given),
        objected=mask(f"purpose:{p}" for p in person.objected),
        lapses=lapses(person.given),
        guardian_lapses=lapses(person.guardian_given),
        adult=person.age == "adult",
        adult_at=person.adult_at if person.age == "child" else None,
        guardian_until=person.guardian_until,
    )


def packed_world(world: World, recipients, sources=()) -> WorldFacts:
    """The same world as the gate sees it."""
    return WorldFacts(
        versions=world.versions,
        recipients={
            name: RecipientFacts(
                papers={p: world.papers[name, p] for p in PAPERS if (name, p) in world.papers},
                stopped=name in world.stopped,
            )
            for name in recipients
        },
        sources={
            name: {p: world.source_papers[name, p] for p in SOURCE_PAPERS if (name, p) in world.source_papers}
            for name in sources
        },
        successor=world.successor,
        ceased_at=world.ceased_at,
    )
