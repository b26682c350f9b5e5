# SPDX-License-Identifier: Apache-2.0
"""Epochs: spans of time whose data keys are wrapped under one provider key.

    rotate(now) ── rewrap_step(limit) until it returns 0 ── retire(now): the old provider key is given up

Each step may be killed and done again, and all of them run while serving: a key is read under whichever epoch wrapped
it. A step locks the keys it rewraps, so a key destroyed meanwhile stays destroyed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Protocol
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Count

from upheld.crypto.rewrapping import rewrap_many
from upheld.crypto.wrapping import WrapContext
from upheld.errors import Conflict
from upheld.keys.faults import ProviderUnfit
from upheld.keys.models import KeyEpoch, PersonKey
from upheld.keys.providers import Provider, provider
from upheld.keys.values import EpochState
from upheld.storage.errors import Duplicate, retried, safe_errors

STORE: Final = "keys"
RETIRE_AFTER: Final = timedelta(hours=1)
"""How long a closed epoch waits: no transaction that began under it lives so long."""

_Row = tuple[UUID | str, bytes, bytes, str, int, bytes]
"""Key id as stored, its bytes, the data subject's, clause and period as they are bound, epoch, wrapped key."""


def context(*, key_id: UUID, epoch: int, data_subject_id: UUID, clause: str, period: str) -> WrapContext:
    """Return what a wrapped key is bound to."""
    place = f"{clause}@{period}" if period else clause
    return WrapContext(key_id=key_id, epoch=epoch, data_subject_id=data_subject_id, clause=place)


class AnyEpoch(Protocol):
    """An epoch, as a row or as a value read with a key."""

    @property
    def number(self) -> int:
        """How-manieth it is."""
        ...

    @property
    def provider(self) -> str:
        """Whose key it has."""
        ...

    @property
    def provider_key_ref(self) -> str:
        """What the provider calls it."""
        ...

    @property
    def is_retired(self) -> bool:
        """Whether its provider key was given up."""
        ...


def provider_key(epoch: AnyEpoch) -> bytes:
    """Return the key that an epoch's data keys are wrapped under.

    Raises:
        ProviderUnfit: the epoch is retired, or belongs to a provider that is not configured.
    """
    if epoch.is_retired:
        raise ProviderUnfit(f"the provider key of epoch {epoch.number} was given up")
    at_hand = provider()
    if at_hand.name != epoch.provider:
        raise ProviderUnfit(
            f"epoch {epoch.number} needs the provider {epoch.provider!r}, {at_hand.name!r} is configured"
        )
    return at_hand.key(epoch.provider_key_ref)


def current(now: datetime) -> KeyEpoch:
    """Return the epoch in force, opening the first one if there is none."""
    found = KeyEpoch.objects.filter(closed_at=None).order_by("-number").first()
    return found or _open(1, provider(), now)


def rotate(*, now: datetime, after: int | None = None) -> int:
    """Close the epoch in force and open the next; return its number.

    Keys stay readable throughout. Run `rewrap_step` until it returns 0, then, an hour later, `retire`;
    `upheld.keys.rotation` does all of it as a job.

    Args:
        now: when.
        after: the epoch to be followed; if another is in force already, that one's number is returned.

    Raises:
        Conflict: another process is rotating.
        ProviderUnfit: the provider has no further key.
    """

    def turn() -> int:
        with safe_errors(), transaction.atomic(using=STORE):
            last = KeyEpoch.objects.select_for_update().order_by("-number").first()
            if last is not None and after is not None and last.number != after:
                return last.number
            opened = _open(last.number + 1 if last else 1, provider(), now)
            KeyEpoch.objects.filter(number__lt=opened.number, closed_at=None).update(closed_at=now)
            return opened.number

    return retried(turn, using=STORE)


def _open(number: int, at_hand: Provider, now: datetime) -> KeyEpoch:
    used = list(KeyEpoch.objects.filter(provider=at_hand.name).values_list("provider_key_ref", flat=True))
    ref = at_hand.open_epoch(used=used)
    try:
        with safe_errors(), transaction.atomic(using=STORE):
            return KeyEpoch.objects.create(number=number, provider=at_hand.name, provider_key_ref=ref, opened_at=now)
    except Duplicate:
        if at_hand.name == "file":
            at_hand.give_up(ref)  # made for an epoch that another process opened first; it wrapped nothing
        found = KeyEpoch.objects.filter(number=number, closed_at=None).first()
        if number == 1 and found is not None:
            return found
        raise Conflict("another process is rotating the keys") from None


def rewrap_step(*, limit: int = 1_000) -> int:
    """Wrap up to `limit` keys of older epochs under the one in force, in one transaction; return how many.

    Steps may run in several processes at once. Zero means that none was free to take; call until then.
    """
    newest = KeyEpoch.objects.filter(closed_at=None).order_by("-number").first()
    if newest is None:
        return 0
    target = newest

    def step() -> int:
        with safe_errors(), transaction.atomic(using=STORE):
            rows = _take(target.number, limit)
            _put(_rewrapped(rows, target), target.number)
            return len(rows)

    return retried(step, using=STORE)


