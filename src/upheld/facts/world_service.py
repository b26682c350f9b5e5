# SPDX-License-Identifier: Apache-2.0
"""Change what holds for everyone: versions, recipients and their papers, the end of service.

Like the verbs on persons: in the caller's transaction, row locked, one cause for each change. `from` and `until` are
aware moments; without an end a paper holds until it is replaced.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db import transaction

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.facts import world as worlds
from upheld.facts.events import WorldVerb as Verb
from upheld.facts.models import WORLD, PolicyVersion, Topic, WorldCause, WorldFactsRow
from upheld.facts.rules import end_of
from upheld.facts.world import NO_STAMP, World
from upheld.gate import topics
from upheld.policy import parse

Turn = Callable[[World], World]


def publish_version(document: bytes, *, effective_at: datetime, now: datetime) -> int:
    """Keep a policy file as a version that applies from a moment, and number the topics it brings.

    Returns:
        The version's sequence number, which is the file's own.

    Raises:
        PolicyUnreadable: the document is no policy.
        BadInput: it has no date of update, or would apply before it was updated.
        Conflict: a version with this number or a later one was published before.
    """
    policy = parse(document, "policy.yaml").policy
    if policy.updated is None or effective_at.date() < policy.updated:
        raise BadInput("a version has a date of update, and applies no earlier")
    newest = PolicyVersion.objects.order_by("-seq").values_list("seq", flat=True).first()
    if newest is not None and policy.version <= newest:
        raise Conflict(f"version {newest} was published before; expected a later one, {policy.version} came")
    digest = sha256(document).hexdigest()
    starts = int(effective_at.timestamp())
    seq = policy.version
    number_topics(list(topics.needed(policy)), now=now)
    PolicyVersion.objects.create(
        seq=seq,
        document=document,
        sha256=digest,
        updated_on=policy.updated,
        effective_at=effective_at,
        published_at=now,
    )
    _change(Verb.PUBLISH, now, lambda world: worlds.with_version(world, seq, digest, starts), str(seq), starts)
    return seq


def withdraw_version(seq: int, *, ends_at: datetime, now: datetime) -> None:
    """End a version: from then on it permits nothing, and whoever it binds must be bound to another.

    Raises:
        NotFound: no such version was published.
    """
    if not PolicyVersion.objects.filter(seq=seq).update(withdrawn_at=ends_at):
        raise NotFound(f"no version {seq} of the policy was published")
    ends = int(ends_at.timestamp())
    _change(Verb.WITHDRAW_VERSION, now, lambda world: worlds.without_version(world, seq, ends), str(seq), ends=ends)


def agreement(recipient: str, starts_at: datetime, until: datetime | None, now: datetime) -> None:
    """Record from and until when the agreement with a recipient holds."""
    _paper(Verb.AGREE, "agreement", recipient, starts_at, until, now)


def assessment(recipient: str, starts_at: datetime, until: datetime | None, now: datetime) -> None:
    """Record from and until when the assessment of a recipient holds."""
    _paper(Verb.ASSESS, "assessment", recipient, starts_at, until, now)


def security_test(recipient: str, starts_at: datetime, until: datetime | None, now: datetime) -> None:
    """Record from and until when the security test of a recipient holds."""
    _paper(Verb.TEST, "security_test", recipient, starts_at, until, now)


def source_agreement(source: str, starts_at: datetime, until: datetime | None, now: datetime) -> None:
    """Record from and until when the agreement with a source holds."""
    _source_paper(Verb.SOURCE_AGREE, "agreement", source, starts_at, until, now)


def lawful_origin(source: str, starts_at: datetime, until: datetime | None, now: datetime) -> None:
    """Record from and until when it is confirmed that a source holds its data lawfully."""
    _source_paper(Verb.SOURCE_CONFIRM, "lawful_origin", source, starts_at, until, now)


def bind_successor(starts_at: datetime, until: datetime | None, now: datetime) -> None:
    """Record from and until when whoever takes the product over is bound by the policy."""
    dates = _dates(starts_at, until)
    _change(Verb.SUCCEED, now, lambda world: worlds.with_successor(world, dates), "", *dates)


def stop(recipient: str, now: datetime) -> None:
    """Let a recipient receive nothing, whatever its papers say."""
    _change(Verb.STOP, now, lambda world: worlds.with_stop(world, recipient, stopped=True), recipient)


def resume(recipient: str, now: datetime) -> None:
    """Lift a stop."""
    _change(Verb.RESUME, now, lambda world: worlds.with_stop(world, recipient, stopped=False), recipient)


def cease(at: datetime, now: datetime) -> None:
    """End the service at a moment."""
    instant = int(at.timestamp())
    _change(Verb.CEASE, now, lambda world: worlds.with_cessation(world, instant), starts=instant)


def number_topics(names: list[str], *, now: datetime) -> None:
    """Give each topic that has none the next bit; bits in use stay."""
    world = _locked()
    numbered = worlds.with_topics(world, names)
    fresh = [Topic(bit=bit, name=name) for name, bit in numbered.topics.items() if name not in world.topics]
    Topic.objects.bulk_create(fresh)
    for topic in fresh:
        _change(Verb.TOPIC, now, partial(worlds.with_topics, names=[topic.name]), topic.name, topic.bit)


def _paper(verb: Verb, paper: str, recipient: str, starts_at: datetime, until: datetime | None, now: datetime) -> None:
    dates = _dates(starts_at, until)
    _change(verb, now, lambda world: worlds.with_paper(world, recipient, paper, dates), recipient, *dates)


def _source_paper(
    verb: Verb, paper: str, source: str, starts_at: datetime, until: datetime | None, now: datetime
) -> None:
    dates = _dates(starts_at, until)
    _change(verb, now, lambda world: worlds.with_source_paper(world, source, paper, dates), source, *dates)


def _dates(starts_at: datetime, until: datetime | None) -> tuple[int, int]:
    return int(starts_at.timestamp()), end_of(None if until is None else int(until.timestamp()))


def _change(verb: Verb, now: datetime, turn: Turn, about: str = "", starts: int = 0, ends: int = 0) -> None:
    world = _locked()
    revision = world.facts.revision + 1
    stamp = uuid7(now)
    WorldCause.objects.create(id=stamp, revision=revision, verb=verb, about=about, starts=starts, ends=ends, at=now)
    packed = worlds.pack(turn(world))
    WorldFactsRow.objects.filter(id=WORLD).update(revision=revision, stamp=stamp, packed=packed)


def _locked() -> World:
    if not transaction.get_connection().in_atomic_block:
        raise Conflict("facts change only inside an act, with its evidence")
    rows = WorldFactsRow.objects.select_for_update().filter(id=WORLD)
    row = rows.first()
    if row is None:
        fresh = WorldFactsRow(id=WORLD, revision=0, stamp=NO_STAMP, packed=worlds.pack(World()))
        WorldFactsRow.objects.bulk_create([fresh], ignore_conflicts=True)
        row = rows.get()
    return worlds.unpack(bytes(row.packed), revision=row.revision, stamp=row.stamp)
