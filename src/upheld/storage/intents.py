# SPDX-License-Identifier: Apache-2.0
"""Effects that cross databases: an intent commits first, the effect is idempotent, the outcome commits after.

    with act() as acting:                                  # 1. decided, recorded and intended, together
        intend("vault.destroy_keys", effect_id, facts={"subject": str(subject)}, now=now)
        acting.record(...)
    keys.destroy(...)                                      # 2. the effect, after the commit, idempotent under effect_id
    with act() as acting:                                  # 3. its outcome and the evidence of it
        settle(effect_id, outcome="destroyed", now=now)
        acting.record(...)

An intent without outcome is at risk: it is listed by `unsettled`, and a job takes it up again after a grace with the
function that `resumes` registered for its kind. That function may find the effect done already; it does it again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import models, transaction

from upheld.errors import BadInput, Conflict, NotFound
from upheld.storage.base import BareTable, ErasedBy
from upheld.storage.errors import safe_errors
from upheld.storage.jobs.arguments import Argument, checked
from upheld.storage.jobs.queue import enqueue
from upheld.storage.jobs.registry import Next, Settle, Step, done, job

STORE: Final = "default"
GRACE: Final = timedelta(seconds=30)
"""How long whoever intended may take before a worker does it instead."""
_JOB: Final = "storage.resume_intent"


class EffectIntent(BareTable):
    """An effect outside this database, and what came of it."""

    erased = ErasedBy.PSEUDONYMOUS("opaque ids and names of our own; kept as the record of what was done")

    effect_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=80)
    facts = models.JSONField()
    intended_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["intended_at"], name="intent_at_risk", condition=models.Q(settled_at__isnull=True))
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Intent:
    """What is to be done outside, and under which id."""

    effect_id: UUID
    kind: str
    facts: Mapping[str, Argument]
    intended_at: datetime


Resumer = Callable[[Intent, datetime], str | Callable[[], str]]
"""Does the effect and returns its outcome, or a function that is called with the outcome's transaction and does."""

_resumers: dict[str, Resumer] = {}


def resumes(kind: str) -> Callable[[Resumer], Resumer]:
    """Register the function that takes up intents of a kind."""

    def register(function: Resumer) -> Resumer:
        _resumers[kind] = function
        return function

    return register


def intend(kind: str, effect_id: UUID, *, facts: Mapping[str, Argument], now: datetime) -> Intent:
    """Write an intent down in the caller's transaction; the effect may begin once that has committed.

    Intending the same again returns the intent as it stands.

    Raises:
        BadInput: nobody could resume this kind, or `facts` carry more than ids.
        Conflict: the id stands for another effect.
    """
    if kind not in _resumers:
        raise BadInput(f"nothing is registered to resume intents of kind {kind!r}")
    carried = checked(facts, what="an intent's facts")
    row = EffectIntent(effect_id=effect_id, kind=kind, facts=carried, intended_at=now)
    with safe_errors(), transaction.atomic(using=STORE):
        EffectIntent.objects.bulk_create([row], ignore_conflicts=True)
        standing = EffectIntent.objects.get(effect_id=effect_id)
        if (standing.kind, standing.facts) != (kind, carried):
            raise Conflict("an effect's id stands for one effect; this one stands for another")
        enqueue(_JOB, key=f"intent:{effect_id}", now=now, arguments={"effect": str(effect_id)}, run_at=now + GRACE)
    return _value(standing)


def settle(effect_id: UUID, *, outcome: str, now: datetime) -> None:
    """Write an outcome down in the caller's transaction; the same outcome again changes nothing.

    Raises:
        NotFound: there is no such intent.
        Conflict: it has another outcome.
    """
    with safe_errors():
        open_ones = EffectIntent.objects.filter(effect_id=effect_id, settled_at=None)
        if open_ones.update(outcome=outcome, settled_at=now):
            return
        standing = EffectIntent.objects.filter(effect_id=effect_id).first()
    if standing is None:
        raise NotFound("there is no such intent")
    if standing.outcome != outcome:
        raise Conflict(f"the intent ended as {standing.outcome!r}, {outcome!r} came")


def unsettled(*, before: datetime, limit: int = 1_000) -> list[Intent]:
    """List intents from before a moment that have no outcome: they are at risk."""
    rows = EffectIntent.objects.filter(settled_at=None, intended_at__lt=before).order_by("intended_at", "effect_id")
    return [_value(row) for row in rows[:limit]]


def _value(row: EffectIntent) -> Intent:
    return Intent(effect_id=row.effect_id, kind=row.kind, facts=row.facts, intended_at=row.intended_at)


@job(_JOB, outside=True)
def resume_intent(step: Step) -> Next | Settle:
    """Take up one intent, unless it has its outcome already."""
    row = EffectIntent.objects.get(effect_id=UUID(str(step.arguments["effect"])))
    if row.settled_at is not None:
        return done()
    resumer = _resumers.get(row.kind)
    if resumer is None:
        raise BadInput(f"nothing is registered to resume intents of kind {row.kind!r}")
    came = resumer(_value(row), step.now)

    def write_outcome() -> Next:
        if EffectIntent.objects.filter(effect_id=row.effect_id, settled_at=None).exists():
            settle(row.effect_id, outcome=came if isinstance(came, str) else came(), now=step.now)
        return done()

    return write_outcome
