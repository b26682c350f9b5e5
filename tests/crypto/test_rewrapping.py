# SPDX-License-Identifier: Apache-2.0
"""Many at once are the same as one by one."""

from uuid import UUID, uuid4

import pytest

from upheld.crypto.faults import KeyMalformed, SealBroken
from upheld.crypto.rewrapping import rewrap_many
from upheld.crypto.suites import Suite
from upheld.crypto.wrapping import WrapContext, new_data_key, unwrap, wrap, wrapped_suite

OLD, NEW = b"o" * 32, b"n" * 32


def wrapped(suite=Suite.AES_256_GCM, clause="storage.profile"):
    key_id, subject, secret = uuid4(), uuid4(), new_data_key()
    context = WrapContext(key_id=key_id, epoch=1, data_subject_id=subject, clause=clause)
    return secret, (key_id.bytes, subject.bytes, clause, wrap(OLD, secret, context=context, suite=suite))


def opened(key, row):
    key_id, subject, clause = UUID(bytes=row[0]), UUID(bytes=row[1]), row[2]
    return unwrap(NEW, key, context=WrapContext(key_id=key_id, epoch=2, data_subject_id=subject, clause=clause))


def test_every_key_opens_under_the_new_epoch_and_keeps_its_suite():
    """Both suites and several clauses, in order, each with a nonce of its own."""
    made = [wrapped(suite, clause) for suite in Suite for clause in ("a", "b") for _ in range(3)]
    done = rewrap_many(OLD, NEW, [row for _, row in made], old_epoch=1, new_epoch=2)
    assert [opened(key, row) for key, (_, row) in zip(done, made, strict=True)] == [secret for secret, _ in made]
    assert [wrapped_suite(key) for key in done] == [wrapped_suite(row[3]) for _, row in made]
    assert len({key[2:14] for key in done}) == len(done)
    assert rewrap_many(OLD, NEW, [], old_epoch=1, new_epoch=2) == []


@pytest.mark.parametrize("place", ["id", "subject", "clause", "bytes", "epoch", "length", "version"])
def test_a_key_that_does_not_belong_there_is_refused(place):
    """Moved, altered, or misshapen: the batch stops."""
    _, (key_id, subject, clause, key) = wrapped()
    good = (key_id, subject, clause, key)
    assert len(rewrap_many(OLD, NEW, [good], old_epoch=1, new_epoch=2)) == 1
    bad = {
        "id": (uuid4().bytes, subject, clause, key),
        "subject": (key_id, uuid4().bytes, clause, key),
        "clause": (key_id, subject, "other", key),
        "bytes": (key_id, subject, clause, key[:-1] + bytes((key[-1] ^ 1,))),
        "length": (key_id, subject, clause, key[:-1]),
        "version": (key_id, subject, clause, b"\x09" + key[1:]),
    }.get(place, good)
    with pytest.raises(SealBroken):
        rewrap_many(OLD, NEW, [good, bad], old_epoch=7 if place == "epoch" else 1, new_epoch=2)


def test_provider_keys_have_32_bytes():
    """Both of them."""
    for old, new in ((b"short", NEW), (OLD, b"short")):
        with pytest.raises(KeyMalformed):
            rewrap_many(old, new, [], old_epoch=1, new_epoch=2)
