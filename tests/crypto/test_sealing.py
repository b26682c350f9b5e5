# SPDX-License-Identifier: Apache-2.0
"""Seal and open: the same key and place give the value back, anything else gives nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.crypto.faults import KeyMalformed, SealBroken
from upheld.crypto.framing import frame
from upheld.crypto.opening import open_sealed
from upheld.crypto.sealing import needs_resealing, seal
from upheld.crypto.suites import CIPHERERS, Suite

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
SUITES = st.sampled_from(list(Suite))
suites = pytest.mark.parametrize("suite", list(Suite), ids=lambda suite: suite.name)


@given(
    key=st.binary(min_size=32, max_size=32),
    plaintext=st.binary(max_size=600),
    place=st.binary(max_size=60),
    suite=SUITES,
)
def test_what_is_sealed_opens(key, plaintext, place, suite):
    """Opening undoes sealing, for every key, value and place."""
    assert plaintext == open_sealed(
        key, seal(key, plaintext, associated_data=place, suite=suite), associated_data=place
    )


@suites
def test_any_flipped_bit_breaks_it(suite):
    """No bit of a sealed value can be changed unnoticed, its header included."""
    sealed = seal(KEY, b"a synthetic value", associated_data=b"place", suite=suite)
    for at in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            open_sealed(KEY, bytes(altered), associated_data=b"place")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            open_sealed(KEY, sealed[:length], associated_data=b"place")


@suites
def test_wrong_key_and_wrong_place_are_told_apart(suite):
    """An operator learns whether the key or the place was wrong, and nothing of the content."""
    sealed = seal(KEY, b"synthetic", associated_data=b"place", suite=suite)
    with pytest.raises(SealBroken, match="another key") as wrong_key:
        open_sealed(OTHER, sealed, associated_data=b"place")
    with pytest.raises(SealBroken, match="altered") as wrong_place:
        open_sealed(KEY, sealed, associated_data=b"elsewhere")
    for raised in (wrong_key, wrong_place):
        assert "synthetic" not in raised.value.diagnostics()
        assert raised.value.__cause__ is None


def test_equal_values_seal_differently():
    """Two equal values cannot be seen to be equal."""
    first, second = (seal(KEY, b"synthetic", associated_data=b"") for _ in range(2))
    assert first != second


def test_keys_have_256_bits():
    """A short key is refused, in words without the key."""
    for key in (b"", KEY[:31], KEY + b"\0"):
        with pytest.raises(KeyMalformed, match="32 bytes"):
            seal(key, b"", associated_data=b"")
        with pytest.raises(KeyMalformed, match="32 bytes"):
            open_sealed(key, bytes(40), associated_data=b"")


def test_needs_resealing():
    """A value says that it is of an older version or another suite; an empty one is no sealed value."""
    sealed = seal(KEY, b"", associated_data=b"")
    assert not needs_resealing(sealed)
    assert not needs_resealing(sealed, suite=Suite.AES_256_GCM)
    assert needs_resealing(sealed, suite=Suite.SM4_GCM)
    assert needs_resealing(b"\x01" + sealed[1:])
    with pytest.raises(SealBroken):
        needs_resealing(b"\x02")


def test_unknown_version_or_suite_is_refused():
    """A value of a version or suite that nobody knows is refused with what was expected."""
    sealed = seal(KEY, b"", associated_data=b"")
    for altered in (b"", b"\x00" + sealed[1:], b"\x03" + sealed[1:]):
        with pytest.raises(SealBroken, match="version 1 or 2 was expected"):
            open_sealed(KEY, altered, associated_data=b"")
    with pytest.raises(SealBroken, match="9 came"):
        open_sealed(KEY, sealed[:1] + b"\x09" + sealed[2:], associated_data=b"")


def test_sm4_gcm_is_that_of_rfc_8998():
    """SM4-GCM gives the ciphertext of RFC 8998 appendix A.1."""
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    place = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plaintext = bytes.fromhex("AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8)
    expected = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    cipherer = CIPHERERS[Suite.SM4_GCM]
    assert expected == cipherer.encrypt(key, nonce, plaintext, place)
    assert plaintext == cipherer.decrypt(key, nonce, expected, place)


PART = st.one_of(st.binary(max_size=9), st.text(max_size=9), st.integers(), st.uuids())
PARTS = st.lists(PART, max_size=4)


@given(one=PARTS, other=PARTS)
def test_framing_is_unambiguous(one, other):
    """Two lists of parts frame alike only if they are the same list."""
    same = [(type(part), part) for part in one] == [(type(part), part) for part in other]
    assert same == (frame(*one) == frame(*other))
