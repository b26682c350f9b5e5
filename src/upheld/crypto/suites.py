# SPDX-License-Identifier: Apache-2.0
"""The numbered cipher suites; the number stands in every sealed value and wrapped key, and is never used again.

| suite | cipher | its key and key check come from the 256-bit key by |
|---|---|---|
| 1 AES_256_GCM | AES-256-GCM (NIST SP 800-38D) | the key itself; SHA-256 over a label and the key |
| 2 SM4_GCM | SM4-GCM (GB/T 32907, RFC 8998) | HKDF with **SM3** (GB/T 32905): 16 bytes of key, 4 of check |

Nonces are 96 random bits. A key may seal 2^32 values before a collision gets likelier than 2^-32 (SP 800-38D section
8.3); a data key belongs to one person and clause and stays far below, a provider key to one epoch.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from upheld.crypto.faults import SealBroken

NONCE_BYTES: Final = 12
"""96 bits, the length for which GCM needs no extra hashing (SP 800-38D section 5.2.1.1)."""

TAG_BYTES: Final = 16
"""128 bits, the longest tag of GCM."""

KEY_CHECK_BYTES: Final = 4
"""Tells a wrong key from altered bytes, in words; it is no commitment to the key, and the tag decides."""


_SM4_KEY_BYTES: Final = 16
"""SM4 knows 128-bit keys only (GB/T 32907)."""


class Suite(IntEnum):
    """A cipher suite by its number."""

    AES_256_GCM = 1
    SM4_GCM = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Cipherer:
    """How one suite encrypts and decrypts."""

    working_key: Callable[[bytes, bytes], tuple[bytes, bytes]]
    """From the 256-bit key and a label: the cipher's key and the key check."""
    encrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    """From key, nonce, plaintext and associated data: ciphertext and tag."""
    decrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    """The reverse; raises SealBroken."""


def _aes_working_key(key: bytes, label: bytes) -> tuple[bytes, bytes]:
    return key, hashlib.sha256(label + key).digest()[:KEY_CHECK_BYTES]


def _aes_encrypt(key: bytes, nonce: bytes, plaintext: bytes, associated_data: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, plaintext, associated_data)


def _aes_decrypt(key: bytes, nonce: bytes, ciphertext: bytes, associated_data: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, associated_data)
    except InvalidTag:
        raise broken_tag() from None


def _sm4_working_key(key: bytes, label: bytes) -> tuple[bytes, bytes]:
    material = HKDF(algorithm=hashes.SM3(), length=_SM4_KEY_BYTES + KEY_CHECK_BYTES, salt=None, info=label).derive(key)
    return material[:-KEY_CHECK_BYTES], material[-KEY_CHECK_BYTES:]


def _sm4_encrypt(key: bytes, nonce: bytes, plaintext: bytes, associated_data: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated_data)
    return encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def _sm4_decrypt(key: bytes, nonce: bytes, ciphertext: bytes, associated_data: bytes) -> bytes:
    mode = modes.GCM(nonce, ciphertext[-TAG_BYTES:])
    decryptor = Cipher(algorithms.SM4(key), mode).decryptor()
    decryptor.authenticate_additional_data(associated_data)
    try:
        return decryptor.update(ciphertext[:-TAG_BYTES]) + decryptor.finalize()
    except InvalidTag:
        raise broken_tag() from None


CIPHERERS: Final[dict[Suite, Cipherer]] = {
    Suite.AES_256_GCM: Cipherer(working_key=_aes_working_key, encrypt=_aes_encrypt, decrypt=_aes_decrypt),
    Suite.SM4_GCM: Cipherer(working_key=_sm4_working_key, encrypt=_sm4_encrypt, decrypt=_sm4_decrypt),
}
"""Every suite and how it works; a sealed value that names another is refused."""


def broken_tag() -> SealBroken:
    """Say that bytes or their place were altered."""
    return SealBroken("the seal does not hold: the bytes were altered, or they belong to another place")


def suite_of(number: int) -> Suite:
    """Return the suite of a number read from stored bytes.

    Raises:
        SealBroken: no suite has that number.
    """
    try:
        return Suite(number)
    except ValueError:
        raise SealBroken(f"a cipher suite of {[int(s) for s in Suite]} was expected, {number} came") from None
