# SPDX-License-Identifier: Apache-2.0
"""Digests of codes and tokens, keys out of keys, and comparison in constant time."""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from upheld.crypto.faults import check_key
from upheld.crypto.framing import frame


def code_digest(pepper: bytes, *, purpose: str, subject: str, code: str) -> bytes:
    """Return what is stored of a one-time code.

    A code has some twenty bits, so a plain hash could be searched through in a moment; the pepper, a key that enters no
    database, is what hides it. Purpose and subject bind the code: it is worth nothing elsewhere.

    Args:
        pepper: 256 random bits kept outside the database.
        purpose: what the code is for, for example "sign_in".
        subject: to whom it was sent, as an opaque reference.
        code: the code itself.

    Raises:
        KeyMalformed: the pepper has not 32 bytes.
    """
    check_key(pepper, what="pepper")
    return hmac.digest(pepper, frame("upheld/code/v1", purpose, subject, code), "sha256")


def token_digest(token: str) -> bytes:
    """Return what is stored of a random token (128 bits or more), such as a session or API key."""
    return hashlib.sha256(frame("upheld/token/v1", token)).digest()


def is_equal(one: bytes | str, other: bytes | str) -> bool:
    """Compare in a time that tells nothing of where two secrets differ; two empty ones are never equal."""
    first, second = _bytes(one), _bytes(other)
    return bool(first) and hmac.compare_digest(first, second)


def _bytes(value: bytes | str) -> bytes:
    return value.encode() if isinstance(value, str) else value


def hkdf(key: bytes, *, info: bytes, length: int = 32, salt: bytes | None = None) -> bytes:
    """Derive a key for one use from a key for many (RFC 5869, SHA-256).

    Args:
        key: high-entropy key material; never a password.
        info: names the use, for example b"upheld/permits".
        length: bytes wanted.
        salt: optional, need not be secret.
    """
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(key)
