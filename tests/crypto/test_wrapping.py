# SPDX-License-Identifier: Apache-2.0
"""A wrapped key unwraps for its own person, clause and epoch alone."""

from dataclasses import replace
from uuid import UUID

import pytest

from upheld.crypto.faults import KeyMalformed, SealBroken
from upheld.crypto.suites import Suite
from upheld.crypto.wrapping import WRAPPED_BYTES, WrapContext, new_data_key, unwrap, wrap, wrapped_suite

PROVIDER_KEY = bytes(range(32))
CONTEXT = WrapContext(key_id=UUID(int=1), epoch=3, data_subject_id=UUID(int=2), clause="storage.profile")
suites = pytest.mark.parametrize("suite", list(Suite), ids=lambda suite: suite.name)


@suites
def test_wrapped_key_unwraps(suite):
    """The data key comes back, and its length never varies."""
    key = new_data_key()
    wrapped = wrap(PROVIDER_KEY, key, context=CONTEXT, suite=suite)
    assert WRAPPED_BYTES == len(wrapped)
    assert suite is wrapped_suite(wrapped)
    assert key == unwrap(PROVIDER_KEY, wrapped, context=CONTEXT)


@suites
@pytest.mark.parametrize(
    "change",
    [{"key_id": UUID(int=9)}, {"epoch": 4}, {"data_subject_id": UUID(int=9)}, {"clause": "storage.orders"}],
    ids=lambda change: next(iter(change)),
)
def test_other_context_is_refused(suite, change):
    """A key copied into another row does not unwrap there."""
    wrapped = wrap(PROVIDER_KEY, new_data_key(), context=CONTEXT, suite=suite)
    unwrap(PROVIDER_KEY, wrapped, context=CONTEXT)
    with pytest.raises(SealBroken):
        unwrap(PROVIDER_KEY, wrapped, context=replace(CONTEXT, **change))


@suites
def test_any_flipped_bit_breaks_it(suite):
    """No bit of a wrapped key can be changed unnoticed."""
    wrapped = wrap(PROVIDER_KEY, new_data_key(), context=CONTEXT, suite=suite)
    for at in range(len(wrapped) * 8):
        altered = bytearray(wrapped)
        altered[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            unwrap(PROVIDER_KEY, bytes(altered), context=CONTEXT)


def test_misshapen_is_refused():
    """Another provider key, a short key, a short or long wrapped key are refused."""
    wrapped = wrap(PROVIDER_KEY, new_data_key(), context=CONTEXT)
    with pytest.raises(SealBroken):
        unwrap(PROVIDER_KEY[::-1], wrapped, context=CONTEXT)
    for bad in (b"", wrapped[:-1], wrapped + b"\0"):
        with pytest.raises(SealBroken, match="62 bytes"):
            unwrap(PROVIDER_KEY, bad, context=CONTEXT)
    with pytest.raises(SealBroken):
        wrapped_suite(b"")
    for provider_key, key in ((b"short", new_data_key()), (PROVIDER_KEY, b"short")):
        with pytest.raises(KeyMalformed):
            wrap(provider_key, key, context=CONTEXT)
    with pytest.raises(KeyMalformed):
        unwrap(b"short", wrapped, context=CONTEXT)
