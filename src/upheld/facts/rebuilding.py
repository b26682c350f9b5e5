# SPDX-License-Identifier: Apache-2.0
"""Compute facts anew from their causes, by asking for each what was said last."""

from uuid import UUID

from upheld.facts import packing
from upheld.facts import world as worlds
from upheld.facts.events import PersonVerb
from upheld.facts.events import WorldVerb as Verb
from upheld.facts.models import WORLD, FactCause, PersonFactsRow, PolicyVersion, Topic, WorldCause, WorldFactsRow
from upheld.facts.rules import Cause, rebuilt
from upheld.facts.world import NO_STAMP, World
from upheld.gate.values import ALWAYS, NEVER, PersonFacts, RecipientFacts, WorldFacts
from upheld.terms import DataSubjectId

_PAPERS = {Verb.AGREE: "agreement", Verb.ASSESS: "assessment", Verb.TEST: "security_test"}

_SOURCE_PAPERS = {Verb.SOURCE_AGREE: "agreement", Verb.SOURCE_CONFIRM: "lawful_origin"}


def person(data_subject_id: DataSubjectId) -> PersonFacts:
    """Return what a person's causes amount to."""
    bits = dict(Topic.objects.values_list("name", "bit"))
    return rebuilt(
        [
            Cause(
                revision=row.revision,
                verb=PersonVerb(row.verb),
                mask=1 << bits[row.topic] if row.topic else 0,
                number=row.number,
                by_guardian=row.by_guardian,
            )
            for row in FactCause.objects.filter(data_subject_id=data_subject_id)
        ]
    )


def rebuild(data_subject_id: DataSubjectId) -> PersonFacts:
    """Write a person's packed row anew, in the caller's transaction, and return what it says."""
    PersonFactsRow.objects.select_for_update().filter(data_subject_id=data_subject_id).first()
    found = person(data_subject_id)
    PersonFactsRow.objects.filter(data_subject_id=data_subject_id).update(
        revision=found.revision, packed=packing.pack(found)
    )
    return found


def world() -> World:
    """Return what the world's causes amount to."""
    causes = list(WorldCause.objects.order_by("revision"))
    last: dict[tuple[str, str], WorldCause] = {(_slot(cause.verb), cause.about): cause for cause in causes}
    named = {about for slot, about in last if slot in {*_PAPERS.values(), "stop"}}
    versions = {row.seq: row for row in PolicyVersion.objects.all()}
    ends = {int(about): cause.ends for (slot, about), cause in last.items() if slot == Verb.WITHDRAW_VERSION}
    starts = {int(about): cause.starts for (slot, about), cause in last.items() if slot == Verb.PUBLISH}
    ceased = last.get((Verb.CEASE, ""))
    succeeded = last.get((Verb.SUCCEED, ""))
    facts = WorldFacts(
        revision=causes[-1].revision if causes else 0,
        versions={seq: (at, ends.get(seq, ALWAYS)) for seq, at in starts.items()},
        recipients={name: _recipient(name, last) for name in named},
        sources=_sources(last),
        successor=(NEVER, NEVER) if succeeded is None else (succeeded.starts, succeeded.ends),
        ceased_at=ALWAYS if ceased is None else ceased.starts,
    )
    stamp: UUID = causes[-1].id if causes else NO_STAMP
    found = World(
        stamp=stamp,
        facts=facts,
        documents={seq: row.sha256 for seq, row in versions.items()},
        topics=dict(Topic.objects.order_by("bit").values_list("name", "bit")),
    )
    return worlds.unpack(worlds.pack(found), revision=facts.revision, stamp=stamp)


def rebuild_world() -> World:
    """Write the packed world anew, in the caller's transaction, and return what it says."""
    WorldFactsRow.objects.select_for_update().filter(id=WORLD).first()
    found = world()
    WorldFactsRow.objects.filter(id=WORLD).update(
        revision=found.facts.revision, stamp=found.stamp, packed=worlds.pack(found)
    )
    return found


def _slot(verb: str) -> str:
    if verb in {Verb.STOP, Verb.RESUME}:
        return "stop"
    return _PAPERS.get(Verb(verb), verb)


def _sources(last: dict[tuple[str, str], WorldCause]) -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for (slot, name), cause in last.items():
        paper = _SOURCE_PAPERS.get(Verb(cause.verb))
        if paper is not None and slot == cause.verb:
            found.setdefault(name, {})[paper] = (cause.starts, cause.ends)
    return found


def _recipient(name: str, last: dict[tuple[str, str], WorldCause]) -> RecipientFacts:
    stop = last.get(("stop", name))
    papers = {paper: last[paper, name] for paper in _PAPERS.values() if (paper, name) in last}
    return RecipientFacts(
        papers={paper: (cause.starts, cause.ends) for paper, cause in papers.items()},
        stopped=stop is not None and stop.verb == Verb.STOP,
    )
