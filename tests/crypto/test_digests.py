# SPDX-License-Identifier: Apache-2.0
"""Digests, codes of permits, blind indexes, and randomness."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.crypto import randomness
from upheld.crypto.blind import blind_index
from upheld.crypto.faults import KeyMalformed, MacBroken
from upheld.crypto.hashing import code_digest, hkdf, is_equal, token_digest
from upheld.crypto.macs import mac, verify_mac
from upheld.errors import BadInput

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))


def test_code_digest_is_bound_to_everything():
    """A code's digest differs for another pepper, purpose, subject or code."""
    whole = {"purpose": "sign_in", "subject": "s1", "code": "000000"}
    digests = {code_digest(KEY, **whole), code_digest(OTHER, **whole)}
    digests |= {code_digest(KEY, **{**whole, name: "other"}) for name in whole}
    assert 5 == len(digests)
    with pytest.raises(KeyMalformed):
        code_digest(b"short", **whole)


def test_equality():
    """Two secrets are equal or not; nothing equals nothing is no proof of anything."""
    assert is_equal("a", b"a")
    assert not is_equal("a", "b")
    assert not is_equal("", "")
    assert not is_equal(b"", b"")
    assert not is_equal("a", "")
    assert token_digest("token") == token_digest("token")
    assert token_digest("token") != token_digest("Token")


def test_hkdf_is_that_of_rfc_5869():
    """Test case 1 of RFC 5869 appendix A."""
    derived = hkdf(bytes([0x0B] * 22), salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)), length=42)
    expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert expected == derived.hex()


def test_permit_codes():
    """A code holds for its key, domain and message, and for no other."""
    code = mac(KEY, b"message", domain="permit")
    verify_mac(KEY, b"message", code, domain="permit")
    for key, message, given_code, domain in (
        (OTHER, b"message", code, "permit"),
        (KEY, b"messagf", code, "permit"),
        (KEY, b"message", code, "session"),
        (KEY, b"message", code[:-1], "permit"),
        (KEY, b"message", b"", "permit"),
    ):
        with pytest.raises(MacBroken):
            verify_mac(key, message, given_code, domain=domain)


def test_blind_indexes_are_apart():
    """Kinds and keys share no index."""
    found = {blind_index(key, kind, "1") for key in (KEY, OTHER) for kind in ("mobile", "email")}
    assert 4 == len(found)
    with pytest.raises(KeyMalformed):
        blind_index(b"", "mobile", "1")


MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9000, 1, 1), timezones=st.just(UTC))


@given(moment=MOMENTS)
def test_uuid7_carries_its_millisecond(moment):
    """An id has version 7, the RFC's variant, and the millisecond it was made in."""
    made = randomness.uuid7(moment)
    assert 7 == made.version
    assert 0b10 == made.int >> 62 & 0b11
    assert (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1) == made.int >> 80


def test_uuid7_sorts_by_time_and_never_repeats():
    """Later ids are larger, in any zone; ids of one moment differ; a naive or ancient moment is refused."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = [randomness.uuid7(start + timedelta(milliseconds=at)) for at in range(50)]
    assert made == sorted(made)
    assert 1000 == len({randomness.uuid7(start) for _ in range(1000)})
    for moment in (datetime(2026, 1, 1), datetime(1969, 12, 31, tzinfo=UTC)):
        with pytest.raises(BadInput):
            randomness.uuid7(moment)


def test_codes_are_unbiased():
    """Each first digit of a code comes as often as any other (six sigma)."""
    counts = Counter(randomness.digits(6)[0] for _ in range(10_000))
    assert set("0123456789") == set(counts)
    assert all(abs(count - 1000) < 6 * 30 for count in counts.values())
    assert {6} == {len(randomness.digits(6)) for _ in range(100)}


def test_tokens():
    """Tokens have the asked entropy and do not repeat."""
    assert 16 == len(randomness.token_bytes(16))
    assert 43 == len(randomness.token_text(32))
    assert randomness.token_text() != randomness.token_text()


def test_ids_of_one_millisecond_sort_by_the_order_they_were_made_in():
    """Two records of one moment keep their order, also when two clocks are used side by side."""
    from datetime import UTC, datetime

    from upheld.crypto.randomness import uuid7

    one, other = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    made = [(uuid7(one), uuid7(other)) for _ in range(500)]
    first, second = zip(*made, strict=True)
    assert list(first) == sorted(set(first))
    assert list(second) == sorted(set(second))