def _take(target: int, limit: int) -> list[_Row]:
    """Read and lock keys of the oldest epoch that still has some; plain SQL, for this runs for every key there is."""
    lock = " FOR UPDATE SKIP LOCKED" if _is_postgresql() else ""
    with connections[STORE].cursor() as cursor:
        cursor.execute(
            "SELECT id, data_subject_id, clause, period, epoch, wrapped "  # noqa: S608 - our own table's name
            f"FROM {_table()} WHERE epoch < %s AND destroyed_at IS NULL ORDER BY epoch, id LIMIT %s{lock}",
            [target, limit],
        )
        rows = cursor.fetchall()
    return [(a, _bytes(a), _bytes(b), f"{c}@{d}" if d else c, e, bytes(f)) for a, b, c, d, e, f in rows]


def _bytes(stored: UUID | str) -> bytes:
    """Return the bytes of an id as PostgreSQL (uuid) or SQLite (32 hexadecimal digits) stores it."""
    return stored.bytes if isinstance(stored, UUID) else bytes.fromhex(stored)


def _rewrapped(rows: Sequence[_Row], target: KeyEpoch) -> list[tuple[bytes, UUID | str]]:
    new = provider_key(target)
    done: list[tuple[bytes, UUID | str]] = []
    for number, some in groupby(rows, key=lambda row: row[4]):
        batch = list(some)
        keys = [(key_id, subject, place, wrapped) for _, key_id, subject, place, _, wrapped in batch]
        old = provider_key(KeyEpoch.objects.get(number=number))
        wrapped = rewrap_many(old, new, keys, old_epoch=number, new_epoch=target.number)
        done += zip(wrapped, (row[0] for row in batch), strict=True)
    return done


def _put(done: Sequence[tuple[bytes, UUID | str]], target: int) -> None:
    """Write a step back; the rows are locked, so none was destroyed since it was read."""
    if not done:
        return
    table = _table()
    with connections[STORE].cursor() as cursor:
        if _is_postgresql():
            cursor.execute(
                f"UPDATE {table} SET wrapped = d.wrapped, epoch = %s "  # noqa: S608 - our own table's name
                f"FROM unnest(%s::bytea[], %s::uuid[]) AS d(wrapped, id) WHERE {table}.id = d.id",
                [target, [wrapped for wrapped, _ in done], [key_id for _, key_id in done]],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET wrapped = %s, epoch = %s WHERE id = %s",  # noqa: S608 - our own table's name
                [(wrapped, target, key_id) for wrapped, key_id in done],
            )


def _table() -> str:
    return connections[STORE].ops.quote_name(PersonKey._meta.db_table)  # noqa: SLF001 - Django's documented Meta API


def retire(*, now: datetime) -> list[int]:
    """Give up the provider keys of epochs that were closed an hour ago and wrap no live key; return their numbers.

    From then on every copy of the key store from before the rotation is dead. The date is written first: a crash
    between the two leaves a key file that `retire` removes when it runs again.
    """
    at_hand = provider()
    closed = KeyEpoch.objects.filter(provider=at_hand.name, closed_at__lte=now - RETIRE_AFTER)
    retired: list[int] = []
    for epoch in closed.order_by("number"):
        if PersonKey.objects.filter(epoch=epoch, destroyed_at=None).exists():
            continue
        if epoch.retired_at is None:
            KeyEpoch.objects.filter(number=epoch.number).update(retired_at=now)
            retired.append(epoch.number)
        at_hand.give_up(epoch.provider_key_ref)
    return retired


def epochs() -> list[EpochState]:
    """List the epochs with how many live keys each still wraps."""
    live = dict(PersonKey.objects.filter(destroyed_at=None).values_list("epoch_id").annotate(n=Count("id")))
    return [
        EpochState(
            number=epoch.number,
            provider=epoch.provider,
            live_keys=live.get(epoch.number, 0),
            is_open=epoch.closed_at is None,
            is_retired=epoch.retired_at is not None,
        )
        for epoch in KeyEpoch.objects.order_by("number")
    ]


def prove_provider_key(number: int) -> None:
    """Read the provider key of an epoch, so that a missing one is found before a person needs it.

    Raises:
        ProviderUnfit: it is missing, misshapen or open to others.
    """
    provider_key(KeyEpoch.objects.get(number=number))


def opened_at(number: int) -> datetime:
    """Return when an epoch was opened."""
    return KeyEpoch.objects.values_list("opened_at", flat=True).get(number=number)


def _is_postgresql() -> bool:
    return connections[STORE].vendor == "postgresql"
