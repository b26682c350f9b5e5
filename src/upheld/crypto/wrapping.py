# SPDX-License-Identifier: Apache-2.0
"""Wrap data keys under the provider key of an epoch.

    version (1 byte, 1) | suite (1) | nonce (12) | encrypted data key (32) and tag (16): 62 bytes

    associated data of the cipher = the first two bytes | frame(key id, epoch, data subject id, clause)

RFC 3394 would spare the nonce but cannot bind a context: a wrapped key of one person, put in another person's row,
would unwrap. Here it does not.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from upheld.crypto.faults import SealBroken, check_key
from upheld.crypto.framing import frame
from upheld.crypto.randomness import token_bytes
from upheld.crypto.suites import CIPHERERS, NONCE_BYTES, TAG_BYTES, Suite, suite_of

WRAPPED_VERSION: Final = 1
"""The version that `wrap` writes."""

WRAPPED_BYTES: Final = 2 + NONCE_BYTES + 32 + TAG_BYTES
"""Length of every wrapped key."""

_LABEL: Final = b"upheld/wrap/v1"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrapContext:
    """What a wrapped key is bound to; unwrapping asks for the same."""

    key_id: UUID
    epoch: int
    data_subject_id: UUID
    clause: str

    def associated_data(self, header: bytes) -> bytes:
        """Return the bytes that the cipher authenticates."""
        return header + frame(self.key_id, self.epoch, self.data_subject_id, self.clause)


def new_data_key() -> bytes:
    """Return a fresh 256-bit data key."""
    return token_bytes(32)


def wrap(provider_key: bytes, data_key: bytes, *, context: WrapContext, suite: Suite = Suite.AES_256_GCM) -> bytes:
    """Wrap a data key.

    Raises:
        KeyMalformed: one of the keys has not 32 bytes.
    """
    check_key(provider_key, what="provider key")
    check_key(data_key, what="data key")
    return wrap_with_nonce(provider_key, token_bytes(NONCE_BYTES), data_key, context=context, suite=suite)


def wrap_with_nonce(provider_key: bytes, nonce: bytes, data_key: bytes, *, context: WrapContext, suite: Suite) -> bytes:
    """Wrap under a nonce that the caller chose; for test vectors alone, since a nonce used twice breaks GCM."""
    cipherer = CIPHERERS[suite]
    working_key, _ = cipherer.working_key(provider_key, _LABEL)
    header = bytes((WRAPPED_VERSION, suite))
    return header + nonce + cipherer.encrypt(working_key, nonce, data_key, context.associated_data(header))


def unwrap(provider_key: bytes, wrapped: bytes, *, context: WrapContext) -> bytes:
    """Unwrap a data key.

    Raises:
        KeyMalformed: the provider key has not 32 bytes.
        SealBroken: it was wrapped under another key, for another person, clause or epoch, or was altered.
    """
    check_key(provider_key, what="provider key")
    if len(wrapped) != WRAPPED_BYTES:
        raise SealBroken(f"a wrapped key has {WRAPPED_BYTES} bytes, {len(wrapped)} came")
    if wrapped[0] != WRAPPED_VERSION:
        raise SealBroken(f"a wrapped key of version {WRAPPED_VERSION} was expected, version {wrapped[0]} came")
    header, nonce, ciphertext = wrapped[:2], wrapped[2 : 2 + NONCE_BYTES], wrapped[2 + NONCE_BYTES :]
    cipherer = CIPHERERS[suite_of(header[1])]
    working_key, _ = cipherer.working_key(provider_key, _LABEL)
    return cipherer.decrypt(working_key, nonce, ciphertext, context.associated_data(header))


def wrapped_suite(wrapped: bytes) -> Suite:
    """Return the suite a key was wrapped with.

    Raises:
        SealBroken: it names none.
    """
    return suite_of(wrapped[1] if len(wrapped) > 1 else 0)
