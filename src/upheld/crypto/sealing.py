# SPDX-License-Identifier: Apache-2.0
"""Seal personal data under a data key.

The format in force, version 2:

    version (1 byte, 2) | suite (1) | key check (4) | nonce (12) | ciphertext and tag

    associated data of the cipher = those first six bytes | the caller's associated data

The first six bytes are thus authentic too: a sealed value cannot be passed off as one of another suite or version.
Version 1, which `upheld.crypto.opening` still reads, is described there.
"""

from typing import Final

from upheld.crypto.faults import SealBroken, check_key
from upheld.crypto.randomness import token_bytes
from upheld.crypto.suites import CIPHERERS, NONCE_BYTES, Suite

SEALED_VERSION: Final = 2
"""The version that `seal` writes."""

SEAL_LABEL: Final = b"upheld/seal/v2"
"""Sets keys of sealed values apart from every other use of the same bytes."""


def seal(key: bytes, plaintext: bytes, *, associated_data: bytes, suite: Suite = Suite.AES_256_GCM) -> bytes:
    """Seal bytes so that only the same key opens them, at the same place.

    Args:
        key: 256 random bits.
        plaintext: what to hide; its length stays visible.
        associated_data: the place it belongs to, from `framing.frame`; opening asks for the same.
        suite: the cipher.

    Raises:
        KeyMalformed: the key has not 32 bytes.
    """
    check_key(key, what="data key")
    return seal_with_nonce(key, token_bytes(NONCE_BYTES), plaintext, associated_data=associated_data, suite=suite)


def seal_with_nonce(key: bytes, nonce: bytes, plaintext: bytes, *, associated_data: bytes, suite: Suite) -> bytes:
    """Seal under a nonce that the caller chose; for test vectors alone, since a nonce used twice breaks GCM."""
    cipherer = CIPHERERS[suite]
    working_key, key_check = cipherer.working_key(key, SEAL_LABEL)
    header = bytes((SEALED_VERSION, suite)) + key_check
    return header + nonce + cipherer.encrypt(working_key, nonce, plaintext, header + associated_data)


def needs_resealing(sealed: bytes, *, suite: Suite | None = None) -> bool:
    """Say whether a sealed value is of an older format, or of another suite than the one asked for.

    Raises:
        SealBroken: there is nothing to look at.
    """
    if len(sealed) < 2:
        raise SealBroken(f"a sealed value was expected, {len(sealed)} bytes came")
    return sealed[0] != SEALED_VERSION or (suite is not None and sealed[1] != suite)
