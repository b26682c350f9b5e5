# SPDX-License-Identifier: Apache-2.0
"""What holds for everyone, packed and unpacked: versions, recipients and their papers, topics, the end of service.

The packed form is JSON with a format number: it is small, read once for each change in each process, and easy to
inspect. Integers are instants in seconds; `null` ends are never written, `ALWAYS` is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, TypedDict, cast
from uuid import UUID

import orjson

from upheld.errors import Broken
from upheld.gate.values import ALWAYS, NEVER, RecipientFacts, WorldFacts

FORMAT: Final = 2
"""Version 1 knew no sources and no successor; it is still read, and written anew by the next change."""
NO_STAMP: Final = UUID(int=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What holds for everyone.

    Args:
        stamp: id of the last cause; equal stamps mean equal worlds.
        facts: the part that decisions rest on.
        documents: version -> SHA-256 of the policy as published.
        topics: topic -> number of its bit.
    """

    stamp: UUID = NO_STAMP
    facts: WorldFacts = field(default_factory=WorldFacts)
    documents: Mapping[int, str] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    topics_digest: str = sha256(b"").hexdigest()  # of no topics

    def with_facts(self, facts: WorldFacts) -> "World":
        """Return this world with other facts."""
        return replace(self, facts=facts)


class _Recipient(TypedDict):
    papers: dict[str, list[int]]
    stopped: bool


class _Packed(TypedDict):
    format: int
    versions: dict[str, list[int]]
    documents: dict[str, str]
    recipients: dict[str, _Recipient]
    sources: dict[str, dict[str, list[int]]]
    successor: list[int]
    topics: list[str]
    ceased_at: int


def pack(world: World) -> bytes:
    """Return a world as bytes of the present format."""
    packed: _Packed = {
        "format": FORMAT,
        "versions": {str(seq): list(dates) for seq, dates in world.facts.versions.items()},
        "documents": {str(seq): digest for seq, digest in world.documents.items()},
        "recipients": {
            name: {"papers": {paper: list(dates) for paper, dates in known.papers.items()}, "stopped": known.stopped}
            for name, known in world.facts.recipients.items()
        },
        "sources": {
            name: {paper: list(dates) for paper, dates in papers.items()}
            for name, papers in world.facts.sources.items()
        },
        "successor": list(world.facts.successor),
        "topics": sorted(world.topics, key=world.topics.__getitem__),
        "ceased_at": world.facts.ceased_at,
    }
    return orjson.dumps(packed, option=orjson.OPT_SORT_KEYS)


def unpack(packed: bytes, *, revision: int, stamp: UUID) -> World:
    """Return the world that bytes say.

    Raises:
        Broken: the bytes are not a packed world.
    """
    try:
        found = cast("_Packed", orjson.loads(packed))
        if found["format"] not in {1, FORMAT}:
            raise Broken(f"expected a packed world of format 1 or {FORMAT}, format {found['format']} came")
        if found["format"] == 1:
            found = cast("_Packed", {**found, "sources": {}, "successor": [NEVER, NEVER]})
        return _world(found, revision, stamp)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise Broken("the packed world cannot be read") from error


def _world(found: _Packed, revision: int, stamp: UUID) -> World:
    recipients = {
        name: RecipientFacts(
            papers={paper: (dates[0], dates[1]) for paper, dates in known["papers"].items()}, stopped=known["stopped"]
        )
        for name, known in found["recipients"].items()
    }
    return World(
        stamp=stamp,
        facts=WorldFacts(
            revision=revision,
            versions={int(seq): (dates[0], dates[1]) for seq, dates in found["versions"].items()},
            recipients=recipients,
            sources={
                name: {paper: (dates[0], dates[1]) for paper, dates in papers.items()}
                for name, papers in found["sources"].items()
            },
            successor=(found["successor"][0], found["successor"][1]),
            ceased_at=found["ceased_at"],
        ),
        documents={int(seq): digest for seq, digest in found["documents"].items()},
        topics={name: bit for bit, name in enumerate(found["topics"])},
        topics_digest=sha256("\n".join(found["topics"]).encode()).hexdigest(),
    )


def with_version(world: World, seq: int, digest: str, starts: int) -> World:
    """Return a world in which a version applies from an instant."""
    facts = replace(world.facts, versions={**world.facts.versions, seq: (starts, ALWAYS)})
    return replace(world, facts=facts, documents={**world.documents, seq: digest})


def without_version(world: World, seq: int, ends: int) -> World:
    """Return a world in which a version applies no more from an instant."""
    starts = world.facts.versions[seq][0]
    return world.with_facts(replace(world.facts, versions={**world.facts.versions, seq: (starts, ends)}))


def with_paper(world: World, recipient: str, paper: str, dates: tuple[int, int]) -> World:
    """Return a world in which a recipient's paper holds between two instants."""
    known = world.facts.recipients.get(recipient, RecipientFacts())
    return _with_recipient(world, recipient, replace(known, papers={**known.papers, paper: dates}))


def with_stop(world: World, recipient: str, *, stopped: bool) -> World:
    """Return a world in which a recipient is stopped, or is no more."""
    known = world.facts.recipients.get(recipient, RecipientFacts())
    return _with_recipient(world, recipient, replace(known, stopped=stopped))


def with_source_paper(world: World, source: str, paper: str, dates: tuple[int, int]) -> World:
    """Return a world in which a source's paper holds between two instants."""
    papers = {**world.facts.sources.get(source, {}), paper: dates}
    return world.with_facts(replace(world.facts, sources={**world.facts.sources, source: papers}))


def with_successor(world: World, dates: tuple[int, int]) -> World:
    """Return a world in which whoever takes the product over is bound by the policy between two instants."""
    return world.with_facts(replace(world.facts, successor=dates))


def with_cessation(world: World, at: int) -> World:
    """Return a world in which the service ends at an instant."""
    return world.with_facts(replace(world.facts, ceased_at=at))


def with_topics(world: World, names: list[str]) -> World:
    """Return a world that numbers more topics; numbers in use stay."""
    topics = dict(world.topics)
    for name in names:
        topics.setdefault(name, len(topics))
    return replace(world, topics=topics)


def _with_recipient(world: World, recipient: str, known: RecipientFacts) -> World:
    return world.with_facts(replace(world.facts, recipients={**world.facts.recipients, recipient: known}))
