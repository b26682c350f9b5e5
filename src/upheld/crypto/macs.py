# SPDX-License-Identifier: Apache-2.0
"""Message authentication codes of what leaves the process and comes back, such as a permit."""

import hmac

from upheld.crypto.faults import MacBroken, check_key
from upheld.crypto.framing import frame


def mac(key: bytes, message: bytes, *, domain: str) -> bytes:
    """Return the 32-byte code of a message (HMAC-SHA-256).

    Args:
        key: 256 random bits.
        message: what is to be known again.
        domain: what kind of thing it is, for example "permit"; a code of one domain holds in no other.

    Raises:
        KeyMalformed: the key has not 32 bytes.
    """
    check_key(key, what="MAC key")
    return hmac.digest(key, frame("upheld/mac/v1", domain, message), "sha256")


def verify_mac(key: bytes, message: bytes, code: bytes, *, domain: str) -> None:
    """Check a message against its code, in constant time.

    Raises:
        KeyMalformed: the key has not 32 bytes.
        MacBroken: message, code, key or domain is another.
    """
    if not hmac.compare_digest(mac(key, message, domain=domain), code):
        raise MacBroken(f"the code of this {domain} does not hold: it was altered or made under another key")
