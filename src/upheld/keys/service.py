# SPDX-License-Identifier: Apache-2.0
"""Make, load and destroy the keys of people, and find people by identifiers that nobody can read.

A data key belongs to one person, one storage clause and, where the period runs from collection, one month. Destroying
it is the erasure of everything sealed under it. Unwrapped keys are never kept: each transaction loads its own.

The key store is a database of its own, so nothing here commits together with the caller: making a key that the caller
then does not use leaves an unused key, which the next collection uses; destroying one is done under an intent.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from upheld.crypto.blind import blind_index
from upheld.crypto.randomness import token_bytes, uuid7
from upheld.crypto.wrapping import new_data_key, unwrap, wrap
from upheld.errors import Misconfigured
from upheld.keys import reading
from upheld.keys.epochs import STORE, context, current, provider_key
from upheld.keys.faults import AlreadyBound, KeyGone
from upheld.keys.models import BlindIndex, PersonKey
from upheld.keys.values import DataKey, KeyPlace
from upheld.ledger import entries
from upheld.storage.acts import SubjectRef, refer_subjects_with
from upheld.storage.errors import Duplicate, retried, safe_errors
from upheld.terms import DataSubjectId

LOG_CLAUSE: Final = "ledger.reference"
"""The place of the key that links a person to entries of the evidence log; it holds no personal data."""

_NONCE_BYTES: Final = 16
_IN_ONE_STATEMENT: Final = 500
"""Ids in one statement; both databases take more, and gain nothing by it."""


def open_first_epoch(*, now: datetime) -> int:
    """Open the first epoch of a new key store, so that its provider is proven before anyone registers.

    Returns:
        The number of the epoch in force; a store that has one is left as it is.

    Raises:
        ProviderUnfit: the provider can make no key, or its folder is open to others.
    """
    epoch = current(now)
    provider_key(epoch)
    return epoch.number


def data_key(*, data_subject_id: DataSubjectId, clause: str, period: str = "", now: datetime) -> tuple[UUID, DataKey]:
    """Return the live key of a person's storage clause and period, making it if there is none.

    Raises:
        ProviderUnfit: the provider's key is not at hand.
    """
    found = reading.live(data_subject_id, clause, period)
    if found is None:
        return _make(data_subject_id, clause, period, now)
    return found.id, _unwrapped(found)


def _make(data_subject_id: DataSubjectId, clause: str, period: str, now: datetime) -> tuple[UUID, DataKey]:
    epoch = current(now)
    key_id, secret = uuid7(now), new_data_key()
    bound = context(key_id=key_id, epoch=epoch.number, data_subject_id=data_subject_id, clause=clause, period=period)
    row = PersonKey(
        id=key_id,
        data_subject_id=data_subject_id,
        clause=clause,
        period=period,
        epoch=epoch,
        wrapped=wrap(provider_key(epoch), secret, context=bound),
    )
    try:
        with safe_errors(), transaction.atomic(using=STORE):
            row.save(force_insert=True)
    except Duplicate:  # another process made it first
        return data_key(data_subject_id=data_subject_id, clause=clause, period=period, now=now)
    return key_id, DataKey(key_id=key_id, secret=secret)


def _unwrapped(row: PersonKey | reading.LiveKey) -> DataKey:
    bound = context(
        key_id=row.id,
        epoch=row.epoch.number,
        data_subject_id=row.data_subject_id,
        clause=row.clause,
        period=row.period,
    )
    return DataKey(key_id=row.id, secret=unwrap(provider_key(row.epoch), bytes(row.wrapped), context=bound))


def load(key_id: UUID) -> DataKey:
    """Return one key.

    Raises:
        KeyGone: there is no such key, or it was destroyed.
        ProviderUnfit: the provider's key is not at hand.
    """
    found = load_many((key_id,))
    if key_id not in found:
        raise KeyGone("the key is gone: what it sealed is erased")
    return found[key_id]


def load_many(key_ids: Collection[UUID]) -> dict[UUID, DataKey]:
    """Return the keys that are still there, by id; a key that was destroyed is not among them."""
    found: dict[UUID, DataKey] = {}
    for some in _parts(key_ids):
        rows = PersonKey.objects.select_related("epoch").filter(id__in=some, destroyed_at=None)
        found.update((row.id, _unwrapped(row)) for row in rows)
    return found


def places(*, data_subject_id: DataSubjectId) -> list[KeyPlace]:
    """List the keys of a person, destroyed ones too, without unwrapping any."""
    rows = PersonKey.objects.filter(data_subject_id=data_subject_id).defer("wrapped")
    both = [*rows.filter(destroyed_at=None), *rows.filter(destroyed_at__isnull=False)]  # an index for each
    return [
        KeyPlace(key_id=row.id, clause=row.clause, period=row.period, is_destroyed=row.destroyed_at is not None)
        for row in sorted(both, key=lambda row: (row.clause, row.period, row.id))
    ]


def destroy(*, key_ids: Collection[UUID], now: datetime) -> int:
    """Destroy keys for good; return how many were still alive. Doing it again changes nothing.

    The row is overwritten with nothing; what it was wrapped in may linger in the database's own log until `scrub`, and
    in copies of the key store until their epoch's provider key is given up.
    """

    def destroying() -> int:
        with safe_errors(), transaction.atomic(using=STORE):
            alive = (PersonKey.objects.filter(id__in=some, destroyed_at=None) for some in _parts(key_ids))
            return sum(keys.update(wrapped=b"", destroyed_at=now) for keys in alive)

    return retried(destroying, using=STORE)


def scrub() -> None:
    """Make the key store's own files forget destroyed keys; call after a batch, outside any transaction.

    SQLite: the write-ahead log is moved into the file, whose freed bytes are zeroed, and cut to nothing; a reader at
    work may delay that to the next call. PostgreSQL: dead rows are vacuumed; its archived log is the operator's.
    """
    connection = connections[STORE]
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {connection.ops.quote_name(PersonKey._meta.db_table)}")  # noqa: SLF001
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# --- references in the evidence log


def log_key(data_subject_id: DataSubjectId, *, now: datetime) -> DataKey | None:
    """Return the key that links a person to entries of the log, or None once it was destroyed."""
    found = reading.live(data_subject_id, LOG_CLAUSE, "")
    if found is not None:
        return _unwrapped(found)
    destroyed = PersonKey.objects.filter(data_subject_id=data_subject_id, destroyed_at__isnull=False)
    if destroyed.filter(clause=LOG_CLAUSE).exists():
        return None
    return _make(data_subject_id, LOG_CLAUSE, "", now)[1]


def subject_ref(data_subject_id: DataSubjectId, now: datetime) -> SubjectRef:
    """Return how a new entry of the log names a person.

    Once the person's log key was destroyed the reference is made under a key that is thrown away at once: it looks
    like any other and leads to nobody.
    """
    key = log_key(data_subject_id, now=now)
    secret = new_data_key() if key is None else key.secret
    nonce = token_bytes(_NONCE_BYTES).hex()
    return SubjectRef(ref=entries.subject_ref(secret, nonce), nonce=nonce)


refer_subjects_with(subject_ref)


# --- blind indexes


def index(kind: str, normalized: str) -> bytes:
    """Return the blind index of a normalised identifier, under a key apart from every sealing key."""
    secrets = cast("Mapping[str, bytes]", settings.UPHELD["SECRETS"])
    if "index" not in secrets:
        raise Misconfigured("the index key is missing", hint="upheld setup")
    return blind_index(secrets["index"], kind, normalized)


def find(kind: str, normalized: str) -> DataSubjectId | None:
    """Return the person whom an identifier leads to; exact match only."""
    rows = BlindIndex.objects.filter(kind=kind, index=index(kind, normalized))
    found = rows.values_list("data_subject_id", flat=True).first()
    return None if found is None else DataSubjectId(found)


def bind(*, kind: str, normalized: str, data_subject_id: DataSubjectId, now: datetime) -> None:
    """Let an identifier lead to a person; binding it to the same person again changes nothing.

    Raises:
        AlreadyBound: it leads to another person.
    """
    digest = index(kind, normalized)
    row = BlindIndex(id=uuid7(now), kind=kind, index=digest, data_subject_id=data_subject_id)
    try:
        with safe_errors(), transaction.atomic(using=STORE):
            row.save(force_insert=True)
    except Duplicate:
        if not BlindIndex.objects.filter(kind=kind, index=digest, data_subject_id=data_subject_id).exists():
            raise AlreadyBound("the identifier leads to another person already") from None


def unbind(*, data_subject_id: DataSubjectId, kind: str | None = None, normalized: str | None = None) -> int:
    """Take identifiers from a person: one, all of a kind, or all; return how many there were."""
    rows = BlindIndex.objects.filter(data_subject_id=data_subject_id)
    if kind is not None:
        rows = rows.filter(kind=kind)
        if normalized is not None:
            rows = rows.filter(index=index(kind, normalized))
    return rows.delete()[0]


def _parts(key_ids: Iterable[UUID]) -> Iterable[Sequence[UUID]]:
    ids = sorted(set(key_ids))
    return (ids[start : start + _IN_ONE_STATEMENT] for start in range(0, len(ids), _IN_ONE_STATEMENT))
